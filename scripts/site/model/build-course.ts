/**
 * From the files of a content folder to the model of the course: pages in reading order, each in its module and at
 * its address. What cannot be is a problem, and not a part of the course.
 */

import { reasonToLeaveOut } from "../content/files.ts";
import { parseFrontMatter } from "../content/front-matter.ts";
import type { Settings } from "../content/schema.ts";
import { type Content, SETTINGS_FILE } from "../content/source.ts";
import { nearest, type Problems } from "../problems/problems.ts";
import { nameOf, slugOf } from "../text/addresses.ts";
import type { AllWords } from "../words/words.ts";
import { Course, Module, Page } from "./course.ts";
import { GENERATED_PAGES, THE_SITE } from "./generated-pages.ts";
import { claimAddresses } from "./output-addresses.ts";
import { placeInSite } from "./place-in-site.ts";
import { byOrder, groupsOf, inOrder, linkReadingOrder } from "./reading-order.ts";
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
        module = new Module(where.folder, slugOf(where.folder), course.words.sections.title);
        const rival = course.modulesBySlug.get(module.slug);
        if (rival) reportSameFolder(`${folder.name}/${where.folder}`, rival.folder, problems);
        else course.modulesBySlug.set(module.slug, module);
        if (module.isNamed) course.moduleAddresses.add(module.address);
        modules.set(where.folder, module);
      }
    }
    const { data, bodyStart, places } = parsed;
    const page = new Page(where.kind, source, data, bodyStart, where.address, module, places);
    const rival = course.byAddress.get(page.address) ?? generatedAt(page.address);
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
    else if (page.kind === "worksheet") {
      course.worksheetPages.push(page);
      if (hasFields(source.text)) course.toFillIn.add(source.path);
    } else if (page.kind === "module") module!.landing = page;
    else module!.sections.push(page);
  }

  course.modules = [...modules.values()].sort((a, b) => byOrder(a.folder, b.folder));
  for (const module of course.modules) module.groups = groupsOf(module.sections);
  linkReadingOrder(course);
  course.files = new Set(publishable(folder, problems));
  claimAddresses(course, problems);
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

/** The page of the site's own making that has an address; the front page may be an author's. */
function generatedAt(address: string): string | undefined {
  const taken: string[] = Object.values(GENERATED_PAGES).filter((one) => one !== GENERATED_PAGES.front);
  return taken.includes(address) ? THE_SITE : undefined;
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
