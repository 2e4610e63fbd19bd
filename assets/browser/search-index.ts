/** The index of the site: loads Pagefind, with what every search needs, and asks it. */
import { loadScript } from "./load-script.ts";
import type { Filters, Result, SearchEngine } from "./search-engine.ts";
import { ENGINE } from "./search-globals.ts";

export type { Filters, Result } from "./search-engine.ts";

export interface SearchIndex {
  filters: Filters;
  search(words: string, filters: Record<string, string>): Promise<Found>;
}

/** What the latest search has found; of an earlier one, nothing may be asked any more. */
export interface Found {
  count: number;
  result(index: number): Promise<Result>;
}

let loading: Promise<SearchIndex> | undefined;

/** Rejects where the index cannot be had; a later call tries again, also after a search that failed. */
export function loadIndex(): Promise<SearchIndex> {
  loading ??= orAgain(load());
  return loading;
}

function orAgain<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
}

async function load(): Promise<SearchIndex> {
  const root = new URL(document.body.dataset.root!, location.href);
  const folder = new URL("pagefind/", root).href;
  // The one file whose name stays while what is in it changes, so that no browser may answer from what it has kept.
  const entry = `${folder}entry.js${location.protocol === "file:" ? "" : `?${Date.now()}`}`;
  await Promise.all([engine() ? undefined : loadScript(`${folder}engine.js`), loadScript(entry)]);
  const filters = await engine()!.start(folder);
  return {
    filters,
    search: async (words, filters) => ({
      count: await orAgain(engine()!.search(words, filters)),
      result: async (index) => {
        const result = await orAgain(engine()!.result(index));
        for (const part of [result, ...result.sub_results]) part.url = new URL(part.url.slice(1), root).href;
        return result;
      },
    }),
  };
}

const engine = () => (globalThis as unknown as Record<symbol, SearchEngine | undefined>)[ENGINE];
