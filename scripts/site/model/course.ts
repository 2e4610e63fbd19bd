/**
 * The model: Course → Module → Section, in reading order. Everything that lists or orders pages asks here.
 *
 * Sections are always pages. One tagged `sectionHead` heads a group; the untagged ones after it are its
 * sub-sections; untagged ones before the first head stand at the top level.
 */

import { ContentFiles, isInDownloads, reasonToLeaveOut } from "../content/files.ts";
import { parseFrontMatter, placeOfKey } from "../content/front-matter.ts";
import type { FrontMatter, Settings } from "../content/schema.ts";
import { type ContentFolder, SETTINGS_FILE, type Source } from "../content/source.ts";
import { nearest, type Place, type Problems } from "../problems/problems.ts";
import { composed, folderOf, nameOf, orderOf, slugOf } from "../text/addresses.ts";
import { typeset } from "../text/typesetting.ts";
import { claimAddresses, MADE_BY_SITE } from "./output-addresses.ts";

export const WORKSHEETS = "worksheets";
export const HEAD_TAG = "sectionHead";

/** Pages that the site makes itself, by what links may call them. */
export const MADE_PAGES = {
  front: "index.html",
  sections: "sections.html",
  search: "search.html",
  worksheets: `${WORKSHEETS}/index.html`,
  notFound: "404.html",
} as const;

const RESERVED_FOLDERS = ["assets", "pagefind"];

export interface Heading {
  level: number;
  id: string;
  /** Plain text. */
  text: string;
  children: Heading[];
}

/** A page written by an author. What the renderer finds out is added to it once. */
export class Page {
  /** What its Markdown became; see html/finish.ts. */
  html = "";
  headings: Heading[] = [];
  /** Every id that a link may name. */
  anchors = new Set<string>();
  /** Those in facilitator's notes, which no link of learners may name. */
  noteAnchors = new Set<string>();
  readMinutes = 0;
  /** Files of the content folder that the page loads or links to. */
  files = new Set<string>();
  /** Diagrams that have become part of the page. */
  inlinedFiles = new Set<string>();
  /** Links that leave the site, for `check --external`. */
  externalLinks: { url: string; place: Place }[] = [];
  previous: Page | undefined;
  next: Page | undefined;

  constructor(
    readonly kind: "front" | "module" | "section" | "worksheet",
    readonly source: Source,
    readonly data: FrontMatter,
    readonly body: string,
    readonly address: string,
    readonly module?: Module,
  ) {}

  get title(): string {
    return typeset(this.data.title);
  }
  get description(): string | undefined {
    return this.data.description === undefined ? undefined : typeset(this.data.description);
  }
  get doMinutes(): number {
    return this.data.do ?? 0;
  }
  get isHead(): boolean {
    return this.data.tags?.includes(HEAD_TAG) ?? false;
  }
  get isDraft(): boolean {
    return this.data.draft ?? false;
  }
  /** Where the author's file begins, for messages about the whole page. */
  get top(): Place {
    return { file: this.source.file, line: 1, column: 1 };
  }
}

/** A section with its sub-sections. */
export interface Group {
  section: Page;
  children: Page[];
}

export class Module {
  landing: Page | undefined;
  sections: Page[] = [];
  groups: Group[] = [];

  constructor(
    /** "" for the unnamed module of a folder whose pages stand at its top. */
    readonly folder: string,
    readonly slug: string,
  ) {}

  get title(): string {
    return this.landing?.title ?? humanName(this.folder);
  }
  get description(): string | undefined {
    return this.landing?.description;
  }
  get address(): string {
    return this.slug ? `${this.slug}/index.html` : MADE_PAGES.front;
  }
  get isNamed(): boolean {
    return this.slug !== "";
  }
  get readMinutes(): number {
    return this.sections.reduce((sum, section) => sum + section.readMinutes, 0);
  }
  get doMinutes(): number {
    return this.sections.reduce((sum, section) => sum + section.doMinutes, 0);
  }
}

export class Course {
  front: Page | undefined;
  modules: Module[] = [];
  /** Of two with one name, which is an error, the first. */
  readonly modulesBySlug = new Map<string, Module>();
  /** Of the modules' own pages, whether their authors wrote them or not. */
  readonly moduleAddresses = new Set<string>();
  worksheetPages: Page[] = [];
  /** Pictures, documents and the like that a page may show or link to, by their names on the disk. */
  files = new Set<string>();
  #fileNames: Map<string, string> | undefined;
  readonly contentFiles: ContentFiles;
  readonly byPath = new Map<string, Page>();
  readonly byAddress = new Map<string, Page>();
  /** Pages left out: their path, and whether as a draft or for what is wrong with their front matter. */
  readonly leftOut = new Map<string, "draft" | "faulty">();
  /** Old addresses and the pages they lead to. */
  readonly aliases = new Map<string, Page>();

