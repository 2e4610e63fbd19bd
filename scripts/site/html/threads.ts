/**
 * The pages of a course, rendered by several threads. This thread takes pages from the same list as the others; what
 * it gets from them is what it would have made itself.
 */
import os from "node:os";
import { setImmediate as breathe } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Course, Page } from "../model/course.ts";
import { type Outline, outlineOf } from "../model/outline.ts";
import { type RenderedWithProblems, renderPage } from "./render-page.ts";
import { type Message, type Parcel, unpacked } from "./thread-messages.ts";

/** Characters of Markdown, from which on threads save more than their start costs. */
const TEXT_FOR_THREADS = 2_000_000;
/** Beyond these there is too little left to share. */
const MOST_THREADS = 4;
/** Pages of one message. */
const AT_ONCE = 8;
/** Messages that wait at a thread, so that it never does. */
const AHEAD = 2;

/** Every page of the course, in its order. `onPage` hears how many are done. */
export async function renderAll(
  course: Course,
  onPage: (done: number) => void,
  threads = threadsFor(course.pages),
): Promise<RenderedWithProblems[]> {
  const pages = course.pages;
  const results: RenderedWithProblems[] = new Array(pages.length);
  let next = 0;
  let done = 0;
  const take = () => {
    const from = next;
    next = Math.min(from + AT_ONCE, pages.length);
    return Array.from({ length: next - from }, (_, index) => from + index);
  };
  const keep = (index: number, result: RenderedWithProblems) => {
    results[index] = result;
    onPage(++done);
  };

  const outline = threads ? outlineOf(course) : undefined;
  const helpers = Array.from({ length: threads }, () => new Helper(course, outline!, take, keep));
  try {
    const help = Promise.all(helpers.map((helper) => helper.done));
    // Told at the end; until then it must not count as a fault that nobody caught.
    help.catch(() => {});
    for (let mine = take(); mine.length; mine = take()) {
      for (const index of mine) keep(index, renderPage(pages[index]!, course));
      if (threads) await breathe();
      if (helpers.some((helper) => helper.hasFailed)) break;
    }
    await help;
  } finally {
    await Promise.all(helpers.map((helper) => helper.end()));
  }
  return results;
}

function threadsFor(pages: readonly Page[]): number {
  const length = pages.reduce((sum, page) => sum + page.body.length, 0);
  return length < TEXT_FOR_THREADS ? 0 : Math.min(os.availableParallelism() - 1, MOST_THREADS);
}

/** A thread's own start: TypeScript is registered in each thread anew. */
const START = `import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))}).then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL("./thread.ts", import.meta.url).href)});
});`;

/** One thread, from here. */
class Helper {
  /** Settles when there is nothing left to take. */
  readonly done: Promise<void>;
  hasFailed = false;
  readonly #worker: Worker;

  constructor(
    course: Course,
    outline: Outline,
    take: () => number[],
    keep: (index: number, result: RenderedWithProblems) => void,
  ) {
    const pages = course.pages;
    this.#worker = new Worker(START, { eval: true, execArgv: [], workerData: outline });
    let waiting = 0;
    const give = () => {
      const indices = take();
      if (!indices.length) return;
      waiting++;
      this.#worker.postMessage(indices.map((index): Parcel => ({ index, body: pages[index]!.body })));
    };
    this.done = new Promise((resolve, reject) => {
      this.#worker.on("message", (messages: Message[]) => {
        for (const { index, message } of messages) keep(index, unpacked(message, course));
        waiting--;
        give();
        if (!waiting) resolve();
      });
      this.#worker.on("error", reject);
      this.#worker.on("exit", (status) =>
        reject(new Error(`a thread ended with status ${status} while it rendered pages`)),
      );
      for (let ahead = 0; ahead < AHEAD; ahead++) give();
      if (!waiting) resolve();
    });
    this.done.catch(() => {
      this.hasFailed = true;
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
