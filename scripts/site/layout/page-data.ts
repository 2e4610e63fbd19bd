/** Every page of the site, with its layout, its address and what its layout shows. */

import { countHeadings } from "../html/components/headings.ts";
import { shortened } from "../html/components/opening.ts";
import type { Rendering } from "../html/rendering.ts";
import type { Course, Module, Page } from "../model/course.ts";
import type { Edition } from "../model/edition.ts";
import { GENERATED_PAGES, type GeneratedPages } from "../model/generated-pages.ts";
import { glossaryOf } from "../model/glossary.ts";
import { LONGEST_LIST, sectionListsOf, worksheetHomesOf, worksheetListsOf } from "../model/lists.ts";
import { MOST_STOPS, routeOf } from "../model/parts.ts";
import { type PrintPage, pagesIn, printAddressOf, printsOf } from "../model/print.ts";
import { SIDEBAR_LINES, sidebarsOf } from "../model/sidebar.ts";
import { isOn, type Worksheet } from "../model/worksheets.ts";
import { relativeUrl } from "../text/addresses.ts";
import { indexName, ownNameOf } from "../text/languages.ts";
import { say, type Values } from "../words/say.ts";
import type { Plural } from "../words/words.ts";
import { fieldsOf, type WorksheetForm, wordAddress } from "../worksheet/form.ts";
import { facilitateAddress, facilitatorPages } from "./facilitator-pages.ts";
import { printedBodies } from "./printed-bodies.ts";
import { sharedFiles, sharingOf } from "./sharing.ts";
import type { Site } from "./site.ts";
import { Statements } from "./statements.ts";
import { formsOf } from "./worksheet-files.ts";

export interface PageToLayOut {
  address: string;
  /** For its layout: `layout`, `title` and what else that one asks for. */
  data: Record<string, unknown>;
  /** What its authors wrote of it, as it stands in it: each as HTML, in their order. */
  contents?(): readonly string[];
}

/** A table of contents helps from this many headings on. */
const TOC_FROM = 3;

const LAYOUTS: Record<Page["kind"], string> = {
  front: "home.liquid",
  module: "module.liquid",
  section: "section.liquid",
  worksheet: "worksheet.liquid",
};

/** Layouts of pages that lead to sections. */
const OVERVIEWS = new Set([
  "home.liquid",
  "module.liquid",
  "sections.liquid",
  "sections-by-module.liquid",
  "sections-of-module.liquid",
  "worksheets-by-module.liquid",
  "print-list.liquid",
]);

/** Where a page is found in a language. */
export interface InLanguage {
  language: string;
  address: string;
  /** Whether it is the same page. */
  isPair: boolean;
}

interface Parent {
  title: string;
  address: string;
}

/** A script with the markup of dialogs, in a language. */
export const dialogsAddress = (language: string): string => `assets/dialogs/${language}.js`;
/** The same of what helps with texts. */
export const readingAddress = (language: string): string => `assets/reading/${language}.js`;

export function pagesToLayOut(site: Site): PageToLayOut[] {
  const { course } = site;
  const pages = course.editions.flatMap((edition) => pagesOfEdition(edition, site));
  const { words, language } = course.main;
  pages.push({
    address: GENERATED_PAGES.notFound,
    data: {
      layout: "not-found.liquid",
      title: words.notFound.title,
      summary: words.notFound.explanation,
      course: course.main,
      words,
      language,
      worksheets: worksheetsIn(course.main, site),
      generatedPages: GENERATED_PAGES,
      sharing: sharingOf(course.main, site),
    },
  });
  for (const [alias, page] of course.aliases) {
    const edition = course.editionOf(page);
    pages.push({
      address: alias,
      data: {
        layout: "redirect.liquid",
        title: page.title,
        summary: summaryOf(page, site),
        target: relativeUrl(alias, page.address),
        course: edition,
        words: edition.words,
        language: edition.language,
      },
    });
  }
  return [...pages, ...sharedFiles(site, pages)];
}

