/** What the pages of a course became. The course itself stays as it was built. */

import type { Activity } from "../model/activity.ts";
import type { Page } from "../model/course.ts";
import type { Term } from "../model/terms.ts";
import type { WorksheetCallout } from "../model/worksheets.ts";
import type { Place } from "../problems/problems.ts";
import type { WorksheetForm } from "../worksheet/form.ts";
import type { Shown } from "./components/shown-files.ts";

export interface RenderedPage {
  /** The page's body. */
  html: string;
  /** Those of the body as a tree. */
  headings: Heading[];
  /** Every id that a link may name. */
  anchors: ReadonlySet<string>;
  /** Those in facilitator's notes, which no link of learners may name. */
  noteAnchors: ReadonlySet<string>;
  /** At least one. */
  readMinutes: number;
  /** The activity callouts that are worksheets. */
  worksheets: WorksheetCallout[];
  /** Files of the content folder that the page loads or links to. */
  files: ReadonlySet<string>;
  /** Diagrams that have become part of the page. */
  inlinedFiles: ReadonlySet<string>;
  /** Links that leave the site, for `check --external`. */
  externalLinks: ExternalLink[];
  headingLinks: HeadingLink[];
  fieldLinks: FieldLink[];
  /** What the page asks, where there is something to fill in. */
  form: WorksheetForm | undefined;
  deadLinks: DeadLink[];
  /** What readers are to learn, line by line: of its callouts of the kind `objectives`. */
  objectives: string[];
  /** Of a glossary. */
  terms: Term[];
  /** How its text begins, in a sentence or two; "" where there is none. */
  opening: string;
  /** Of its facilitator's notes, in their order: those that say something of theirs. */
  activities: Activity[];
  /** The page with its notes in place; undefined of one without notes. */
  forFacilitators: FacilitatorsText | undefined;
  /** Of the front page, where its front matter has something to show. */
  front: FrontParts | undefined;
}

export interface FacilitatorsText {
  /** The body, as it would stand at the page's own address. */
  html: string;
  /** Files of the content folder that it loads or links to. */
  files: ReadonlySet<string>;
  /** Diagrams that have become part of it. */
  inlinedFiles: ReadonlySet<string>;
  /** The id of its first note. */
  firstNote: string;
  /** What its notes say for those who run late, in words. */
  late: string[];
}

export interface FrontParts {
  /** HTML; "" of none. */
  picture: string;
  /** The address of the page for those who lead a group. */
  lead: string | undefined;
}

export interface Heading {
  level: number;
  id: string;
  /** Plain text. */
  text: string;
  children: Heading[];
}

export interface ExternalLink {
  url: string;
  place: Place;
}

/** A link to a heading. Whether it is there, only all pages together tell. */
export interface HeadingLink {
  place: Place;
  target: Page;
  fragment: string;
  written: string;
  /** Whether the link stands in a facilitator's note. */
  isInNote: boolean;
}

/** Where an answer comes from, to another answer. Whether it is there, only all pages together tell. */
export interface FieldLink {
  place: Place;
  /** The one of this page that is to have it. */
  field: string;
  target: Page;
  /** The one of that page that it is to come from. */
  source: string;
  written: string;
}

/** A link or something shown whose file is not there. What was meant, the whole course tells. */
export interface DeadLink {
  what: "link" | Shown;
  place: Place;
  written: string;
  /** From the content folder; undefined where it leads out of it. */
  path: string | undefined;
}

export class Rendering {
  constructor(private readonly pages: ReadonlyMap<Page, RenderedPage>) {}

  of(page: Page): RenderedPage {
    return this.pages.get(page)!;
  }

  /** The pages and what became of each, in the order of the course. */
  get entries(): Iterable<[Page, RenderedPage]> {
    return this.pages;
  }

  get all(): RenderedPage[] {
    return [...this.pages.values()];
  }

  get worksheets(): WorksheetCallout[] {
    return this.all.flatMap((page) => page.worksheets);
  }

  readMinutes(of: Page): number {
    return this.of(of).readMinutes;
  }
}
