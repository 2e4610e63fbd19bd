/**
 * The search index: Pagefind's, of what authors wrote on every page, with each worksheet as a record of its own. How it
 * is made is in index-maker.ts, how it is written for browsers in search-files.ts.
 */
import path from "node:path";
import { close } from "pagefind";
import type { Site } from "../layout/site.ts";
import type { Course, Module, Page } from "../model/course.ts";
import { SEARCH_FOLDER } from "../model/output-addresses.ts";
import { type PlaceInModule, placesIn } from "../model/parts.ts";
import { fullTitle, type Worksheet, type WorksheetCallout } from "../model/worksheets.ts";
import { Fault } from "../problems/faults.ts";
import { escapeHtml } from "../text/escape.ts";
import { indexName } from "../text/languages.ts";
import { Thread } from "../threads/thread.ts";
import {
  IndexMaker,
  type SearchOrder,
  type SearchPage,
  type SearchRecord,
  silencePagefind,
} from "./index-maker.ts";
import { SearchWords } from "./search-words.ts";

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

/** Pages of one order. */
const AT_ONCE = 32;

/** From so many orders on a thread pays. */
const ORDERS_FOR_THREAD = 12;

/**
 * An index in the making: pages are added as they are rendered, and no layouts are needed. In a large site a thread
 * makes it, beside all that this one does. To be ended in any case.
 */
export class SearchIndex {
  #thread: Thread<SearchOrder, void> | undefined;
  #orders: SearchOrder[] = [];
  readonly #answers: Promise<void>[] = [];
  #course!: Course;
  #pages: SearchPage[] = [];
  /** The pages of worksheets: in which part they are used, only all pages together tell. */
  #worksheets: [page: Page, html: Buffer][] = [];
  readonly #parts = new Parts();
  /** By language. */
  readonly #words = new Map<string, SearchWords>();

  /** Before the first page. */
  begin(course: Course): void {
    this.#course = course;
    this.#give({ language: indexName(course.main.language) });
  }

  add(page: Page, html: string): void {
    this.#wordsIn(this.#languageOf(page)).addTerms(html);
    // As bytes, of which a text with a single “ has half as many.
    if (page.kind === "worksheet") this.#worksheets.push([page, Buffer.from(html)]);
    else this.#take(page, html, this.#parts.of(page));
  }

  #take(page: Page, html: string, part: string | undefined): void {
    const content = contentOf(page, html, this.#languageOf(page), part);
    this.#pages.push({ url: page.address, html: Buffer.from(content) });
    if (this.#pages.length === AT_ONCE) this.#givePages();
  }

  #takeWorksheets(worksheets: readonly Worksheet[]): void {
    const users = new Map(worksheets.map(({ local, callouts }) => [local, callouts[0]?.page]));
    for (const [page, html] of this.#worksheets) {
      const user = users.get(page);
      this.#take(page, html.toString(), user && this.#parts.of(user));
    }
    this.#worksheets = [];
  }

