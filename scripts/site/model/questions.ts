/**
 * What a page asks of its course while it is rendered. With the page's own text the answers decide all that becomes of
 * it: a page that would be told the same again need not be rendered again.
 */

import type { ContentFile } from "../content/files.ts";
import type { Words } from "../words/words.ts";
import { WAYS, type Way } from "../worksheet/form.ts";
import type { Course, Page } from "./course.ts";
import { resolveTarget, type Target } from "./links.ts";
import { documentOf, isOn, pageOfNumber } from "./worksheets.ts";

/** There is no other way from a page that is being rendered to its course. */
export interface Questions {
  /** What an address in the page means. */
  target(written: string): Target;
  /** Whether a page explains terms. */
  isGlossary(page: Page): boolean;
  /** The title of the page that an address in the page means; "" of anything else. */
  title(written: string): string;
  /** The worksheet's page that a callout with this number in the page means. */
  worksheet(number: number | undefined): Page | undefined;
  /** How the worksheet that a callout means can be done, as site.yaml has it. */
  ways(number: number | undefined, local: Page | undefined): Ways;
  /** What was found in a file, by its name on the disk. */
  file(path: string): ContentFile;
  /** What the site itself says. */
  readonly words: Words;
  readonly language: string;
}

export interface Ways {
  on: Record<Way, boolean>;
  /** Whether its page has something to fill in. */
  hasFields: boolean;
  /** The document that a trainer gave the worksheet. */
  document: string | undefined;
}

/** The questions that a page has asked, each once. */
export interface Asked {
  targets: string[];
  titles: string[];
  numbers: number[];
  /** Of which worksheets' pages it wanted to know how they can be done; "" of one that has none. */
  ways: string[];
  files: string[];
}

/** What a page asks of its course, and a list of what it has asked. */
export function questionsOf(page: Page, course: Course): { ask: Questions; asked: () => Asked } {
  const targets = new Set<string>();
  const titles = new Set<string>();
  const numbers = new Set<number>();
  const files = new Set<string>();
  const ways = new Set<string>();
  const ask: Questions = {
    words: course.wordsIn(page.language),
    language: page.language,
    target(written) {
      targets.add(written);
      return resolveTarget(written, page, course);
    },
    isGlossary: ({ source }) => course.glossaries.has(source.path),
    title(written) {
      titles.add(written);
      return titleOf(resolveTarget(written, page, course));
    },
    worksheet(number) {
      if (number !== undefined) numbers.add(number);
      return pageOfNumber(number, page.module, course);
    },
    ways(number, local) {
      ways.add(local?.source.path ?? "");
      const on = Object.fromEntries(WAYS.map((way) => [way, isOn(course, way)])) as Ways["on"];
      const document = documentOf(course, number, local, page.module);
      return {
        on,
        document: on.documents ? document : undefined,
        hasFields: course.toFillIn.has(local?.source.path ?? ""),
      };
    },
    file(path) {
      files.add(path);
      return course.contentFiles.look(path);
    },
  };
  const asked = () => ({
    targets: [...targets],
    titles: [...titles],
    numbers: [...numbers],
    ways: [...ways],
    files: [...files],
  });
  return { ask, asked };
}

/** What was found in a file is the same as long as nobody has looked into it again. */
export type Answers = (string | ContentFile | undefined)[];

/** What a course answers to questions that a page has asked, to be compared; pages are named by what of them counts. */
export function answersTo(
  { targets, titles, numbers, ways, files }: Asked,
  page: Page,
  course: Course,
): Answers {
  return [
    ...targets.map((written) => nameOfTarget(resolveTarget(written, page, course), course)),
    ...titles.map((written) => titleOf(resolveTarget(written, page, course))),
    ...numbers.map((number) => nameOfPage(pageOfNumber(number, page.module, course))),
    ...(ways.length ? [JSON.stringify(course.settings.worksheets)] : []),
    ...ways.map((path) => `${course.toFillIn.has(path)}`),
    ...files.map((path) => course.contentFiles.look(path)),
  ];
}

export const areSame = (one: Answers, other: Answers): boolean =>
  one.length === other.length && one.every((answer, index) => answer === other[index]);

const titleOf = (target: Target): string => (target.kind === "page" && target.page?.title) || "";

/** `\0` is in no name of a file. */
const nameOfPage = (page: Page | undefined): string =>
  page ? [page.source.path, page.kind, page.address].join("\0") : "";

function nameOfTarget(target: Target, { glossaries }: Course): string {
  switch (target.kind) {
    case "external":
      return `external\0${target.url}`;
    case "page":
      return [
        "page",
        target.address,
        target.fragment,
        nameOfPage(target.page),
        glossaries.has(target.page?.source.path ?? ""),
      ].join("\0");
    case "file":
      return ["file", target.path, target.address, target.fragment].join("\0");
    case "left out":
      return `left out\0${target.path}`;
    case "missing":
      return `missing\0${target.path}`;
    case "outside":
      return "outside";
  }
}
