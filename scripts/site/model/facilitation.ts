/**
 * What is made for those who lead a group: which modules have pages for them, and where these stand. A module has some
 * when a page of it has a facilitator's note; all of them have where such a note stands beside them only.
 *
 *   facilitate/index.html                 all modules; of the only one, its plan
 *   facilitate/<module>/index.html        the plan of a module
 *   facilitate/<module>/<section>.html    a section with its notes
 *   facilitate/<module>/guide/index.html  the whole module, to print
 *   facilitate/<module>/prompts/index.html  what is to be talked about
 */
import type { Problems } from "../problems/problems.ts";
import { nameOf } from "../text/addresses.ts";
import type { Activity } from "./activity.ts";
import type { Course, Module, Page } from "./course.ts";
import type { Edition } from "./edition.ts";
import { ownPlansOf } from "./own-plans.ts";
import { type Lesson, type Plan, presetsOf } from "./session-plan.ts";

/** The folder of all these pages; no page or file of an author's can be in it. */
export const facilitateFolder = ({ isMain, folder }: Edition): string =>
  isMain ? "facilitate" : `${folder}/facilitate`;

/** What stands before the word in the tag of a note. Of so many characters, for in a long line it would be asked of each. */
const BEFORE = /\{%-?\s*callout\s[^%\n]*$|\sclass=["'][^"'>]*$|\{:[^}\n]*\.$/i;
const BEFORE_LENGTH = 200;

/** Told by the text, before it is read as Markdown. */
function hasNote(text: string): boolean {
  for (const { index } of text.matchAll(/\btrainer\b/gi)) {
    if (BEFORE.test(text.slice(Math.max(0, index - BEFORE_LENGTH), index))) return true;
  }
  return false;
}

/** Where those who lead a group begin, of each edition with a note, told by its texts: a page may link there. */
export function facilitateAddresses(course: Course): string[] {
  if (course.settings.facilitate === false) return [];
  const noted = course.pages.filter(({ source }) => hasNote(source.text));
  const editions = new Set(noted.map((page) => course.editionOf(page)));
  return course.editions
    .filter((edition) => editions.has(edition) && edition.modulesToRead.length)
    .map((edition) => `${facilitateFolder(edition)}/index.html`);
}

/** What became of a page, as far as it matters here. */
export interface PageFacts {
  activities: readonly Activity[];
  hasNotes: boolean;
  readMinutes: number;
  /** Whether it asks its readers something that a group may talk about. */
  hasPrompts: boolean;
}

/** A module with pages for those who lead it. */
export class LedModule {
  /** Of its sections. */
  readonly lessons: ReadonlyMap<Page, Lesson>;
  /** Whether no note says how long anything takes: then reading and doing do. */
  readonly isEstimated: boolean;
  /** Trainers' own. */
  plans: Plan[] = [];
  /** Whether there is something to talk about. */
  readonly hasPrompts: boolean;

  constructor(
    readonly module: Module,
    readonly edition: Edition,
    /** Where the plan stands. */
    readonly address: string,
    /** Of its other pages. */
    private readonly folder: string,
    /** Of the pages of its sections. */
    private readonly sectionsFolder: string,
    facts: (page: Page) => PageFacts,
  ) {
    this.hasPrompts = module.sections.some((section) => facts(section).hasPrompts);
    this.isEstimated = !module.sections.some((section) =>
      facts(section).activities.some(({ minutes }) => minutes !== undefined),
    );
    const lessonOf = (section: Page): Lesson => {
      if (this.isEstimated) {
        const minutes = facts(section).readMinutes + section.doMinutes;
        return { section, minutes, least: minutes };
      }
      const { activities } = facts(section);
      const sum = (of: (activity: Activity) => number) => activities.reduce((all, one) => all + of(one), 0);
      return {
        section,
        minutes: sum(({ minutes }) => minutes ?? 0),
        least: sum(({ minutes, least }) => least ?? minutes ?? 0),
      };
    };
    this.lessons = new Map(module.sections.map((section) => [section, lessonOf(section)]));
  }

  get guide(): string {
    return `${this.folder}/guide/index.html`;
  }
  get prompts(): string {
    return `${this.folder}/prompts/index.html`;
  }
  addressOf(section: Page): string {
    return `${this.sectionsFolder}/${nameOf(section.address)}`;
  }
  /** Made when they are asked for: `check` never does. */
  get allPlans(): Plan[] {
    return [...this.plans, ...presetsOf(this.module.groups, (section) => this.lessons.get(section)!)];
  }
}

/** The modules that have pages for facilitators, with trainers' own plans, of which whatever is wrong is told. */
export function ledModules(
  course: Course,
  facts: (page: Page) => PageFacts,
  problems: Problems,
): LedModule[] {
  if (course.settings.facilitate === false) return [];
  const led = course.editions.flatMap((edition) => {
    const folder = facilitateFolder(edition);
    const noted = course.pages.filter((page) => course.editionOf(page) === edition && facts(page).hasNotes);
    const ofModules = new Set(noted.map(({ module }) => module));
    const own = edition.modulesToRead.filter((module) => ofModules.has(module));
    // What is said on the front page alone is said to whoever leads any of them.
    const modules = own.length || !noted.length ? own : edition.modulesToRead;
    return modules.map((module): LedModule => {
      // Deeper than anything of a named module is.
      const inside = module.isNamed ? `${folder}/${module.slug}` : `${folder}/other/sections`;
      const address = modules.length === 1 ? `${folder}/index.html` : `${inside}/index.html`;
      return new LedModule(module, edition, address, inside, module.isNamed ? inside : folder, facts);
    });
  });
  ownPlansOf(course, led, problems);
  return led;
}
