/**
 * The pages of a course, rendered by several threads. This thread takes pages from the same list as the others; what
 * it gets from them is what it would have made itself.
 */
import os from "node:os";
import { setImmediate as breathe } from "node:timers/promises";
import type { Course, Page } from "../model/course.ts";
import { outlineOf } from "../model/outline.ts";
import { Thread } from "../threads/thread.ts";
import { type Message, type Parcel, unpacked } from "./render-messages.ts";
import { type RenderedWithProblems, renderPage } from "./render-page.ts";
import type { RenderedPage } from "./rendering.ts";

/** Characters of Markdown, from which on threads save more than their start costs. */
const TEXT_FOR_THREADS = 2_000_000;
/** Beyond these there is too little left to share. */
const MOST_THREADS = 4;
/** Pages of one message. */
const AT_ONCE = 8;
/** Messages that a thread has at a time, so that it never waits for the next. */
const AHEAD = 2;

/** Every page of the course, in its order. */
export const renderAll: RenderCourse = (course, onPage, threads) =>
  renderSome([...course.pages.keys()], course, onPage, threads);

/** Hears of each page as soon as it is done, in any order, and how many are. */
export type OnPage = (page: Page, rendered: RenderedPage, done: number) => void;

/** How the pages of a course are rendered. */
export type RenderCourse = (
  course: Course,
  onPage: OnPage,
  threads?: number,
) => Promise<RenderedWithProblems[]>;

/** Those pages that have these places in the order of the course; the results at the same places. */
export async function renderSome(
  wanted: readonly number[],
  course: Course,
  onPage: OnPage,
  threads = threadsFor(wanted.map((index) => course.pages[index]!)),
): Promise<RenderedWithProblems[]> {
  const pages = course.pages;
  const results: RenderedWithProblems[] = new Array(pages.length);
  let next = 0;
  let done = 0;
  const take = () => {
    const from = next;
    next += AT_ONCE;
    return wanted.slice(from, next);
  };
  const keep = (index: number, result: RenderedWithProblems) => {
    const { forFacilitators } = result.rendered;
    const rendered = inBytes({
      ...result.rendered,
      forFacilitators: forFacilitators && inBytes(forFacilitators),
    });
    results[index] = { ...result, rendered };
    onPage(pages[index]!, rendered, ++done);
  };

  const helpers = startThreads(course, threads);
  let hasFailed = false;
  const help = Promise.all(helpers.map((helper) => renderIn(helper, course, take, keep)));
  // Told at the end; until then it must not count as a fault that nobody caught.
  help.catch(() => {
    hasFailed = true;
  });
  try {
    for (let mine = take(); mine.length && !hasFailed; mine = take()) {
      for (const index of mine) keep(index, renderPage(pages[index]!, course));
      // For messages of the threads, and for whatever else this process has to answer to meanwhile.
      await breathe();
    }
    await help;
  } finally {
    await Promise.all(helpers.map((helper) => helper.end()));
  }
  return results;
}

type Helper = Thread<Parcel[], Message[]>;

function startThreads(course: Course, count: number): Helper[] {
  const outline = count ? outlineOf(course) : undefined;
  return Array.from({ length: count }, () => new Thread("scripts/site/html/render-thread.ts", outline));
}

/** Has a thread render what `take` gives, until that is nothing. */
async function renderIn(
  helper: Helper,
  course: Course,
  take: () => number[],
  keep: (index: number, result: RenderedWithProblems) => void,
): Promise<void> {
  const pages = course.pages;
  const talk = async () => {
    for (let indices = take(); indices.length; indices = take()) {
      const parcels = indices.map((index): Parcel => {
        const { source, bodyStart } = pages[index]!;
        return { index, text: source.text, bodyStart };
      });
      for (const { index, message } of await helper.ask(parcels)) keep(index, unpacked(message, course));
    }
  };
  await Promise.all(Array.from({ length: AHEAD }, talk));
}

/** The same text with its HTML kept as bytes: a string of it takes twice their room. */
function inBytes<Text extends { html: string }>(text: Text): Text {
  const bytes = Buffer.from(text.html);
  return Object.defineProperty({ ...text }, "html", { get: () => bytes.toString(), enumerable: true });
}

/** Threads that pay for so many pages, where `busy` of the machine's cores have other work. */
export function threadsFor(pages: readonly Page[], busy = 0): number {
  const free = os.availableParallelism() - 1 - busy;
  let length = 0;
  for (const { source } of pages) {
    length += source.text.length;
    if (length >= TEXT_FOR_THREADS) return Math.max(0, Math.min(free, MOST_THREADS));
  }
  return 0;
}
