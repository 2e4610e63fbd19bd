/**
 * The search index: Pagefind's, of what authors wrote on every page, with each worksheet as a record of its own. How it
 * is written for browsers is in search-files.ts.
 */
import path from "node:path";
import { close, createIndex, type PagefindIndex } from "pagefind";
import type { Site } from "../layout/site.ts";
import type { Page } from "../model/course.ts";
import type { WorksheetCallout } from "../model/worksheets.ts";
import { Fault } from "../problems/faults.ts";
import { escapeHtml } from "../text/escape.ts";
import { writeSearchFiles } from "./search-files.ts";

export const SEARCH_FOLDER = "pagefind";

export interface SearchCounts {
  pages: number;
  worksheets: number;
  /** Distinct words of each page, summed. */
  words: number;
}

const TYPES: Record<Page["kind"], string> = {
  front: "page",
  module: "page",
  section: "section",
  worksheet: "worksheet",
};

/** Records that Pagefind works on at a time: enough for it never to wait for the next. */
const AT_WORK = 24;

/** What Pagefind answers to a record. */
interface Added {
  errors: string[];
  file: { uniqueWords: number };
}

/**
 * Makes the index and writes what browsers need of it into the site's folder. It needs no layouts, and Pagefind is a
 * process of its own: pages can be laid out meanwhile. When `signal` is aborted it ends, and throws.
 */
export async function writeSearchIndex(site: Site, out: string, signal?: AbortSignal): Promise<SearchCounts> {
  const hearPagefind = withoutPagefindsStacks();
  const lost = whenLost();
  const stop = () => void close();
  signal?.addEventListener("abort", stop);
  try {
    return await Promise.race([makeIndex(site, out), lost.promise]);
  } catch (error) {
    throw /backend (?:is )?closed/.test(String(error)) ? pagefindEnded() : error;
  } finally {
    signal?.removeEventListener("abort", stop);
    lost.forget();
    await close();
    hearPagefind();
  }
}

async function makeIndex(site: Site, out: string): Promise<SearchCounts> {
  const { index, errors } = await createIndex({ keepIndexUrl: true, forceLanguage: languageOf(site) });
  check(errors);
  const counts: SearchCounts = { pages: 0, worksheets: 0, words: 0 };
  // One list for all, of which each takes what is next.
  const records = recordsOf(site, counts);
  const work = async () => {
    for (const add of records) {
      const added = await add(index!);
      check(added.errors);
      counts.words += added.file.uniqueWords;
    }
  };
  await Promise.all(Array.from({ length: AT_WORK }, work));
  const written = await index!.getFiles();
  check(written.errors);
  await writeSearchFiles(path.join(out, SEARCH_FOLDER), written.files);
  return counts;
}

/** Pages and worksheets, each as what adds it to an index. */
function* recordsOf(site: Site, counts: SearchCounts): Generator<(index: PagefindIndex) => Promise<Added>> {
  for (const [page, { html }] of site.rendering.entries) {
    counts.pages++;
    const content = contentOf(page, html);
    yield (index) => index.addHTMLFile({ url: page.address, content });
  }
  for (const callout of site.rendering.worksheets) {
    counts.worksheets++;
    yield (index) => index.addCustomRecord(recordOf(callout, languageOf(site)));
  }
}

/** A page as Pagefind reads it: its title, its description where the page shows it, and its text. */
function contentOf(page: Page, html: string): string {
  const facts = Object.entries(filtersOf(page, TYPES[page.kind]));
  const filters = facts.map(([name, value]) => `<i data-pagefind-filter="${name}:${escapeHtml(value)}"></i>`);
  const lead = page.kind !== "section" && page.description ? `<p>${escapeHtml(page.description)}</p>` : "";
  return `<html><body>${filters.join("")}<i data-pagefind-meta="type:${TYPES[page.kind]}"></i><h1>${escapeHtml(page.title)}</h1>${lead}<div>${html}</div></body></html>`;
}

function recordOf(callout: WorksheetCallout, language: string) {
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

function check(errors: string[]): void {
  if (errors.length) throw new Error(`Pagefind could not index the site: ${errors.join("; ")}`);
}

function filtersOf(page: Page, type: string): Record<string, string> {
  return { type, ...(page.module?.isNamed && { module: page.module.title }) };
}

const languageOf = ({ course }: Site): string => course.settings.language.split("-")[0]!;

const pagefindEnded = (): Fault =>
  new Fault(
    undefined,
    "Pagefind, which makes the search index, ended before it was done",
    "run the command again; where memory is short, close other programs first",
  );

/**
 * Pagefind's process may end by itself, and nobody hears of it: then Node has nothing left to wait for. What waits is
 * told so, and a build ends as with any other fault.
 */
function whenLost(): { promise: Promise<never>; forget(): void } {
  let tell = () => {};
  const promise = new Promise<never>((_, reject) => {
    tell = () => reject(pagefindEnded());
  });
  process.once("beforeExit", tell);
  return { promise, forget: () => void process.off("beforeExit", tell) };
}

/** Pagefind prints a stack for each record that it was sent when it had ended; what happened is told once, by us. */
function withoutPagefindsStacks(): () => void {
  const said = console.error;
  console.error = (...words: unknown[]) => {
    if (words[0] !== "Service stopped") said(...words);
  };
  return () => {
    console.error = said;
  };
}
