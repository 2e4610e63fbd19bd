/**
 * From the files of a content folder to the model of the course: pages in reading order, each in its module and at
 * its address. What cannot be is a problem, and not a part of the course.
 */

import { reasonToLeaveOut } from "../content/files.ts";
import { parseFrontMatter } from "../content/front-matter.ts";
import type { FrontMatter, Settings } from "../content/schema.ts";
import { type Content, SETTINGS_FILE } from "../content/source.ts";
import { nearest, type Place, type Problems } from "../problems/problems.ts";
import { aliasAddress, nameOf, slugOf } from "../text/addresses.ts";
import type { AllWords } from "../words/words.ts";
import { Course, Module, Page } from "./course.ts";
import { Edition } from "./edition.ts";
import { facilitateAddresses } from "./facilitation.ts";
import { THE_SITE } from "./generated-pages.ts";
import { isNamedGlossary } from "./glossary.ts";
import { logoOf } from "./logo.ts";
import { claimAddresses } from "./output-addresses.ts";
import { localNotesOf, type PlacedPage, pagesLeftOut, putFirst, withoutLeftOut } from "./own-sections.ts";
import { placeInSite } from "./place-in-site.ts";
import { modulePrintAddresses } from "./print.ts";
import { byOrder, groupsOf, inOrder, linkReadingOrder } from "./reading-order.ts";
import { pairTranslations } from "./translations.ts";
import { hasFields } from "./worksheets.ts";

/** The model of a content folder. Pages with wrong front matter are left out, and the problems say so. */
export function buildCourse(
  folder: Content,
  settings: Settings,
  words: AllWords,
  options: { drafts: boolean },
  problems: Problems,
): Course {
  const course = new Course(settings, folder, words);
  const modules = new Map<string, Module>();

  const placed = inOrder(folder.pages).flatMap((source): PlacedPage[] => {
    const where = placeInSite(source, problems);
    return where ? [{ source, ...where, parsed: parseFrontMatter(source, problems) }] : [];
  });
  const setAside = pagesLeftOut(placed, settings, problems);
  for (const page of placed) noteLeftOut(page, setAside, course);
  const found = withoutLeftOut(placed, setAside).flatMap(({ parsed, ...page }) => {
    if (parsed && (!parsed.data.draft || options.drafts)) return [{ ...page, parsed }];
    course.leftOut.set(page.source.path, parsed ? "draft" : "faulty");
    return [];
  });
  const languages = languagesOf(course, found);
  for (const language of languages.editions) course.editions.push(new Edition(course, language));

  for (const { source, parsed, ...where } of found) {
    let module: Module | undefined;
    if (where.kind === "module" || where.kind === "section") {
      module = modules.get(where.folder);
      if (!module) {
        const language = languages.ofFolder(where.folder);
        const isUnnamed = !where.folder || languages.areFrontDoors.has(where.folder);
        const unnamed = isUnnamed ? course.wordsIn(language).sections.title : undefined;
        module = new Module(where.folder, slugOf(where.folder), language, unnamed);
        const rival = course.modulesBySlug.get(module.slug);
        if (rival) reportSameFolder(`${folder.name}/${where.folder}`, rival.folder, problems);
        else course.modulesBySlug.set(module.slug, module);
        if (module.isNamed) course.moduleAddresses.add(module.address);
        modules.set(where.folder, module);
      }
    }
    const { data, bodyStart, places } = parsed;
    const language = languages.ofPage(data, where.folder);
    const isFront = where.kind === "module" && languages.areFrontDoors.has(where.folder);
    const kind = isFront ? "front" : where.kind;
    const page = new Page(kind, source, data, bodyStart, where.address, language, module, places);
    const rival = course.byAddress.get(page.address) ?? generatedAt(page, course);
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
    const edition = course.editionOf(page);
    if (page.kind === "front") edition.front = page;
    if (page.kind === "worksheet") {
      course.worksheetPages.push(page);
      edition.worksheetPages.push(page);
      if (hasFields(source.text)) course.toFillIn.add(source.path);
    } else if (page.kind === "section") {
      module!.sections.push(page);
      if (isNamedGlossary(page, edition)) course.glossaries.add(source.path);
    } else if (page.kind === "module") module!.landing = page;
  }

  course.modules = [...modules.values()].sort((a, b) => byOrder(a.folder, b.folder));
  for (const module of course.modules) module.groups = groupsOf(module.sections);
  putFirst(course.modules, settings, placed, problems);
  keepInReadingOrder(course);
  course.localNotes = localNotesOf(course, placed, problems);
  for (const edition of course.editions) {
    edition.modules = course.modules.filter(({ language }) => language === edition.language);
    linkReadingOrder(edition);
  }
  for (const address of modulePrintAddresses(course)) course.moduleAddresses.add(address);
  for (const address of facilitateAddresses(course)) course.moduleAddresses.add(address);
  pairTranslations(course, problems);
  course.files = new Set(publishable(folder, problems));
  course.logo = logoOf(course, problems);
  claimAddresses(course, problems);
  checkWorksheetModules(course, problems);
  return course;
}

