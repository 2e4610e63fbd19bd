/**
 * Worksheets: activity callouts whose title is a link, and the pages under `content/worksheets/`, as one list.
 * A callout and a page are the same worksheet when the callout links to the page, or when both have one number in
 * one module.
 */
import { nameOf, orderOf, relativeUrl, slugOf } from "./addresses.ts";
import type { Course, Module, Page } from "./course.ts";
import { hasTrainerNoteAround, isTrainerNote, titleOf } from "./finish/callouts.ts";
import { ADDED, authorsText, type CheerioAPI, type Element } from "./finish/dom.ts";
import { resolveTarget } from "./finish/links.ts";

/** An activity callout in a section. */
export interface WorksheetCallout {
  page: Page;
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

/** Before links are finished: which callouts of a page are worksheets, as their authors linked them. */
export function findWorksheets($: CheerioAPI, page: Page, course: Course): Map<Element, WorksheetCallout> {
  const found = new Map<Element, WorksheetCallout>();
  for (const element of $("aside.callout--activity").toArray() as Element[]) {
    const heading = titleOf($, element);
    const href = heading?.find("a[href]").first().attr("href");
    if (!heading || !href || hasTrainerNoteAround($, element)) continue;
    const target = resolveTarget(href, page, course);
    const { number, title } = readTitle(heading.text().trim());
    const linked = target.kind === "page" && target.page?.kind === "worksheet" ? target.page : undefined;
    found.set(element, {
      page,
      anchor: "",
      title,
      number,
      external: target.kind === "external" ? target.url : undefined,
      local: linked ?? pageOfNumber(number, page.module, course),
      text: wordsOf(element),
    });
  }
  return found;
}

function wordsOf(callout: Element): string {
  return authorsText(callout, isTrainerNote).replace(/\s+/g, " ").trim();
}

function pageOfNumber(
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

/**
 * When ids are complete: each worksheet's place on the page; the link to the page on this site beside an authored
 * link to elsewhere; and the callout left out of its page's search record, having one of its own.
 */
export function finishWorksheets($: CheerioAPI, found: Map<Element, WorksheetCallout>): WorksheetCallout[] {
  for (const [element, worksheet] of found) {
    const heading = titleOf($, element)!;
    worksheet.anchor = heading.attr("id") ?? "";
    element.attribs["data-pagefind-ignore"] = "all";
    if (worksheet.external && worksheet.local) {
      const href = relativeUrl(worksheet.page.address, worksheet.local.address);
      heading.after(
        `<p class="worksheet-here" ${ADDED}><a href="${href}">Open this worksheet on this site</a></p>`,
      );
    }
  }
  return [...found.values()];
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
