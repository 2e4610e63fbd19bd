/**
 * A worksheet, filled in: fields where there is room to write, kept in this browser while one types. Runs on pages that
 * have such room; without it they are sheets to print and write on (see scripts/site/html/components/answers.ts).
 */
import { type Answers, openAnswers } from "./answers.ts";
import { page } from "./site-storage.ts";
import { fill, templateOf, wordsIn } from "./templates.ts";

type Control = HTMLTextAreaElement | HTMLInputElement;

const template = templateOf("site--worksheet")!;
const bar = fill(template).querySelector<HTMLElement>("[data-bar]")!;
const status = bar.querySelector<HTMLElement>("[data-status]")!;
/** What writes a field as it was kept, by the name it is kept under. */
const shownBy = new Map<string, (value: string) => void>();
/** Typed, and not kept yet: what writes it down. */
const waiting = new Map<string, () => string>();
let given = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

void openAnswers((name, text) => {
  // Of a field that is being written here, what is written here is the later.
  if (!waiting.has(name)) shownBy.get(name)?.(text);
}).then(start);

let answers: Answers;

function start(opened: Answers): void {
  answers = opened;
  const rooms = document.querySelectorAll<HTMLElement>("[data-field]");
  for (const room of rooms) {
    if (room.dataset.type === "ticks") makeTicks(room);
    else if (room instanceof HTMLTableElement) makeCells(room);
    else makeField(room);
  }
  // A text may speak of such fields and have none.
  rooms[rooms.length - 1]?.closest("article")?.append(bar);
  bar.querySelector("button")!.addEventListener("click", () => print());
  // A reader may close the page, or a phone may, before the pause in typing that is waited for.
  addEventListener("pagehide", keepNow);
  document.addEventListener("visibilitychange", keepNow);
}

function makeField(room: HTMLElement): void {
  const control = room.dataset.type === "long" ? textArea(room) : inputOf(room.dataset.type!);
  const question = room.previousElementSibling ?? room.parentElement!;
  const heading = headingAbove(room);
  control.setAttribute(
    "aria-labelledby",
    [heading, question]
      .filter(Boolean)
      .map((one) => idOf(one!))
      .join(" "),
  );
  writeIn(control, room, `${page}#${room.dataset.field}`);
}

/** Each empty cell is a field, named by the heads of its row and its column. */
function makeCells(table: HTMLTableElement): void {
  for (const { cell, row, column, label } of emptyCells(table)) {
    const control = textArea(cell);
    control.setAttribute("aria-label", label);
    writeIn(control, cell, `${page}#${table.dataset.field}.${row}.${column}`);
  }
}

/** One tick a row. */
function makeTicks(table: HTMLElement): void {
  for (const { cell, row, column, label } of emptyCells(table as HTMLTableElement)) {
    const name = `${page}#${table.dataset.field}.${row}`;
    const input = inputOf("radio");
    input.name = name;
    input.value = `${column}`;
    input.setAttribute("aria-label", label);
    cell.append(input);
    const siblings = () => table.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(name)}"]`);
    shownBy.set(name, (value) => {
      for (const one of siblings()) one.checked = one.value === value;
    });
    input.checked = answers.of(name) === input.value;
    input.addEventListener("change", () => keepSoon(name, () => input.value));
  }
}

function* emptyCells(table: HTMLTableElement) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((head) => head.innerText.trim());
  for (const [row, { cells }] of [...(table.tBodies[0]?.rows ?? [])].entries()) {
    for (const [column, cell] of [...cells].entries()) {
      if (cell.textContent!.trim() || cell.children.length) continue;
      const rowHead = column ? cells[0]!.innerText.trim() : "";
      const label = [rowHead || `${row + 1}`, heads[column]].filter(Boolean).join(", ");
      yield { cell, row: row + 1, column: column + 1, label };
    }
  }
}

/** On paper a field is its text; a browser would print the box, and cut what is long. */
function writeIn(control: Control, room: HTMLElement, name: string): void {
  const typed = document.createElement("div");
  typed.className = "answer-typed";
  room.append(control, typed);
  room.dataset.ready = "";
  const show = () => {
    typed.textContent = control.value;
    room.toggleAttribute("data-filled", control.value !== "");
    if (control instanceof HTMLTextAreaElement) fit(control);
  };
  shownBy.set(name, (value) => {
    control.value = value;
    show();
  });
  control.value = answers.of(name);
  show();
  control.addEventListener("input", () => {
    show();
    keepSoon(name, () => control.value);
  });
}

/** As high as its text. */
function fit(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

function textArea(room: HTMLElement): HTMLTextAreaElement {
  const area = document.createElement("textarea");
  area.rows = Math.max(1, room.querySelectorAll(":scope > i").length || 2);
  return area;
}

function inputOf(type: string): HTMLInputElement {
  const input = document.createElement("input");
  input.type = type === "short" ? "text" : type;
  return input;
}

/** The heading that a field stands under, where it is the nearest thing with a name. */
function headingAbove(room: HTMLElement): Element | undefined {
  let at: Element | null = room.previousElementSibling;
  while (at && !/^H[2-6]$/.test(at.tagName)) at = at.previousElementSibling;
  return at ?? undefined;
}

function idOf(element: Element): string {
  element.id ||= `site--label-${++given}`;
  return element.id;
}

function keepSoon(name: string, value: () => string): void {
  waiting.set(name, value);
  clearTimeout(timer);
  timer = setTimeout(keepNow, 300);
}

function keepNow(): void {
  clearTimeout(timer);
  if (!waiting.size) return;
  const changes = new Map([...waiting].map(([name, value]) => [name, value()]));
  waiting.clear();
  void answers.keep(changes).then((isKept) => {
    say(isKept ? "saved" : "not-saved");
    if (isKept) return;
    // There may be room for it with the next key.
    for (const [name, value] of changes) if (!waiting.has(name)) waiting.set(name, () => value);
  });
}

/** Said once: assistive technology reads what changes. */
function say(what: string): void {
  if (status.dataset.said === what) return;
  status.dataset.said = what;
  status.replaceChildren(fill(wordsIn(template, what)!));
}
