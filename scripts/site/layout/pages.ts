/** The pages of a task, handed to Eleventy: what their layouts may ask for, and the Markdown, which is rendered already. */

import { renderText } from "../html/render-pages.ts";
import type { RenderedPage } from "../html/rendering.ts";
import { GENERATED_FILES, GENERATED_PAGES } from "../model/generated-pages.ts";
import { placesIn } from "../model/parts.ts";
import { isOn } from "../model/worksheets.ts";
import { formatProblem, Problems } from "../problems/problems.ts";
import { WAYS } from "../worksheet/form.ts";
import type { Task } from "./bridge.ts";
import type { EleventyConfig } from "./eleventy.ts";
import { firstPaintOf } from "./first-paint.ts";
import { pagePolicy } from "./policy.ts";

export function pages(eleventy: EleventyConfig, { site, pages, sharedParts }: Task): void {
  const { course, rendering } = site;
  // Pages come from the model; of the files in the folder Eleventy reads the layouts only. It looks for no page or data
  // of another, copies no values, and keeps no collections: the model has them all.
  eleventy.ignores.add("**");
  eleventy.setDataFileSuffixes([]);
  eleventy.setDataDeepMerge(false);
  // The Markdown is rendered already: links and worksheets need every page before any can be laid out.
  eleventy.setLibrary("md", {
    render: (text: string, data: { rendered?: RenderedPage; page?: { inputPath: string } }) =>
      // What the site makes itself has no Markdown.
      data.rendered?.html ?? (text && renderOther(text, data.page?.inputPath ?? "page.md")),
  });

  /** Markdown that is not the model's: a template that somebody added to Eleventy. What is wrong with it is said. */
  function renderOther(text: string, name: string): string {
    const problems = new Problems();
    const html = renderText(text, name.replace(/^\.\//, ""), course, problems);
    for (const problem of problems.errors) console.warn(formatProblem(problem));
    return html;
  }
  eleventy.addGlobalData("rendering", rendering);
  eleventy.addGlobalData("sharedParts", sharedParts);
  const firstPaint = firstPaintOf(site.notice);
  eleventy.addGlobalData("policy", pagePolicy(firstPaint));
  eleventy.addGlobalData("firstPaint", firstPaint);
  eleventy.addGlobalData("notice", site.notice);
  eleventy.addGlobalData("logo", course.logo);
  eleventy.addGlobalData("library", course.settings.library);
  eleventy.addGlobalData("version", course.settings.version);
  eleventy.addGlobalData("built", site.date);
  eleventy.addGlobalData("root", GENERATED_PAGES.front);
  eleventy.addGlobalData("generatedFiles", GENERATED_FILES);
  eleventy.addGlobalData("ways", Object.fromEntries(WAYS.map((way) => [way, isOn(course, way)])));
  eleventy.addGlobalData("localNotes", course.localNotes);
  eleventy.addGlobalData("places", new Map(course.modules.flatMap((module) => [...placesIn(module)])));

  for (const [index, { address, data }] of pages.entries()) {
    // An address is no template, whatever signs are in it. And a name of its own: Eleventy reads no page from a folder that it knows otherwise, such as `layouts/`.
    const ofTemplate = { ...data, address, permalink: () => address, eleventyExcludeFromCollections: true };
    // Frozen, it is handed on as it is: of anything else Eleventy makes a copy for each page, with all the words.
    eleventy.addTemplate(`page-${index + 1}.md`, "", Object.freeze(ofTemplate));
  }
}
