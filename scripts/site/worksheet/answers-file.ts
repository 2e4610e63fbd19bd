/**
 * A file with all answers of a reader: saved in one browser, brought into another. Browsers read it too, so this file
 * imports nothing of the rest of the program; `npm run schema` writes its JSON Schema (see answers-schema.ts).
 */
import { isWorksheetId } from "./form.ts";

export const FORMAT = "worksheet-answers";
export const VERSION = 1;
/** Characters. Of a file more than all answers that a reader could write. */
export const LONGEST_FILE = 50_000_000;
/** Of a name. */
export const LONGEST_NAME = 2_000;

export interface AnswersFile {
  format: typeof FORMAT;
  version: typeof VERSION;
  /** The name of the site. */
  site: string;
  answers: FiledAnswer[];
}

export interface FiledAnswer {
  /** As a browser keeps it: see `nameOf` in form.ts. */
  name: string;
  text: string;
  /** The question and its worksheet, as they were when it was answered. */
  question: string;
  worksheet: string;
}

export type FileFault = "too-long" | "damaged" | "foreign" | "newer";

/** What a file holds, or why it cannot be taken: then nothing of it is. */
export function readAnswersFile(text: string): AnswersFile | FileFault {
  if (text.length > LONGEST_FILE) return "too-long";
  let file: Partial<Record<keyof AnswersFile, unknown>>;
  try {
    file = Object(JSON.parse(text.replace(/^\ufeff/, "")));
  } catch {
    return "damaged";
  }
  if (file.format !== FORMAT) return "foreign";
  if (typeof file.version === "number" && file.version > VERSION) return "newer";
  if (file.version !== VERSION || typeof file.site !== "string" || !Array.isArray(file.answers))
    return "damaged";
  if (!file.answers.every(isAnswer)) return "damaged";
  const names = new Set(file.answers.map(({ name }) => name));
  if (names.size !== file.answers.length) return "damaged";
  return file as AnswersFile;
}

function isAnswer(value: unknown): value is FiledAnswer {
  const { name, text, question, worksheet } = Object(value) as Partial<Record<keyof FiledAnswer, unknown>>;
  return (
    [name, text, question, worksheet].every((one) => typeof one === "string") &&
    isName(name as string) &&
    text !== ""
  );
}

/** `worksheets/start.html#teens`, `#site--name` */
export function isName(name: string): boolean {
  if (name.length > LONGEST_NAME) return false;
  const [, worksheet, field] = /^([^#]*)#([^#]+)$/.exec(name) ?? [];
  return field !== undefined && (worksheet === "" || isWorksheetId(worksheet!));
}
