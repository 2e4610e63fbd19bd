/**
 * Worksheets: activity callouts whose title is a link, and the pages under `content/worksheets/`, as one list.
 * A callout and a page are the same worksheet when the callout links to the page, or when both have one number in
 * one module.
 */

import type { Place } from "../problems/problems.ts";
import { nameOf, orderOf, slugOf } from "../text/addresses.ts";
import { isWebAddress } from "../text/web-addresses.ts";
import type { Course, Module, Page } from "./course.ts";

/** An activity callout in a section. */
export interface WorksheetCallout {
  page: Page;
  place: Place;
  /** The id on the page that a link lands on. */
  anchor: string;
  title: string;
  number: number | undefined;
  /** The address the author linked to, when it is not on this site. */
  external: string | undefined;
  /** The page on this site, linked by the author or of the same number. */
  local: Page | undefined;
  /** Its words, for the search index. */
  text: string;
}

export interface Worksheet {
  number: number | undefined;
  /** Without "Worksheet #7:". */
  title: string;
  module: Module | undefined;
  local: Page | undefined;
  external: string | undefined;
  callouts: WorksheetCallout[];
}

const NUMBERED = /^\s*worksheet\s*(?:#|no\.?|number)?\s*(\d{1,4})\b\s*[:.–—-]?\s*/i;

/** "Worksheet #7: Putting it to use" → 7 and "Putting it to use". */
export function readTitle(title: string): { number: number | undefined; title: string } {
  const match = NUMBERED.exec(title);
  const rest = match ? title.slice(match[0].length).trim() : title.trim();
  return { number: match ? Number(match[1]) : undefined, title: rest || title.trim() };
}

export function numberOf(page: Page): number | undefined {
  const inTitle = readTitle(page.title).number;
  const order = orderOf(nameOf(page.source.path));
  return inTitle ?? (order && !order.includes("-") ? Number(order) : undefined);
}

/** The page's module: named in its front matter, or the only one there is. */
function moduleOf(page: Page, course: Course): Module | undefined {
  const named = page.data.module;
  if (named !== undefined) return course.modulesBySlug.get(slugOf(named));
  return course.modules.length === 1 ? course.modules[0] : undefined;
}

/** Of each number the first page, for each module and, under undefined, of no module; with its rank among all pages. */
type ByNumber = Map<number, Map<Module | undefined, { page: Page; rank: number }>>;

const numbered = new WeakMap<Course, ByNumber>();

/** Made once: a course may have a callout for each of a thousand pages. */
function pagesByNumber(course: Course): ByNumber {
  let byNumber = numbered.get(course);
  if (byNumber) return byNumber;
  byNumber = new Map();
  for (const [rank, page] of course.worksheetPages.entries()) {
    const number = numberOf(page);
    if (number === undefined) continue;
    const byModule = byNumber.get(number) ?? new Map();
    byNumber.set(number, byModule);
    const module = moduleOf(page, course);
    if (!byModule.has(module)) byModule.set(module, { page, rank });
  }
  numbered.set(course, byNumber);
  return byNumber;
}

/** The page of a number, as a callout in a module means it: the first that is the module's or no module's. */
export function pageOfNumber(
  number: number | undefined,
  module: Module | undefined,
  course: Course,
): Page | undefined {
  const byModule = number === undefined ? undefined : pagesByNumber(course).get(number);
  const found = [byModule?.get(module), byModule?.get(undefined)];
  return found.filter((one) => one !== undefined).sort((a, b) => a.rank - b.rank)[0]?.page;
}

/** All worksheets in the order of their modules and numbers. */
export function listWorksheets(course: Course, callouts: WorksheetCallout[]): Worksheet[] {
  const byKey = new Map<string, Worksheet>();
  const byPage = new Map<Page, Worksheet>();
  /** The first callout for each page. */
  const callers = new Map<Page, WorksheetCallout>();
  for (const callout of callouts) {
    if (callout.local && !callers.has(callout.local)) callers.set(callout.local, callout);
  }
  for (const page of course.worksheetPages) {
    const module = moduleOf(page, course) ?? callers.get(page)?.page.module;
    const number = numberOf(page);
    const worksheet: Worksheet = {
      number,
      title: readTitle(page.title).title,
      module,
      local: page,
      external: undefined,
      callouts: [],
    };
    byPage.set(page, worksheet);
    byKey.set(keyOf(module, number, page.address), worksheet);
  }
  for (const callout of callouts) {
    const module = callout.page.module;
    const key = keyOf(module, callout.number, slugOf(callout.title));
    const worksheet: Worksheet = (callout.local && byPage.get(callout.local)) ??
      byKey.get(key) ?? {
        number: callout.number,
        title: callout.title,
        module,
        local: undefined,
        external: undefined,
        callouts: [],
      };
    worksheet.external ??= callout.external;
    worksheet.callouts.push(callout);
    if (!worksheet.local) byKey.set(key, worksheet);
  }
  const all = [...new Set([...byPage.values(), ...byKey.values()])];
  const ranks = new Map(course.modules.map((module, index) => [module, index]));
  const rank = ({ module }: Worksheet) => (module && ranks.get(module)) ?? Number.POSITIVE_INFINITY;
  const order = (worksheet: Worksheet) => worksheet.number ?? Number.POSITIVE_INFINITY;
  return all.sort(
    (a, b) => compare(rank(a), rank(b)) || compare(order(a), order(b)) || (a.title < b.title ? -1 : 1),
  );
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

const keyOf = (module: Module | undefined, number: number | undefined, otherwise: string) =>
  `${module?.folder ?? "?"}#${number ?? otherwise}`;

/** Where a worksheet's link leads, said before the reader follows it. */
export function leadsTo(url: string): string {
  if (!isWebAddress(url)) return "opens in a new tab";
  const { hostname, pathname } = new URL(url);
  if (hostname === "docs.google.com") {
    const kinds: Record<string, string> = {
      document: "Google Docs",
      spreadsheets: "Google Sheets",
      presentation: "Google Slides",
      forms: "Google Forms",
    };
    const kind = kinds[pathname.split("/")[1] ?? ""] ?? "Google Docs";
    return kind === "Google Forms"
      ? "opens Google Forms in a new tab"
      : `opens ${kind} in a new tab; copying asks for an account`;
  }
  return `opens ${hostname.replace(/^www\./, "")} in a new tab`;
}
