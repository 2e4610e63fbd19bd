/** Loads the search script when it is first needed; the script then loads the index. */
import { loadScript } from "./load-script.ts";

interface SearchScript {
  /** Begins to load what every search needs. */
  prepareSearch(): void;
  openSearch(): void;
  searchHere(): void;
}

/** The global under which search.ts registers. A symbol, since ids in the page become global names too. */
export const SEARCH = Symbol.for("site-search");

let loading: Promise<void> | undefined;

/** Rejects where the script cannot be loaded. */
export async function callSearch(what: keyof SearchScript): Promise<void> {
  loading ??= loadScript(document.body.dataset.search!).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  await loading;
  (globalThis as unknown as Record<symbol, SearchScript>)[SEARCH]![what]();
}
