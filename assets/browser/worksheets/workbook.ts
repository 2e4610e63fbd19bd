/**
 * How far a reader is with each worksheet: on the lists of worksheets, and on the page "My workbook", which has all that
 * was written, to print, to take along, and to bring in.
 */
import { nameOf, progressOf, unplacedIn, type WorksheetForm } from "../../../scripts/site/worksheet/form.ts";
import { fill, templateOf, wordsIn } from "../templates.ts";
import type { Answer, Answers } from "./answers.ts";
import { makeFields } from "./fields.ts";
import { loadForm } from "./forms.ts";
import { saveWord } from "./hand-over.ts";
import { type Keeping, startKeeping } from "./keeping.ts";
import { saveAnswers, takeFile } from "./my-file.ts";
import { printOnly } from "./print.ts";
import { showAnswers, showEarlier } from "./written.ts";

const template = templateOf("site--workbook")!;
const words = (what: string) => wordsIn(template, what)!;

interface Sheet {
  form: WorksheetForm;
  element: HTMLElement;
}

void startKeeping(
  () => "",
  (what) => {
    if (what === "not-saved") tell("not-kept");
  },
).then(async (keeping) => {
  const workbook = document.querySelector<HTMLElement>("[data-workbook]");
  if (workbook) return new Workbook(workbook, keeping).start();
  for (const element of document.querySelectorAll<HTMLElement>("[data-worksheet]")) {
    void showState(element, keeping.store.all);
  }
});

