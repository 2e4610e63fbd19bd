/**
 * The way of a page, read from the top: a content folder goes in, a folder that any server can serve comes out. Disk,
 * clock and environment are asked at its two ends; what is between them is `makeSite`.
 *
 *   read → make → lay out → publish
 *          └──→ index ────┘
 */
import { adviseOnCourse } from "./check/course-advice.ts";
import { adviseOnFiles } from "./check/file-advice.ts";
import { adviseOnNames } from "./check/name-advice.ts";
import { adviseOnSource } from "./check/source-advice.ts";
import { readContent } from "./content/read.ts";
import { readSettings } from "./content/settings.ts";
import type { Content } from "./content/source.ts";
import { type OnPage, type RenderCourse, renderAll, threadsFor } from "./html/render-all.ts";
import { renderPages } from "./html/render-pages.ts";
import type { RenderedPage } from "./html/rendering.ts";
import type { Progress, Site } from "./layout/site.ts";
import { buildCourse } from "./model/build-course.ts";
import { facilitateFolder, ledModules, type PageFacts } from "./model/facilitation.ts";
import { noticeAt } from "./model/notice.ts";
import { checkDocuments, listWorksheets } from "./model/worksheets.ts";
import { writeOffline } from "./output/offline.ts";
import { checkOutput, measure, publish } from "./output/publish.ts";
import { type SearchCounts, SearchIndex } from "./output/search-index.ts";
import { formatProblem, Problems } from "./problems/problems.ts";
import { applySilences } from "./problems/silences.ts";
import { together } from "./threads/together.ts";
import { readWordFiles, type WordFile, wordsOf } from "./words/words.ts";

export type { Site } from "./layout/site.ts";

interface LoadOptions {
  /** The content folder. */
  content: string;
  /** Whether pages with `draft: true` are part of the site. */
  drafts: boolean;
  progress?: Progress | undefined;
  /** How pages are rendered, where not by `renderAll`: a preview has most of them already. */
  render?: RenderCourse;
}

export interface BuildOptions extends Omit<LoadOptions, "render"> {
  out: string;
}

export interface BuildResult {
  site: Site;
  /** Absent where errors kept the site from being written. */
  written?: { search: SearchCounts; files: number; bytes: number };
}

/** Builds and publishes the site; with any error in the content, writes nothing. */
export async function buildSite({ out, ...options }: BuildOptions): Promise<BuildResult> {
  const search = new SearchIndex();
  try {
    // Here, because who only checks content need not wait for Eleventy.
    const { beginScripts, checkProgramPath, layOut } = await import("./layout/lay-out.ts");
    const scripts = beginScripts();
    options.progress?.report("reading and checking");
    const site = await loadSite({ ...options, render: renderInto(search) });
    await checkOutput(out, options.content, site.problems);
    checkProgramPath(site.problems);
    if (site.problems.errors.length) return { site };

    const written = await publish(out, async (folder) => {
      const [counts] = await together(
        (signal) => search.write(site, folder, signal),
        async (signal) => {
          await layOut(site, folder, signal, scripts);
          site.progress?.report("indexing for search");
        },
      );
      site.progress?.report("publishing");
      // Few lead a group; a learner's line need not carry what is for them.
      const forFew = site.led.map(({ edition }) => facilitateFolder(edition));
      await writeOffline(folder, site.course.settings.offline !== false, [...new Set(forFew)]);
      return { search: counts, ...(await measure(folder)) };
    });
    return { site, written };
  } finally {
    await search.end();
  }
}

/** The index takes each page as soon as it is rendered, and is left a core to work on it. */
function renderInto(search: SearchIndex): RenderCourse {
  return (course, onPage) => {
    search.begin(course);
    const take: OnPage = (page, rendered, done) => {
      search.add(page, rendered.html);
      onPage(page, rendered, done);
    };
    return renderAll(course, take, threadsFor(course.pages, 1));
  };
}

/** Reads, checks and renders the content. Nothing is written; all that is wrong is in `problems`. */
export async function loadSite({ content, ...options }: LoadOptions): Promise<Site> {
  const [read, words] = await Promise.all([readContent(content), readWordFiles()]);
  return makeSite(read, { ...options, words, date: buildDate() });
}

/**
 * The site with its drafts, and everything that is wrong with it: errors that only show without the drafts too, such as
 * a link to one.
 */
export async function checkSite(
  content: Content,
  options: Pick<SiteOptions, "words" | "date">,
): Promise<Site> {
  const site = await makeSite(content, { ...options, drafts: true });
  if (site.course.pages.some((page) => page.isDraft)) {
    const known = new Set(site.problems.list.map(formatProblem));
    const published = await makeSite(content, { ...options, drafts: false });
    site.problems.addAll(published.problems.errors.filter((error) => !known.has(formatProblem(error))));
  }
  return site;
}

/** Now, or what SOURCE_DATE_EPOCH says, which makes builds repeatable. */
export function buildDate(): Date {
  const epoch = new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000);
  // What is no date, or none that a calendar has, is not meant.
  return epoch.getTime() > 0 ? epoch : new Date();
}

export interface SiteOptions extends Omit<LoadOptions, "content"> {
  /** When the site is built. */
  date: Date;
  /** The files of the interface's words. */
  words: readonly WordFile[];
}

/** The site that content makes: the same for the same content. All that is wrong is in its `problems`. */
export async function makeSite(
  content: Content,
  { drafts, date, words, progress, render }: SiteOptions,
): Promise<Site> {
  const problems = new Problems(content.problems);
  const settings = readSettings(content, problems);
  const allWords = wordsOf(words, problems);
  const course = buildCourse(content, settings, allWords, { drafts }, problems);
  const onPage: OnPage = (_page, _rendered, done) =>
    progress?.report("reading and checking", done, course.pages.length);
  const rendering = await renderPages(course, problems, onPage, render);
  const worksheets = listWorksheets(course, rendering.worksheets, (page) => rendering.of(page).form);
  checkDocuments(course, worksheets, problems);
  const led = ledModules(course, (page) => factsOf(rendering.of(page)), problems);
  const notice = noticeAt(settings, date, problems);
  adviseOnCourse(course, rendering, worksheets, problems);
  adviseOnFiles(course, rendering, problems);
  adviseOnNames(course, problems);
  for (const page of content.pages) adviseOnSource(page, problems);
  applySilences(content.pages, problems);
  return { course, rendering, worksheets, led, notice, problems, date, progress };
}

const factsOf = ({ activities, forFacilitators, readMinutes, html }: RenderedPage): PageFacts => ({
  activities,
  hasNotes: forFacilitators !== undefined,
  readMinutes,
  hasPrompts: /callout--(?:reflection|question)/.test(html),
});
