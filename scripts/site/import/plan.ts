/** Which files of the source become which pages, in which order, under which names. */

import { WORKSHEETS } from "../model/generated-pages.ts";
import { byOrder } from "../model/reading-order.ts";
import { folderOf, nameOf, orderOf, slugOf } from "../text/addresses.ts";
import { fileSlug } from "../text/file-names.ts";
import { Draft } from "./draft.ts";
import { convertKeys, type PageData, type SplitPage } from "./front-matter.ts";
import {
  type CourseData,
  dateOfPost,
  foldersOfPost,
  type JekyllConfig,
  jekyllTitle,
  oldAddresses,
} from "./jekyll.ts";
import type { Note } from "./notes.ts";
import { visibleLine } from "./values.ts";

/** A Markdown file of the source, read and split. */
export interface SourcePage extends SplitPage {
  /** From the source folder: `modules/basics/_posts/2002-02-01-interests.md`. */
  path: string;
  notes: Note[];
}

export interface PlannedPage {
  source: SourcePage;
  draft: Draft;
  data: PageData & { title: string };
  notes: Note[];
  module: PlannedModule;
  /** From the content folder: `02-basics/03-interests.md`. */
  target: string;
  /** As Jekyll made them: `/modules/basics/interests/`. Empty for a plain folder. */
  oldAddresses: string[];
}

/** A line of the author's file, from 1. */
export const authorsLine = ({ source }: PlannedPage, line: number): string => source.lines[line - 1] ?? "";

export interface PlannedModule {
  /** As links may name it: `basics`. */
  name: string;
  /** The module's folder in the source, and its address in Jekyll: `modules/basics`; "" at the top. */
  path: string;
  /** In the content folder; "" at the top. */
  folder: string;
  pages: PlannedPage[];
}

export interface Plan {
  isJekyll: boolean;
  modules: PlannedModule[];
  /** Markdown files that are no pages of the course. */
  leftOut: string[];
  /** Modules that course.yml names and the course does not have. */
  missing: string[];
}

export interface CourseFacts {
  isJekyll: boolean;
  config: JekyllConfig;
  course: CourseData;
  /** The course's name. */
  name: string;
}

/** Folders and pages that the site makes itself. */
const TAKEN_FOLDERS = ["assets", "pagefind"];
const TAKEN_PAGES = ["404", "search", "sections", "index"];
/** The module for Jekyll's pages that belong to none. */
const PAGES = "pages";

interface Group {
  name: string;
  path: string;
  members: Member[];
}

interface Member {
  page: SourcePage;
  isLanding: boolean;
  /** What orders the module's pages, before their names. */
  order: string;
  oldAddresses: string[];
}

export function planCourse(pages: SourcePage[], facts: CourseFacts): Plan {
  const leftOut: string[] = [];
  const groups = facts.isJekyll ? jekyllGroups(pages, facts, leftOut) : plainGroups(pages, leftOut);
  const modules = nameModules(groups, facts);
  const names = groups.map((group) => group.name);
  const missing = facts.isJekyll ? facts.course.modules.filter((name) => !names.includes(name)) : [];
  return { isJekyll: facts.isJekyll, modules, leftOut, missing };
}

