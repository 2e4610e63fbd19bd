/**
 * The lists of all sections and of all worksheets. One that is long is divided: a page for each module, and an overview
 * in its place that leads to them.
 */
import type { Words } from "../words/words.ts";
import type { Module, Page } from "./course.ts";
import type { Edition } from "./edition.ts";
import type { Worksheet, WorksheetCallout } from "./worksheets.ts";

/** Sections, or worksheets, that one page may list. */
export const LONGEST_LIST = 500;

export interface SectionLists {
  isDivided: boolean;
  /** For each module the page that lists its sections; a named module's own page does so in any case. */
  all: { module: Module; address: string }[];
}

export function sectionListsOf({ sections, modules, divided, generated }: Edition): SectionLists {
  const isDivided = sections.length > LONGEST_LIST;
  const unnamed = isDivided ? divided.otherSections : generated.sections;
  return {
    isDivided,
    all: modules.map((module) => ({ module, address: module.isNamed ? module.address : unnamed })),
  };
}

export interface WorksheetLists {
  isDivided: boolean;
  all: WorksheetList[];
}

export interface WorksheetList {
  /** As the overview has it. */
  name: string;
  /** As the page has it. */
  title: string;
  address: string;
  worksheets: Worksheet[];
  /** The same by module; where there is but one, without a name, it needs no title. */
  groups: WorksheetGroup[];
}

export interface WorksheetGroup {
  title: string | undefined;
  /** The line of the first of them in the list, from 1. */
  firstLine: number;
  worksheets: Worksheet[];
}

function groupsOf(worksheets: readonly Worksheet[], words: Words): WorksheetGroup[] {
  const groups: WorksheetGroup[] = [];
  let module: Module | undefined | null = null;
  for (const [index, worksheet] of worksheets.entries()) {
    if (worksheet.module !== module) {
      ({ module } = worksheet);
      groups.push({ title: titleOf(module, words), firstLine: index + 1, worksheets: [] });
    }
    groups.at(-1)!.worksheets.push(worksheet);
  }
  const [only] = groups;
  if (groups.length === 1 && !worksheets[0]!.module?.isNamed) only!.title = undefined;
  return groups;
}

const titleOf = (module: Module | undefined, { worksheets }: Words): string =>
  module?.isNamed ? module.title : worksheets.others;

/** Of the worksheets of an edition. */
export function worksheetListsOf(
  worksheets: Worksheet[],
  { words, divided, generated }: Pick<Edition, "words" | "divided" | "generated">,
): WorksheetLists {
  if (worksheets.length <= LONGEST_LIST) {
    const name = words.worksheets.title;
    return {
      isDivided: false,
      all: [
        {
          name,
          title: name,
          address: generated.worksheets,
          worksheets,
          groups: groupsOf(worksheets, words),
        },
      ],
    };
  }
  const others: Worksheet[] = [];
  const byModule = new Map<Module, Worksheet[]>();
  for (const worksheet of worksheets) {
    const { module } = worksheet;
    if (!module?.isNamed) others.push(worksheet);
    else if (byModule.has(module)) byModule.get(module)!.push(worksheet);
    else byModule.set(module, [worksheet]);
  }
  const all: WorksheetList[] = [...byModule].map(([{ title, slug }, worksheets]) => ({
    name: title,
    title: words.worksheets.ofModule.replace("{module}", () => title),
    address: divided.worksheetsOf(slug),
    worksheets,
    groups: [{ title: undefined, firstLine: 1, worksheets }],
  }));
  if (others.length) {
    const name = all.length ? words.worksheets.others : words.worksheets.all;
    const groups = [{ title: undefined, firstLine: 1, worksheets: others }];
    all.push({ name, title: name, address: divided.otherWorksheets, worksheets: others, groups });
  }
  return { isDivided: true, all };
}

/** Links that lead back from a worksheet; of one that hundreds of sections use, the first. */
export const LINKS_BACK = 10;

/** What a worksheet on this site belongs to. */
export interface WorksheetHome {
  callouts: WorksheetCallout[];
  /** Whether more sections use it than these; the list has them all. */
  isUsedByMore: boolean;
  list: WorksheetList;
  /** Its line in the list, from 1. */
  line: number;
  worksheet: Worksheet;
}

export function worksheetHomesOf({ all }: WorksheetLists): Map<Page, WorksheetHome> {
  const homes = new Map<Page, WorksheetHome>();
  for (const list of all) {
    for (const [index, worksheet] of list.worksheets.entries()) {
      const { local, callouts } = worksheet;
      if (!local) continue;
      const isUsedByMore = callouts.length > LINKS_BACK;
      homes.set(local, {
        callouts: callouts.slice(0, LINKS_BACK),
        isUsedByMore,
        list,
        line: index + 1,
        worksheet,
      });
    }
  }
  return homes;
}
