/** Makes fields of the room to write on a page: see scripts/site/html/components/answers.ts for their markup. */
import { HEAD, isNumberOfRow, nameOf, nameOfCell } from "../../../scripts/site/worksheet/form.ts";
import { fill, templateOf, wordsIn } from "../templates.ts";
import type { Keeping } from "./keeping.ts";

type Control = HTMLTextAreaElement | HTMLInputElement;

let given = 0;

/** `worksheet` is what the answers of this page are kept under. */
export function makeFields(root: ParentNode, worksheet: string, keeping: Keeping): void {
  for (const room of root.querySelectorAll<HTMLElement>("[data-field]")) {
    const id = room.dataset.field!;
    // A reader's name and library are the same on every sheet.
    const name = nameOf(id === HEAD.name || id === HEAD.library ? "" : worksheet, id);
    if (room instanceof HTMLTableElement) makeTable(room, name, keeping);
    else if (room.querySelector(":scope > [data-choice]")) makeChoices(room, name, keeping);
    else if (room.dataset.type === "scale") makeScale(room, name, keeping);
    else makeText(room, name, keeping);
    room.closest<HTMLElement>(".worksheet-head")?.setAttribute("data-ready", "");
  }
}

function makeText(room: HTMLElement, name: string, keeping: Keeping): void {
  const { type } = room.dataset;
  const control = type === "long" ? textArea(room.querySelectorAll(":scope > i").length) : inputOf(type!);
  const names = namesAround(room);
  control.setAttribute("aria-labelledby", idsOf(names));
  describe(control, room);
  write(control, room, name, questionIn(names), keeping);
}

function makeChoices(list: HTMLElement, name: string, keeping: Keeping): void {
  const isOne = list.dataset.type === "one";
  list.dataset.ready = "";
  const names = namesAround(list);
  list.setAttribute("role", isOne ? "radiogroup" : "group");
  list.setAttribute("aria-labelledby", idsOf(names));
  const inputs = [...list.querySelectorAll<HTMLElement>(":scope > [data-choice]")].map((item) => {
    item.setAttribute("role", "none");
    const label = document.createElement("label");
    const input = inputOf(isOne ? "radio" : "checkbox");
    const words = document.createElement("span");
    words.append(...item.childNodes);
    label.append(input, words);
    item.append(label);
    input.name = name;
    input.value = item.dataset.choice!;
    return input;
  });
  choose(inputs, name, questionIn(names), keeping);
}

function makeScale(room: HTMLElement, name: string, keeping: Keeping): void {
  const names = namesAround(room);
  room.setAttribute("role", "radiogroup");
  room.setAttribute("aria-labelledby", idsOf(names));
  const [low, high] = [room.firstElementChild!, room.lastElementChild!];
  const marks = [...room.querySelectorAll<HTMLElement>(":scope > b")];
  const inputs = marks.map((mark, index) => {
    const step = mark.textContent!;
    const end = index === 0 ? low : index === marks.length - 1 ? high : mark;
    const input = inputOf("radio");
    input.name = name;
    input.value = step;
    input.setAttribute("aria-label", end === mark ? step : `${step}, ${end.textContent}`);
    mark.append(input);
    return input;
  });
  choose(inputs, name, questionIn(names), keeping);
}

