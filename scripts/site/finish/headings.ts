/** Heading levels that fit, ids for all, and the page's table of contents. */
import type { Heading } from "../course.ts";
import { headingId, IdCounter } from "../markdown/heading-ids.ts";
import { ADDED, type CheerioAPI, type Element, elementsOf } from "./dom.ts";

const levelOf = (element: Element): number | undefined =>
  /^h[1-6]$/.test(element.name) ? Number(element.name[1]) : undefined;

/**
 * Moves only what cannot stay: a body's `#`, which would rival the page's title, and the headings of callouts,
 * whose title takes the level that fits where the callout stands.
 */
export function fitHeadingLevels($: CheerioAPI): void {
  let current = 1;
  /** Of the callout in hand: the author's level of its title, and the level it got. */
  let inCallout: { element: Element; from: number; to: number } | undefined;
  for (const element of elementsOf($)) {
    if (inCallout && !$.contains(inCallout.element, element)) inCallout = undefined;
    if (!inCallout && isCallout(element)) inCallout = { element, from: 0, to: 0 };
    const level = levelOf(element);
    if (!level) continue;
    if (inCallout) {
      if (!inCallout.from) {
        inCallout.from = level;
        inCallout.to = Math.min(current + 1, 6);
      }
      const moved = Math.max(inCallout.to, Math.min(6, level - inCallout.from + inCallout.to));
      rename(element, moved);
    } else {
      if (level === 1) rename(element, 2);
      current = level === 1 ? 2 : level;
    }
  }
}

const isCallout = (element: Element) =>
  element.name === "aside" && /(^|\s)callout(\s|$)/.test(element.attribs.class ?? "");

const rename = (element: Element, level: number) => {
  element.name = `h${level}`;
  element.tagName = `h${level}`;
};

/** Ids for headings written as HTML; those of Markdown have kramdown's already. An id taken twice is numbered. */
export function completeIds($: CheerioAPI): Set<string> {
  const seen = new Set<string>();
  const ids = new IdCounter();
  for (const element of elementsOf($)) {
    if (levelOf(element) && !element.attribs.id && !$(element).closest("table").length) {
      element.attribs.id = headingId($(element).text().trim()) || "section";
    }
    const id = element.attribs.id;
    if (id === undefined) continue;
    const clean = id.trim().replace(/\s+/g, "-");
    if (!clean) {
      delete element.attribs.id;
      continue;
    }
    let unique = ids.unique(clean);
    while (seen.has(unique)) unique = ids.unique(clean);
    element.attribs.id = unique;
    seen.add(unique);
  }
  return seen;
}

/** The headings of the body as a tree; those of callouts and tables are not the page's own. */
export function tableOfContents($: CheerioAPI): Heading[] {
  const top: Heading[] = [];
  const stack: Heading[] = [];
  for (const element of elementsOf($)) {
    const level = levelOf(element);
    if (!level || !element.attribs.id || $(element).closest("aside.callout, table, details").length) continue;
    const copy = $(element).clone();
    copy.find(`[${ADDED}]`).remove();
    const text = copy.text().trim();
    if (!text) continue;
    const heading = { level, id: element.attribs.id, text, children: [] };
    while (stack.length && stack.at(-1)!.level >= level) stack.pop();
    (stack.at(-1)?.children ?? top).push(heading);
    stack.push(heading);
  }
  return top;
}

export const countHeadings = (headings: Heading[]): number =>
  headings.reduce((sum, heading) => sum + 1 + countHeadings(heading.children), 0);
