/**
 * A course without its texts, as a value that can be sent to another thread: what a page may ask of the others while
 * it is rendered.
 */

import type { ContentFile } from "../content/files.ts";
import type { FrontMatter, Settings } from "../content/schema.ts";
import type { AllWords } from "../words/words.ts";
import { Course, Module, Page } from "./course.ts";
import { Edition } from "./edition.ts";

export interface Outline {
  name: string;
  settings: Settings;
  words: AllWords;
  /** Languages, the main one first. */
  editions: string[];
  modules: { folder: string; slug: string; language: string; unnamed: string | undefined }[];
  pages: PageOutline[];
  moduleAddresses: Set<string>;
  /** Files that may be published. */
  published: Set<string>;
  toFillIn: Set<string>;
  glossaries: Set<string>;
  files: Map<string, ContentFile>;
  leftOut: Course["leftOut"];
  setAside: Course["setAside"];
  /** Old addresses and the paths of the pages they lead to. */
  aliases: [alias: string, path: string][];
}

interface PageOutline {
  kind: Page["kind"];
  path: string;
  file: string;
  data: FrontMatter;
  address: string;
  language: string;
  /** The folder of its module. */
  module: string | undefined;
}

export function outlineOf(course: Course): Outline {
  return {
    name: course.folder.name,
    settings: course.settings,
    words: course.allWords,
    editions: course.editions.map(({ language }) => language),
    modules: course.modules.map(({ folder, slug, language, unnamed }) => ({
      folder,
      slug,
      language,
      unnamed,
    })),
    pages: course.pages.map(({ kind, source: { path, file }, data, address, language, module }) => ({
      kind,
      path,
      file,
      data,
      address,
      language,
      module: module?.folder,
    })),
    moduleAddresses: course.moduleAddresses,
    published: course.files,
    toFillIn: course.toFillIn,
    glossaries: course.glossaries,
    files: course.folder.files,
    leftOut: course.leftOut,
    setAside: course.setAside,
    aliases: [...course.aliases].map(([alias, page]) => [alias, page.source.path]),
  };
}

/** The course of an outline. Its pages have no text, and nobody has put them into groups. */
export function courseOf(outline: Outline): Course {
  const { name, settings, files, words } = outline;
  const course = new Course(settings, { name, pages: [], files, problems: [] }, words);
  const modules = new Map(
    outline.modules.map(({ folder, slug, language, unnamed }) => [
      folder,
      new Module(folder, slug, language, unnamed),
    ]),
  );
  for (const module of modules.values()) {
    if (!course.modulesBySlug.has(module.slug)) course.modulesBySlug.set(module.slug, module);
  }
  course.modules = [...modules.values()];
  course.editions = outline.editions.map((language) => new Edition(course, language));
  for (const edition of course.editions) {
    edition.modules = course.modules.filter(({ language }) => language === edition.language);
  }
  course.moduleAddresses = outline.moduleAddresses;
  for (const { kind, path, file, data, address, language, module } of outline.pages) {
    const page = new Page(
      kind,
      { path, file, text: "" },
      data,
      0,
      address,
      language,
      module === undefined ? undefined : modules.get(module),
    );
    course.byPath.set(path, page);
    course.byAddress.set(address, page);
    if (kind === "worksheet") course.worksheetPages.push(page);
    if (kind === "section") page.module!.sections.push(page);
  }
  course.files = outline.published;
  course.toFillIn = outline.toFillIn;
  course.glossaries = outline.glossaries;
  for (const [path, why] of outline.leftOut) course.leftOut.set(path, why);
  for (const [name, path] of outline.setAside) course.setAside.set(name, path);
  for (const [alias, path] of outline.aliases) course.aliases.set(alias, course.byPath.get(path)!);
  return course;
}
