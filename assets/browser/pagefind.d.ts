/** The script that Pagefind writes beside an index, of which search-engine.ts uses this. */
declare module "pagefind.js" {
  export function options(options: Record<string, unknown>): Promise<void>;
  export function init(): Promise<void>;
  export function destroy(): Promise<void>;
  export function filters(): Promise<Record<string, Record<string, number>>>;
  export function search(
    words: string | null,
    options: { filters: Record<string, string> },
  ): Promise<{ results: { data(): Promise<import("./search-engine.ts").Result> }[] }>;
}
