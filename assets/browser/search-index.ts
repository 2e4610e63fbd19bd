/** The index of the site: loads Pagefind, with what every search needs, and asks it. */
import { loadScript } from "./load-script.ts";
import type { Counted, Filters, Result, SearchEngine } from "./search-engine.ts";
import { ENGINE, MEANT } from "./search-globals.ts";
import type { QueryMeant } from "./search-meant.ts";
import { engineInWorker } from "./search-worker.ts";

export type { Filters, Result } from "./search-engine.ts";

/** Whether the engine works in a worker where it can; scripts/site/layout/assets.ts defines it. */
declare const IN_WORKER: boolean;

export interface SearchIndex {
  filters: Filters;
  /** `seeker` is who asks: each has one search, and of an earlier one nothing may be asked any more. */
  search(seeker: number, words: string, filters: Record<string, string>): Promise<Found>;
}

/** What a search has found. */
export interface Found extends Counted {
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

const rootOfSite = () => new URL(document.documentElement.dataset.root!, location.href);
const folderOfIndex = () => new URL("pagefind/", rootOfSite()).href;
/** Of the scripts that each language has for itself; the main one has them in the folder of the index. */
function folderOfScripts(): string {
  const { index } = document.body.dataset;
  return folderOfIndex() + (index ? `${index}/` : "");
}

async function load(): Promise<SearchIndex> {
  const root = rootOfSite();
  const { engine, filters } = await startEngine(folderOfIndex(), folderOfScripts());
  return {
    filters,
    search: async (seeker, words, filters) => ({
      ...(await orAgain(engine.search(seeker, words, filters))),
      result: async (index) => {
        const result = await orAgain(engine.result(seeker, index));
        // Addresses in results begin with `/`, which is the site's root, in any folder.
        for (const part of [result, ...result.sub_results]) part.url = new URL(part.url.slice(1), root).href;
        return result;
      },
    }),
  };
}

interface Started {
  engine: SearchEngine;
  filters: Filters;
}

let worker: SearchEngine | undefined;

const isFile = () => location.protocol === "file:";

/** The address of a script whose name stays while what is in it changes: what a browser has kept of it may be old. */
const newest = (address: string) => (isFile() ? address : `${address}?${Date.now()}`);

async function startEngine(folder: string, scripts: string): Promise<Started> {
  const entry = newest(`${scripts}entry.js`);
  const language = document.documentElement.lang.toLowerCase();
  if (IN_WORKER && !isFile()) {
    worker ??= engineInWorker(`${scripts}engine.js`);
    const filters = await worker.start({ folder, language, entry }).catch(() => undefined);
    if (filters) return { engine: worker, filters };
    worker = undefined;
  }
  await Promise.all([engineHere() ? undefined : loadScript(`${scripts}engine.js`), loadScript(entry)]);
  const engine = engineHere()!;
  return { engine, filters: await engine.start({ folder, language }) };
}

const engineHere = () => (globalThis as unknown as Record<symbol, SearchEngine | undefined>)[ENGINE];

/** The query that was meant by one with words that no text has; undefined where none is known, or can be had. */
export async function loadMeant(query: string, unknown: readonly string[]): Promise<string | undefined> {
  const meant = () => (globalThis as unknown as Record<symbol, QueryMeant | undefined>)[MEANT];
  if (!meant()) await loadScript(newest(`${folderOfScripts()}words.js`)).catch(() => {});
  return meant()?.(query, unknown);
}
