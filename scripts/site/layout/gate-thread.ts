/** What the thread does that looks at pages and writes them; see page-gate.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { folderOf } from "../text/addresses.ts";
import { keepIn } from "./keep-in.ts";
import { GateHere } from "./page-gate.ts";

export interface PagesInParcels {
  pages: PageInParcel[];
  /** Parts that the pages of a folder share, which have not been sent before. */
  parts: [folder: string, parts: readonly string[]][];
}

interface PageInParcel {
  address: string;
  html: string;
  /** What its authors wrote, or where in it that begins and ends. */
  contents: readonly string[] | readonly [start: number, end: number][];
}

/** An error: threads lose all of one but its message. */
export interface Trouble {
  message: string;
  code?: string;
  path?: string;
  syscall?: string;
}

const gate = new GateHere(keepIn(workerData as string));
const partsOf = new Map<string, string[]>();

parentPort!.on("message", (parcel: PagesInParcels) => parentPort!.postMessage(troubleWith(parcel)));

function troubleWith({ pages, parts }: PagesInParcels): Trouble | undefined {
  for (const [folder, more] of parts) partsOf.set(folder, [...(partsOf.get(folder) ?? []), ...more]);
  try {
    for (const { address, html, contents } of pages) {
      const texts = contents.map((one) => (typeof one === "string" ? one : html.slice(one[0], one[1])));
      gate.take(address, { html, contents: texts, shared: partsOf.get(folderOf(address)) });
    }
    return undefined;
  } catch (error) {
    const { message, code, path, syscall } = error as NodeJS.ErrnoException;
    return { message, ...(code && { code }), ...(path && { path }), ...(syscall && { syscall }) };
  }
}
