/**
 * From a page's Markdown to the HTML of its body: one rendering, and then the finishing passes in order, each small
 * and about one concern.
 */

import { readMarkdown } from "../markdown/markdown.ts";
import { AT } from "../markdown/positions.ts";
import { type Course, Page } from "../model/course.ts";
import type { WorksheetCallout } from "../model/worksheets.ts";
import type { Problems } from "../problems/problems.ts";
import { adviseOnPage } from "./advice.ts";
import { limitDepth, passGate } from "./allowlist.ts";
import { makeAnswerRooms } from "./answers.ts";
import { makeCallouts, nameCallouts } from "./callouts.ts";
import { adviseOnClasses } from "./classes.ts";
import { checkAnchors, type PendingAnchor } from "./dead-links.ts";
import {
  authorsText,
  bodyOf,
  type CheerioAPI,
  type Element,
  htmlOf,
  parseHtml,
  SHOWS_FILE,
  USES_FILE,
} from "./dom.ts";
import { markFootnotesOfNotes, renumberFootnotes } from "./footnotes.ts";
import { makeFrameCards } from "./frames.ts";
import { completeIds, fitHeadingLevels, tableOfContents } from "./headings.ts";
import { rewriteLinks } from "./links.ts";
import { finishPictures } from "./pictures.ts";
import {
  bringBackAttributes,
  closeTags,
  limitAttributes,
  removeComments,
  removeEmptyParagraphs,
  translatePresentation,
  unboxHeadings,
} from "./repair.ts";
import { adviseOnSlips } from "./slips.ts";
import { finishTables } from "./tables.ts";
import { parseWithNotes, readTrainerNotes, removeTrainerNotes } from "./trainer-notes.ts";
import { findWorksheets, finishWorksheets } from "./worksheets.ts";

/** Words a minute; a diagram takes as long as 60 words. */
const READING_SPEED = 200;
const DIAGRAM_WORDS = 60;

const HEADING = ":is(h1, h2, h3, h4, h5, h6)";
/** A parser takes such elements out of each other, but not where others that are closed too late stand between. */
const MISPLACED = `a a, :not(ul, ol) > li, :not(dl, div) > dt, :not(dl, div) > dd, ${HEADING} > ${HEADING}`;

/** Fills in what only rendering can tell of every page, and answers with the worksheets that their callouts name. */
export function finishPages(
  course: Course,
  problems: Problems,
  onPage: (done: number) => void = () => {},
): WorksheetCallout[] {
  const pending: PendingAnchor[] = [];
  const worksheets = course.pages.flatMap((page, index) => {
    onPage(index);
    return finishPage(page, course, problems, pending);
  });
  checkAnchors(pending, problems);
  return worksheets;
}

/** The HTML of Markdown that is no page of the course, such as a template that a designer adds to Eleventy. */
export function finishText(text: string, name: string, course: Course, problems: Problems): string {
  const source = { path: name, file: name, text };
  const page = new Page("section", source, { title: name }, text, `${name}.html`);
  finishPage(page, course, problems, []);
  return page.html;
}

function finishPage(
  page: Page,
  course: Course,
  problems: Problems,
  pending: PendingAnchor[],
): WorksheetCallout[] {
  const { file } = page.source;
  const reading = readMarkdown(page.body, file, problems);
  adviseOnSlips(reading, file, problems);
  const rendered = limitAttributes(closeTags(reading.html, file, problems), file, problems);
  let $ = parseWithNotes(rendered, file, problems);

  limitDepth($, file, problems);
  readTrainerNotes($, file, problems);
  adviseOnClasses($, file, problems);
  markFootnotesOfNotes($, file, problems);
  removeComments($);
  removeEmptyParagraphs($);
  bringBackAttributes($);
  const isUnwrapped = passGate($, file, problems);
  unboxHeadings($);
  if (isUnwrapped || $(MISPLACED).length) $ = parseWithNotes(htmlOf($), file, problems);
  translatePresentation($);
  makeCallouts($, file, problems);
  adviseOnPage($, page, reading.env.openCallouts, problems);
  fitHeadingLevels($);
  makeFrameCards($, file, problems);
  finishPictures($, page, course, problems);
  makeAnswerRooms($);
  const worksheets = findWorksheets($, page, course);
  rewriteLinks($, page, course, problems, pending);
  renumberFootnotes($);
  page.noteAnchors = removeTrainerNotes($);
  page.anchors = completeIds($);
  nameCallouts($);
  finishTables($);
  finishPreformatted($);
  const callouts = finishWorksheets($, worksheets);
  page.files = filesIn($, USES_FILE);
  page.inlinedFiles = filesIn($, SHOWS_FILE);
  page.headings = tableOfContents($);
  page.readMinutes = readingMinutes($);
  $(`[${AT}]`).removeAttr(AT);
  // `&#13;`, which a browser would take for the end of a line.
  page.html = settle(htmlOf($).replaceAll("\r", ""), page, problems);
  return callouts;
}

/** The files that what is left of the page names in an attribute, which is taken off. */
function filesIn($: CheerioAPI, attribute: string): Set<string> {
  const files = new Set<string>();
  for (const element of $(`[${attribute}]`).toArray() as Element[]) {
    files.add(element.attribs[attribute]!);
    delete element.attribs[attribute];
  }
  return files;
}

/** One reading is the rule; a second is for what cannot stand inside what it stands in. */
const MOST_READINGS = 5;

/** The HTML as a browser will read it: read again, it is the same. */
function settle(html: string, page: Page, problems: Problems): string {
  let settled = html;
  for (let reading = 0; reading < MOST_READINGS; reading++) {
    const read = htmlOf(parseHtml(settled));
    if (read === settled) return settled;
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

/** What is wider than a phone scrolls, by keyboard too. The line breaks at its beginning no browser shows. */
function finishPreformatted($: CheerioAPI): void {
  for (const element of $("pre").attr("tabindex", "0").toArray()) {
    for (const child of element.children) {
      if (child.type !== "text") break;
      child.data = child.data.replace(/^(?:[ \t]*[\r\n])+/, "");
      if (child.data) break;
    }
  }
}

/** Whole minutes, at least one. */
function readingMinutes($: CheerioAPI): number {
  const isLeftOut = ({ name }: Element) => name === "title" || name === "desc";
  const words = authorsText(bodyOf($), isLeftOut).match(/\S+/g)?.length ?? 0;
  const pictures = $("svg, img").length;
  return Math.max(1, Math.ceil((words + pictures * DIAGRAM_WORDS) / READING_SPEED));
}
