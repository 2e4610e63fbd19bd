/**
 * Worksheets: activity callouts whose title is a link, and the pages under `content/worksheets/`, as one list.
 * A callout and a page are the same worksheet when the callout links to the page, or when both have one number in
 * one module.
 */
import { isWebAddress, nameOf, orderOf, slugOf } from "./addresses.ts";
import type { Course, Module, Page } from "./course.ts";
import type { Place } from "./problems.ts";

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
  if (named !== undefined) return course.modules.find((module) => module.slug === slugOf(named));
  return course.modules.length === 1 ? course.modules[0] : undefined;
}

/** The page of a number, as a callout in a module means it. */
export function pageOfNumber(
  number: number | undefined,
  module: Module | undefined,
  course: Course,
): Page | undefined {
  if (number === undefined) return undefined;
  return course.worksheetPages.find((page) => {
    const own = moduleOf(page, course);
    return numberOf(page) === number && (own === undefined || own === module);
  });
}

/** All worksheets in the order of their modules and numbers. */
export function listWorksheets(course: Course, callouts: WorksheetCallout[]): Worksheet[] {
  const byKey = new Map<string, Worksheet>();
  const byPage = new Map<Page, Worksheet>();
  const callers = new Map<Page, WorksheetCallout[]>();
  for (const callout of callouts) {
    if (callout.local) callers.set(callout.local, [...(callers.get(callout.local) ?? []), callout]);
  }
  for (const page of course.worksheetPages) {
    const module = moduleOf(page, course) ?? callers.get(page)?.[0]?.page.module;
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
  const rank = (worksheet: Worksheet) =>
    worksheet.module ? course.modules.indexOf(worksheet.module) : Number.POSITIVE_INFINITY;
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
