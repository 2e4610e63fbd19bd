/**
 * Pagefind, with its files from search-files.ts: in the page, or in a worker (see search-worker.ts).
 * scripts/site/output/search-files.ts puts Pagefind's own script into this one.
 */
import { PagefindInstance } from "pagefind.js";
import { checkFiles, readFrom, runScript } from "./search-files.ts";
import { ENGINE, STEP } from "./search-globals.ts";
import { areShown, startAsking, unknownAmong, wordsOf } from "./search-known.ts";
import type { Answer, Question } from "./search-worker.ts";

export interface Result {
  url: string;
  excerpt: string;
  meta: Record<string, string>;
  /** What it can be found by, its `type` among them. */
  filters: Record<string, string[]>;
  sub_results: { title: string; url: string; excerpt: string; anchor?: unknown }[];
}

/** The values of each filter, and how many pages have them. */
export type Filters = Record<string, Record<string, number>>;

export interface SearchEngine {
  start(start: Start): Promise<Filters>;
  /** `seeker` is who asks: a form in the page. */
  search(seeker: number, words: string, filters: Record<string, string>): Promise<Counted>;
  /** One result of a seeker's latest search. */
  result(seeker: number, index: number): Promise<Result>;
}

/** What a search comes to. */
export interface Counted {
  /** How many results there are. */
  count: number;
  /** Those words that no text has. The results are those of the others. */
  unknown: string[];
}

export interface Start {
  /** Where the index is. */
  folder: string;
  /** The page's. */
  language: string;
  /** The script with what every search needs, where the page has not run it: in a worker. */
  entry?: string;
}

type Results = { data(): Promise<Result> }[];

const found = new Map<number, Results>();
/** Each seeker's latest search: of two at a time, the later has its results kept. */
const latest = new Map<number, symbol>();
let pagefind: PagefindInstance;

const engine: SearchEngine = {
  async start({ folder, language, entry }) {
    readFrom(folder);
    if (entry) await runScript(entry);
    pagefind = new PagefindInstance({ basePath: "/", baseUrl: "/", excerptLength: 24 });
    await pagefind.init(language, { load_wasm: true });
    startAsking(language);
    const all = await pagefind.filters();
    checkFiles();
    return all;
  },
  async search(seeker, text, chosen) {
    const turn = Symbol();
    latest.set(seeker, turn);
    const { results, unknown } = await ask(text, chosen);
    checkFiles();
    if (latest.get(seeker) === turn) found.set(seeker, results);
    return { count: results.length, unknown };
  },
  result: (seeker, index) => found.get(seeker)![index]!.data(),
};

/** What Pagefind finds, without what it finds in a word's stead. */
async function ask(
  text: string,
  chosen: Record<string, string>,
): Promise<{ results: Results; unknown: string[] }> {
  const { results } = await pagefind.search(text || null, { filters: chosen });
  const words = wordsOf(text);
  // They will be shown in any case, and come together.
  const [first] = await Promise.all(results.slice(0, STEP).map((result) => result.data()));
  if (!words.length || (first && areShown(words, first))) return { results, unknown: [] };
  const unknown = await unknownAmong(words);
  if (!unknown.length) return { results, unknown };
  const others = words.filter((word) => !unknown.includes(word)).join(" ");
  return { results: others ? (await pagefind.search(others, { filters: chosen })).results : [], unknown };
}

if (typeof window === "object") Object.assign(globalThis, { [ENGINE]: engine });
else {
  addEventListener("message", async ({ data: { id, method, parts } }: MessageEvent<Question>) => {
    let answer: Answer;
    try {
      answer = { id, value: await (engine[method] as (...parts: unknown[]) => unknown)(...parts) };
    } catch (error) {
      answer = { id, error: String(error) };
    }
    postMessage(answer);
  });
}
