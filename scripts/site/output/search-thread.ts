/**
 * What the thread does that makes the index of a large site; see search-index.ts. It is there to listen to Pagefind,
 * which would wait long for a thread that renders and lays out pages.
 */
import { parentPort } from "node:worker_threads";
import { IndexMaker, type SearchOrder, silencePagefind } from "./index-maker.ts";

const maker = new IndexMaker();
let done = Promise.resolve();

silencePagefind();
parentPort!.on("message", function take(order: SearchOrder) {
  // From then on it listens to nobody but Pagefind: should that one end, of which nobody hears, it comes to its end too.
  if ("records" in order) parentPort!.off("message", take);
  done = done.then(() => maker.obey(order)).then(() => parentPort!.postMessage(undefined));
});
