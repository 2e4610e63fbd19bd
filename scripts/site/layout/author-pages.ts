/** The pages that authors write; and the front door and the modules' own pages also where nobody has written them. */
import { countHeadings } from "../html/components/headings.ts";
import { shortened } from "../html/components/opening.ts";
import type { Module, Page } from "../model/course.ts";
import type { Edition } from "../model/edition.ts";
import { type WorksheetHome, worksheetHomesOf } from "../model/lists.ts";
import { MOST_STOPS, routeOf } from "../model/parts.ts";
import { printAddressOf } from "../model/print.ts";
import { SIDEBAR_LINES, sidebarsOf } from "../model/sidebar.ts";
import type { Worksheet } from "../model/worksheets.ts";
import type { EditionPages, Link, PageToLayOut } from "./edition-pages.ts";
import { summaryOf } from "./summaries.ts";
import { formData } from "./worksheet-data.ts";

/** A table of contents helps from this many headings on. */
const TOC_FROM = 3;

const LAYOUTS: Record<Page["kind"], string> = {
  front: "home.liquid",
  module: "module.liquid",
  section: "section.liquid",
  worksheet: "worksheet.liquid",
};

export function authorPages(of: EditionPages): PageToLayOut[] {
  const { edition, site, worksheets, sectionLists, worksheetLists } = of;
  const { course, rendering } = site;
  const { words, generated } = edition;
  const homes = worksheetHomesOf(worksheetLists);
  const sidebars = new Map(
    sectionLists.all.flatMap(({ module, address }) => [...sidebarsOf(module, address)]),
  );
  const pages: PageToLayOut[] = [];
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
      parents: parentsOf(page, of, homes),
      sidebar: sidebars.get(page),
      home: homes.get(page),
      ...(page === page.module?.sections.at(-1) && { end: endOf(page, worksheets) }),
      ...(page.kind === "front" && frontData(edition, worksheets)),
      ...(page.module && page.kind === "module" && moduleData(page.module, of)),
      ...(rendered.form && formData(rendered.form, course)),
      sectionLists,
    };
    pages.push({ address: page.address, data, contents: () => [rendered.html] });
  }
  if (!edition.front) {
    const data = {
      layout: "home.liquid",
      title: edition.name,
      summary: shortened(
        (edition.isMain && edition.settings.description) ||
          of.told(words.summary.course, { count: edition.sections.length }),
      ),
      sectionLists,
      ...frontData(edition, worksheets),
    };
    pages.push({ address: generated.front, data });
  }
  for (const module of edition.modules) {
    if (module.isNamed && !module.landing) {
      const data = {
        layout: "module.liquid",
        title: module.title,
        summary: of.summaryOfModule(module),
        module,
        ...moduleData(module, of),
      };
      pages.push({ address: module.address, data });
    }
  }
  return pages;
}

/** What the page of a module shows: the way through it, or all its sections where no other page lists them. */
function moduleData(
  module: Module,
  { edition, site, worksheets, sectionLists }: EditionPages,
): Record<string, unknown> {
  const isShort = !sectionLists.isDivided && module.sections.length <= SIDEBAR_LINES;
  const route = routeOf(module, worksheets);
  return {
    route: isShort && route.length <= MOST_STOPS ? route : undefined,
    printAddress: printAddressOf(module, edition),
    ledAt: site.led.find((one) => one.module === module)?.address,
  };
}

/** What breadcrumbs lead to between the front page and a page. */
function parentsOf(
  page: Page,
  { allWorksheets, worksheetLists }: EditionPages,
  homes: ReadonlyMap<Page, WorksheetHome>,
): Link[] {
  const { module } = page;
  if (page.kind === "section" && module!.isNamed) return [module!];
  if (page.kind !== "worksheet") return [];
  const { name, address } = homes.get(page)!.list;
  return worksheetLists.isDivided ? [allWorksheets, { title: name, address }] : [allWorksheets];
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
