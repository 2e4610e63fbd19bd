/**
 * The search index: Pagefind's, of every page as it was written to the output, with each worksheet as a record of
 * its own. How it is written for browsers is in search-files.ts.
 */
import path from "node:path";
import { close, createIndex, type PagefindIndex } from "pagefind";
import type { Site } from "../layout/site.ts";
import type { Page } from "../model/course.ts";
import type { WorksheetCallout } from "../model/worksheets.ts";
import { Fault } from "../problems/faults.ts";
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
/** Records that may wait for their turn before whoever makes them has to. */
const MOST_WAITING = 400;

/** What Pagefind answers to a record. */
interface Added {
  errors: string[];
  file: { uniqueWords: number };
}

/**
 * Pagefind at work while pages are laid out: it takes them as they come, several at a time. `close` it in any case, or
 * its process stays.
 */
export class SearchIndex {
  readonly #site: Site;
  readonly #opened: ReturnType<typeof createIndex>;
  readonly #counts: SearchCounts = { pages: 0, worksheets: 0, words: 0 };
  readonly #waiting: (() => Promise<Added>)[] = [];
  #atWork = 0;
  #fault: unknown;
  readonly #hearPagefind: () => void;
  #lost: ((error: Error) => void) | undefined;
  readonly #isLost = new Promise<never>((_, reject) => {
    this.#lost = reject;
  });
  /** Called when something has been done. */
  #whenDone: (() => void)[] = [];

  constructor(site: Site) {
    this.#site = site;
    this.#opened = createIndex({ keepIndexUrl: true, forceLanguage: languageOf(site) });
    // Told by what is done next.
    for (const promise of [this.#opened, this.#isLost]) promise.catch(() => {});
    process.once("beforeExit", this.#onNothingLeft);
    this.#hearPagefind = withoutPagefindsStacks();
  }

  /**
   * Pagefind's process may end by itself, and nobody hears of it: then Node has nothing left to wait for. What is
   * waiting is told so, and a build ends as with any other fault.
   */
  readonly #onNothingLeft = (): void => {
    this.#lost?.(pagefindEnded());
  };

  /** Takes in a page as it was written; pages that no author wrote are left out. Answers when there is room for more. */
  async add(address: string, html: string): Promise<void> {
    const page = this.#site.course.byAddress.get(address);
    if (!page) return;
    const content = withFacts(partToIndex(html), filtersOf(page, TYPES[page.kind]));
    this.#counts.pages++;
    await this.#add(async (index) => index.addHTMLFile({ url: address, content }));
  }

  /** Takes in the worksheets, and writes what browsers need into the site's folder. */
  async write(out: string): Promise<SearchCounts> {
    for (const callout of this.#site.rendering.worksheets) await this.#addWorksheet(callout);
    while (this.#waiting.length || this.#atWork) await this.#nextDone();
    this.#throwFault();
    const written = await this.#orLost((await this.#orLost(this.#index())).getFiles());
    check(written.errors);
    await writeSearchFiles(path.join(out, SEARCH_FOLDER), written.files);
    return this.#counts;
  }

  async close(): Promise<void> {
    this.#waiting.length = 0;
    process.off("beforeExit", this.#onNothingLeft);
    await close();
    this.#hearPagefind();
  }

  async #addWorksheet(callout: WorksheetCallout): Promise<void> {
    const number = callout.number === undefined ? "" : `Worksheet #${callout.number}: `;
    const facts = filtersOf(callout.page, "worksheet");
    this.#counts.worksheets++;
    await this.#add(async (index) =>
      index.addCustomRecord({
        url: `${callout.page.address}#${encodeURIComponent(callout.anchor)}`,
        content: callout.text,
        language: languageOf(this.#site),
        meta: { title: number + callout.title, section: callout.page.title, type: "worksheet" },
        filters: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, [value]])),
      }),
    );
  }

  async #index(): Promise<PagefindIndex> {
    const { index, errors } = await this.#opened;
    check(errors);
    return index!;
  }

  async #add(add: (index: PagefindIndex) => Promise<Added>): Promise<void> {
    this.#waiting.push(async () => add(await this.#index()));
    this.#work();
    while (this.#waiting.length > MOST_WAITING) await this.#nextDone();
    this.#throwFault();
  }

  #work(): void {
    while (this.#atWork < AT_WORK && this.#waiting.length) {
      this.#atWork++;
      void this.#waiting.shift()!()
        .then(({ errors, file }) => {
          check(errors);
          this.#counts.words += file.uniqueWords;
        })
        .catch((error: unknown) => {
          this.#fault ??= /backend (?:is )?closed/.test(String(error)) ? pagefindEnded() : error;
          this.#waiting.length = 0;
        })
        .finally(() => {
          this.#atWork--;
          this.#work();
          for (const tell of this.#whenDone.splice(0)) tell();
        });
    }
  }

  #nextDone(): Promise<void> {
    return this.#orLost(new Promise((resolve) => this.#whenDone.push(resolve)));
  }

  #orLost<Result>(promise: Promise<Result>): Promise<Result> {
    return Promise.race([promise, this.#isLost]);
  }

  #throwFault(): void {
    if (this.#fault !== undefined) throw this.#fault;
  }
}

const pagefindEnded = (): Fault =>
  new Fault(
    undefined,
    "Pagefind, which makes the search index, ended before it was done",
    "run the command again; where memory is short, close other programs first",
  );

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

const languageOf = ({ course }: Site): string => course.settings.language.split("-")[0]!;

/**
 * Of a page the part that is searched, which spares Pagefind to read the rest; the whole page, where its layout says
 * something to Pagefind elsewhere.
 */
function partToIndex(html: string): string {
  const start = html.search(/<article\b[^>]*\bdata-pagefind-body\b/);
  const end = html.lastIndexOf("</article>");
  if (start < 0 || html.indexOf("data-pagefind") < start || html.includes("data-pagefind", end)) return html;
  return `<!DOCTYPE html><html><body>${html.slice(start, end)}</article></body></html>`;
}

function check(errors: string[]): void {
  if (errors.length) throw new Error(`Pagefind could not index the site: ${errors.join("; ")}`);
}

function filtersOf(page: Page, type: string): Record<string, string> {
  return { type, ...(page.module?.isNamed && { module: page.module.title }) };
}

/** Pagefind reads filters from attributes; they are added to what it reads, not to what readers load. */
function withFacts(html: string, facts: Record<string, string>): string {
  const tags = Object.entries(facts).map(
    ([name, value]) => `<span data-pagefind-filter="${name}:${attribute(value)}"></span>`,
  );
  const meta = `<span data-pagefind-meta="type:${attribute(facts.type!)}"></span>`;
  return html.replace(/<article[^>]*data-pagefind-body[^>]*>/, (open) => open + tags.join("") + meta);
}

const attribute = (value: string) => value.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
