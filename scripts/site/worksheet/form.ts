/**
 * A worksheet as a value: what it asks, in its order, read from its page by html/components/worksheet-form.ts. The page,
 * paper, Word, the workbook and what browsers keep are all made of it; the browser's scripts import this file too, so it
 * imports nothing.
 */

export interface WorksheetForm {
  /** What browsers keep answers under: the address of its page. */
  id: string;
  title: string;
  /** The title of its module, where that has one of its own. */
  module?: string;
  parts: Part[];
}

/** A stretch of the page from one heading of the second level to the next. */
export interface Part {
  /** Of its heading; "" of what stands before the first. */
  id: string;
  title: string;
  /** Whether it is a page of its own for somebody else, such as a manager. */
  isHandout?: true;
  blocks: Block[];
}

export type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "text"; text: string }
  | { kind: "field"; field: Field };

export const TEXT_TYPES = ["long", "short", "number", "date"] as const;
export type TextType = (typeof TEXT_TYPES)[number];
/** One of several, any of several. */
export const CHOICE_TYPES = ["one", "any"] as const;
export type ChoiceType = (typeof CHOICE_TYPES)[number];
/** Of a cell: `one` is one tick among those of its row, `any` a box of its own. */
export type CellType = TextType | ChoiceType;

interface FieldFacts {
  /** Stays when the words change: answers are kept under it. */
  id: string;
  /** The question. */
  label: string;
  hint?: string;
  example?: string;
  /** Left out of what is handed over. */
  isPrivate?: true;
  /** The answer of another worksheet, or of this one, that can be taken. */
  from?: Source;
}

export interface Source {
  worksheet: string;
  field: string;
  /** Of that worksheet. */
  title: string;
}

export interface TextField extends FieldFacts {
  type: TextType;
  /** Lines on paper. */
  rows: number;
}

export interface ChoiceField extends FieldFacts {
  type: ChoiceType;
  choices: Choice[];
}

export interface Choice {
  id: string;
  label: string;
}

export interface ScaleField extends FieldFacts {
  type: "scale";
  /** From 1 to this. */
  steps: number;
  /** What 1 and the last mean; "" where nothing is said. */
  low: string;
  high: string;
}

export interface TableField extends FieldFacts {
  type: "table";
  /** Plain text, "" of an empty one. */
  heads: string[];
  /** Each row's cells: what its author wrote, or what is to be written. */
  rows: Cell[][];
  /** Rows that there may be, where some can be added. */
  most?: number;
  /** Whether it wants a sheet across. */
  isWide?: true;
}

export type Cell = string | { type: CellType };

export type Field = TextField | ChoiceField | ScaleField | TableField;

export const fieldsOf = (form: WorksheetForm): Field[] =>
  form.parts.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "field" ? [block.field] : [])),
  );

/**
 * Under what a browser keeps an answer: `worksheets/map.html#contact`, of a cell `worksheets/map.html#map.2.1` (the
 * second row's first column), of the ticks of a row `worksheets/map.html#map.2`.
 */
export const nameOf = (worksheet: string, field: string): string => `${worksheet}#${field}`;

/** Of a cell, the part of its name behind `#`. Rows and columns count from 1. */
export const nameOfCell = (table: string, row: number, column: number, type: CellType): string =>
  type === "one" ? `${table}.${row}` : `${table}.${row}.${column}`;

/** What is kept under a name, "" where nothing is. */
export type Recall = (name: string) => string;

/** The rows of a table with those that its reader added; an added row is like the last. */
export function rowsOf(worksheet: string, table: TableField, names: Iterable<string>): Cell[][] {
  const start = nameOf(worksheet, `${table.id}.`);
  let last = table.rows.length;
  for (const name of names) {
    if (!name.startsWith(start)) continue;
    const row = Number.parseInt(name.slice(start.length), 10);
    if (row > last && row <= (table.most ?? 0)) last = row;
  }
  return Array.from({ length: last }, (_, index) => table.rows[index] ?? addedRow(table, index + 1));
}

