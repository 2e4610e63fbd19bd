/**
 * What the thread does that makes the search index; see search-index.ts. Pagefind is a process of its own, and this
 * thread is there to listen to it: one that lays out pages would let it wait.
 */
import { parentPort } from "node:worker_threads";
import { close, createIndex, type PagefindIndex } from "pagefind";
import { writeSearchFiles } from "./search-files.ts";

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

/** A language, pages any number of times, and at last records; then the index is written into the folder. */
export type SearchOrder =
  | { language: string }
  | { pages: SearchPage[] }
  | { records: SearchRecord[]; folder: string };

let index: PagefindIndex;
let done: Promise<unknown> = Promise.resolve();

silencePagefind();
parentPort!.on("message", function take(order: SearchOrder) {
  // From then on it listens to nobody but Pagefind: should that one end, of which nobody hears, it comes to its end too.
  if ("records" in order) parentPort!.off("message", take);
  done = done.then(() => obey(order)).then(() => parentPort!.postMessage(undefined));
});

async function obey(order: SearchOrder): Promise<void> {
  if ("language" in order) {
    const created = await createIndex({ keepIndexUrl: true, forceLanguage: order.language });
    check(created);
    index = created.index!;
  } else if ("pages" in order) {
    const decoder = new TextDecoder();
    await all(order.pages, ({ url, html }) => index.addHTMLFile({ url, content: decoder.decode(html) }));
  } else {
    await all(order.records, (record) => index.addCustomRecord(record));
    const written = await index.getFiles();
    check(written);
    await writeSearchFiles(order.folder, written.files);
    await close();
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
function silencePagefind(): void {
  const said = console.error;
  console.error = (...words: unknown[]) => {
    if (words[0] !== "Service stopped") said(...words);
  };
}