function jekyllGroups(pages: SourcePage[], { config, course }: CourseFacts, leftOut: string[]): Group[] {
  const groups = new Map<string, Group>();
  const groupAt = (path: string, name: string) => {
    const group = groups.get(path) ?? { name, path, members: [] };
    groups.set(path, group);
    return group;
  };
  const posts = pages.filter((page) => /(^|\/)_posts\//.test(page.path));
  for (const page of posts) {
    const folders = foldersOfPost(page.path);
    const path = folders.join("/");
    const name = folders.filter((folder, index) => index > 0 || folder !== "modules").join("-");
    const addresses = oldAddresses(page.path, page.keys, config);
    groupAt(path, name).members.push({
      page,
      isLanding: path !== "" && addresses.some((one) => trimmed(one) === path.toLowerCase()),
      order: dateOfPost(page.path, page.keys),
      oldAddresses: addresses,
    });
  }
  for (const page of pages) {
    if (posts.includes(page)) continue;
    const folder = folderOf(page.path);
    // Without front matter a file is no page to Jekyll; what begins with _ is its own.
    if (!page.hasFrontMatter || /(^|\/)_/.test(page.path)) {
      leftOut.push(page.path);
      continue;
    }
    const isFront = page.path.toLowerCase() === "index.md";
    const own = folder === "" ? undefined : groups.get(folder);
    const group = own ?? (isFront ? groupAt("", "") : groupAt(`/${PAGES}`, PAGES));
    group.members.push({
      page,
      isLanding: isFront || (folder === group.path && /^index\.\w+$/i.test(nameOf(page.path))),
      order: "9999",
      oldAddresses: oldAddresses(page.path, page.keys, config),
    });
  }
  const rank = ({ name, path }: Group) => {
    const listed = course.modules.indexOf(name);
    return path === "" ? -1 : path === `/${PAGES}` ? Infinity : listed < 0 ? course.modules.length : listed;
  };
  return [...groups.values()].sort((a, b) => compare(rank(a), rank(b)) || byOrder(a.name, b.name));
}

const compare = (a: number, b: number) => (a === b ? 0 : a - b);

/** `/modules/Basics/` → `modules/basics` */
const trimmed = (address: string) => address.replace(/^\/+|\/+$/g, "").toLowerCase();

function plainGroups(pages: SourcePage[], leftOut: string[]): Group[] {
  const groups = new Map<string, Group>();
  const folders = new Set(pages.map((page) => folderOf(page.path)));
  const withIndex = new Set(pages.filter((page) => isIndex(page.path)).map((page) => folderOf(page.path)));
  for (const page of pages) {
    const path = folderOf(page.path);
    if (/(^|\/)_/.test(page.path) || (isIndex(page.path) && slugOf(path) === WORKSHEETS)) {
      leftOut.push(page.path);
      continue;
    }
    // One folder that holds all is no module: its pages are the course.
    const name = folders.size === 1 ? "" : path.split("/").join("-");
    const group = groups.get(path) ?? { name, path, members: [] };
    groups.set(path, group);
    const isReadme = /^readme\.\w+$/i.test(nameOf(page.path)) && !withIndex.has(path);
    group.members.push({
      page,
      isLanding: isIndex(page.path) || isReadme,
      order: orderOf(nameOf(page.path)) ?? "~",
      oldAddresses: [],
    });
  }
  return [...groups.values()].sort((a, b) => byOrder(a.path, b.path));
}

const isIndex = (path: string) => /^index\.\w+$/i.test(nameOf(path));

function nameModules(groups: Group[], facts: CourseFacts): PlannedModule[] {
  const named = groups.filter((group) => group.name !== "" && slugOf(group.name) !== WORKSHEETS);
  const taken = new Set<string>();
  let number = 0;
  return groups.map((group) => {
    const isWorksheets = !facts.isJekyll && slugOf(group.name) === WORKSHEETS;
    const isReserved = TAKEN_FOLDERS.includes(slugOf(group.name)) || slugOf(group.name) === WORKSHEETS;
    let folder = "";
    if (isWorksheets) folder = WORKSHEETS;
    else if (group.name !== "") {
      // `3-spheres` as a slug would lose its number: it needs one before it.
      const slug = (fileSlug(group.name) || "module") + (isReserved ? "-module" : "");
      const isNumbered = named.length > 1 || orderOf(slug) !== undefined;
      const free = freeName(slug, taken);
      folder = isNumbered ? `${numbered(++number, named.length)}-${free}` : free;
    }
    const module: PlannedModule = {
      name: group.name,
      path: group.path.replace(/^\//, ""),
      folder,
      pages: [],
    };
    namePages(group, module, isWorksheets, facts);
    return module;
  });
}

const numbered = (number: number, total: number) =>
  String(number).padStart(Math.max(2, String(total).length), "0");

/** A name that no other has yet: `plan`, `plan-2`. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name}-${i}`;
  taken.add(free);
  return free;
}

function namePages(group: Group, module: PlannedModule, isWorksheets: boolean, facts: CourseFacts): void {
  const landing = group.members.find((member) => member.isLanding);
  const sections = group.members
    .filter((member) => member !== landing)
    .sort(
      (a, b) =>
        (a.order < b.order ? -1 : a.order > b.order ? 1 : 0) ||
        byOrder(nameOf(a.page.path), nameOf(b.page.path)),
    );
  const taken = new Set(module.folder === "" ? TAKEN_PAGES : ["index"]);
  const prefix = module.folder && `${module.folder}/`;
  if (landing) module.pages.push(toPlanned(landing, module, `${prefix}index.md`, facts));
  for (const [index, member] of sections.entries()) {
    const stem = nameOf(member.page.path).replace(/\.[^.]*$/, "");
    const own = orderOf(stem);
    const number = isWorksheets && own && !own.includes("-") ? Number(own) : index + 1;
    const name = freeName(fileSlug(stem) || "section", taken);
    module.pages.push(
      toPlanned(member, module, `${prefix}${numbered(number, sections.length)}-${name}.md`, facts),
    );
  }
}

function toPlanned(
  member: Member,
  module: PlannedModule,
  target: string,
  { isJekyll, name }: CourseFacts,
): PlannedPage {
  const { page } = member;
  const notes = [...page.notes];
  const data = convertKeys(page.keys, notes);
  const draft = new Draft(page.body, page.bodyLine);
  const title = data.title || titleFromHeading(draft, notes) || visibleLine(otherTitle()) || "Page";
  return {
    source: page,
    draft,
    data: { ...data, title },
    notes,
    module,
    target,
    oldAddresses: member.oldAddresses,
  };

  function otherTitle(): string {
    const stem = nameOf(page.path).replace(/\.[^.]*$/, "");
    const words = slugOf(stem).replace(/-/g, " ");
    const plain = isIndex(page.path) ? module.name : words && words[0]!.toUpperCase() + words.slice(1);
    const title = target === "index.md" ? name : isJekyll ? jekyllTitle(page.path) : plain;
    notes.push({
      kind: target === "index.md" ? "change" : "person",
      at: { key: "title", source: 1 },
      message: `the page had no title; it is now \`${title || name}\``,
    });
    return title || name;
  }
}

/** A page that has no title and begins with a heading has one after all; it is not to be there twice. */
function titleFromHeading(draft: Draft, notes: Note[]): string | undefined {
  const lines = draft.text.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  const line = lines[first] ?? "";
  const isUnderlined = /^(?:=+|-{2,})\s*$/.test(lines[first + 1] ?? "") && /^[\p{L}\p{N}"“¿¡*_]/u.test(line);
  const written = isUnderlined ? line : /^ {0,3}#{1,6}(.*)$/.exec(line)?.[1];
  const title = plainText(written ?? "");
  if (first < 0 || !title) return undefined;

  const start = lines.slice(0, first).join("\n").length + (first > 0 ? 1 : 0);
  const heading = lines.slice(first, first + (isUnderlined ? 2 : 1)).join("\n");
  const { source } = draft.lineAt(start);
  draft.apply([{ start, end: start + heading.length, text: "" }]);
  notes.push({
    kind: "change",
    at: { key: "title", source },
    message: "the heading at the top is now the page's title",
    removed: heading,
  });
  return title;
}

/** A heading's words without their markup; nothing where they hold what has to stay in the text. */
function plainText(written: string): string {
  if (written.length > 300 || /\{[{%]|!\[|<img/i.test(written)) return "";
  return visibleLine(written)
    .replace(/\s*\{[:#][^}]*\}/g, "")
    .trim()
    .replace(/\s#+$/, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`]|<[^>]*>/g, "")
    .trim();
}
