/** Warnings that only the whole course can give. */

import type { Rendering } from "../html/rendering.ts";
import { type Course, HEAD_TAG, type Page } from "../model/course.ts";
import { fullNameOfSection } from "../model/section-names.ts";
import { readTitle, type Worksheet } from "../model/worksheets.ts";
import { nearest, type Place, type Problems, shorten } from "../problems/problems.ts";
import { composed, decoded, folderOf, resolvePath, slugOf } from "../text/addresses.ts";
import { baseOf } from "../text/languages.ts";
import { ofLanguage } from "../words/words.ts";

/** Minutes that a section may take to read between two desk shifts. */
const LONGEST_SECTION = 15;

/** Characters of a title that a message quotes, and of its slug that is compared: others may share it by the thousand. */
const TITLE_LENGTH = 120;
const SLUG_LENGTH = 200;

export function adviseOnCourse(
  course: Course,
  rendering: Rendering,
  worksheets: readonly Worksheet[],
  problems: Problems,
): void {
  for (const section of course.sections) {
    const minutes = rendering.readMinutes(section);
    if (minutes > LONGEST_SECTION) {
      problems.warning(
        "long-section",
        section.top,
        `the section takes ${minutes} minutes to read`,
        `split it; ${LONGEST_SECTION} minutes fit between two shifts at the desk`,
      );
    }
  }
  for (const page of course.pages) warnOfTags(page, problems);
  warnOfLanguages(course, problems);
  // From a module's folder; a course whose pages stand at its top has none.
  const up = course.modules.every((module) => module.isNamed) ? "../" : "";
  // A callout or a link that is not understood may be the one that a worksheet lacks.
  const pages = new Set(course.pages.map((page) => page.source.file));
  const isKnown = !problems.list.some(
    ({ file, severity, rule }) =>
      pages.has(file) && (severity === "error" || rule === "broken-link-form" || rule === "reference"),
  );
  const numbers = new Map<string, Worksheet>();
  for (const worksheet of worksheets) {
    const { local, number, module } = worksheet;
    const place = local?.top ?? worksheet.callouts[0]?.place;
    // A translation is found where its original is.
    const needed = local && !worksheet.callouts.length ? leftOutWith(local, course) : undefined;
    if (local && needed) {
      problems.error(
        "worksheet-left-out",
        needed.place,
        `${needed.path} is left out, and no other section has the worksheet ${local.source.path}`,
        `write ${fullNameOfSection(local)} in leaveOut too, or keep the section`,
        local.source.path,
      );
    } else if (local && !worksheet.callouts.length && !local.translations.length && isKnown) {
      problems.warning(
        "worksheet-unused",
        local.top,
        "no section has an activity callout for this worksheet",
        `write one with a heading that links to it: ### [${local.title}](${up}${local.source.path})`,
      );
    }
    if (number === undefined || !place) continue;
    warnOfOtherTitles(worksheet, course, problems);
    const key = `${module?.folder ?? ""}#${number}`;
    const first = numbers.get(key);
    if (first) {
      problems.warning(
        "worksheet-number",
        place,
        `the worksheet number ${number} is used for "${shorten(worksheet.title, TITLE_LENGTH)}" and for "${shorten(first.title, TITLE_LENGTH)}"`,
        "give one of them another number",
      );
    } else {
      numbers.set(key, worksheet);
    }
  }
}

/** The section that site.yaml leaves out and that a link in leads to a worksheet, and where it is left out. */
function leftOutWith(
  { source: worksheet }: Page,
  { leftOut, folder }: Course,
): { path: string; place: Place } | undefined {
  for (const { path, text } of folder.pages) {
    const place = leftOut.get(path);
    if (typeof place !== "object") continue;
    const links = [...text.matchAll(/(?:\]\(\s*<?|href=["'])([^)\s>#?"']+)/g)].map((match) =>
      composed(decoded(match[1]!)),
    );
    if (links.some((link) => resolvePath(folderOf(path), link) === worksheet.path)) return { path, place };
  }
  return undefined;
}

/** `section-head` heads no group; whatever else an author calls a page is his own. */
/** A site, a module or a page in a language that nobody has translated the site's own words into. */
function warnOfLanguages({ settings, pages, allWords }: Course, problems: Problems): void {
  const places = new Map([[settings.language, settings.places.get("language")]]);
  // Another language is one that a page says.
  for (const page of pages.filter(({ data }) => data.lang)) {
    if (!places.has(page.language)) places.set(page.language, page.placeOfKey("lang"));
  }
  for (const [language, place] of places) {
    if (ofLanguage(allWords, language)) continue;
    problems.warning(
      "words-language",
      place!,
      `the site's own words are not there in the language "${language}", and are English`,
      `copy layouts/words/en.json to layouts/words/${baseOf(language)}.json, and translate it`,
      language,
    );
  }
}

function warnOfTags(page: Page, problems: Problems): void {
  for (const tag of page.data.tags ?? []) {
    const word = tag.replace(/[\s_-]/g, "");
    // `sectional` is a word of its own.
    if (tag === HEAD_TAG || !/h/i.test(word) || nearest(word, [HEAD_TAG]) === undefined) continue;
    problems.warning(
      "section-tag",
      page.placeOfKey("tags"),
      `the tag "${tag}" does nothing`,
      `did you mean "${HEAD_TAG}"? It makes the section the head of a group`,
    );
  }
}

/** Callouts of one number are one worksheet to the site; other words in their titles tell that two were meant. */
function warnOfOtherTitles({ number, title, callouts }: Worksheet, course: Course, problems: Problems): void {
  const first = slugOf(title).slice(0, SLUG_LENGTH);
  for (const callout of callouts) {
    const other = slugOf(callout.title).slice(0, SLUG_LENGTH);
    const words = course.wordsIn(callout.page.language);
    if (callout.number !== number || readTitle(callout.title, words).number !== undefined) continue;
    if (first.includes(other) || other.includes(first)) continue;
    problems.warning(
      "worksheet-number",
      callout.place,
      `the worksheet number ${number} is used for "${shorten(callout.title, TITLE_LENGTH)}" and for "${shorten(title, TITLE_LENGTH)}"`,
      "give one of them another number",
    );
  }
}
