/** Everything that a build knows: the checked content, and what is to be made of it. */

import { adviseOnCourse } from "./check/course-advice.ts";
import { adviseOnFiles } from "./check/file-advice.ts";
import { adviseOnNames } from "./check/name-advice.ts";
import { adviseOnSource } from "./check/source-advice.ts";
import type { Progress } from "./command/progress.ts";
import { readSettings } from "./content/settings.ts";
import { readContentFolder } from "./content/source.ts";
import { renderPages } from "./html/render-pages.ts";
import type { Rendering } from "./html/rendering.ts";
import type { EleventyConfig } from "./layout/eleventy.ts";
import { buildCourse } from "./model/build-course.ts";
import type { Course } from "./model/course.ts";
import { listWorksheets, type Worksheet } from "./model/worksheets.ts";
import { formatProblem, Problems } from "./problems/problems.ts";
import { applySilences } from "./problems/silences.ts";

export interface SiteOptions {
  content: string;
  /** Whether pages with `draft: true` are part of the site. */
  drafts: boolean;
  progress?: Progress | undefined;
}

export class Site {
  constructor(
    readonly course: Course,
    readonly rendering: Rendering,
    readonly worksheets: Worksheet[],
    readonly problems: Problems,
    /** When the site is built; SOURCE_DATE_EPOCH makes builds repeatable. */
    readonly date: Date,
    readonly progress?: Progress | undefined,
  ) {}
}

/** Reads, checks and renders the content. Nothing is written; all that is wrong is in `problems`. */
export async function loadSite({ content, drafts, progress }: SiteOptions): Promise<Site> {
  const problems = new Problems();
  const folder = await readContentFolder(content, problems);
  const settings = readSettings(folder, problems);
  const course = buildCourse(folder, settings, { drafts }, problems);
  const rendering = renderPages(course, problems, (done) =>
    progress?.report("reading and checking", done, course.byPath.size),
  );
  const epoch = new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000);
  // What is no date, or none that a calendar has, is not meant.
  const date = epoch.getTime() > 0 ? epoch : new Date();
  const worksheets = listWorksheets(course, rendering.worksheets);
  adviseOnCourse(course, rendering, worksheets, problems);
  adviseOnFiles(course, rendering, problems);
  adviseOnNames(course, problems);
  for (const page of folder.pages) adviseOnSource(page, problems);
  applySilences(folder.pages, problems);
  return new Site(course, rendering, worksheets, problems, date, progress);
}

const given = new WeakMap<EleventyConfig, Site>();

/** Hands a site that a command has loaded to the configuration that Eleventy is about to run. */
export function giveSite(eleventy: EleventyConfig, site: Site): void {
  given.set(eleventy, site);
}

/** The site to lay out: what the command loaded, or, where Eleventy was started by itself, content/. */
export async function siteOf(eleventy: EleventyConfig): Promise<Site> {
  const site = given.get(eleventy) ?? (await loadSite({ content: "content", drafts: false }));
  if (site.problems.errors.length) throw new Error(site.problems.errors.map(formatProblem).join("\n"));
  return site;
}
