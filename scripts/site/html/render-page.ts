/**
 * From a page's Markdown to the HTML of its body.
 *
 * In goes a page of the course, which stays as it is; out comes a `RenderedPage`, and what is wrong with the page.
 * Between the two the HTML is a tree, and small passes go over it in four phases: repair what is malformed, sanitize,
 * make the site's own components, and say on the way what readers would stumble over.
 */

import { readMarkdown } from "../markdown/markdown.ts";
import { POSITION_ATTR } from "../markdown/positions.ts";
import type { Course, Page } from "../model/course.ts";
import { type Asked, type Questions, questionsOf } from "../model/questions.ts";
import { type Problem, Problems } from "../problems/problems.ts";
import { adviseOnClasses } from "./advice/classes.ts";
import { adviseOnPage } from "./advice/page.ts";
import { refuseShownMarks } from "./advice/shown-marks.ts";
import { adviseOnSlips } from "./advice/slips.ts";
import { readActivities } from "./components/activities.ts";
import { makeAnswerFields } from "./components/answers.ts";
import { makeCallouts, nameCallouts, objectivesOf } from "./components/callouts.ts";
import { facilitatorsCopy, markNotes } from "./components/facilitators-text.ts";
import { markFootnotesOfNotes, nameBackLinks, renumberFootnotes } from "./components/footnotes.ts";
import { makeFrameCards } from "./components/frames.ts";
import { addFront, takeFront } from "./components/front.ts";
import { completeIds, fitHeadingLevels, tableOfContents } from "./components/headings.ts";
import { rewriteLinks } from "./components/links.ts";
import { parseWithNotes } from "./components/note-guards.ts";
import { openingOf } from "./components/opening.ts";
import { makePictures } from "./components/pictures.ts";
import { makePlayers } from "./components/players.ts";
import { makePreformattedScroll } from "./components/preformatted.ts";
import { makeQuestions, nameQuestions } from "./components/questions.ts";
import { readingMinutes } from "./components/reading-time.ts";
import { makeTableFrames } from "./components/tables.ts";
import { termsOf } from "./components/terms.ts";
import { readTrainerNotes, removeTrainerNotes } from "./components/trainer-notes.ts";
import { makeWorksheetForm } from "./components/worksheet-form.ts";
import { completeWorksheets, findWorksheets } from "./components/worksheets.ts";
import { type CheerioAPI, elementsOf, SHOWS_FILE, USES_FILE } from "./dom.ts";
import type { PageContext } from "./page-context.ts";
import type { FacilitatorsText, RenderedPage } from "./rendering.ts";
import { closeTags, limitAttributes } from "./repair/tags.ts";
import { bringBackAttributes, limitDepth, removeComments, removeEmptyParagraphs } from "./repair/tree.ts";
import { parseAgain, settle, unboxHeadings } from "./sanitize/nesting.ts";
import { translatePresentation } from "./sanitize/presentation.ts";
import { sanitize } from "./sanitize/sanitize.ts";

/** What came of one page: it, and what was found wrong with it. */
export interface RenderedWithProblems {
  rendered: RenderedPage;
  problems: readonly Problem[];
  /** What the page wanted to know of its course. */
  asked: Asked;
}

/** One page by itself: the same for the same page in the same course. */
export function renderPage(page: Page, course: Course): RenderedWithProblems {
  const problems = new Problems();
  const { ask, asked } = questionsOf(page, course);
  return { rendered: render(page, ask, problems), problems: problems.list, asked: asked() };
}

function render(page: Page, ask: Questions, problems: Problems): RenderedPage {
  const { file } = page.source;
  const reading = readMarkdown(page.body, file, problems);
  adviseOnSlips(reading, file, problems);

  // Repair: as text, before a parser reads it, and then as a tree. What may have been meant as a facilitator's note is
  // told before anything is taken away.
  const html = limitAttributes(closeTags(reading.html, file, problems), file, problems);
  const context: PageContext = {
    $: parseWithNotes(html, file, problems),
    page,
    ask,
    file,
    problems,
    openCallouts: reading.env.openCallouts,
    headingLinks: [],
    fieldLinks: [],
    externalLinks: [],
    deadLinks: [],
  };
  limitDepth(context);
  removeComments(context);
  removeEmptyParagraphs(context);
  bringBackAttributes(context);
  const activities = readActivities(context);
  readTrainerNotes(context);
  adviseOnClasses(context);
  refuseShownMarks(context);
  markFootnotesOfNotes(context);

  // Sanitize: from here on there is nothing in the tree that content may not have.
  const isUnwrapped = sanitize(context);
  unboxHeadings(context);
  parseAgain(context, isUnwrapped);
  translatePresentation(context);

  // Components: what authors wrote becomes what the style sheet and the scripts know. Advice comes once callouts are
  // known, and before anything else looks otherwise than it was written.
  makeCallouts(context);
  adviseOnPage(context);
  fitHeadingLevels(context);
  makeFrameCards(context);
  addFront(context);
  makePlayers(context);
  makePictures(context);
  const fields = makeAnswerFields(context);
  makeQuestions(context);
  const worksheets = findWorksheets(context);
  rewriteLinks(context);

  // Facilitators' pages: with the notes, whose links are checked by now.
  const forFacilitators = facilitatorsText(context);

  // Learners' pages: without them, and with all that is told by what is left.
  renumberFootnotes(context);
  nameBackLinks(context);
  const noteAnchors = removeTrainerNotes(context);
  const anchors = nameParts(context);
  const { $, headingLinks, fieldLinks, externalLinks, deadLinks } = context;
  const files = takeFiles($, USES_FILE);
  const inlinedFiles = takeFiles($, SHOWS_FILE);
  const front = takeFront(context);
  return {
    front,
    worksheets: completeWorksheets(context, worksheets),
    files,
    inlinedFiles,
    headings: tableOfContents(context),
    objectives: objectivesOf(context),
    opening: openingOf(context),
    form: makeWorksheetForm(context, fields),
    readMinutes: readingMinutes(context),
    html: finalHtml(context),
    terms: termsOf(context),
    anchors,
    noteAnchors,
    activities,
    forFacilitators,
    headingLinks,
    fieldLinks,
    externalLinks,
    deadLinks,
  };
}

/** What is named by what is on the page; returns its ids. */
function nameParts(context: PageContext): Set<string> {
  const anchors = completeIds(context);
  nameCallouts(context);
  nameQuestions(context);
  makeTableFrames(context);
  makePreformattedScroll(context);
  return anchors;
}

function facilitatorsText(learners: PageContext): FacilitatorsText | undefined {
  const context = facilitatorsCopy(learners);
  if (!context) return undefined;
  nameBackLinks(context);
  nameParts(context);
  const facts = markNotes(context);
  const files = takeFiles(context.$, USES_FILE);
  const inlinedFiles = takeFiles(context.$, SHOWS_FILE);
  takeFront(context);
  return { html: finalHtml(context), files, inlinedFiles, ...facts };
}

/** The files that what is left of the page names in an attribute, which is taken off. */
function takeFiles($: CheerioAPI, attribute: string): Set<string> {
  const files = new Set<string>();
  for (const { attribs } of elementsOf($)) {
    const file = attribs[attribute];
    if (file === undefined) continue;
    files.add(file);
    delete attribs[attribute];
  }
  return files;
}

function finalHtml(context: PageContext): string {
  for (const { attribs } of elementsOf(context.$)) delete attribs[POSITION_ATTR];
  return settle(context);
}
