/** What Eleventy does, and in what order. The parts are in scripts/site/. */
import { browserFiles } from "./scripts/site/layout/assets.ts";
import { taskOf } from "./scripts/site/layout/bridge.ts";
import { contentFiles } from "./scripts/site/layout/content-files.ts";
import type { EleventyConfig } from "./scripts/site/layout/eleventy.ts";
import { layoutFilters } from "./scripts/site/layout/filters.ts";
import { liquid } from "./scripts/site/layout/liquid.ts";
import { madeFiles } from "./scripts/site/layout/made-files.ts";
import { pageGate } from "./scripts/site/layout/page-gate.ts";
import { pages } from "./scripts/site/layout/pages.ts";
import { loadSite } from "./scripts/site/site.ts";

export default async function configure(eleventy: EleventyConfig) {
  const load = () => loadSite({ content: "content", drafts: false });
  const task = await taskOf(eleventy, load); // the content, read and checked, and the pages to lay out
  eleventy.setEventEmitterMode("sequential"); // what refuses a page ends the build: no other part is still at work then
  liquid(eleventy, layoutFilters); // the language of layouts/, with {{ address | href }}, {{ 5 | minutes }} …
  eleventy.addPlugin(browserFiles, task); // assets/: one style sheet, the scripts, the icon
  eleventy.addPlugin(pages, task); // every page of the course, and those the site makes itself
  eleventy.addPlugin(pageGate, task); // nothing acts in a page but the site's own scripts
  eleventy.addPlugin(contentFiles, task); // pictures and documents beside the pages
  eleventy.addPlugin(madeFiles, task); // forms and terms for scripts, blank Word documents, pictures of the mark
  return {
    dir: { input: ".", includes: "layouts", layouts: "layouts" },
    templateFormats: ["md"],
    markdownTemplateEngine: false,
  };
}