/** The worksheets that something is kept of. */
const idsIn = (answers: Answers): Set<string> =>
  new Set([...answers.keys()].map((name) => name.replace(/#.*$/s, "")).filter(Boolean));

async function showState(element: HTMLElement, answers: Answers): Promise<WorksheetForm | undefined> {
  const id = element.dataset.worksheet!;
  const form = idsIn(answers).has(id) ? await loadForm(id) : undefined;
  const state = element.querySelector<HTMLElement>("[data-state]")!;
  if (!form) return undefined;
  const { answered, of } = progressOf(form, answers.keys(), (name) => answers.get(name)?.text ?? "");
  if (!answered) return form;
  const what = form.id.endsWith(".html") ? (answered < of ? "begun" : "done") : "note";
  state.replaceChildren(fill(words(what), { answered: `${answered}`, of: `${of}` }));
  return form;
}

const status = () => document.querySelector<HTMLElement>("[data-workbook] [data-status]");

function tell(what: string, texts: Record<string, string> = {}): void {
  status()?.replaceChildren(fill(words(what), texts));
}

class Workbook {
  readonly #element: HTMLElement;
  readonly #keeping: Keeping;
  #sheets: Sheet[] = [];

  constructor(element: HTMLElement, keeping: Keeping) {
    this.#element = element;
    this.#keeping = keeping;
  }

  async start(): Promise<void> {
    const ready = this.#find("[data-with-script]");
    ready.hidden = false;
    makeFields(ready, "", this.#keeping);
    this.#on("[data-handed-over]", "change", () => this.#showHandedOver());
    this.#on("[data-print-all]", "click", () => printOnly(this.#element));
    this.#on(
      "[data-word-all]",
      "click",
      () => void this.#giveWord(this.#sheets, template.dataset.site!, "my-workbook"),
    );
    this.#on("[data-save]", "click", () => this.#save());
    const input = this.#find<HTMLInputElement>("[data-file]");
    this.#on("[data-open-file]", "click", () => input.click());
    input.addEventListener("change", () => void this.#take(input));
    this.#on("[data-ask-erase]", "click", () => this.#askErase());
    await this.#show();
    const { store } = this.#keeping;
    const { onChange } = store;
    store.onChange = (changes) => {
      onChange(changes);
      void this.#show();
    };
  }

  #find<Found extends HTMLElement>(selector: string): Found {
    return this.#element.querySelector<Found>(selector)!;
  }

  #on(selector: string, event: string, hear: () => void): void {
    this.#element.querySelector(selector)?.addEventListener(event, hear);
  }

  get #isHandedOver(): boolean {
    return this.#find<HTMLInputElement>("[data-handed-over]").checked;
  }

  #showHandedOver(): void {
    this.#element.toggleAttribute("data-without-private", this.#isHandedOver);
  }

  /** All that is written, in its place; what nothing asks for any more, at the end. */
  async #show(): Promise<void> {
    const { all } = this.#keeping.store;
    const sheets: Sheet[] = [];
    const earlier = new Map<string, Answer>();
    const focused = focusedTool();
    for (const element of this.#element.querySelectorAll<HTMLElement>("[data-worksheet]")) {
      element.querySelector("[data-answers]")!.replaceChildren();
      element.dataset.empty = "";
    }
    for (const id of idsIn(all)) {
      const form = await loadForm(id);
      if (!form) {
        const known = this.#knownSheet(id);
        // A worksheet of this site, whose questions are only not at hand.
        if (known) known.querySelector("[data-state]")!.replaceChildren(fill(words("not-loaded")));
        else for (const [name, answer] of all) if (name.startsWith(nameOf(id, ""))) earlier.set(name, answer);
        continue;
      }
      const element = this.#sheetOf(form);
      await showState(element, all);
      for (const [name, text] of unplacedIn(form, all.keys(), this.#keeping.store.of)) {
        earlier.set(name, { ...all.get(name)!, text });
      }
      const place = element.querySelector<HTMLElement>("[data-answers]")!;
      place.replaceChildren(showAnswers(form, this.#keeping.store, () => fill(words("private"))));
      if (place.children.length) {
        delete element.dataset.empty;
        sheets.push({ form, element });
        this.#addTools(place, { form, element });
      }
    }
    // In the order of the page.
    this.#sheets = sheets.sort((a, b) =>
      a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
    const place = this.#find("[data-earlier]");
    place.hidden = !earlier.size;
    place.querySelector("[data-answers]")!.replaceChildren(showEarlier([...earlier], words("earlier-entry")));
    focused?.();
  }

  #knownSheet(id: string): HTMLElement | null {
    return this.#element.querySelector<HTMLElement>(`[data-worksheet="${CSS.escape(id)}"]`);
  }

  /** A large course's page names none before something is written. */
  #sheetOf(form: WorksheetForm): HTMLElement {
    const known = this.#knownSheet(form.id);
    if (known) return known;
    const sheet = fill(words("sheet"), { title: form.title }).querySelector("section")!;
    sheet.dataset.worksheet = form.id;
    if (form.id.endsWith(".html"))
      sheet.querySelector<HTMLAnchorElement>("[data-link]")!.href = linkTo(form.id);
    this.#find("[data-earlier]").before(sheet);
    return sheet;
  }

  #addTools(place: HTMLElement, sheet: Sheet): void {
    const { form, element } = sheet;
    const tools = document.createElement("p");
    tools.className = "workbook-tools";
    const add = (what: string, act: () => void) => {
      const button = fill(words(what), { title: form.title }).querySelector("button")!;
      button.addEventListener("click", act);
      tools.append(button, " ");
    };
    add("print-one", () => printOnly(element));
    if (this.#element.querySelector("[data-word-all]")) {
      const name = form.id.replace(/^.*\/|\.html$/g, "");
      add("word-one", () => void this.#giveWord([sheet], form.title, name));
    }
    place.append(tools);
  }

  async #giveWord(sheets: readonly Sheet[], title: string, name: string): Promise<void> {
    if (!sheets.length) {
      tell("nothing");
      return;
    }
    const options = {
      words: this.#element,
      title,
      fileName: `${name}.docx`,
      isHandedOver: this.#isHandedOver,
    };
    const forms = sheets.map(({ form }) => form);
    await saveWord(forms, this.#keeping.store, options).catch(() => tell("no-word"));
  }

  #save(): void {
    const { all } = this.#keeping.store;
    if (all.size) tell("saved-file", { file: saveAnswers(all, template.dataset.site!) });
    else tell("nothing");
  }

  async #take(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (!file) return;
    const place = this.#find("[data-merge-place]");
    await takeFile(file, this.#keeping.store, {
      place,
      words,
      tell,
      formOf: loadForm,
      site: template.dataset.site!,
    });
    // The same file can be chosen again.
    input.value = "";
    // Where a reader chose between answers, what had the focus is gone.
    if (document.activeElement === document.body) this.#find("[data-open-file]").focus();
    await this.#refresh();
  }

  /** What is on the page after answers came in from elsewhere. */
  async #refresh(): Promise<void> {
    await this.#show();
    for (const room of this.#element.querySelectorAll<HTMLElement>("[data-with-script] [data-field]")) {
      const name = nameOf("", room.dataset.field!);
      this.#keeping.show(name, this.#keeping.store.of(name));
    }
  }

  #askErase(): void {
    const dialog = fill(words("erase")).querySelector("dialog")!;
    const part = (name: string) => dialog.querySelector<HTMLElement>(`[data-${name}]`)!;
    part("close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    part("erase").addEventListener("click", () => {
      part("first").hidden = true;
      part("erase").hidden = true;
      part("second").hidden = false;
      part("erase-now").hidden = false;
      part("close").focus();
    });
    part("erase-now").addEventListener("click", () => {
      dialog.close();
      void this.#erase();
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  async #erase(): Promise<void> {
    this.#element.querySelector<HTMLElement>("[data-merge-place] [data-cancel]")?.click();
    const isDone = await this.#keeping.store.forget();
    tell(isDone ? "erased" : "not-kept");
    for (const state of this.#element.querySelectorAll<HTMLElement>("[data-state]")) state.replaceChildren();
    await this.#refresh();
  }
}

/** The address of a page of the site, from this one: two folders below the front page. */
const linkTo = (address: string): string =>
  new URL(address.split("/").map(encodeURIComponent).join("/"), new URL("../../", location.href)).href;

/** Sheets are shown anew whenever something is kept, by another tab too: what focuses the tool that had the focus. */
function focusedTool(): (() => void) | undefined {
  const tool = document.activeElement?.closest<HTMLElement>("[data-print-one], [data-word-one]");
  const sheet = tool?.closest<HTMLElement>("[data-worksheet]");
  const selector = tool?.matches("[data-print-one]") ? "[data-print-one]" : "[data-word-one]";
  return sheet ? () => sheet.querySelector<HTMLElement>(selector)?.focus() : undefined;
}
