/**
 * What a page asks of its course while it is rendered. With the page's own text the answers decide all that becomes of
 * it: a page that would be told the same again need not be rendered again.
 */

import type { ContentFile } from "../content/files.ts";
import type { Course, Page } from "./course.ts";
import { resolveTarget, type Target } from "./links.ts";
import { pageOfNumber } from "./worksheets.ts";

/** There is no other way from a page that is being rendered to its course. */
export interface Questions {
  /** What an address in the page means. */
  target(written: string): Target;
  /** The worksheet's page that a callout with this number in the page means. */
  worksheet(number: number | undefined): Page | undefined;
  /** What was found in a file, by its name on the disk. */
  file(path: string): ContentFile;
}

/** The questions that a page has asked, each once. */
export interface Asked {
  targets: string[];
  numbers: number[];
  files: string[];
}

/** What a page asks of its course, and a list of what it has asked. */
export function questionsOf(page: Page, course: Course): { ask: Questions; asked: () => Asked } {
  const targets = new Set<string>();
  const numbers = new Set<number>();
  const files = new Set<string>();
  const ask: Questions = {
    target(written) {
      targets.add(written);
      return resolveTarget(written, page, course);
    },
    worksheet(number) {
      if (number !== undefined) numbers.add(number);
      return pageOfNumber(number, page.module, course);
    },
    file(path) {
      files.add(path);
      return course.contentFiles.look(path);
    },
  };
  return { ask, asked: () => ({ targets: [...targets], numbers: [...numbers], files: [...files] }) };
}

/** What was found in a file is the same as long as nobody has looked into it again. */
export type Answers = (string | ContentFile | undefined)[];

/** What a course answers to questions that a page has asked, to be compared; pages are named by what of them counts. */
export function answersTo({ targets, numbers, files }: Asked, page: Page, course: Course): Answers {
  return [
    ...targets.map((written) => nameOfTarget(resolveTarget(written, page, course))),
    ...numbers.map((number) => nameOfPage(pageOfNumber(number, page.module, course))),
    ...files.map((path) => course.contentFiles.look(path)),
  ];
}

export const areSame = (one: Answers, other: Answers): boolean =>
  one.length === other.length && one.every((answer, index) => answer === other[index]);

/** `\0` is in no name of a file. */
const nameOfPage = (page: Page | undefined): string =>
  page ? [page.source.path, page.kind, page.address].join("\0") : "";

function nameOfTarget(target: Target): string {
  switch (target.kind) {
    case "external":
      return `external\0${target.url}`;
    case "page":
      return ["page", target.address, target.fragment, nameOfPage(target.page)].join("\0");
    case "file":
      return ["file", target.path, target.address, target.fragment].join("\0");
    case "missing":
      return `missing\0${target.path}`;
    case "outside":
      return "outside";
  }
}
