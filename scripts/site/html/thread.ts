/** What a thread does that helps to render a course; see threads.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { Page } from "../model/course.ts";
import { courseOf, type Outline } from "../model/outline.ts";
import { renderPage } from "./render-page.ts";
import { type Message, type Parcel, packed } from "./thread-messages.ts";

const course = courseOf(workerData as Outline);
const pages = course.pages;

parentPort!.on("message", (parcels: Parcel[]) => {
  const messages = parcels.map(({ index, body }): Message => {
    const { kind, source, data, address, module } = pages[index]!;
    const page = new Page(kind, source, data, body, address, module);
    return { index, message: packed(renderPage(page, course)) };
  });
  parentPort!.postMessage(messages);
});
