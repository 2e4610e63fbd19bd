/** Answers on a page: written down while one types, and shown as another tab wrote them. */
import { fill, templateOf, wordsIn } from "../templates.ts";
import { type Answer, type AnswerStore, openAnswers } from "./answers.ts";

/** A field of the page, as it is kept. */
interface Kept {
  /** Shows what is kept. */
  show(text: string): void;
  /** The question, in words. */
  question: string;
}

export interface Keeping {
  store: AnswerStore;
  /** A field under this name: shows what is kept, now and whenever another tab keeps something else. */
  add(name: string, field: Kept): void;
  /** What has been written there now, or taken from elsewhere: shown, and kept within a moment. */
  change(name: string, text: string): void;
  /** Shows in its field what is kept. */
  show(name: string, text: string): void;
}

/** `say` tells a reader whether answers are kept. */
export async function startKeeping(
  worksheetOf: (name: string) => string,
  say: (what: "saved" | "not-saved") => void,
): Promise<Keeping> {
  const store = await openAnswers();
  /** A worksheet that is a link only may have its note in two callouts of a page. */
  const fields = new Map<string, Kept[]>();
  const showAt = (name: string, text: string) => {
    for (const field of fields.get(name) ?? []) field.show(text);
  };
  /** Typed, and not kept yet. */
  const waiting = new Map<string, Answer>();
  /** Those among them for which there was no room: what another tab keeps after that is the later. */
  const failed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  store.onChange = (changes) => {
    for (const [name, { text }] of changes) {
      // Of a field that is being written here, what is written here is the later.
      if (waiting.has(name) && !failed.delete(name)) continue;
      waiting.delete(name);
      showAt(name, text);
    }
  };

  function keepNow(): void {
    clearTimeout(timer);
    if (!waiting.size) return;
    const changes = new Map(waiting);
    waiting.clear();
    failed.clear();
    void store.keep(changes).then((isKept) => {
      say(isKept ? "saved" : "not-saved");
      if (isKept) return;
      // There may be room for it with the next key.
      for (const [name, answer] of changes) {
        if (waiting.has(name)) continue;
        waiting.set(name, answer);
        failed.add(name);
      }
    });
  }
  // A reader may close the page, or a phone may, before the pause in typing that is waited for.
  addEventListener("pagehide", keepNow);
  document.addEventListener("visibilitychange", keepNow);

  const keeping: Keeping = {
    store,
    add(name, field) {
      fields.set(name, [...(fields.get(name) ?? []), field]);
      field.show(store.of(name));
    },
    change(name, text) {
      const question = fields.get(name)?.[0]?.question ?? "";
      const answer = { text, question, worksheet: worksheetOf(name) };
      waiting.set(name, answer);
      failed.delete(name);
      showAt(name, text);
      // What is on the page is printed and handed over, whether it can be kept or not.
      store.note(new Map([[name, answer]]));
      clearTimeout(timer);
      timer = setTimeout(keepNow, 300);
    },
    show: showAt,
  };
  return keeping;
}

/** What is said in the place for it, out of a template: once, for assistive technology reads what changes. */
export function sayIn(place: HTMLElement, templateId: string): (what: string) => void {
  const template = templateOf(templateId)!;
  return (what) => {
    if (place.dataset.said === what) return;
    place.dataset.said = what;
    place.replaceChildren(fill(wordsIn(template, what)!));
  };
}
