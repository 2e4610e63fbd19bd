/** What a thread does that helps to render a course; see render-all.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { Page } from "../model/course.ts";
import { courseOf, type Outline } from "../model/outline.ts";
import { type Message, type Parcel, packed } from "./render-messages.ts";
import { renderPage } from "./render-page.ts";

const course = courseOf(workerData as Outline);
const pages = course.pages;

parentPort!.on("message", (parcels: Parcel[]) => {
  const messages = parcels.map(({ index, text, bodyStart }): Message => {
    const { kind, source, data, address, language, module } = pages[index]!;
    const page = new Page(kind, { ...source, text }, data, bodyStart, address, language, module);
    return { index, message: packed(renderPage(page, course)) };
  });
  parentPort!.postMessage(messages);
});
