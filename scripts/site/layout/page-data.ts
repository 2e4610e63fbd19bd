/** Every page of the site, with its layout, its address and what its layout shows. */

import { countHeadings } from "../html/components/headings.ts";
import type { Course, Page } from "../model/course.ts";
import { DIVIDED_LISTS, GENERATED_PAGES } from "../model/generated-pages.ts";
import { LONGEST_LIST, sectionListsOf, worksheetHomesOf, worksheetListsOf } from "../model/lists.ts";
import { sidebarsOf } from "../model/sidebar.ts";
import { isOn } from "../model/worksheets.ts";
import { relativeUrl } from "../text/addresses.ts";
import { fieldsOf, type WorksheetForm, wordAddress } from "../worksheet/form.ts";
import type { Site } from "./site.ts";
import { formsOf } from "./worksheet-files.ts";

export interface PageToLayOut {
  address: string;
  /** For its layout: `layout`, `title` and what else that one asks for. */
  data: Record<string, unknown>;
}

/** A table of contents helps from this many headings on. */
const TOC_FROM = 3;

const LAYOUTS: Record<Page["kind"], string> = {
  front: "home.liquid",
  module: "module.liquid",
  section: "section.liquid",
  worksheet: "worksheet.liquid",
};

/** What the header of every page leads to; on each of them it says so. */
const IN_HEADER: string[] = [GENERATED_PAGES.front, GENERATED_PAGES.worksheets, GENERATED_PAGES.sections];

interface Parent {
  title: string;
  address: string;
}

export function pagesToLayOut(site: Site): PageToLayOut[] {
  const { course, rendering, worksheets } = site;
  const { words } = course;
  const allSections = { title: words.sections.all, address: GENERATED_PAGES.sections };
  const worksheetsPage = { title: words.worksheets.title, address: GENERATED_PAGES.worksheets };
  const pages: PageToLayOut[] = [];
  const add = (address: string, data: Record<string, unknown>) =>
    pages.push({ address, data: { ...data, currentInHeader: IN_HEADER.find((link) => link === address) } });
  const sectionLists = sectionListsOf(course);
  const worksheetLists = worksheetListsOf(worksheets, words);
  const homes = worksheetHomesOf(worksheetLists);
  const sidebars = new Map(
    sectionLists.all.flatMap(({ module, address }) => [...sidebarsOf(module, address)]),
  );

  /** What breadcrumbs lead to between the front page and a page. */
  function parentsOf(page: Page): Parent[] {
    if (page.kind === "section" && page.module!.isNamed) return [page.module!];
    if (page.kind !== "worksheet") return [];
    const { name, address } = homes.get(page)!.list;
    return worksheetLists.isDivided ? [worksheetsPage, { title: name, address }] : [worksheetsPage];
  }

  for (const page of course.pages) {
    const rendered = rendering.of(page);
    add(page.address, {
      layout: LAYOUTS[page.kind],
      title: page.title,
      description: page.description,
      here: page,
      rendered,
      module: page.module,
      showContents: countHeadings(rendered.headings) >= TOC_FROM,
      parents: parentsOf(page),
      sidebar: sidebars.get(page),
      home: homes.get(page),
      ...(rendered.form && formData(rendered.form, course)),
      sectionLists,
    });
  }
  if (!course.front) add(GENERATED_PAGES.front, { layout: "home.liquid", title: course.name, sectionLists });
  for (const module of course.modules) {
    if (module.isNamed && !module.landing) {
      add(module.address, { layout: "module.liquid", title: module.title, module });
    }
  }
  add(worksheetsPage.address, {
    layout: worksheetLists.isDivided ? "worksheets-by-module.liquid" : "worksheets.liquid",
    title: worksheetsPage.title,
    worksheetLists,
    list: worksheetLists.all[0],
    hasWorksheetStyle: true,
  });
  if (worksheetLists.isDivided) {
    for (const list of worksheetLists.all) {
      add(list.address, {
        layout: "worksheets.liquid",
        title: list.title,
        list,
        parents: [worksheetsPage],
        hasWorksheetStyle: true,
      });
    }
  }
  if (isOn(course, "write")) {
    add(GENERATED_PAGES.workbook, {
      layout: "workbook.liquid",
      title: words.workbook.title,
      isWorkbook: true,
      groups: workbookGroups(site),
      parents: [worksheetsPage],
      hasWorksheetStyle: true,
    });
  }
  add(allSections.address, {
    layout: sectionLists.isDivided ? "sections-by-module.liquid" : "sections.liquid",
    title: allSections.title,
    sectionLists,
  });
  const unnamed = course.modules.find((module) => !module.isNamed);
  if (sectionLists.isDivided && unnamed) {
    add(DIVIDED_LISTS.otherSections, {
      layout: "sections-of-module.liquid",
      title: unnamed.title,
      module: unnamed,
      parents: [allSections],
    });
  }
  add(GENERATED_PAGES.search, { layout: "search.liquid", title: words.search.title });
  add(GENERATED_PAGES.notFound, { layout: "not-found.liquid", title: words.notFound.title });
  for (const [alias, page] of course.aliases) {
    add(alias, { layout: "redirect.liquid", title: page.title, target: relativeUrl(alias, page.address) });
  }
  return pages;
}

/** What the layouts of a page with something to fill in ask for. */
const formData = (form: WorksheetForm, course: Course) => ({
  pageClass: fieldsOf(form).some((field) => field.type === "table" && field.isWide)
    ? "page--wide"
    : "page--sheet",
  wordAddress: isOn(course, "word") ? wordAddress(form.id) : undefined,
});

/** From so many on, the workbook of a course shows those in which a reader has written, and names no others. */
const LONGEST_WORKBOOK = LONGEST_LIST;

/** All that has a form, by module. */
function workbookGroups(site: Site): { title: string | undefined; entries: unknown[] }[] {
  const forms = formsOf(site);
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
    title: title ?? (titled ? site.course.words.worksheets.others : undefined),
    entries,
  }));
}
