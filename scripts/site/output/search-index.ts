/**
 * The search index: Pagefind's, of what authors wrote on every page, with each worksheet as a record of its own. How it
 * is made is in search-thread.ts, how it is written for browsers in search-files.ts.
 */
import path from "node:path";
import type { Site } from "../layout/site.ts";
import type { Page } from "../model/course.ts";
import { SEARCH_FOLDER } from "../model/output-addresses.ts";
import type { WorksheetCallout } from "../model/worksheets.ts";
import { Fault } from "../problems/faults.ts";
import { escapeHtml } from "../text/escape.ts";
import { Thread } from "../threads/thread.ts";
import type { SearchOrder, SearchRecord, SearchWork } from "./search-thread.ts";

export interface SearchCounts {
  pages: number;
  worksheets: number;
}

const TYPES: Record<Page["kind"], string> = {
  front: "page",
  module: "page",
  section: "section",
  worksheet: "worksheet",
};

/** Pages of one message. */
const AT_ONCE = 32;

/**
 * Makes the index and writes what browsers need of it into the site's folder. It needs no layouts: a thread makes it
 * while pages are laid out. When `signal` is aborted it ends, and throws.
 */
export async function writeSearchIndex(site: Site, out: string, signal?: AbortSignal): Promise<SearchCounts> {
  const { rendering, course } = site;
  const language = course.settings.language.split("-")[0]!;
  const thread = new Thread<SearchOrder, undefined>(import.meta.resolve("./search-thread.ts"), {
    language,
    folder: path.join(out, SEARCH_FOLDER),
  } satisfies SearchWork);
  const stop = () => void thread.end();
  signal?.addEventListener("abort", stop);
  try {
    const answers: Promise<undefined>[] = [];
    for (let at = 0; at < course.pages.length; at += AT_ONCE) {
      const pages = course.pages.slice(at, at + AT_ONCE).map((page) => {
        // As bytes, of which a text with a single “ has half as many.
        return { url: page.address, html: Buffer.from(contentOf(page, rendering.of(page).html)) };
      });
      answers.push(thread.ask({ pages }));
    }
    const { worksheets } = rendering;
    answers.push(thread.ask({ records: worksheets.map((callout) => recordOf(callout, language)) }));
    await Promise.all(answers);
    return { pages: course.pages.length, worksheets: worksheets.length };
  } catch (error) {
    // Pagefind's own word for it; or the thread has come to its end with nothing left to wait for.
    throw /backend (?:is )?closed|a thread ended/.test(String(error)) ? pagefindEnded() : error;
  } finally {
    signal?.removeEventListener("abort", stop);
    await thread.end();
  }
}

/** A page as Pagefind reads it: its title, its description where the page shows it, and its text. */
function contentOf(page: Page, html: string): string {
  const facts = Object.entries(filtersOf(page, TYPES[page.kind]));
  const filters = facts.map(([name, value]) => `<i data-pagefind-filter="${name}:${escapeHtml(value)}"></i>`);
  const lead = page.kind !== "section" && page.description ? `<p>${escapeHtml(page.description)}</p>` : "";
  return `<html><body>${filters.join("")}<i data-pagefind-meta="type:${TYPES[page.kind]}"></i><h1>${escapeHtml(page.title)}</h1>${lead}<div>${html}</div></body></html>`;
}

function recordOf(callout: WorksheetCallout, language: string): SearchRecord {
  const number = callout.number === undefined ? "" : `Worksheet #${callout.number}: `;
  const facts = filtersOf(callout.page, "worksheet");
  return {
    url: `${callout.page.address}#${encodeURIComponent(callout.anchor)}`,
    content: callout.text,
    language,
    meta: { title: number + callout.title, section: callout.page.title, type: "worksheet" },
    filters: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, [value]])),
  };
}

function filtersOf(page: Page, type: string): Record<string, string> {
  return { type, ...(page.module?.isNamed && { module: page.module.title }) };
}

const pagefindEnded = (): Fault =>
  new Fault(
    undefined,
    "Pagefind, which makes the search index, ended before it was done",
    "run the command again; where memory is short, close other programs first",
  );