/** Of a page that site.yaml leaves out: why, and what links to it may be written as. */
function noteLeftOut(
  { source, address, parsed }: PlacedPage,
  setAside: ReadonlyMap<string, Place>,
  course: Course,
): void {
  const place = setAside.get(source.path);
  if (!place) return;
  course.leftOut.set(source.path, place);
  for (const name of [source.path, address, ...(parsed?.data.aliases ?? []).map(aliasAddress)]) {
    if (name) course.setAside.set(name, source.path);
  }
}

/** Has pages stand in the course as its modules have them; what they are among other kinds of pages stays. */
function keepInReadingOrder({ modules, byPath }: Course): void {
  const sections = new Map(modules.map((module) => [module, module.sections.values()]));
  const pages = [...byPath.values()].map((page) =>
    page.kind === "section" ? sections.get(page.module!)!.next().value! : page,
  );
  byPath.clear();
  for (const page of pages) byPath.set(page.source.path, page);
}

function reportSameFolder(name: string, rival: string, problems: Problems): void {
  problems.error(
    "address-taken",
    { file: name, line: 1, column: 1 },
    `the folder would have the same address as the folder ${rival}`,
    "give one of them another name; numbers and dates before the name do not count",
  );
}

/** The page of the site's own making that has the address of an author's; a front page may be the author's. */
function generatedAt({ kind, address }: Page, { editions }: Course): string | undefined {
  const taken = editions.flatMap(({ generated }) => Object.values<string>(generated));
  return taken.includes(address) && kind !== "front" ? THE_SITE : undefined;
}

/** In which language each page and each module is, and which of them make editions. */
interface Languages {
  /** Beside that of the site. */
  editions: string[];
  /** Folders of modules whose `index.md` is the front door of an edition: their name is its language's code. */
  areFrontDoors: Set<string>;
  ofFolder(folder: string): string;
  ofPage(data: FrontMatter, folder: string): string;
}

/** A module has the language of its `index.md`, a worksheet that of its module, unless it says otherwise. */
function languagesOf(
  { settings }: Course,
  found: { kind: Page["kind"]; folder: string; parsed: { data: FrontMatter } }[],
): Languages {
  const folders = new Map<string, string>();
  const editions: string[] = [];
  /** As the course writes it: `pt-BR` of `pt-br`. */
  const known = (lang: string) =>
    [settings.language, ...editions].find((one) => one.toLowerCase() === lang.toLowerCase());
  for (const { kind, folder, parsed } of found) {
    const { lang } = parsed.data;
    if (kind !== "module" || !lang) continue;
    if (!known(lang)) editions.push(lang);
    folders.set(folder, known(lang)!);
  }
  const ofFolders = new Map([...folders].map(([folder, language]) => [slugOf(folder), language]));
  const ofFolder = (folder: string) => ofFolders.get(slugOf(folder)) ?? settings.language;
  const areFrontDoors = [...folders].filter(
    ([folder, language]) => editions.includes(language) && slugOf(folder) === language.toLowerCase(),
  );
  return {
    editions,
    areFrontDoors: new Set(areFrontDoors.map(([folder]) => folder)),
    ofFolder,
    ofPage: ({ lang, module }, folder) =>
      lang === undefined ? ofFolder(module ?? folder) : (known(lang) ?? lang),
  };
}

/** Files that may be published, by their names; of each other the reason why not is said. */
function publishable(folder: Content, problems: Problems): string[] {
  return [...folder.files.keys()].filter((path) => {
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
      page.placeOfKey("module"),
      `the worksheet's module "${named}" is not there`,
      meant ? `did you mean "${meant}"?` : `write one of ${shown || "the modules' folder names"}`,
    );
  }
}
