/** Every page of the site, handed to Eleventy with its layout, its address and what its layout shows. */

import { countHeadings } from "../html/components/headings.ts";
import { renderText } from "../html/render-pages.ts";
import type { RenderedPage } from "../html/rendering.ts";
import type { Page } from "../model/course.ts";
import { GENERATED_PAGES } from "../model/generated-pages.ts";
import { formatProblem, Problems } from "../problems/problems.ts";
import { relativeUrl } from "../text/addresses.ts";
import type { EleventyConfig } from "./eleventy.ts";
import { PAGE_POLICY } from "./policy.ts";
import type { Site } from "./site.ts";

/** A table of contents helps from this many headings on. */
const TOC_FROM = 3;

const LAYOUTS: Record<Page["kind"], string> = {
  front: "home.liquid",
  module: "module.liquid",
  section: "section.liquid",
  worksheet: "worksheet.liquid",
};

export function pages(eleventy: EleventyConfig, site: Site): void {
  const { course, rendering } = site;
  let total = 0;
  // Pages come from the model; of the files in the folder Eleventy reads the layouts only.
  eleventy.ignores.add("**/*.md");
  eleventy.setLiquidOptions({ outputEscape: "escape", strictFilters: true, ownPropertyOnly: false });
  // The Markdown is rendered already: links and worksheets need every page before any can be laid out.
  let done = 0;
  eleventy.setLibrary("md", {
    render: (text: string, data: { rendered?: RenderedPage; page?: { inputPath: string } }) => {
      site.progress?.report("laying out", ++done, total);
      return data.rendered?.html ?? renderOther(text, data.page?.inputPath ?? "page.md");
    },
  });

  /** Markdown that is not the model's: a template that somebody added to Eleventy. What is wrong with it is said. */
  function renderOther(text: string, name: string): string {
    const problems = new Problems();
    const html = renderText(text, name.replace(/^\.\//, ""), course, problems);
    for (const problem of problems.errors) console.warn(formatProblem(problem));
    return html;
  }
  eleventy.addGlobalData("course", course);
  eleventy.addGlobalData("rendering", rendering);
  eleventy.addGlobalData("worksheets", site.worksheets);
  eleventy.addGlobalData("policy", PAGE_POLICY);
  eleventy.addGlobalData("version", course.settings.version);
  eleventy.addGlobalData("built", site.date);
  eleventy.addGlobalData("generatedPages", GENERATED_PAGES);

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

  function add(address: string, data: Record<string, unknown>): void {
    total++;
    // An address is no template, whatever signs are in it. And a name of its own: Eleventy reads no page from a folder that it knows otherwise, such as `layouts/`.
    eleventy.addTemplate(`page-${total}.md`, "", { ...data, address, permalink: () => address });
  }
}