  constructor(
    readonly settings: Settings,
    readonly folder: ContentFolder,
  ) {
    this.contentFiles = new ContentFiles(folder.dir);
  }

  /** The files to publish: what pages use, and what stands in folders for downloads. Known when pages are finished. */
  get publishedFiles(): string[] {
    const used = new Set(this.pages.flatMap((page) => [...page.files]));
    return [...this.files].filter(
      (file) => (used.has(file) || isInDownloads(file)) && !this.contentFiles.look(file).fault,
    );
  }
  /** The published file of a composed path, by its name on the disk. */
  fileAt(path: string): string | undefined {
    this.#fileNames ??= new Map([...this.files].map((file) => [composed(file), file]));
    return this.#fileNames.get(path);
  }

  get pages(): Page[] {
    return [...this.byPath.values()];
  }
  get sections(): Page[] {
    return this.modules.flatMap((module) => module.sections);
  }
  get name(): string {
    return this.settings.name ?? this.front?.title ?? "Training module";
  }
}

/** The model of a content folder. Pages with wrong front matter are left out, and the problems say so. */
export function buildCourse(
  folder: ContentFolder,
  settings: Settings,
  options: { drafts: boolean },
  problems: Problems,
): Course {
  const course = new Course(settings, folder);
  const modules = new Map<string, Module>();

  for (const source of inOrder(folder.pages)) {
    const where = placeInSite(source, problems);
    if (!where) continue;
    const parsed = parseFrontMatter(source, problems);
    if (!parsed || (parsed.data.draft && !options.drafts)) {
      course.leftOut.set(source.path, parsed ? "draft" : "faulty");
      continue;
    }

    let module: Module | undefined;
    if (where.kind === "module" || where.kind === "section") {
      module = modules.get(where.folder);
      if (!module) {
        module = new Module(where.folder, slugOf(where.folder));
        const rival = course.modulesBySlug.get(module.slug);
        if (rival) reportSameFolder(`${folder.name}/${where.folder}`, rival.folder, problems);
        else course.modulesBySlug.set(module.slug, module);
        if (module.isNamed) course.moduleAddresses.add(module.address);
        modules.set(where.folder, module);
      }
    }
    const page = new Page(where.kind, source, parsed.data, parsed.body, where.address, module);
    const rival = course.byAddress.get(page.address) ?? made(page);
    if (rival) {
      problems.error(
        "address-taken",
        page.top,
        `the page would have the address ${page.address}, which ${rival instanceof Page ? rival.source.file : rival} has already`,
        rival instanceof Page
          ? "give one of them another file name; numbers and dates before the name do not count"
          : "give it another file name",
      );
      continue;
    }
    course.byPath.set(source.path, page);
    course.byAddress.set(page.address, page);
    if (page.kind === "front") course.front = page;
    else if (page.kind === "worksheet") course.worksheetPages.push(page);
    else if (page.kind === "module") module!.landing = page;
    else module!.sections.push(page);
  }

  course.modules = [...modules.values()].sort((a, b) => byOrder(a.folder, b.folder));
  for (const module of course.modules) module.groups = groupsOf(module.sections);
  linkReadingOrder(course);
  course.files = new Set(publishable(folder, problems));
  claimAddresses(course, Object.values(MADE_PAGES), problems);
  checkWorksheetModules(course, problems);
  return course;
}

function reportSameFolder(name: string, rival: string, problems: Problems): void {
  problems.error(
    "address-taken",
    { file: name, line: 1, column: 1 },
    `the folder would have the same address as the folder ${rival}`,
    "give one of them another name; numbers and dates before the name do not count",
  );
}

/** The address that a page of the site's own making holds, where an author's page wants it. */
function made(page: Page): string | undefined {
  const own = Object.values(MADE_PAGES).filter((address) => address !== MADE_PAGES.front) as string[];
  return own.includes(page.address) ? MADE_BY_SITE : undefined;
}

