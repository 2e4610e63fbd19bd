/** What the pages of an edition have in common while they are gathered: its lists, and how its words are said. */
import type { Module } from "../model/course.ts";
import type { Edition } from "../model/edition.ts";
import { type SectionLists, sectionListsOf, type WorksheetLists, worksheetListsOf } from "../model/lists.ts";
import type { Worksheet } from "../model/worksheets.ts";
import { say, type Values } from "../words/say.ts";
import type { Plural } from "../words/words.ts";
import type { Site } from "./site.ts";

export interface PageToLayOut {
  address: string;
  /** For its layout: `layout`, `title` and what else that one asks for. */
  data: Record<string, unknown>;
  /** What its authors wrote of it, as it stands in it: each as HTML, in their order. */
  contents?(): readonly string[];
}

export interface Link {
  title: string;
  address: string;
}

export class EditionPages {
  readonly worksheets: Worksheet[];
  readonly sectionLists: SectionLists;
  readonly worksheetLists: WorksheetLists;

  constructor(
    readonly edition: Edition,
    readonly site: Site,
  ) {
    this.worksheets = worksheetsIn(edition, site);
    this.sectionLists = sectionListsOf(edition);
    this.worksheetLists = worksheetListsOf(this.worksheets, edition);
  }

  get allSections(): Link {
    const { words, generated } = this.edition;
    return { title: words.sections.all, address: generated.sections };
  }
  get allWorksheets(): Link {
    const { words, generated } = this.edition;
    return { title: words.worksheets.title, address: generated.worksheets };
  }

  told(text: string | Plural, values: Values): string {
    return say(text, values, this.edition.language);
  }
  summaryOfAll(): string {
    const { words, name, sections } = this.edition;
    return this.told(words.summary.sections, { course: name, count: sections.length });
  }
  summaryOfModule({ title, sections }: Module): string {
    const { words, name } = this.edition;
    return this.told(words.summary.module, { module: title, course: name, count: sections.length });
  }
}

/** Those that belong to an edition, in their order. */
export function worksheetsIn(edition: Edition, { course, worksheets }: Site): Worksheet[] {
  if (course.editions.length === 1) return worksheets;
  return worksheets.filter(({ local, callouts }) => course.editionOf(local ?? callouts[0]!.page) === edition);
}
