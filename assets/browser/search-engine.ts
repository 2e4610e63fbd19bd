/**
 * Pagefind, with its files from search-files.ts: in the page, or in a worker (see search-worker.ts).
 * scripts/site/output/search-files.ts puts Pagefind's own script into this one.
 */
import { destroy, filters, init, options, search } from "pagefind.js";
import { checkFiles, readFrom, runScript } from "./search-files.ts";
import { ENGINE } from "./search-globals.ts";
import type { Answer, Question } from "./search-worker.ts";

export interface Result {
  url: string;
  excerpt: string;
  meta: Record<string, string>;
  sub_results: { title: string; url: string; excerpt: string; anchor?: unknown }[];
}

/** The values of each filter, and how many pages have them. */
export type Filters = Record<string, Record<string, number>>;

export interface SearchEngine {
  /** `folder` is where the index is. */
  start(folder: string, inWorker?: WorkerNeeds): Promise<Filters>;
  /** How many results there are. `seeker` is who asks: a form in the page. */
  search(seeker: number, words: string, filters: Record<string, string>): Promise<number>;
  /** One result of a seeker's latest search. */
  result(seeker: number, index: number): Promise<Result>;
}

/** What a worker cannot have from the page. */
export interface WorkerNeeds {
  /** The script with what every search needs. */
  entry: string;
  language: string;
}

const found = new Map<number, { data(): Promise<Result> }[]>();

const engine: SearchEngine = {
  async start(folder, inWorker) {
    readFrom(folder);
    if (inWorker) {
      const { entry, language } = inWorker;
      // Pagefind asks the page for its language.
      Object.assign(globalThis, { document: { querySelector: () => ({ getAttribute: () => language }) } });
      await runScript(entry);
    }
    await destroy();
    await options({ basePath: "/", baseUrl: "/", excerptLength: 24, noWorker: true });
    await init();
    const all = await filters();
    checkFiles();
    return all;
  },
  async search(seeker, words, chosen) {
    const { results } = await search(words || null, { filters: chosen });
    checkFiles();
    found.set(seeker, results);
    return results.length;
  },
  result: (seeker, index) => found.get(seeker)![index]!.data(),
};

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
