/**
 * The words of the interface: one file a language in layouts/words/, named by its code. English has every key; a file of
 * another language must have the same. A third language is a copied file.
 */
import { promises as fs } from "node:fs";
import path from "node:path";
import { isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type english from "../../../layouts/words/en.json";
import type { Place, Problems } from "../problems/problems.ts";
import { PROJECT } from "../project.ts";
import { shownPath } from "../text/paths.ts";

/** A text in the forms that a number asks for: `{ "one": "{count} page", "other": "{count} pages" }`. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

type Forms<Text> = Text extends { other: string }
  ? Plural
  : Text extends string
    ? string
    : { readonly [Key in keyof Text]: Forms<Text[Key]> };

export type Words = Forms<typeof english>;

/** By language, in lower case: `es`, `pt-br`. English is always among them. */
export type AllWords = ReadonlyMap<string, Words>;

export interface WordFile {
  language: string;
  /** As messages name it. */
  file: string;
  text: string;
}

const FOLDER = path.join(PROJECT, "layouts/words");
const ENGLISH = "en";

/** The files of all languages, English first. */
export async function readWordFiles(): Promise<WordFile[]> {
  const names = (await fs.readdir(FOLDER)).filter((name) => name.endsWith(".json")).sort();
  const files = names.map(async (name): Promise<WordFile> => {
    const file = path.join(FOLDER, name);
    return {
      language: path.basename(name, ".json").toLowerCase(),
      file: shownPath(file),
      text: await fs.readFile(file, "utf8"),
    };
  });
  const all = await Promise.all(files);
  return all.sort((a, b) => Number(b.language === ENGLISH) - Number(a.language === ENGLISH));
}

/** The words in these files. What a language lacks is an error, and English until it is mended. */
export function wordsOf(files: readonly WordFile[], problems: Problems): AllWords {
  const all = new Map<string, Words>();
  for (const file of files) {
    const { words, faults } = parse(file, all.get(ENGLISH));
    for (const { place, message, cure } of faults) {
      problems.error("words", { ...place, file: file.file }, message, cure);
    }
    all.set(file.language, words);
  }
  return all;
}

/** Those of a language, or of the language without its country; undefined where nobody has translated them. */
export const ofLanguage = (all: AllWords, language: string): Words | undefined =>
  all.get(language.toLowerCase()) ?? all.get(language.split("-")[0]!.toLowerCase());

export const englishOf = (all: AllWords): Words => all.get(ENGLISH)!;

interface Fault {
  place: Place;
  message: string;
  cure: string;
}

interface Parsed {
  words: Words;
  faults: Fault[];
}

/** The last of each language: words that nobody changed are the same object, by which a preview knows it. */
const parsed = new Map<string, { text: string; english: Words | undefined; result: Parsed }>();

function parse({ language, file, text }: WordFile, english: Words | undefined): Parsed {
  const before = parsed.get(language);
  if (before?.text === text && before.english === english) return before.result;
  const result = parseAnew({ language, file, text }, english);
  parsed.set(language, { text, english, result });
  return result;
}

function parseAnew({ language, file, text }: WordFile, english: Words | undefined): Parsed {
  const quick = writtenAsJson(text);
  const known = quick && checked(quick, language, english, () => ({ file, line: 1, column: 1 }));
  if (known && !known.faults.length) return known;
  // JSON is YAML, whose reader takes a hundred times as long and knows where each key stands.
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const [broken] = document.errors;
  if (broken || !isMap(document.contents)) {
    const place = placeAt(broken?.pos[0] ?? 0);
    const cure = "compare the line with the same one in en.json";
    return {
      words: english ?? ({} as Words),
      faults: [{ place, message: "the words are not valid JSON", cure }],
    };
  }
  return checked(writtenAsYaml(document.contents), language, english, placeAt);
}

/** What stands in a file: a text, keys with what stands behind them, or something else that is no use here. */
interface Written {
  /** Where it begins: an offset, 0 where nobody knows. */
  at: number;
  text?: string;
  keys?: [name: string, at: number, value: Written][];
}

/** Undefined where it is no JSON, or says a key twice. */
function writtenAsJson(text: string): Written | undefined {
  let keys = 0;
  const written = (value: unknown): Written => {
    if (typeof value === "string") return { at: 0, text: value };
    if (typeof value !== "object" || value === null || Array.isArray(value)) return { at: 0 };
    const entries = Object.entries(value);
    keys += entries.length;
    return { at: 0, keys: entries.map(([name, of]) => [name, 0, written(of)]) };
  };
  try {
    const whole = written(JSON.parse(text));
    const said = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon).length;
    return whole.keys && keys === said ? whole : undefined;
  } catch {
    return undefined;
  }
}

