/**
 * The rendered pages of a preview, kept from one save to the next. A page is rendered again when its own file changed,
 * and when its course would answer otherwise to something that it asked: a link's page has another address, a picture
 * was saved, a worksheet has the number that a callout names.
 */

import { type RenderCourse, renderSome } from "../html/render-all.ts";
import { type Packed, packed, unpacked } from "../html/render-messages.ts";
import type { RenderedWithProblems } from "../html/render-page.ts";
import type { Course, Page } from "../model/course.ts";
import { type Answers, answersTo, areSame } from "../model/questions.ts";
import { numberOf } from "../model/worksheets.ts";
import type { Words } from "../words/words.ts";

interface Kept {
  page: PageFacts;
  /** Without pages of a course that has been replaced since. */
  result: Packed;
  answers: Answers;
}

/** All that a page is rendered from beside what its course answers. */
interface PageFacts extends Pick<Page, "kind" | "source" | "address"> {
  words: Words;
  language: string;
}

export class KeptPages {
  #kept = new Map<string, Kept>();
  #told: Told | undefined;
  /** Paths of the pages that the last rendering did again. */
  renderedAgain: string[] = [];

  /** Every page of the course, in its order. */
  readonly render: RenderCourse = async (course, onPage) => {
    const pages = course.pages;
    const told = toldBy(course);
    const isToldTheSame = this.#told !== undefined && tellsTheSame(told, this.#told);
    const holds = (page: Page): boolean => {
      const kept = this.#kept.get(page.source.path);
      if (!kept || !isSamePage(kept.page, factsOf(page, course))) return false;
      // Titles are not among what is told: many change, and few are asked for.
      if (isToldTheSame && !kept.result.asked.titles.length) return true;
      return areSame(answersTo(kept.result.asked, page, course), kept.answers);
    };
    const wanted = [...pages.keys()].filter((index) => !holds(pages[index]!));
    const rendered = await renderSome(wanted, course, onPage);

    const kept = new Map<string, Kept>();
    const results = pages.map((page, index): RenderedWithProblems => {
      const path = page.source.path;
      const result = rendered[index];
      if (!result) {
        const before = this.#kept.get(path)!;
        kept.set(path, before);
        return unpacked(before.result, course);
      }
      kept.set(path, {
        page: factsOf(page, course),
        result: packed(result),
        answers: answersTo(result.asked, page, course),
      });
      return result;
    });
    // Only now: a rendering that fails leaves all as it was.
    this.#kept = kept;
    this.#told = told;
    this.renderedAgain = wanted.map((index) => pages[index]!.source.path);
    return results;
  };
}

const factsOf = ({ kind, source, address, language }: Page, course: Course): PageFacts => ({
  kind,
  source,
  address,
  words: course.wordsIn(language),
  language,
});

const isSamePage = (one: PageFacts, other: PageFacts): boolean =>
  one.kind === other.kind &&
  one.address === other.address &&
  // A file that was not saved has the same one.
  one.source === other.source &&
  // Nor has a language whose words nobody changed.
  one.words === other.words &&
  one.language === other.language;

/** All that answers are made of. While it is the same, nobody needs to be asked: the rule, when a text was saved. */
type Told = unknown[];

const toldBy = (course: Course): Told => {
  const lists: unknown[][] = [
    course.pages.flatMap((page) => [
      page.source.path,
      page.kind,
      page.address,
      page.language,
      page.module?.folder,
    ]),
    course.worksheetPages.flatMap((page) => [numberOf(page, course), page.data.module]),
    course.modules.map((module) => module.folder),
    [...course.moduleAddresses],
    [...course.toFillIn],
    [...course.glossaries],
    [JSON.stringify(course.settings.worksheets)],
    [...course.aliases].flatMap(([alias, page]) => [alias, page.source.path]),
    [...course.setAside].flat(),
    [...course.files],
    [...course.folder.files.values()],
  ];
  return lists.flatMap((list) => [list.length, ...list]);
};

const tellsTheSame = (one: Told, other: Told): boolean =>
  one.length === other.length && one.every((fact, index) => fact === other[index]);