/** The pages of a course in one language: those of its authors, and those that the site makes. */
function pagesOfEdition(edition: Edition, site: Site): PageToLayOut[] {
  const { course, rendering } = site;
  const { words, language, direction, generated } = edition;
  const worksheets = worksheetsIn(edition, site);
  const allSections = { title: words.sections.all, address: generated.sections };
  const worksheetsPage = { title: words.worksheets.title, address: generated.worksheets };
  /** What the header of every page leads to; on each of them it says so. */
  const inHeader = [generated.front, generated.worksheets, generated.sections];
  /** What layouts may ask of any page. */
  const ofEdition = {
    course: edition,
    words,
    language,
    direction,
    worksheets,
    generatedPages: generated,
    glossary: glossaryOf(edition),
    dialogs: dialogsAddress(language),
    readingMarkup: readingAddress(language),
    languages: languagesBeside(edition),
    searchIndex: indexName(language),
    sharing: sharingOf(edition, site),
    facilitate: facilitateAddress(edition, site),
    statements: new Statements(edition, site),
  };
  const pages: PageToLayOut[] = [];
  /** A page has a description of itself, for search engines and shared links, or shows one, which serves as well. */
  const add = (address: string, data: Record<string, unknown>, contents?: () => readonly string[]) =>
    pages.push({
      address,
      ...(contents && { contents }),
      data: {
        ...ofEdition,
        summary: data.description,
        ...data,
        currentInHeader: inHeader.find((link) => link === address),
        isOverview: OVERVIEWS.has(String(data.layout)),
        inLanguages: ofEdition.languages && inLanguages(address, edition),
      },
    });
  const told = (text: string | Plural, values: Values) => say(text, values, language);
  const summaryOfAll = told(words.summary.sections, { course: edition.name, count: edition.sections.length });
  const summaryOfModule = ({ title, sections }: Module) =>
    told(words.summary.module, { module: title, course: edition.name, count: sections.length });
  const worksheetsSummary = told(worksheets.length ? words.summary.worksheets : words.worksheets.noneYet, {
    course: edition.name,
    count: worksheets.length,
  });
  const sectionLists = sectionListsOf(edition);
  const worksheetLists = worksheetListsOf(worksheets, edition);
  const homes = worksheetHomesOf(worksheetLists);
  const sidebars = new Map(
    sectionLists.all.flatMap(({ module, address }) => [...sidebarsOf(module, address)]),
  );

  /** What the page of a module shows: the way through it, or all its sections where no other page lists them. */
  function moduleData(module: Module): Record<string, unknown> {
    const isShort = !sectionLists.isDivided && module.sections.length <= SIDEBAR_LINES;
    const route = routeOf(module, worksheets);
    return {
      route: isShort && route.length <= MOST_STOPS ? route : undefined,
      printAddress: printAddressOf(module, edition),
      ledAt: site.led.find((one) => one.module === module)?.address,
    };
  }

  /** What breadcrumbs lead to between the front page and a page. */
  function parentsOf(page: Page): Parent[] {
    const { module } = page;
    if (page.kind === "section" && module!.isNamed) return [module!];
    if (page.kind !== "worksheet") return [];
    const { name, address } = homes.get(page)!.list;
    return worksheetLists.isDivided ? [worksheetsPage, { title: name, address }] : [worksheetsPage];
  }

  for (const page of course.pages) {
    if (course.editionOf(page) !== edition) continue;
    const rendered = rendering.of(page);
    const data = {
      layout: LAYOUTS[page.kind],
      title: page.title,
      description: page.description,
      summary: summaryOf(page, site),
      here: page,
      rendered,
      module: page.module,
      showContents: countHeadings(rendered.headings) >= TOC_FROM,
      parents: parentsOf(page),
      sidebar: sidebars.get(page),
      home: homes.get(page),
      ...(page === page.module?.sections.at(-1) && { end: endOf(page, worksheets) }),
      ...(page.kind === "front" && frontData(edition, worksheets)),
      ...(page.module && page.kind === "module" && moduleData(page.module)),
      ...(rendered.form && formData(rendered.form, course)),
      sectionLists,
    };
    add(page.address, data, () => [rendered.html]);
  }
  if (!edition.front) {
    add(generated.front, {
      layout: "home.liquid",
      title: edition.name,
      summary: shortened(
        (edition.isMain && edition.settings.description) ||
          told(words.summary.course, { count: edition.sections.length }),
      ),
      sectionLists,
      ...frontData(edition, worksheets),
    });
  }
  for (const module of edition.modules) {
    if (module.isNamed && !module.landing) {
      const summary = summaryOfModule(module);
      add(module.address, {
        layout: "module.liquid",
        title: module.title,
        summary,
        module,
        ...moduleData(module),
      });
    }
  }
  add(worksheetsPage.address, {
    layout: worksheetLists.isDivided ? "worksheets-by-module.liquid" : "worksheets.liquid",
    title: worksheetsPage.title,
    summary: worksheetsSummary,
    worksheetLists,
    list: worksheetLists.all[0],
    hasWorksheetStyle: true,
  });
  if (worksheetLists.isDivided) {
    for (const list of worksheetLists.all) {
      add(list.address, {
        layout: "worksheets.liquid",
        title: list.title,
        summary: `${list.title}. ${worksheetsSummary}`,
        list,
        parents: [worksheetsPage],
        hasWorksheetStyle: true,
      });
    }
  }
  if (isOn(course, "write")) {
    add(generated.workbook, {
      layout: "workbook.liquid",
      title: words.workbook.title,
      summary: words.workbook.lead,
      isForReaderAlone: true,
      isWorkbook: true,
      hasDialogStyle: true,
      groups: workbookGroups(edition, site),
      parents: [worksheetsPage],
      hasWorksheetStyle: true,
    });
  }
  add(generated.record, {
    layout: "record.liquid",
    title: words.record.title,
    summary: told(words.summary.record, { course: edition.name }),
    isForReaderAlone: true,
    isRecord: true,
    recordModules: recordModulesOf(edition, site),
    pageClass: "page--sheet",
    hasWorksheetStyle: true,
  });
  add(allSections.address, {
    layout: sectionLists.isDivided ? "sections-by-module.liquid" : "sections.liquid",
    title: allSections.title,
    summary: summaryOfAll,
    sectionLists,
  });
  const unnamed = edition.modules.find((module) => !module.isNamed);
  if (sectionLists.isDivided && unnamed) {
    add(edition.divided.otherSections, {
      layout: "sections-of-module.liquid",
      title: unnamed.title,
      summary: summaryOfModule(unnamed),
      module: unnamed,
      parents: [allSections],
    });
  }
  for (const print of printsOf(edition, worksheets)) {
    const data = {
      layout: print.kind === "page" ? "print.liquid" : "print-list.liquid",
      title: say(words.print.title, { title: print.title }, language),
      summary: summaryOfAll,
      isUnlisted: true,
      print,
      isPrint: true,
    };
    if (print.kind === "list") add(print.address, data);
    else
      add(print.address, { ...data, ...printData(print, edition, rendering) }, () =>
        printedBodies(print, rendering),
      );
  }
  for (const { address, data, contents } of facilitatorPages(edition, site)) add(address, data, contents);
  add(dialogsAddress(language), { layout: "dialogs.liquid" });
  add(readingAddress(language), { layout: "reading.liquid" });
  add(generated.search, {
    layout: "search.liquid",
    title: words.search.title,
    summary: told(words.summary.search, { course: edition.name }),
    isUnlisted: true,
    hasDialogStyle: true,
  });
  add(generated.accessibility, {
    layout: "accessibility.liquid",
    title: words.accessibility.title,
    summary: words.accessibility.lead,
  });
  add(generated.privacy, {
    layout: "privacy.liquid",
    title: words.privacy.title,
    summary: words.privacy.lead,
  });
  return pages;
}