function placeInSite(
  source: Source,
  problems: Problems,
): { kind: Page["kind"]; folder: string; address: string } | undefined {
  const folder = folderOf(source.path);
  const name = nameOf(source.path).replace(/\.[^.]+$/, "");
  const top = { file: source.file, line: 1, column: 1 };
  if (folder.includes("/")) {
    const [first, second] = folder.split("/");
    problems.error(
      "page-depth",
      top,
      "the page stands in a folder inside a module's folder",
      // As Jekyll's courses have it.
      first === "modules"
        ? `move ${second}/ out of modules/: each module is a folder of the content folder itself`
        : `move it up to ${first}/; headings and sectionHead make the levels below`,
    );
    return undefined;
  }
  const folderSlug = slugOf(folder);
  if ((folder && !folderSlug) || !slugOf(name)) {
    problems.error(
      "page-name",
      top,
      "the name gives no address: it has no letter or digit",
      "name it in letters, as in 02-mistakes.md",
    );
    return undefined;
  }
  if (RESERVED_FOLDERS.includes(folderSlug)) {
    problems.error(
      "reserved-name",
      top,
      `the folder name ${folder} is the site's own`,
      "name the folder for its module",
    );
    return undefined;
  }
  // `00-index.md` has the index's address too.
  const isIndex = slugOf(name) === "index";
  if (!folder) {
    return isIndex
      ? { kind: "front", folder, address: MADE_PAGES.front }
      : { kind: "section", folder, address: `${slugOf(name)}.html` };
  }
  if (folderSlug === WORKSHEETS) {
    if (isIndex) {
      problems.error("reserved-name", top, "the list of worksheets is made by the site", "delete this file");
      return undefined;
    }
    return { kind: "worksheet", folder, address: `${WORKSHEETS}/${slugOf(name)}.html` };
  }
  return isIndex
    ? { kind: "module", folder, address: `${folderSlug}/index.html` }
    : { kind: "section", folder, address: `${folderSlug}/${slugOf(name)}.html` };
}

/** By folder and then by number or date, then by name; a name without either comes after those with one. */
function inOrder(sources: Source[]): Source[] {
  return [...sources].sort(
    (a, b) => byOrder(folderOf(a.path), folderOf(b.path)) || byOrder(nameOf(a.path), nameOf(b.path)),
  );
}

export function byOrder(a: string, b: string): number {
  const [orderA, orderB] = [orderOf(a), orderOf(b)];
  if (orderA !== orderB) {
    if (orderA === undefined) return a === "" ? -1 : 1;
    if (orderB === undefined) return b === "" ? 1 : -1;
    return orderA < orderB ? -1 : 1;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function groupsOf(sections: Page[]): Group[] {
  const groups: Group[] = [];
  let head: Group | undefined;
  for (const section of sections) {
    const group = { section, children: [] };
    if (section.isHead) head = group;
    if (section.isHead || !head) groups.push(group);
    else head.children.push(section);
  }
  return groups;
}

/** Landing page, its sections, and on into the next module. */
function linkReadingOrder(course: Course): void {
  const order = course.modules.flatMap((module) => [
    ...(module.landing ? [module.landing] : []),
    ...module.sections,
  ]);
  for (const [index, page] of order.entries()) {
    page.previous = order[index - 1];
    page.next = order[index + 1];
  }
  if (course.front && order[0]) course.front.next = order[0];
}

/** Files that may be published, by their names; of each other the reason why not is said. */
function publishable(folder: ContentFolder, problems: Problems): string[] {
  return folder.files.filter((path) => {
    const reason = reasonToLeaveOut(path);
    if (!reason) return true;
    const [message, cure] = reason;
    const isSettings = /\.ya?ml$/i.test(path) && nearest(nameOf(path), [SETTINGS_FILE]);
    problems.warning(
      "unpublished-file",
      { file: `${folder.name}/${path}`, line: 1, column: 1 },
      message,
      isSettings ? `call it ${SETTINGS_FILE} if it is meant to be the settings` : cure,
    );
    return false;
  });
}

/** Modules that a message names; a list of hundreds helps nobody. */
const MODULES_SHOWN = 20;

function checkWorksheetModules(course: Course, problems: Problems): void {
  const slugs = [...new Set(course.modules.map((module) => module.slug).filter(Boolean))];
  const known = new Set(slugs);
  const shown = slugs.slice(0, MODULES_SHOWN).join(", ") + (slugs.length > MODULES_SHOWN ? ", …" : "");
  for (const page of course.worksheetPages) {
    const named = page.data.module;
    if (named === undefined || known.has(slugOf(named))) continue;
    const meant = problems.nearest(slugOf(named), slugs);
    problems.error(
      "worksheet-module",
      placeOfKey(page.source, "module"),
      `the worksheet's module "${named}" is not there`,
      meant ? `did you mean "${meant}"?` : `write one of ${shown || "the modules' folder names"}`,
    );
  }
}

/** A folder's name as a title: `02-connected-learning` → "Connected learning". */
function humanName(folder: string): string {
  const words = slugOf(folder).replace(/-/g, " ");
  return words ? words[0]!.toUpperCase() + words.slice(1) : "Sections";
}
