/**
 * The part of a course that is in one language, with a front door, lists, a search and words of its own. Most courses
 * have one edition. Each other language that a module's `index.md` names makes another, whose own pages stand in a folder
 * of the language's code: `es/search.html`.
 */

import type { Settings } from "../content/schema.ts";
import { directionOf } from "../text/languages.ts";
import type { Words } from "../words/words.ts";
import type { Course, Module, Page } from "./course.ts";
import { DIVIDED_LISTS, type DividedLists, GENERATED_PAGES, type GeneratedPages } from "./generated-pages.ts";

export class Edition {
  /** Its author's front door: `index.md`, or in another language the one in the folder of its code, `es/index.md`. */
  front: Page | undefined;
  modules: Module[] = [];
  worksheetPages: Page[] = [];
  /** Addresses of the pages that the site makes for it. */
  readonly generated: GeneratedPages;
  readonly divided: DividedLists;

  constructor(
    readonly course: Course,
    readonly language: string,
  ) {
    const folder = this.isMain ? "" : `${this.folder}/`;
    this.generated = inFolder(folder, GENERATED_PAGES);
    const { worksheetsOf, ...lists } = DIVIDED_LISTS;
    this.divided = { ...inFolder(folder, lists), worksheetsOf: (slug) => folder + worksheetsOf(slug) };
  }

  get isMain(): boolean {
    return this.language === this.settings.language;
  }
  /** Of its pages, where it is not the main edition. */
  get folder(): string {
    return this.language.toLowerCase();
  }
  get settings(): Settings {
    return this.course.settings;
  }
  /** Those that readers go through: the others are one page each, beside the way. */
  get modulesToRead(): Module[] {
    return this.modules.filter(({ isAside }) => !isAside);
  }
  get sections(): Page[] {
    return this.modules.flatMap((module) => module.sections);
  }
  /** The main edition has the site's own name, another one its front door's. */
  get name(): string {
    const titles = this.isMain
      ? [this.settings.name, this.front?.title]
      : [this.front?.title, this.settings.name];
    return titles.find((title) => title !== undefined) ?? this.words.site.course;
  }
  get shortName(): string | undefined {
    return this.isMain ? this.settings.shortName : undefined;
  }
  get words(): Words {
    return this.course.wordsIn(this.language);
  }
  get direction(): "ltr" | "rtl" {
    return directionOf(this.language);
  }
}

const inFolder = <Addresses extends Record<string, string>>(
  folder: string,
  addresses: Addresses,
): Addresses =>
  Object.fromEntries(
    Object.entries(addresses).map(([name, address]) => [name, folder + address]),
  ) as Addresses;