/** Each cell to write in is a field, named by the heads of its row and its column. */
function makeTable(table: HTMLTableElement, tableName: string, keeping: Keeping): void {
  const body = table.tBodies[0] ?? table.createTBody();
  if (!body.rows.length) return;
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map(textOf);
  const most = Number(table.dataset.most ?? 0);
  for (const row of [...body.rows]) makeRow(row);
  if (!most) return;

  const template = templateOf("site--worksheet")!;
  const button = fill(wordsIn(template, "add-row")!).querySelector("button")!;
  (table.closest(".table-frame") ?? table).after(button);
  const showButton = () => {
    button.hidden = body.rows.length >= most;
  };
  // Rows that were added before, up to the last with an answer.
  const start = `${tableName}.`;
  const written = [...keeping.store.all.keys()].filter((name) => name.startsWith(start));
  const last = Math.max(0, ...written.map((name) => Number.parseInt(name.slice(start.length), 10) || 0));
  while (body.rows.length < Math.min(last, most)) addRow();
  showButton();
  button.addEventListener("click", () => {
    addRow().querySelector<HTMLElement>("textarea, input")?.focus();
    showButton();
  });

  function addRow(): HTMLTableRowElement {
    const before = body.rows[body.rows.length - 1]!;
    const row = before.cloneNode() as HTMLTableRowElement;
    const number = body.rows.length + 1;
    for (const cell of before.cells) {
      const added = cell.cloneNode() as HTMLTableCellElement;
      const { dataset } = added;
      delete dataset.ready;
      delete dataset.filled;
      // `3.` counts the rows; another text of the last row is none of this one's.
      if (!dataset.type && isNumberOfRow(textOf(cell)))
        added.textContent = textOf(cell).replace(/\d+/, `${number}`);
      row.append(added);
    }
    body.append(row);
    makeRow(row);
    return row;
  }

  function makeRow(row: HTMLTableRowElement): void {
    const number = [...body.rows].indexOf(row) + 1;
    const rowHead = row.cells[0]!.dataset.type ? `${number}` : textOf(row.cells[0]!) || `${number}`;
    const ticks: HTMLInputElement[] = [];
    for (const [column, cell] of [...row.cells].entries()) {
      if (!cell.dataset.type) continue;
      const type = cell.dataset.type as Parameters<typeof nameOfCell>[3];
      const label = [rowHead, heads[column]].filter(Boolean).join(", ");
      const name = tableName.replace(/[^#]*$/, (table) => nameOfCell(table, number, column + 1, type));
      if (type === "one" || type === "any") {
        const input = inputOf(type === "one" ? "radio" : "checkbox");
        input.name = name;
        input.value = `${column + 1}`;
        input.setAttribute("aria-label", label);
        cell.append(input);
        if (type === "one") ticks.push(input);
        else choose([input], name, label, keeping);
        continue;
      }
      const control = type === "long" ? textArea(1) : inputOf(type);
      control.setAttribute("aria-label", label);
      write(control, cell, name, label, keeping);
    }
    if (ticks.length) choose(ticks, ticks[0]!.name, rowHead, keeping);
  }
}

/** Some of several, or one: kept as the values of what is chosen. */
function choose(inputs: HTMLInputElement[], name: string, question: string, keeping: Keeping): void {
  const show = () => {
    for (const input of inputs) {
      input.closest<HTMLElement>("[data-choice], td, b")!.toggleAttribute("data-chosen", input.checked);
    }
  };
  /** What was chosen of a list that is no longer the same: the workbook shows it. */
  let others: string[] = [];
  const isOne = inputs[0]?.type === "radio";
  keeping.add(name, {
    question,
    show(text) {
      const values = text.split(" ");
      others = values.filter((value) => value && !inputs.some((input) => input.value === value));
      for (const input of inputs) input.checked = values.includes(input.value);
      show();
    },
  });
  const keep = () => {
    const chosen = inputs.filter((one) => one.checked).map(({ value }) => value);
    keeping.change(name, [...chosen, ...(isOne ? [] : others)].join(" "));
  };
  for (const input of inputs) {
    input.addEventListener("change", keep);
    if (input.type !== "radio") continue;
    // What was ticked by mistake can be taken back: by a click on it, or by a key.
    let wasChecked = false;
    input.addEventListener("pointerdown", () => {
      wasChecked = input.checked;
    });
    const takeBack = () => {
      input.checked = false;
      keep();
    };
    input.addEventListener("click", () => {
      if (wasChecked) takeBack();
      wasChecked = false;
    });
    input.addEventListener("keydown", ({ key }) => {
      if (key === "Backspace" || key === "Delete") takeBack();
    });
  }
}

/** On paper a field is its text; a browser would print the box, and cut what is long. */
function write(control: Control, room: HTMLElement, name: string, question: string, keeping: Keeping): void {
  const typed = document.createElement("div");
  typed.className = "answer-typed";
  room.append(control, typed);
  room.dataset.ready = "";
  const show = () => {
    typed.textContent = control.value;
    room.toggleAttribute("data-filled", control.value !== "");
    if (control instanceof HTMLTextAreaElement) fit(control);
  };
  keeping.add(name, {
    question,
    show(text) {
      // The reader's caret stays where nothing changes.
      if (control.value !== text) control.value = text;
      show();
    },
  });
  control.addEventListener("input", () => {
    // A number or a date that is only half there has no value, which is no reason to forget the one before.
    const isHalf = control.validity.badInput;
    control.setAttribute("aria-invalid", `${isHalf}`);
    if (!isHalf) keeping.change(name, control.value);
  });
  if (control instanceof HTMLTextAreaElement) new ResizeObserver(() => fit(control)).observe(room);
}

/** As high as its text. */
function fit(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

function textArea(rows: number): HTMLTextAreaElement {
  const area = document.createElement("textarea");
  area.rows = Math.max(1, rows);
  return area;
}

function inputOf(type: string): HTMLInputElement {
  const input = document.createElement("input");
  input.type = type === "short" ? "text" : type;
  return input;
}

/** Also of what is folded. */
const textOf = (element: HTMLElement): string => element.textContent!.replace(/\s+/g, " ").trim();

/** The heading that a field stands under, where it is the nearest thing with a name, and what is right before it. */
function namesAround(room: HTMLElement): HTMLElement[] {
  const outer = (room.closest(".table-frame") ?? room) as HTMLElement;
  const before = outer.previousElementSibling as HTMLElement | null;
  // What is right before it may be another field, or what belongs to that.
  const question = before ? (isOfField(before) ? undefined : before) : outer.parentElement!;
  let heading = before;
  while (heading && !/^H[2-6]$/.test(heading.tagName))
    heading = heading.previousElementSibling as HTMLElement | null;
  const names = [...new Set([heading, question])].filter((name) => name instanceof HTMLElement);
  return names.length ? names : [document.querySelector("h1")!];
}

const isOfField = (element: Element): boolean =>
  element.matches("[data-field], .answer-reminder, .answer-help, .table-frame, button");

const questionIn = (names: HTMLElement[]): string => textOf(names.at(-1)!);

const idsOf = (names: HTMLElement[]): string => names.map(idOf).join(" ");

function idOf(element: Element): string {
  element.id ||= `site--label-${++given}`;
  return element.id;
}

/** What reminds a reader of something right below a field. */
function describe(control: Control, room: HTMLElement): void {
  const reminder = room.nextElementSibling;
  if (reminder?.classList.contains("answer-reminder"))
    control.setAttribute("aria-describedby", idOf(reminder));
}
