/**
 * A release: all that a trainer hands on, in one folder.
 *
 *   release/
 *     HOSTING.txt      for who puts the site on a server
 *     site.zip         the site
 *     server/          ready configurations
 *     lms/             packages for course systems
 *     pdf/             the workbook, each module, what facilitators have in hand
 *     SHA256SUMS
 */
import { createHash } from "node:crypto";
import { createReadStream, promises as fs } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { pathToFileURL } from "node:url";
import { readContent } from "../content/read.ts";
import { firstPaintOf } from "../layout/first-paint.ts";
import { pagePolicy } from "../layout/policy.ts";
import type { Progress, Site } from "../layout/site.ts";
import { writePackages } from "../lms/package.ts";
import { checkOutput, MARKER, publish } from "../output/publish.ts";
import { writeZip, type ZipEntry } from "../output/zip.ts";
import { Fault } from "../problems/faults.ts";
import { Problems } from "../problems/problems.ts";
import { buildDate, buildSite, checkSite } from "../site.ts";
import { readWordFiles } from "../words/words.ts";
import { type FoundBrowser, findBrowser } from "./browser.ts";
import { earlierFiles } from "./earlier.ts";
import { hostingGuide } from "./hosting/guide.ts";
import { hostingOf } from "./hosting/model.ts";
import { serverFiles } from "./hosting/server-files.ts";
import { visitTo } from "./hosting/visit.ts";
import { linksLeadTo, pdfsOf } from "./pdfs.ts";
import { hasPageNumbers, NoBrowser, Printer, steadyPdf } from "./print.ts";

export const ARCHIVE = "site.zip";
const SUMS = "SHA256SUMS";

export interface ReleaseOptions {
  content: string;
  out: string;
  /** Whether PDFs are made: where a browser can run, in any case, or not at all. */
  pdf: "where-possible" | "required" | "none";
  /** Origins that may show the site in a frame, as a course system does. */
  frames: readonly string[];
  progress?: Progress | undefined;
  /** What prints; what this machine has where it is not told. */
  browser?: () => Promise<FoundBrowser | undefined>;
  /** Milliseconds for one PDF. */
  printLimit?: number;
}

export interface ReleaseResult {
  /** What is wrong with the content. */
  problems: Problems;
  /** Absent where errors kept it from being written. */
  written?: {
    /** By name, with their bytes. */
    files: [name: string, bytes: number][];
    /** What was left out, and why. */
    notes: string[];
  };
}

/** Writes a release whole or not at all. Nothing is released in which `check` finds errors. */
export async function releaseSite({ content, out, ...options }: ReleaseOptions): Promise<ReleaseResult> {
  const problems = new Problems();
  await checkOutput(out, content, problems);
  if (problems.errors.length) return { problems };
  await refuseSite(out);
  options.progress?.report("reading and checking");
  const [found, words] = await Promise.all([readContent(content), readWordFiles()]);
  const checked = await checkSite(found, { words, date: buildDate() });
  if (checked.problems.errors.length) return { problems: checked.problems };

  const written = await publish(out, async (folder) => {
    const siteFolder = path.join(folder, "site");
    const { site } = await buildSite({ content, out: siteFolder, drafts: false, progress: options.progress });
    if (site.problems.errors.length) throw new Error("the content was changed while it was released");
    const notes = await writeAll(site, siteFolder, folder, path.join(out, ARCHIVE), options);
    await fs.rm(siteFolder, { recursive: true });
    return { notes, files: await writeSums(folder) };
  });
  return { problems: checked.problems, written };
}

/** A folder that `npm run build` wrote is somebody's site. */
async function refuseSite(out: string): Promise<void> {
  const names = await fs.readdir(out).catch(() => [] as string[]);
  if (!names.includes(MARKER) || names.includes(ARCHIVE)) return;
  throw new Fault(
    path.resolve(out),
    "a site stands in it, and a release would replace it",
    "name another folder: --out DIR",
  );
}

/** Writes what the release is made of, from the built site. The answer says what was left out. */
async function writeAll(
  site: Site,
  siteFolder: string,
  folder: string,
  earlier: string,
  { pdf, frames, progress, browser = findBrowser, printLimit }: Omit<ReleaseOptions, "content" | "out">,
): Promise<string[]> {
  progress?.report("packing the site");
  const files = await filesIn(siteFolder);
  const kept = await earlierFiles(earlier, files);
  const entries: ZipEntry[] = [
    ...files.map((file): ZipEntry => [file, () => fs.readFile(path.join(siteFolder, file))]),
    ...[...kept].map(([file, bytes]): ZipEntry => [file, () => bytes]),
  ];
  await writeZip(path.join(folder, ARCHIVE), entries, site.date);

  const hosting = hostingOf({
    url: site.course.settings.url,
    policy: pagePolicy(firstPaintOf(site.notice)),
    notFound: await fs.readFile(path.join(siteFolder, "404.html"), "utf8"),
    frames,
    files: [...files, ...kept.keys()],
  });
  await writeTexts(path.join(folder, "server"), serverFiles(hosting));
  await writeTexts(folder, { "HOSTING.txt": hostingGuide(site, hosting, await visitTo(siteFolder, files)) });

  progress?.report("packing the site for course systems");
  await writePackages(site, siteFolder, files, path.join(folder, "lms"));

  if (pdf === "none") return [];
  progress?.report("printing");
  const left = await writePdfs(site, siteFolder, path.join(folder, "pdf"), browser, printLimit);
  if (left && pdf === "required") {
    throw new Fault(undefined, left, "name a browser in CHROMIUM_PATH, or leave --require-pdf out");
  }
  return left ? [`PDFs are left out: ${left}; a browser named in CHROMIUM_PATH makes them`] : [];
}

/** The answer says why there are none. */
async function writePdfs(
  site: Site,
  siteFolder: string,
  folder: string,
  browser: () => Promise<FoundBrowser | undefined>,
  limit: number | undefined,
): Promise<string | undefined> {
  const found = await browser();
  if (!found) return "this machine has no browser";
  const printer = await Printer.open(found, { ...(limit !== undefined && { limit }) });
  try {
    await fs.mkdir(folder);
    const root = `${pathToFileURL(siteFolder).href}/`;
    const lead = linksLeadTo(site.course.settings.url, root);
    for (const { name, address, prepare = "" } of pdfsOf(site)) {
      const url = pathToFileURL(path.join(siteFolder, address)).href;
      const pdf = await printer.print(url, prepare + lead);
      if (!hasPageNumbers(pdf)) throw new NoBrowser("it is older than Chromium 131, which numbers pages");
      await fs.writeFile(path.join(folder, name), steadyPdf(pdf, site.date));
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof NoBrowser)) throw error;
    await fs.rm(folder, { recursive: true, force: true });
    return `the browser ${found.executablePath} cannot print (${error.message})`;
  } finally {
    await printer.close();
  }
}

async function writeTexts(folder: string, texts: Readonly<Record<string, string>>): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(texts)) await fs.writeFile(path.join(folder, name), text);
}

/** Names, with `/`, in their order. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .sort();
}

/** As `sha256sum -c SHA256SUMS` reads it. */
async function writeSums(folder: string): Promise<[string, number][]> {
  const files = await filesIn(folder);
  const lines = [];
  for (const file of files) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(path.join(folder, file)), hash);
    lines.push(`${hash.digest("hex")}  ${file}\n`);
  }
  await fs.writeFile(path.join(folder, SUMS), lines.join(""));
  const sizes = [...files, SUMS].map(
    async (file): Promise<[string, number]> => [file, (await fs.stat(path.join(folder, file))).size],
  );
  return Promise.all(sizes);
}
