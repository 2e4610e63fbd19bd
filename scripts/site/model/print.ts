/**
 * Pages to print: one for an edition and, where it has several modules, one for each, with all sections in reading order
 * and the worksheets at the end. What is too long for one page to print is divided into volumes, and a list of them
 * stands in its place.
 */
import { folderOf } from "../text/addresses.ts";
import type { Course, Group, Module, Page } from "./course.ts";
import type { Edition } from "./edition.ts";
import type { LedModule } from "./facilitation.ts";
import type { Worksheet } from "./worksheets.ts";

/** Sections and worksheets of one page: about 500 sheets of paper, which a browser lays out in some seconds. */
export const LONGEST_PRINT = 200;

/** One page to print. */
export interface PrintPage {
  kind: "page";
  /** Whether facilitator's notes stand in its texts. */
  isWithNotes: boolean;
  address: string;
  title: string;
  /** Undefined of what is not divided. */
  volume: { number: number; of: number } | undefined;
  chapters: Chapter[];
  /** Worksheets' pages. */
  sheets: Page[];
}

/** What of a module stands in a page to print. */
export interface Chapter {
  module: Module;
  /** The module's own page, which introduces it. */
  introduction: Page | undefined;
  groups: Group[];
}

/** A page that leads to pages to print. */
export interface PrintList {
  kind: "list";
  address: string;
  title: string;
  entries: { address: string; title: string; sections: number; worksheets: number }[];
}

/** What is printed together where it is short enough. */
interface Whole {
  address: string;
  /** The folder for its volumes. */
  folder: string;
  title: string;
  chapters: Chapter[];
  sheets: Page[];
  isWithNotes?: boolean;
}

/** Where a module's page to print is; of the only module that is its edition's. */
export function printAddressOf(module: Module, edition: Edition): string {
  if (edition.modulesToRead.length === 1) return edition.generated.print;
  return module.isNamed ? `${module.slug}/print.html` : `${folderIn(edition)}/other/index.html`;
}

/** For pages to print where no author's page can be: none is in a folder inside a folder. */
const folderIn = ({ isMain, folder }: Edition): string => (isMain ? "print" : `${folder}/print`);

/** The addresses of modules' pages to print that an author's page could have. */
export const modulePrintAddresses = ({ editions }: Course): string[] =>
  editions.flatMap((edition) =>
    edition.modulesToRead.length === 1
      ? []
      : edition.modulesToRead
          .filter(({ isNamed }) => isNamed)
          .map((module) => printAddressOf(module, edition)),
  );

/** All pages to print of an edition, which has these worksheets, and the lists that lead to them. */
export function printsOf(edition: Edition, worksheets: readonly Worksheet[]): (PrintPage | PrintList)[] {
  const folder = folderIn(edition);
  const whole: Whole = {
    address: edition.generated.print,
    folder,
    title: edition.name,
    chapters: edition.modulesToRead.map((module) => chapterOf(module, edition)),
    sheets: worksheets.flatMap(({ local }) => local ?? []),
  };
  if (edition.modulesToRead.length <= 1) return divided(whole);
  const wholes = edition.modulesToRead.map(
    (module): Whole => ({
      address: printAddressOf(module, edition),
      folder: module.isNamed ? `${module.slug}/print` : `${folder}/other`,
      title: module.title,
      chapters: [chapterOf(module, edition)],
      sheets: sheetsOf(module, worksheets),
    }),
  );
  const modules = wholes.flatMap(divided);
  if (lengthOf(whole) <= LONGEST_PRINT) return [pageOf(whole), ...modules];
  const inModules = new Set(wholes.flatMap(({ sheets }) => sheets));
  const others: Whole = {
    address: `${folder}/worksheets/index.html`,
    folder: `${folder}/worksheets`,
    title: edition.words.worksheets.others,
    chapters: [],
    sheets: whole.sheets.filter((sheet) => !inModules.has(sheet)),
  };
  const entries = others.sheets.length ? [...wholes, others] : wholes;
  return [
    {
      kind: "list",
      address: whole.address,
      title: whole.title,
      entries: entries.map(({ address, title, chapters, sheets }) =>
        entryOf(address, title, chapters, sheets),
      ),
    },
    ...modules,
    ...(others.sheets.length ? divided(others) : []),
  ];
}

