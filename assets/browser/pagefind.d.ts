/**
 * The script that Pagefind writes beside an index, of which search-engine.ts uses this. Pagefind keeps the class to
 * itself; scripts/site/output/search-files.ts exports it. What Pagefind exports has workers and the search of several
 * indexes around it.
 */
declare module "pagefind.js" {
  export class PagefindInstance {
    constructor(options: { basePath: string; baseUrl: string; excerptLength?: number });
    /** The WebAssembly is one for all instances. */
    init(language: string, options: { load_wasm: boolean }): Promise<void>;
    /** From then on searches tell how each result came about, which takes them several times as long. */
    enterPlaygroundMode(): Promise<void>;
    filters(): Promise<Record<string, Record<string, number>>>;
    search(
      words: string | null,
      options?: { filters: Record<string, string> },
    ): Promise<{
      results: {
        data(): Promise<import("./search-engine.ts").Result>;
        /** Which words of the index have led to it, such as `connect`. Told in playground mode. */
        scores: { search_term: string }[];
      }[];
      /** What was looked for: `connect` for "connecting". Told in playground mode. */
      search_keywords: string[];
    }>;
  }
}
