/** Heading levels that fit, ids for all, and the page's table of contents. */

import { headingId, IdCounter } from "../../markdown/heading-ids.ts";
import { composed } from "../../text/addresses.ts";
import {
  authorsText,
  closest,
  type Element,
  elementsNamed,
  elementsOf,
  hasClass,
  headingLevel,
  isTable,
  isWithin,
  rename,
  textOf,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import type { Heading } from "../rendering.ts";

/**
 * Moves only what cannot stay: a body's `#`, which would rival the page's title, and the headings of callouts,
 * whose title takes the level that fits where the callout stands.
 */
export function fitHeadingLevels({ $ }: PageContext): void {
  const body: Stretch = { current: 1, title: 0 };
  /** The callouts around the heading in hand, outermost first. */
  const callouts: (Stretch & { element: Element })[] = [];
  for (const element of elementsOf($)) {
    while (callouts.length && !isWithin(element, callouts.at(-1)!.element)) callouts.pop();
    const around = callouts.at(-1) ?? body;
    if (isCallout(element)) callouts.push({ element, current: around.current, title: 0 });
    const level = headingLevel(element);
    if (!level) continue;
    if (around === body) {
      around.current = Math.max(2, level);
    } else if (!around.title) {
      around.title = level;
      around.lowest = Math.min(6, around.current + 1);
      around.current = around.lowest;
    } else {
      const lowest = around.lowest!;
      around.current = Math.max(lowest, Math.min(6, level - around.title + lowest));
    }
    rename(element, `h${around.current}`);
  }
}

/** A stretch of the page whose headings belong together: the body, or a callout. */
interface Stretch {
  /** The level of its last heading; before the first, that of the heading it stands under. */
  current: number;
  /** Of a callout: the level its author gave its title, 0 before the title is known. */
  title: number;
  /** Of a callout: the level its title got. */
  lowest?: number;
}

const isCallout = (element: Element) => element.name === "aside" && hasClass(element, "callout");

/**
 * Ids for headings written as HTML, those of Markdown have kramdown's already, and for the terms (`<dt>`) of a glossary.
 * An id taken twice is numbered. Links name ids in one form of Unicode, whatever form the heading is written in.
 */
export function completeIds({ $, page, ask }: PageContext): Set<string> {
  const seen = new Set<string>();
  const ids = new IdCounter();
  const free = (id: string): string => {
    let unique = ids.unique(id);
    while (seen.has(unique)) unique = ids.unique(id);
    seen.add(unique);
    return unique;
  };
  for (const element of elementsOf($)) {
    if (headingLevel(element) && !element.attribs.id && !closest(element, isTable)) {
      element.attribs.id = headingId(textOf(element).trim()) || "section";
    }
    if (element.attribs.headers) element.attribs.headers = composed(element.attribs.headers);
    const id = element.attribs.id;
    if (id === undefined) continue;
    // In a diagram, what refers to an id does so in the form that it has.
    if (element.namespace?.endsWith("/svg")) continue;
    const clean = cleanId(id.trim().replace(/\s+/g, "-"));
    if (!clean) {
      delete element.attribs.id;
      continue;
    }
    element.attribs.id = free(clean);
  }
  // A glossary's terms come last: no heading may lose its id to one.
  for (const term of ask.isGlossary(page) ? elementsNamed($, "dt") : []) {
    term.attribs.id ??= free(cleanId(headingId(authorsText(term).trim())) || "term");
  }
  return seen;
}

/** `## Site -- plan` would have an id of the layouts. */
const cleanId = (id: string): string => composed(id).replace(/^site--+/, "site-");

/** The headings of the body as a tree; those of callouts and tables are not the page's own. */
export function tableOfContents({ $ }: PageContext): Heading[] {
  const top: Heading[] = [];
  const stack: Heading[] = [];
  for (const element of elementsOf($)) {
    const level = headingLevel(element);
    if (!level || !element.attribs.id || hasClass(element, "no_toc")) continue;
    if (closest(element, (around) => isCallout(around) || isTable(around) || around.name === "details"))
      continue;
    const text = authorsText(element).trim();
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
