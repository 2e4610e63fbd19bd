/** assets/ as browsers get it: the style sheet, the scripts and the icon, small and named by what is in them. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type BuildOptions, build } from "esbuild";
import { browserslistToTargets, bundle } from "lightningcss";
import { PROJECT } from "../project.ts";
import { inkOn } from "../text/colors.ts";
import type { Task } from "./bridge.ts";
import type { EleventyConfig } from "./eleventy.ts";
import { standalonePolicy } from "./policy.ts";
import type { Site } from "./site.ts";

const ASSETS = path.join(PROJECT, "assets");

/** The browsers in which everything works, as browserslist names them; older ones get text, links and print. */
const FLOOR = ["chrome 109", "edge 109", "firefox 115", "safari 15.6", "ios_saf 15.6"];
/** The same as esbuild names them. */
const BROWSER_FLOOR = FLOOR.map((browser) => browser.replace("ios_saf", "ios").replace(" ", ""));

/**
 * In a course of so many pages a search for a common word takes 50 ms, and 200 on a slow machine: from here on it is
 * a worker that takes them. It costs a small course nothing.
 */
const PAGES_FOR_A_WORKER = 1_000;

/** Every name a template may use, and the address of the file behind it; the icon, which is small, is in its own. */
export interface BrowserFiles {
  css: string;
  script: string;
  search: string;
  questions: string;
  questionsCss: string;
  captions: string;
  worksheet: string;
  carryOver: string;
  note: string;
  workbook: string;
  word: string;
  worksheetCss: string;
  workbookCss: string;
  overviewCss: string;
  framesCss: string;
  dialogsCss: string;
  overview: string;
  reading: string;
  readingCss: string;
  printPage: string;
  printPageCss: string;
  facilitate: string;
  facilitateCss: string;
  slides: string;
  slidesCss: string;
  offline: string;
  icon: string;
}

export async function browserFiles(eleventy: EleventyConfig, { site, isWithFiles }: Task): Promise<void> {
  const { files, addresses, notFoundCss } = await bundled(site);
  eleventy.addGlobalData("assets", addresses);
  eleventy.addGlobalData("notFoundPage", { css: notFoundCss, policy: standalonePolicy(notFoundCss) });
  if (!isWithFiles) return;
  eleventy.on("eleventy.after", async ({ directories }) => {
    await mkdir(path.join(directories.output, "assets"), { recursive: true });
    for (const [address, text] of files) await writeFile(path.join(directories.output, address), text);
  });
}

export interface Bundled {
  /** By their addresses. */
  files: ReadonlyMap<string, string>;
  addresses: BrowserFiles;
  /** Of the page that stands alone. */
  notFoundCss: string;
}

const ofSites = new WeakMap<Site, Promise<Bundled>>();

/** The files of a site, made once however many runs of Eleventy lay it out. */
function bundled(site: Site): Promise<Bundled> {
  const known = ofSites.get(site) ?? bundleFiles(neededFor(site));
  ofSites.set(site, known);
  return known;
}

/** Hands a site the files that are made, or that were for another one that needs the same. */
export function giveFiles(site: Site, files: Bundled | Promise<Bundled>): void {
  const made = Promise.resolve(files);
  made.catch(() => {});
  ofSites.set(site, made);
}

/** Scripts that are the same in all sites, by the names of their addresses. */
const SCRIPTS = {
  questions: "questions.ts",
  captions: "captions.ts",
  worksheet: "worksheets/worksheet.ts",
  "carry-over": "worksheets/carry-over.ts",
  note: "worksheets/note.ts",
  workbook: "worksheets/workbook.ts",
  word: "worksheets/word-script.ts",
  overview: "overview.ts",
  reading: "reading.ts",
  print: "print-page.ts",
  facilitate: "facilitate.ts",
  slides: "slides/slides.ts",
  offline: "offline/panel.ts",
} as const;

type Scripts = Record<keyof typeof SCRIPTS, string>;

/** Begins to make them: where that is before a site is read, nobody waits for them later. */
export function beginScripts(): Promise<Scripts> {
  const made = Object.entries(SCRIPTS).map(async ([name, entry]) => [
    name,
    await browserScript(`browser/${entry}`),
  ]);
  const scripts = Promise.all(made).then((entries) => Object.fromEntries(entries) as Scripts);
  // Told to who waits for them; until then it must not count as a fault that nobody caught.
  scripts.catch(() => {});
  return scripts;
}

