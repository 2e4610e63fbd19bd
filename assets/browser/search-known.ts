/**
 * Whether a word is in any text. Pagefind answers a word that is in none with the longest word that this one begins
 * with, `in` for "intrests": a reader who mistyped a word would get every page, with each "in" marked.
 */
import { PagefindInstance } from "pagefind.js";
import { folded } from "../../scripts/site/text/spelling.ts";
import type { Result } from "./search-engine.ts";

/** The words of a query, as they were typed. */
export const wordsOf = (query: string): string[] => query.split(/[\s"]+/).filter(folded);

/** A second engine, for this question alone: it takes its time, and most searches need it not. */
let explaining: () => Promise<PagefindInstance>;
/** What it told of each word. */
let told: Map<string, Promise<boolean>>;

/** Once Pagefind is there; again, when the index may be another one. */
export function startAsking(language: string): void {
  let instance: Promise<PagefindInstance> | undefined;
  explaining = () => {
    instance ??= explain(language);
    return instance;
  };
  told = new Map();
}

async function explain(language: string): Promise<PagefindInstance> {
  const instance = new PagefindInstance({ basePath: "/", baseUrl: "/" });
  await instance.init(language, { load_wasm: false });
  await instance.enterPlaygroundMode();
  return instance;
}

/** Of these words those that no text has, nor another form of them, nor one that begins with them. */
export async function unknownAmong(words: readonly string[]): Promise<string[]> {
  const areKnown = await Promise.all(words.map((word) => isKnown(word)));
  return words.filter((_, index) => !areKnown[index]);
}

/**
 * Whether words that were looked for stand in what was found, as far as it shows. Most do, which spares asking; "libraries"
 * that found "library" does not.
 */
export function areShown(words: readonly string[], { excerpt, sub_results }: Result): boolean {
  const texts = [excerpt, ...sub_results.map((part) => part.excerpt)].join(" ");
  const marked = [...texts.matchAll(/<mark>(.*?)<\/mark>/g)].map(([, text]) => folded(text!));
  return words.every((word) => marked.some((text) => text.startsWith(folded(word))));
}

function isKnown(word: string): Promise<boolean> {
  const known = told.get(word) ?? ask(word);
  told.set(word, known);
  return known;
}

/** What is looked for is a word's stem, and the index has stems: what begins otherwise is a mere stopgap. */
async function ask(word: string): Promise<boolean> {
  const { search_keywords, results } = await (await explaining()).search(word);
  return search_keywords.every((stem) =>
    results.some(({ scores }) => scores.some(({ search_term }) => search_term.startsWith(stem))),
  );
}