/** Where a page is found in the languages beside its own: the front door of those that it has not been translated into. */
function inLanguages(address: string, { course, language, generated }: Edition): InLanguage[] {
  const page = course.byAddress.get(address);
  const made = Object.entries(generated).find(([, one]) => one === address)?.[0] as keyof GeneratedPages;
  return course.editions
    .filter((edition) => edition.language !== language)
    .map((edition) => {
      const translation = page?.translations.find((one) => course.editionOf(one) === edition);
      return {
        language: edition.language,
        address: translation?.address ?? edition.generated[made ?? "front"],
        isPair: (translation ?? made) !== undefined,
      };
    });
}

/** The languages that readers of an edition may choose; undefined in a course of one. */
function languagesBeside({
  course,
  language,
}: Edition): { language: string; name: string; front: string }[] | undefined {
  const others = course.editions.filter((edition) => edition.language !== language);
  if (!others.length) return undefined;
  return others.map((edition) => ({
    language: edition.language,
    name: ownNameOf(edition.language),
    front: edition.generated.front,
  }));
}

/** Those that belong to an edition, in their order. */
export function worksheetsIn(edition: Edition, { course, worksheets }: Site): Worksheet[] {
  if (course.editions.length === 1) return worksheets;
  return worksheets.filter(({ local, callouts }) => course.editionOf(local ?? callouts[0]!.page) === edition);
}

/** From so many characters on, the beginning of a text says by itself what the page is about. */
const TELLING = 40;