/** What of a site its files depend on. */
export interface Needed {
  colors: Site["course"]["settings"]["colors"];
  /** Whether site.yaml adds something to pages. */
  isAdapted: boolean;
  isSearchInWorker: boolean;
  /** Whether browsers are to keep the site for use without a network. */
  isOffline: boolean;
}

export const neededFor = ({ course, notice }: Site): Needed => ({
  colors: course.settings.colors,
  isAdapted: course.localNotes.size > 0 || course.logo !== undefined || notice !== undefined,
  isSearchInWorker: course.pages.length > PAGES_FOR_A_WORKER,
  isOffline: course.settings.offline !== false,
});

export async function bundleFiles(
  { colors, isAdapted, isSearchInWorker, isOffline }: Needed,
  begun = beginScripts(),
): Promise<Bundled> {
  const css = [
    styleSheet("css/site.css"),
    accentCss(colors?.accent, colors?.accentDark),
    isAdapted ? styleSheet("css/adapted.css") : "",
  ].join("");
  const files = new Map<string, string>();
  const add = (name: string, extension: string, text: string) => {
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
    const address = `assets/${name}-${hash}.${extension}`;
    files.set(address, text);
    return address;
  };
  const style = (name: string) => add(name, "css", styleSheet(`css/${name}.css`));
  // All at once: esbuild works on each in a thread of its own.
  const [siteText, searchText, texts] = await Promise.all([
    siteScript(isOffline),
    searchScript(isSearchInWorker),
    begun,
  ]);
  const script = (name: keyof Scripts) => add(name, "js", texts[name]);
  const addresses: BrowserFiles = {
    css: add("site", "css", css),
    script: add("site", "js", siteText),
    search: add("search", "js", searchText),
    questions: script("questions"),
    questionsCss: style("questions"),
    captions: script("captions"),
    worksheet: script("worksheet"),
    carryOver: script("carry-over"),
    note: script("note"),
    workbook: script("workbook"),
    word: script("word"),
    overview: script("overview"),
    reading: script("reading"),
    readingCss: style("reading"),
    printPage: script("print"),
    printPageCss: add("print", "css", styleSheet("css/print-page.css")),
    facilitate: script("facilitate"),
    facilitateCss: style("facilitate"),
    slides: script("slides"),
    slidesCss: style("slides"),
    offline: script("offline"),
    framesCss: style("frames"),
    dialogsCss: style("dialogs"),
    overviewCss: style("overview"),
    workbookCss: style("workbook"),
    worksheetCss: style("worksheet"),
    icon: dataUrl(path.join(ASSETS, "img/icon.svg")),
  };
  return { files, addresses, notFoundCss: styleSheet("css/not-found.css") };
}

/** One classic script with all that it imports, minified, in the syntax that the floor understands; paths count from assets/. */
export async function browserScript(entry: string, options: BuildOptions = {}): Promise<string> {
  const result = await build({
    absWorkingDir: ASSETS,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: BROWSER_FLOOR,
    logLevel: "silent",
    ...options,
  });
  return result.outputFiles![0]!.text.trim();
}

/** The script of every page. */
const siteScript = (isOffline: boolean): Promise<string> =>
  browserScript("browser/site.ts", { define: { IS_OFFLINE: String(isOffline) } });

/** The script of search and settings; see assets/browser/search-index.ts. */
export const searchScript = (inWorker: boolean): Promise<string> =>
  browserScript("browser/dialogs.ts", { define: { IN_WORKER: String(inWorker) } });

/** The same for a style sheet; pictures stand in it as `data:` addresses, so that they ask for no file. */
export function styleSheet(entry: string): string {
  const filename = path.join(ASSETS, entry);
  const { code } = bundle({
    filename,
    minify: true,
    targets: browserslistToTargets(FLOOR),
    // All style sheets stand in one folder, from which their addresses count.
    visitor: { Url: ({ url, loc }) => ({ loc, url: dataUrl(path.resolve(filename, "..", url)) }) },
  });
  return code.toString();
}

function dataUrl(svgFile: string): string {
  // Its quotes are those that an attribute need not escape.
  const svg = readFileSync(svgFile, "utf8").trim().replaceAll('"', "'");
  return `data:image/svg+xml,${svg.replace(/[%#]/g, encodeURIComponent)}`;
}

/** The colors of site.yaml, in the layer of the tokens and after them; where one is missing the token's own stays. */
function accentCss(light?: string, dark?: string): string {
  const tokens = Object.entries({ light, dark })
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([theme, color]) => `--accent-${theme}:${color};--on-accent-${theme}:${inkOn(color)}`);
  return tokens.length ? `@layer tokens{:root{${tokens.join(";")}}}` : "";
}
