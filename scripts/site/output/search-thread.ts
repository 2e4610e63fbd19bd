/**
 * What the thread does that makes the search index; see search-index.ts. Pagefind is a process of its own, and this
 * thread is there to listen to it: one that lays out pages would let it wait.
 */
import { parentPort, workerData } from "node:worker_threads";
import { close, createIndex } from "pagefind";
import { writeSearchFiles } from "./search-files.ts";

export interface SearchWork {
  language: string;
  /** Where the files for browsers go. */
  folder: string;
}

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

/** Pages, any number of times, and at last the records. Then the index is written. */
export type SearchOrder = { pages: SearchPage[] } | { records: SearchRecord[] };

const { language, folder } = workerData as SearchWork;
silencePagefind();
const created = createIndex({ keepIndexUrl: true, forceLanguage: language });
let done: Promise<unknown> = created;

parentPort!.on("message", function take(order: SearchOrder) {
  // From then on it listens to nobody but Pagefind: should that one end, of which nobody hears, it comes to its end too.
  if ("records" in order) parentPort!.off("message", take);
  done = done.then(() => obey(order)).then(() => parentPort!.postMessage(undefined));
});

async function obey(order: SearchOrder): Promise<void> {
  const { index, errors } = await created;
  check({ errors });
  if ("pages" in order) {
    const decoder = new TextDecoder();
    const added = order.pages.map(({ url, html }) =>
      index!.addHTMLFile({ url, content: decoder.decode(html) }),
    );
    return (await Promise.all(added)).forEach(check);
  }
  (await Promise.all(order.records.map((record) => index!.addCustomRecord(record)))).forEach(check);
  const written = await index!.getFiles();
  check(written);
  await writeSearchFiles(folder, written.files);
  await close();
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
