/** What the thread does that makes Word documents, one order after the other; see document-maker.ts. */
import { parentPort } from "node:worker_threads";
import { blankDocuments } from "./blank-documents.ts";
import type { DocumentOrder } from "./document-maker.ts";

let done = Promise.resolve();

parentPort!.on("message", ({ forms, options }: DocumentOrder) => {
  done = done
    .then(() => blankDocuments(forms, options))
    .then((documents) => parentPort!.postMessage(documents));
});
