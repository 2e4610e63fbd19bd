/**
 * From a page's Markdown to the HTML of its body: one rendering, and then the finishing passes in order, each small
 * and about one concern.
 */
import { type Course, Page } from "../course.ts";
import { renderMarkdown } from "../markdown/markdown.ts";
import { AT } from "../markdown/positions.ts";
import type { Problems } from "../problems.ts";
import type { WorksheetCallout } from "../worksheets.ts";
import { adviseOnPage } from "./advice.ts";
import { limitDepth, passGate } from "./allowlist.ts";
import { makeAnswerRooms } from "./answers.ts";
import { makeCallouts, nameCallouts, removeTrainerNotes } from "./callouts.ts";
import { authorsText, bodyOf, type CheerioAPI, type Element, htmlOf, parseHtml } from "./dom.ts";
import { makeFrameCards } from "./frames.ts";
import { completeIds, fitHeadingLevels, tableOfContents } from "./headings.ts";
import { checkAnchors, finishLinks, type PendingAnchor } from "./links.ts";
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
import { finishTables } from "./tables.ts";
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
  const rendered = closeTags(renderMarkdown(page.body, file, problems), file, problems);
  let $ = parseHtml(limitAttributes(rendered, file, problems));

  limitDepth($, file, problems);
  removeComments($);
  removeEmptyParagraphs($);
  bringBackAttributes($);
  const isUnwrapped = passGate($, file, problems);
  unboxHeadings($);
  if (isUnwrapped || $(MISPLACED).length) $ = parseHtml(htmlOf($));
  translatePresentation($);
  makeCallouts($, file, problems);
  adviseOnPage($, page, problems);
  fitHeadingLevels($);
  makeFrameCards($, file, problems);
  finishPictures($, page, course, problems);
  makeAnswerRooms($);
  const worksheets = findWorksheets($, page, course);
  finishLinks($, page, course, problems, pending);
  removeTrainerNotes($);
  page.anchors = completeIds($);
  nameCallouts($);
  finishTables($);
  finishPreformatted($);
  const callouts = finishWorksheets($, worksheets);
  page.headings = tableOfContents($);
  page.readMinutes = readingMinutes($);
  $(`[${AT}]`).removeAttr(AT);
  // `&#13;`, which a browser would take for the end of a line.
  page.html = htmlOf($).replaceAll("\r", "");
  return callouts;
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