function writtenAsYaml(node: unknown): Written {
  const at = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  if (isScalar(node) && typeof node.value === "string") return { at, text: node.value };
  if (!isMap(node)) return { at };
  const keys = node.items.map(({ key, value }): [string, number, Written] => [
    String(isScalar(key) ? key.value : key),
    isNode(key) ? (key.range?.[0] ?? 0) : 0,
    writtenAsYaml(value),
  ]);
  return { at, keys };
}

function checked(
  written: Written,
  language: string,
  english: Words | undefined,
  placeAt: (offset: number) => Place,
): Parsed {
  const faults: Fault[] = [];
  const words = translated(written, english as Tree | undefined, "", {
    categories: new Set(new Intl.PluralRules(language).resolvedOptions().pluralCategories),
    fault: (offset, message, cure) => faults.push({ place: placeAt(offset), message, cure }),
  });
  return { words: words as Words, faults };
}

type Tree = { readonly [key: string]: string | Tree };

interface Check {
  categories: ReadonlySet<string>;
  fault(offset: number, message: string, cure: string): void;
}

/** What a map of a file holds, in the shape of the English one. */
function translated(map: Written, english: Tree | undefined, path: string, check: Check): Tree {
  const tree: Record<string, string | Tree> = {};
  for (const [name, at, value] of map.keys ?? []) {
    const whole = path ? `${path}.${name}` : name;
    const model = english?.[name];
    if (english && model === undefined && !isForm(english, name, check)) {
      check.fault(
        at,
        `the words have no use for "${whole}"`,
        "take the line out, or write the key as en.json has it",
      );
    } else if (value.keys) {
      tree[name] = translated(value, isTree(model) ? model : undefined, whole, check);
    } else if (value.text !== undefined) {
      tree[name] = value.text;
      const like = typeof model === "string" ? model : isTree(english) && path ? english.other : undefined;
      if (typeof like === "string") checkMarks(value.text, like, whole, at, check);
    } else {
      check.fault(at, `"${whole}" is no text`, "write it in quotes");
    }
  }
  for (const [name, model] of Object.entries(english ?? {})) {
    const isThere = isTree(tree[name]) === isTree(model) && tree[name] !== undefined;
    if (isThere || (isPlural(english!) && name !== "other")) continue;
    const whole = path ? `${path}.${name}` : name;
    check.fault(
      map.at,
      `the words of "${whole}" are missing`,
      "copy the line from en.json, and translate it",
    );
    tree[name] = model;
  }
  return tree;
}

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;
const isPlural = (tree: Tree): boolean => typeof tree.other === "string" && "one" in tree;
const isForm = (english: Tree, name: string, { categories }: Check): boolean =>
  isPlural(english) && categories.has(name);

/** What stands in braces, brackets and asterisks is filled in, linked and made bold: a translation has the same. */
function checkMarks(text: string, english: string, key: string, at: number, check: Check): void {
  const marksOf = (words: string) => (words.match(/\{\w+\}|[[\]]|\*\*/g) ?? []).sort().join(" ");
  // A form for one may say it in words.
  const isOneMissing = (words: string) => marksOf(words).replace("{count}", "").trim();
  if (marksOf(text) === marksOf(english) || isOneMissing(text) === isOneMissing(english)) return;
  check.fault(
    at,
    `"${key}" has not the marks of the English text: ${marksOf(english) || "none"}`,
    `English has: ${english}`,
  );
}
