/** Loads the search script when it is first needed; the script then loads the index. */
interface SearchScript {
  openSearch(): void;
  searchHere(): void;
}

/** The global under which search.ts registers. A symbol, since ids in the page become global names too. */
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