/** What a page is about, in its author's words: those of its description, or the first of its text. */
function summaryOf(page: Page, { course, rendering }: Site): string {
  if (page.description) return page.description;
  const { opening } = rendering.of(page);
  if (opening.length >= TELLING) return opening;
  const { words, name, language } = course.editionOf(page);
  return shortened(
    `${say(words.summary.page, { page: page.title, course: name }, language)} ${opening}`.trim(),
  );
}

/** What the front page says of the course. A course of one module shows the way through it. */
function frontData(edition: Edition, worksheets: readonly Worksheet[]): Record<string, unknown> {
  const [module, ...others] = edition.modulesToRead;
  const route = module && !others.length ? routeOf(module, worksheets) : [];
  const front = edition.front?.data.front;
  return {
    pageClass: "page--front",
    front,
    first: edition.sections[0],
    route: route.length && route.length <= MOST_STOPS ? route : undefined,
    asides: edition.modules.filter(({ isAside }) => isAside),
  };
}

/**
 * Where the last section of a module leads: to its first worksheet, to compare, and to its last, which is what one takes
 * along.
 */
function endOf(
  { module, next }: Page,
  worksheets: readonly Worksheet[],
): { isOfCourse: boolean; begin: Worksheet | undefined; plan: Worksheet | undefined } {
  const own = worksheets.filter((one) => one.module === module && one.local && one.number !== undefined);
  return { isOfCourse: !next, begin: own.length > 1 ? own[0] : undefined, plan: own.at(-1) };
}

/** From so many on, a record names the modules and no more. */
const MOST_OBJECTIVES = 40;

/** What a record may be of: each module, with what readers are to learn. */
function recordModulesOf(edition: Edition, { rendering }: Site): { module: Module; objectives: string[] }[] {
  const modules = edition.modulesToRead.map((module) => ({
    module,
    objectives: module.sections.flatMap((section) => rendering.of(section).objectives),
  }));
  const count = modules.reduce((sum, { objectives }) => sum + objectives.length, 0);
  return count > MOST_OBJECTIVES ? modules.map(({ module }) => ({ module, objectives: [] })) : modules;
}

/** What the layout of a page to print asks for. */
function printData(
  print: PrintPage,
  { words, language, generated, front, settings }: Edition,
  rendering: Rendering,
): Record<string, unknown> {
  const volume = print.volume && say(words.print.volume, print.volume, language);
  const [first] = print.chapters;
  const isWhole = print.address === generated.print;
  return {
    volume,
    runningTitle: [print.title, volume].filter(Boolean).join(", "),
    description: isWhole ? (front?.description ?? settings.description) : first?.module.description,
    hasForms: pagesIn(print).some((page) => rendering.of(page).form),
    sheets: print.sheets.map((page) => {
      const { form } = rendering.of(page);
      return { page, form, pageClass: form && sheetClass(form) };
    }),
  };
}

/** How a page with something to fill in stands on paper. */
const sheetClass = (form: WorksheetForm): string =>
  fieldsOf(form).some((field) => field.type === "table" && field.isWide) ? "page--wide" : "page--sheet";

/** What the layouts of a page with something to fill in ask for. */
const formData = (form: WorksheetForm, course: Course) => ({
  pageClass: sheetClass(form),
  wordAddress: isOn(course, "word") ? wordAddress(form.id) : undefined,
});

/** From so many on, the workbook of a course shows those in which a reader has written, and names no others. */
const LONGEST_WORKBOOK = LONGEST_LIST;

/** All that has a form, by module. */
function workbookGroups(edition: Edition, site: Site): { title: string | undefined; entries: unknown[] }[] {
  const forms = formsOf(site).filter(({ of }) => site.course.editionOf(of) === edition);
  if (forms.length > LONGEST_WORKBOOK) return [];
  const groups = new Map<string | undefined, unknown[]>();
  const links = new Map(site.worksheets.map(({ id, callouts }) => [id, callouts[0]]));
  for (const { form, page } of forms) {
    const entries = groups.get(form.module) ?? [];
    groups.set(form.module, entries);
    const callout = links.get(form.id);
    const link = page?.address ?? (callout && `${callout.page.address}#${callout.anchor}`);
    entries.push({ id: form.id, title: form.title, link });
  }
  // What belongs to no module needs a title only beside what does.
  const titled = groups.size > 1;
  return [...groups].map(([title, entries]) => ({
    title: title ?? (titled ? edition.words.worksheets.others : undefined),
    entries,
  }));
}
