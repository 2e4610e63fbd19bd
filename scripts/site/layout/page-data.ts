/** Every page of the site, with its layout, its address and what its layout shows. */

import { countHeadings } from "../html/components/headings.ts";
import type { Page } from "../model/course.ts";
import { GENERATED_PAGES } from "../model/generated-pages.ts";
import { relativeUrl } from "../text/addresses.ts";
import type { Site } from "./site.ts";

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

export function pagesToLayOut({ course, rendering }: Site): PageToLayOut[] {
  const pages: PageToLayOut[] = [];
  const add = (address: string, data: Record<string, unknown>) => pages.push({ address, data });
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
    });
  }
  if (!course.front) add(GENERATED_PAGES.front, { layout: "home.liquid", title: course.name });
  for (const module of course.modules) {
    if (module.isNamed && !module.landing) {
      add(module.address, { layout: "module.liquid", title: module.title, module });
    }
  }
  add(GENERATED_PAGES.worksheets, { layout: "worksheets.liquid", title: "Worksheets" });
  add(GENERATED_PAGES.sections, { layout: "sections.liquid", title: "All sections" });
  add(GENERATED_PAGES.search, { layout: "search.liquid", title: "Search" });
  add(GENERATED_PAGES.notFound, { layout: "not-found.liquid", title: "Page not found" });
  for (const [alias, page] of course.aliases) {
    add(alias, { layout: "redirect.liquid", title: page.title, target: relativeUrl(alias, page.address) });
  }
  return pages;
}