/** `3.` in the last row of three becomes `4.`; any other text of it is not said again. */
function addedRow({ rows }: TableField, number: number): Cell[] {
  return (rows.at(-1) ?? []).map((cell) =>
    typeof cell === "string" ? (isNumberOfRow(cell) ? cell.replace(/\d+/, `${number}`) : "") : cell,
  );
}

export const isNumberOfRow = (text: string): boolean => /^\d+[.)]?$/.test(text.trim());

/** The names, behind `#`, of all that a field keeps. */
export function namesOf(
  field: Field,
  rows: readonly Cell[][] = field.type === "table" ? field.rows : [],
): string[] {
  if (field.type !== "table") return [field.id];
  const names = new Set<string>();
  for (const [row, cells] of rows.entries()) {
    for (const [column, cell] of cells.entries()) {
      if (typeof cell !== "string") names.add(nameOfCell(field.id, row + 1, column + 1, cell.type));
    }
  }
  return [...names];
}

/** The chosen of a field of choices, in the order of the list. */
export function chosenIn({ choices }: ChoiceField, kept: string): Choice[] {
  const ids = new Set(kept.split(" "));
  return choices.filter(({ id }) => ids.has(id));
}

/** What a reader wrote into a field, piece by piece: of a table, cell by cell. */
export interface Piece {
  /** Of a cell the heads of its row and its column; "" of any other. */
  label: string;
  text: string;
  /** Of a cell: from 1. */
  column?: number;
}

export function piecesOf(worksheet: string, field: Field, names: Iterable<string>, recall: Recall): Piece[] {
  const kept = (id: string) => recall(nameOf(worksheet, id));
  if (field.type !== "table") {
    const text = textOf(field, kept(field.id));
    return text ? [{ label: "", text }] : [];
  }
  return rowsOf(worksheet, field, names).flatMap((cells, row) =>
    cells.flatMap((cell, column): Piece[] => {
      if (typeof cell === "string") return [];
      const text = kept(nameOfCell(field.id, row + 1, column + 1, cell.type));
      const isTick = cell.type === "one" || cell.type === "any";
      if (!text || (isTick && text !== `${column + 1}`)) return [];
      const label = [rowHead(cells), field.heads[column]].filter(Boolean).join(", ");
      return [{ label, text: isTick ? "X" : text, column: column + 1 }];
    }),
  );
}

const rowHead = (cells: readonly Cell[]): string => {
  const [first] = cells;
  return typeof first === "string" && !isNumberOfRow(first) ? first : "";
};

/** Whether a cell is written in words. */
export const isInWords = (cell: Cell): boolean =>
  typeof cell === "object" && (cell.type === "long" || cell.type === "short");

/** What is kept of a field that is no table, as a reader reads it. */
export function textOf(field: Exclude<Field, TableField>, kept: string): string {
  if (field.type !== "one" && field.type !== "any") return fits(field, kept) ? kept : "";
  return chosenIn(field, kept)
    .map(({ label }) => label)
    .join(", ");
}

/** Whether a field can hold a text: it may have been of another type when that was written. */
function fits(field: Field, text: string): boolean {
  switch (field.type) {
    case "number":
      return text.trim() !== "" && Number.isFinite(Number(text));
    case "date":
      return /^\d{4,6}-\d\d-\d\d$/.test(text);
    case "scale":
      return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= field.steps;
    default:
      return true;
  }
}

/**
 * What is kept and has no place in the form any more, by name: answers to what it no longer asks, and of choices and
 * ticks those that it no longer has.
 */
export function unplacedIn(
  form: WorksheetForm,
  names: Iterable<string>,
  recall: Recall,
): Map<string, string> {
  const all = [...names].filter((name) => name.startsWith(nameOf(form.id, "")));
  const rests = new Map(all.map((name) => [name, recall(name)]));
  for (const field of fieldsOf(form)) {
    const rows = field.type === "table" ? rowsOf(form.id, field, all) : undefined;
    for (const id of namesOf(field, rows)) {
      const name = nameOf(form.id, id);
      const kept = rests.get(name);
      if (kept === undefined) continue;
      const rest = restOf(field, id, kept, rows);
      if (rest) rests.set(name, rest);
      else rests.delete(name);
    }
  }
  rests.delete(nameOf(form.id, HEAD.date));
  return rests;
}

