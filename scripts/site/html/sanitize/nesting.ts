/** Elements that stand where HTML does not let them stand: put right, and the result held to be what a browser reads. */

import type { Page } from "../../model/course.ts";
import { parseWithNotes } from "../components/note-guards.ts";
import {
  type AnyNode,
  bodyOf,
  type CheerioAPI,
  closest,
  type Element,
  elementsIn,
  elementsNamed,
  elementsOf,
  HEADINGS,
  headingLevel,
  htmlOf,
  parseHtml,
  replaceAll,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { faultOfElement } from "./acting.ts";
import { roundTrips } from "./round-trip.ts";

const BOXES = new Set("div p section article aside center blockquote figure".split(" "));

/** `<h2><div>Plan</div></h2>`: a heading holds running text; the boxes in it go, their words stay. */
export function unboxHeadings({ $ }: PageContext): void {
  const boxes = new Map<AnyNode, AnyNode[]>();
  for (const holder of elementsNamed($, ...HEADINGS, "summary")) {
    for (const box of elementsIn(holder)) {
      if (BOXES.has(box.name)) boxes.set(box, box.children);
    }
  }
  replaceAll(boxes);
}

/** A parser takes such elements out of each other, but not where others that are closed too late stand between. */
function isMisplaced(element: Element): boolean {
  const parent = element.parent as Element;
  switch (element.name) {
    case "a":
      return closest(parent, ({ name }) => name === "a") !== undefined;
    case "li":
      return parent.name !== "ul" && parent.name !== "ol";
    case "dt":
    case "dd":
      return parent.name !== "dl" && parent.name !== "div";
    default:
      return headingLevel(element) !== undefined && headingLevel(parent) !== undefined;
  }
}

/** Has the parser put right what stands where it cannot now that others are gone from around it. */
export function parseAgain(context: PageContext, isUnwrapped: boolean): void {
  const { $, file, problems } = context;
  if (isUnwrapped || elementsOf($).some(isMisplaced)) context.$ = parseWithNotes(htmlOf($), file, problems);
}

/** One reading is the rule; a second is for what cannot stand inside what it stands in. */
const MOST_READINGS = 5;

/**
 * The HTML as a browser will read it: read again, it is the same. Of most pages the tree tells that; the others are
 * read again. What acts in it, no pass may have left: that is a fault of the program, and no page is made of it.
 */
export function settle({ $, page, problems }: PageContext): string {
  // `&#13;`, which a browser would take for the end of a line.
  const html = htmlOf($).replaceAll("\r", "");
  if (roundTrips(bodyOf($))) {
    refuseFaults($, page);
    return html;
  }
  let settled = html;
  for (let reading = 0; reading < MOST_READINGS; reading++) {
    const $ = parseHtml(settled);
    const read = htmlOf($);
    if (read === settled) {
      refuseFaults($, page);
      return settled;
    }
    settled = read;
  }
  problems.error(
    "unstable-html",
    page.top,
    "the HTML of this page is read otherwise each time that it is read",
    "take out elements that stand where they cannot, such as a link inside a link or a table outside its cell",
  );
  return "";
}

function refuseFaults($: CheerioAPI, page: Page): void {
  for (const element of elementsOf($)) {
    const fault = element.name === "script" ? "it holds <script>" : faultOfElement(element, "");
    if (fault) throw new Error(`the page ${page.address} is not fit to be published: ${fault}`);
  }
}
