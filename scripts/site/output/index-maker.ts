/** Pagefind, which makes the search index, a process of its own: what it is asked, in the order that it needs. */
import { createIndex, type PagefindIndex } from "pagefind";
import { type WordsByLanguage, writeSearchFiles } from "./search-files.ts";

/** A page: its address, and the HTML that Pagefind is to read, in UTF-8. */
export interface SearchPage {
  url: string;
  html: Uint8Array;
}

/** What is to be found by itself in a page, as Pagefind takes it. */
export interface SearchRecord {
  url: string;
  content: string;
  language: string;
  meta: Record<string, string>;
  filters: Record<string, string[]>;
}

/** The main language, pages any number of times, and at last records; then the index is written into the folder, and the words. */
export type SearchOrder =
  | { language: string }
  | { pages: SearchPage[] }
  | { records: SearchRecord[]; words: WordsByLanguage; folder: string };

/**
 * How Pagefind's allocator (jemalloc) keeps memory. Left to itself it asks for small pages in as many places as there
 * are threads, and gives them back to ask for them again: half the time of an index.
 */
const ALLOCATOR = { name: "_RJEM_MALLOC_CONF", settings: "narenas:2,thp:always,dirty_decay_ms:90000" };

/** Does as it is told, one order after the other. Pagefind stays until who made this closes it, or the thread ends. */
export class IndexMaker {
  #index: PagefindIndex | undefined;
  #language = "";

  async obey(order: SearchOrder): Promise<void> {
    if ("language" in order) {
      // Pagefind has the environment of who starts it. Elsewhere than on Linux there are no such pages to ask for.
      if (process.platform === "linux") process.env[ALLOCATOR.name] ??= ALLOCATOR.settings;
      const created = await createIndex({
        keepIndexUrl: true,
        // "Fill in here", "opens in a new tab": what the site says on every page, nobody looks for; but what is said
        // in a film.
        excludeSelectors: ["[data-added]:not(.player-words)"],
      });
      check(created);
      this.#index = created.index!;
      this.#language = order.language;
    } else if ("pages" in order) {
      const decoder = new TextDecoder();
      await all(order.pages, ({ url, html }) =>
        this.#index!.addHTMLFile({ url, content: decoder.decode(html) }),
      );
    } else {
      await all(order.records, (record) => this.#index!.addCustomRecord(record));
      const written = await this.#index!.getFiles();
      check(written);
      await writeSearchFiles(order.folder, written.files, this.#language, order.words);
    }
  }
}

async function all<Item>(
  items: readonly Item[],
  add: (item: Item) => Promise<{ errors: string[] }>,
): Promise<void> {
  for (const added of await Promise.all(items.map(add))) check(added);
}

function check({ errors }: { errors: string[] }): void {
  if (errors.length) throw new Error(`Pagefind could not index the site: ${errors.join("; ")}`);
}

/** Pagefind prints a stack for each record that it was sent when it had ended; what happened is told once, by us. */
export function silencePagefind(): () => void {
  const said = console.error;
  console.error = (...words: unknown[]) => {
    if (words[0] !== "Service stopped") said(...words);
  };
  return () => {
    console.error = said;
  };
}
