/** The search script and, from it, the index: neither is loaded before it is asked for. */
interface SearchScript {
  openSearch(): void;
  searchHere(): void;
}

/** Where search.ts leaves itself. A symbol: a name could be taken by an id in the page, which is a global too. */
export const SEARCH = Symbol.for("site-search");

let loading: Promise<void> | undefined;

/** Rejects where the script cannot be loaded. */
export async function callSearch(what: keyof SearchScript): Promise<void> {
  loading ??= new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.search!;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("the search script did not load"));
    document.head.append(script);
  });
  await loading;
  (globalThis as unknown as Record<symbol, SearchScript>)[SEARCH]![what]();
}