  /**
   * Writes what browsers need of it into the folder of the site, all pages of which have been added. When `signal` is
   * aborted it ends, and throws.
   */
  async write(site: Site, folder: string, signal: AbortSignal): Promise<SearchCounts> {
    const { course, rendering, worksheets } = site;
    const stop = () => void this.end();
    signal.addEventListener("abort", stop);
    // A worksheet's own page is found as what it is; of a link only, the callout is.
    const links = rendering.worksheets.filter(({ local }) => !local);
    const records = links.map((callout) =>
      recordOf(callout, course, this.#languageOf(callout.page), this.#parts.of(callout.page)),
    );
    for (const page of course.pages) {
      this.#wordsIn(this.#languageOf(page)).addPage(page, rendering.of(page).headings);
    }
    for (const { title, local, callouts } of worksheets) {
      this.#wordsIn(this.#languageOf(local ?? callouts[0]!.page)).add(title);
    }
    for (const { title, language } of course.modules) this.#wordsIn(indexName(language)).add(title);
    const words = Object.fromEntries([...this.#words].map(([language, { list }]) => [language, list]));
    try {
      this.#takeWorksheets(worksheets);
      this.#givePages();
      this.#give({ records, words, folder: path.join(folder, SEARCH_FOLDER) });
      await (this.#thread ? Promise.all(this.#answers) : makeHere(this.#orders));
      return { pages: course.pages.length, worksheets: worksheets.length };
    } catch (error) {
      // Pagefind's own word for it; or the thread has come to its end with nothing left to wait for.
      throw /backend (?:is )?closed|a thread ended/.test(String(error)) ? pagefindEnded() : error;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  async end(): Promise<void> {
    await this.#thread?.end();
    await close();
  }

  /** A page is found by those who read its edition, whatever its own language is. */
  #languageOf(page: Page): string {
    return indexName(this.#course.editionOf(page).language);
  }

  #wordsIn(language: string): SearchWords {
    const words = this.#words.get(language) ?? new SearchWords();
    this.#words.set(language, words);
    return words;
  }

  #givePages(): void {
    if (this.#pages.length) this.#give({ pages: this.#pages });
    this.#pages = [];
  }

  #give(order: SearchOrder): void {
    this.#orders.push(order);
    if (this.#orders.length < ORDERS_FOR_THREAD && !this.#thread) return;
    this.#thread ??= new Thread("scripts/site/output/search-thread.ts");
    for (const given of this.#orders) {
      const answer = this.#thread.ask(given);
      // Told when the index is to be written; until then it must not count as a fault that nobody caught.
      answer.catch(() => {});
      this.#answers.push(answer);
    }
    this.#orders = [];
  }
}

async function makeHere(orders: readonly SearchOrder[]): Promise<void> {
  const maker = new IndexMaker();
  const hearPagefind = silencePagefind();
  const lost = whenLost();
  const make = async () => {
    for (const order of orders) await maker.obey(order);
  };
  try {
    await Promise.race([make(), lost.promise]);
  } finally {
    lost.forget();
    await close();
    hearPagefind();
  }
}

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

/** A page as Pagefind reads it: its title, its description where the page shows it, and its text. */
function contentOf(page: Page, html: string, language: string, part: string | undefined): string {
  const facts = Object.entries(filtersOf(page, TYPES[page.kind]));
  const filters = facts.map(([name, value]) => `<i data-pagefind-filter="${name}:${escapeHtml(value)}"></i>`);
  const meta = part === undefined ? "" : `<i data-pagefind-meta="part:${escapeHtml(part)}"></i>`;
  const lead = page.kind !== "section" && page.description ? `<p>${escapeHtml(page.description)}</p>` : "";
  return `<html lang="${language}"><body>${filters.join("")}${meta}<h1>${escapeHtml(page.title)}</h1>${lead}<div>${withoutOtherIds(html)}</div></body></html>`;
}

function recordOf(
  callout: WorksheetCallout,
  course: Course,
  language: string,
  part: string | undefined,
): SearchRecord {
  const facts = filtersOf(callout.page, "worksheet");
  return {
    url: `${callout.page.address}#${encodeURIComponent(callout.anchor)}`,
    content: callout.text,
    language,
    meta: {
      title: fullTitle(callout, course.editionOf(callout.page)),
      section: callout.page.title,
      ...(part !== undefined && { part }),
    },
    filters: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, [value]])),
  };
}

/** The parts of modules that sections stand in: "2: What connected learning is", and of a part's own page "2". */
class Parts {
  readonly #ofModules = new Map<Module, ReadonlyMap<Page, PlaceInModule>>();

  of(page: Page): string | undefined {
    const { module } = page;
    if (!module) return undefined;
    const places = this.#ofModules.get(module) ?? placesIn(module);
    this.#ofModules.set(module, places);
    const part = places.get(page)?.part;
    if (part === undefined) return undefined;
    const head = module.groups[part - 1]!.section;
    return head === page ? `${part}` : `${part}: ${head.title}`;
  }
}

/** What is found are headings; of other ids Pagefind would keep the text behind them once more. */
const withoutOtherIds = (html: string): string => html.replace(/(<(?!h[1-6]\b)\w[^>]*?) id="[^"]*"/g, "$1");

function filtersOf(page: Page, type: string): Record<string, string> {
  return { type, ...(page.module?.isNamed && { module: page.module.title }) };
}

const pagefindEnded = (): Fault =>
  new Fault(
    undefined,
    "Pagefind, which makes the search index, ended before it was done",
    "run the command again; where memory is short, close other programs first",
  );
