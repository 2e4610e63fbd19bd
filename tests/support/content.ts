/** Content made for one test, and the site that is made of it: in memory, or in a folder where a test is about the disk. */

import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { examine } from "../../scripts/site/content/files.ts";
import { isText, makeContent } from "../../scripts/site/content/source.ts";
import type { RenderedPage } from "../../scripts/site/html/rendering.ts";
import { formatProblem } from "../../scripts/site/problems/problems.ts";
import { loadSite, makeSite, type Site } from "../../scripts/site/site.ts";
import { readWordFiles } from "../../scripts/site/words/words.ts";

/** What is in each file, by its path: text, or bytes where a test is about them. */
export type Files = Record<string, string | Uint8Array>;

/** Runs `use` with a new empty folder, and removes the folder. */
export async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "site-test-")));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Runs `use` where a command would run: paths in messages count from the working directory. */
export async function inWorkingDirectory<Result>(
  folder: string,
  use: () => Promise<Result>,
): Promise<Result> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await use();
  } finally {
    process.chdir(before);
  }
}

/** The site that these files make, as if they lay in a folder `content/` beside the command. */
export async function siteOf(files: Files): Promise<Site> {
  const entries = Object.entries(files).map(([name, text]) => {
    const bytes = Buffer.from(text);
    return { path: name, file: `content/${name}`, found: isText(name) ? bytes : examine(name, bytes) };
  });
  return makeSite(makeContent("content", entries), {
    drafts: false,
    words: await readWordFiles(),
    date: new Date(0),
  });
}

/** The same of a folder `content/` that holds these files, as a command run beside it would load it. */
export async function siteInFolder(files: Files): Promise<Site> {
  return inFolder(async (folder) => {
    await writeFiles(path.join(folder, "content"), files);
    return inWorkingDirectory(folder, () => loadSite({ content: "content", drafts: false }));
  });
}

/** A page with a title. Its Markdown begins on line 4. */
export const page = (markdown: string, title = "A page"): string => `---\ntitle: ${title}\n---\n${markdown}`;

export const errorsOf = (site: Site): string[] => site.problems.errors.map(formatProblem);
/** But for files that no page uses: most tests have some that they do not speak of. */
export const warningsOf = (site: Site): string[] =>
  allWarningsOf(site).filter((warning) => !warning.includes(UNUSED));
export const allWarningsOf = (site: Site): string[] => site.problems.warnings.map(formatProblem);
const UNUSED = "no page shows it or links to it";

/** What became of the page at a path. */
export const renderedAt = (site: Site, path = "page.md"): RenderedPage =>
  site.rendering.of(site.course.byPath.get(path)!);