function restOf(field: Field, id: string, kept: string, rows: readonly Cell[][] = []): string {
  if (field.type === "one" || field.type === "any") return othersIn(field, kept).join(" ");
  if (field.type !== "table") return fits(field, kept) ? "" : kept;
  const [row, column] = id.slice(field.id.length + 1).split(".");
  const cells = rows[Number(row) - 1] ?? [];
  if (column === undefined) return typeOf(cells[Number(kept) - 1]) === "one" ? "" : kept;
  return typeOf(cells[Number(column) - 1]) === "any" && kept !== column ? kept : "";
}

const typeOf = (cell: Cell | undefined): CellType | undefined =>
  typeof cell === "object" ? cell.type : undefined;

/** Of what was chosen, what the list no longer has. */
export function othersIn({ choices }: ChoiceField, kept: string): string[] {
  const ids = new Set(choices.map(({ id }) => id));
  return kept.split(" ").filter((id) => id && !ids.has(id));
}

/** What is kept under a name, as a reader reads it: of choices and ticks their words. */
export function readable(form: WorksheetForm | undefined, name: string, kept: string): string {
  const id = name.slice((form?.id.length ?? 0) + 1);
  const field = form && fieldsOf(form).find((one) => one.id === id || id.startsWith(`${one.id}.`));
  if (!field) return kept;
  if (field.type !== "table") return textOf(field, kept);
  const [row = "", column] = id.slice(field.id.length + 1).split(".");
  const cell = field.rows[Number(row) - 1]?.[Number(column ?? kept) - 1];
  const isTick = typeof cell === "object" && (cell.type === "one" || cell.type === "any");
  return isTick ? (field.heads[Number(kept) - 1] ?? kept) : kept;
}

/** How far a reader is with a worksheet: fields with an answer, of all. */
export function progressOf(
  form: WorksheetForm,
  names: Iterable<string>,
  recall: Recall,
): { answered: number; of: number } {
  const fields = fieldsOf(form);
  const known = [...names];
  const answered = fields.filter((field) => piecesOf(form.id, field, known, recall).length);
  return { answered: answered.length, of: fields.length };
}

/** Whether it may be what a worksheet is known by: a path that stays where it begins. */
export const isWorksheetId = (id: string): boolean =>
  id.length <= LONGEST_ID && id.split("/").every((part) => part !== "" && part !== "." && part !== "..");
const LONGEST_ID = 1_000;

/** Where its form is, for scripts: a script that hands it over. */
export const formAddress = (worksheet: string): string => `${FOLDER}/${withoutHtml(worksheet)}.js`;

/** Its blank Word document. */
export const wordAddress = (worksheet: string): string => `${FOLDER}/${withoutHtml(worksheet)}.docx`;

/** Where the site keeps both, and authors nothing. */
const FOLDER = "assets/worksheets";
const withoutHtml = (address: string): string => address.replace(/\.html$/, "");

/** What a worksheet that is a link only is known by; no page is in a folder inside a folder. */
export const noteId = (module: string, name: string): string => `notes/${module}/${name}`;

/** The form of such a worksheet: room to write in this browser. */
export const noteForm = (id: string, title: string, label: string): WorksheetForm => ({
  id,
  title,
  parts: [
    { id: "", title: "", blocks: [{ kind: "field", field: { id: NOTE, label, type: "long", rows: 8 } }] },
  ],
});
const NOTE = "note";

/** Ways of working with a worksheet that a trainer may switch off: on its page, in Word, in documents elsewhere. */
export const WAYS = ["write", "word", "documents"] as const;
export type Way = (typeof WAYS)[number];

/** The names of what belongs to every worksheet, and to one without being asked in it. */
export const HEAD = { name: "site--name", library: "site--library", date: "site--date" } as const;
