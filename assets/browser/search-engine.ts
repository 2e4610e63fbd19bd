/** Pagefind, with its files from search-files.ts. scripts/site/output/search-files.ts bundles the two. */
import { destroy, filters, init, options, search } from "pagefind.js";
import { checkFiles, readFrom } from "./search-files.ts";
import { ENGINE } from "./search-globals.ts";

export interface Result {
  url: string;
  excerpt: string;
  meta: Record<string, string>;
  sub_results: { title: string; url: string; excerpt: string; anchor?: unknown }[];
}

/** The values of each filter, and how many pages have them. */
export type Filters = Record<string, Record<string, number>>;

export interface SearchEngine {
  /** Reads what is needed for any query; `folder` is where the index is. */
  start(folder: string): Promise<Filters>;
  /** How many results there are. */
  search(words: string, filters: Record<string, string>): Promise<number>;
  /** One result of the latest search. */
  result(index: number): Promise<Result>;
}

let found: { data(): Promise<Result> }[] = [];

const engine: SearchEngine = {
  async start(folder) {
    readFrom(folder);
    await destroy();
    // Addresses in results begin with `/`; search-index.ts resolves them against the site's root, which may be any folder.
    await options({ basePath: "/", baseUrl: "/", excerptLength: 24, noWorker: true });
    await init();
    const all = await filters();
    checkFiles();
    return all;
  },
  async search(words, chosen) {
    const { results } = await search(words || null, { filters: chosen });
    checkFiles();
    found = results;
    return results.length;
  },
  result: (index) => found[index]!.data(),
};

Object.assign(globalThis, { [ENGINE]: engine });