/** For those who lead a group through a module. Worksheets are printed by themselves, one for each person. */
export const guidesOf = ({ module, edition, guide }: LedModule): (PrintPage | PrintList)[] =>
  divided({
    address: guide,
    folder: folderOf(guide),
    title: module.title,
    chapters: [chapterOf(module, edition)],
    sheets: [],
    isWithNotes: true,
  });

/** Of the sections at the top of the content folder the front page is the module's own. */
const chapterOf = (module: Module, edition: Edition): Chapter => ({
  module,
  introduction: module.isNamed ? module.landing : edition.front,
  groups: module.groups,
});

/** The pages of worksheets that are a module's, or that its sections use. */
const sheetsOf = (module: Module, worksheets: readonly Worksheet[]): Page[] =>
  worksheets
    .filter((one) => one.module === module || one.callouts.some(({ page }) => page.module === module))
    .flatMap(({ local }) => local ?? []);

const sectionsOf = (groups: readonly Group[]): Page[] =>
  groups.flatMap(({ section, children }) => [section, ...children]);

const countSections = (chapters: readonly Chapter[]): number =>
  chapters.reduce((sum, { groups }) => sum + sectionsOf(groups).length, 0);

const lengthOf = ({ chapters, sheets }: Whole): number => countSections(chapters) + sheets.length;

const pageOf = ({ address, title, chapters, sheets, isWithNotes = false }: Whole): PrintPage => ({
  kind: "page",
  isWithNotes,
  address,
  title,
  volume: undefined,
  chapters,
  sheets,
});

const entryOf = (
  address: string,
  title: string,
  chapters: readonly Chapter[],
  sheets: readonly Page[],
): PrintList["entries"][number] => ({
  address,
  title,
  sections: countSections(chapters),
  worksheets: sheets.length,
});

/** What is short enough is a page; of what is longer, which is of one module at most, the list of its volumes and these. */
function divided(whole: Whole): (PrintPage | PrintList)[] {
  if (lengthOf(whole) <= LONGEST_PRINT) return [pageOf(whole)];
  const { address, folder, title, chapters, sheets, isWithNotes = false } = whole;
  const [chapter] = chapters;
  const contents = [
    ...(chapter ? volumesOf(chapter).map((one) => ({ chapters: [one], sheets: [] as Page[] })) : []),
    ...inPieces(sheets).map((some) => ({ chapters: [] as Chapter[], sheets: some })),
  ];
  const volumes = contents.map(
    (content, index): PrintPage => ({
      kind: "page",
      isWithNotes,
      address: `${folder}/${index + 1}/index.html`,
      title,
      volume: { number: index + 1, of: contents.length },
      ...content,
    }),
  );
  const entries = volumes.map((volume) => {
    const pages = [...volume.chapters.flatMap(({ groups }) => sectionsOf(groups)), ...volume.sheets];
    const [first, last] = [pages[0]!.title, pages.at(-1)!.title];
    return entryOf(
      volume.address,
      first === last ? first : `${first} – ${last}`,
      volume.chapters,
      volume.sheets,
    );
  });
  return [{ kind: "list", address, title, entries }, ...volumes];
}

/** A module in chapters that are short enough. A group stays whole where it can. */
function volumesOf({ module, introduction, groups }: Chapter): Chapter[] {
  const volumes: Group[][] = [];
  let room = 0;
  for (const group of groups) {
    for (const piece of piecesOf(group)) {
      const length = 1 + piece.children.length;
      if (length > room) {
        volumes.push([]);
        room = LONGEST_PRINT;
      }
      volumes.at(-1)!.push(piece);
      room -= length;
    }
  }
  return volumes.map((some, index) => ({
    module,
    introduction: index ? undefined : introduction,
    groups: some,
  }));
}

/** A group that is too long by itself, in several. */
const piecesOf = ({ section, children }: Group): Group[] =>
  inPieces([section, ...children]).map(([first, ...others]) => ({ section: first!, children: others }));

function inPieces<One>(all: readonly One[]): One[][] {
  const pieces: One[][] = [];
  for (let start = 0; start < all.length; start += LONGEST_PRINT) {
    pieces.push(all.slice(start, start + LONGEST_PRINT));
  }
  return pieces;
}

/** All pages in a page to print, in their order. */
export const pagesIn = ({ chapters, sheets }: PrintPage): Page[] => [
  ...chapters.flatMap(({ introduction, groups }) => [
    ...(introduction ? [introduction] : []),
    ...sectionsOf(groups),
  ]),
  ...sheets,
];
