/** Warnings about what a page's readers would stumble over: links, headings, tables, colors. */
import { shorten } from "../../problems/problems.ts";
import {
  closest,
  type Element,
  elementsIn,
  elementsOf,
  headingLevel,
  isTable,
  isWithin,
  placeOf,
  textOf,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { adviseOnLink, isOfFootnote } from "./link-text.ts";

/** Where emphasis alone is no heading. */
const NO_HEADINGS = new Set("td th li blockquote figure".split(" "));
const LONGEST_HEADING = 80;
const COLOR_WORDS = "red|green|blue|yellow|orange|purple|pink|gr[ae]y";
/** What every text has that tells things apart so: most have not, and this is sooner found. */
const COLOR = new RegExp(` (?:${COLOR_WORDS})\\b`, "i");
const BY_COLOR = new RegExp(
  `\\b(?:in|marked|highlighted|colou?red|shown in) (?:${COLOR_WORDS})\\b|\\bthe (?:${COLOR_WORDS}) (?:text|words?|items?|lines?|rows?|cells?|boxes|box|ones?)\\b`,
  "i",
);

/** Before callouts take their headings' levels and links their notices: the page as its author wrote it. */
export function adviseOnPage(context: PageContext): void {
  adviseOnHeadings(context);
  for (const element of elementsOf(context.$)) {
    if (element.name === "a" && element.attribs.href !== undefined && !isOfFootnote(element))
      adviseOnLink(context, element);
    if (element.name === "p") adviseOnParagraph(context, element);
    if (element.name === "table") adviseOnTable(context, element);
  }
}

/** Levels are what the author wrote; what stands in a callout is counted from its title. */
function adviseOnHeadings({ $, file, problems, openCallouts }: PageContext): void {
  // Below a callout that nothing ends no heading's level is sure.
  const openLine = openCallouts[0] ?? Number.POSITIVE_INFINITY;
  let current = 1;
  let callout: { element: Element; level: number | undefined } | undefined;
  for (const element of elementsOf($)) {
    if (callout && !isWithin(element, callout.element)) callout = undefined;
    if (!callout && element.name === "aside" && /\bcallout--/.test(element.attribs.class ?? "")) {
      callout = { element, level: undefined };
    }
    const level = headingLevel(element);
    if (!level || closest(element, isTable)) continue;
    const before = callout ? callout.level : current;
    const place = placeOf(element, file);
    if (before !== undefined && level > before + 1 && place.line <= openLine) {
      problems.warning(
        "heading-jump",
        place,
        `the heading jumps from level ${before} to level ${level}`,
        `write ${"#".repeat(before + 1)} instead of ${"#".repeat(level)}`,
      );
    }
    if (callout) callout.level = level;
    else current = Math.max(level, 2);
  }
}

/** `**Getting started**` alone on a line looks like a heading, and no screen reader finds it. */
function adviseOnParagraph({ file, problems }: PageContext, paragraph: Element): void {
  const parts = paragraph.children.filter((child) => child.type !== "text" || child.data.trim());
  const only = parts[0];
  const text = textOf(paragraph).trim();
  if (
    parts.length === 1 &&
    only?.type === "tag" &&
    /^(?:strong|b|em|i)$/.test(only.name) &&
    text.length > 1 &&
    text.length <= LONGEST_HEADING &&
    !/[.!?:;,…"”)]$/.test(text) &&
    !closest(paragraph, ({ name }) => NO_HEADINGS.has(name)) &&
    paragraph.next &&
    !elementsIn(only).some(({ name }) => name === "img")
  ) {
    problems.warning(
      "emphasis-heading",
      placeOf(paragraph, file),
      `the line "${shorten(text)}" is emphasized like a heading but is none`,
      `write it as a heading: ## ${shorten(text)}`,
    );
  }
  const found = COLOR.test(text) && BY_COLOR.exec(text)?.[0];
  if (found) {
    problems.warning(
      "color-only",
      placeOf(paragraph, file),
      `the text tells things apart by color ("${found}")`,
      "say it in words too, for those who do not see the color",
    );
  }
}

function adviseOnTable({ file, problems }: PageContext, table: Element): void {
  if (table.attribs.role === "presentation" || table.attribs.role === "none") return;
  if (closest(table, (around) => around !== table && isTable(around))) return;
  const cells = elementsIn(table).filter(({ name }) => name === "td" || name === "th");
  const hasHeaders = cells.some((cell) => cell.name === "th" && textOf(cell).trim() !== "");
  // A cell beside an empty tinted one, as in cards, is no data of a grid.
  const hasHeadings = elementsIn(table).some(({ name }) => /^h[2-6]$/.test(name));
  if (cells.length > 1 && !hasHeaders && !hasHeadings) {
    problems.warning(
      "table-headers",
      placeOf(table, file),
      "the table has no header cells",
      "begin it with a header row and a line of |---|---|, or write <th> for the cells that head a row or a column",
    );
  }
}
