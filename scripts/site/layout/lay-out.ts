/** Eleventy, with the project's configuration: from a site to the files of a folder, search left out. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Eleventy from "@11ty/eleventy";
import type { Problems } from "../problems/problems.ts";
import { compiled, PROJECT } from "../project.ts";
import { shownPath } from "../text/paths.ts";
import { beginScripts, bundleFiles, giveFiles, neededFor } from "./assets.ts";
import { giveTask, type Task } from "./bridge.ts";
import { openDocumentMaker } from "./document-maker.ts";
import type { PageToLayOut } from "./edition-pages.ts";
import type { EleventyConfig } from "./eleventy.ts";
import { madeFilesOf } from "./made-files.ts";
import { pagesToLayOut } from "./page-data.ts";
import { GateHere, openGate } from "./page-gate.ts";
import { SharedParts } from "./shared-parts.ts";
import type { Site } from "./site.ts";

/** Whether Eleventy can work where the program stands; what speaks against it is added to the problems. */
export function checkProgramPath(problems: Problems): void {
  if (!/[#?]/.test(PROJECT)) return;
  problems.error(
    "program-path",
    { file: shownPath(PROJECT), line: 1, column: 1 },
    "the program stands in a folder whose path holds # or ?, where Eleventy cannot find its configuration",
    "move it to a folder without these signs",
  );
}

/** Pages that one run of Eleventy lays out: it works on all of them at once, and keeps them in memory until it ends. */
const PAGES_OF_A_RUN = 200;

export { beginScripts } from "./assets.ts";

/**
 * Writes the pages, their styles and scripts, and the files that they use; `folder` is absolute. When `signal` is
 * aborted it ends before its time.
 */
export async function layOut(
  site: Site,
  folder: string,
  signal?: AbortSignal,
  scripts = beginScripts(),
): Promise<void> {
  giveFiles(site, bundleFiles(neededFor(site), scripts));
  const pages = pagesToLayOut(site);
  const gate = openGate(pages.length, folder);
  const documentMaker = openDocumentMaker(site.worksheets.length);
  const shared = { site, sharedParts: new SharedParts(), gate };
  try {
    const madeFiles = madeFilesOf(site, documentMaker);
    for (let at = 0; at < pages.length && !signal?.aborted; at += PAGES_OF_A_RUN) {
      site.progress?.report("laying out", at, pages.length);
      const inRun = pages.slice(at, at + PAGES_OF_A_RUN);
      // The last run writes them: until then they are made.
      const isWithFiles = at + PAGES_OF_A_RUN >= pages.length;
      await run({ ...shared, pages: inRun, isWithFiles, madeFiles }, folder);
    }
  } finally {
    await documentMaker.end();
    await gate.end();
  }
  await fs.writeFile(path.join(folder, ".nojekyll"), "");
}

/** The HTML of some pages of a site, by their addresses: the same as `layOut` writes. Here nothing is written. */
export async function layOutPages(
  site: Site,
  pages: readonly PageToLayOut[],
): Promise<ReadonlyMap<string, string>> {
  const laidOut = new Map<string, string>();
  await inProject(async () => {
    const eleventy = makeEleventy(
      {
        site,
        pages,
        isWithFiles: false,
        madeFiles: new Map(),
        sharedParts: new SharedParts(),
        gate: new GateHere((address, html) => void laidOut.set(address, html)),
      },
      NO_FOLDER,
      (config) =>
        // A process keeps layouts for all its runs; who asks for single pages may have changed one since the last.
        config.setUseTemplateCache(false),
    );
    await eleventy.toJSON();
  });
  return laidOut;
}

/** Eleventy wants to know an output also where nothing is written. */
const NO_FOLDER = "_site";

/** One run of Eleventy. It writes no page itself: it would wait for each, and the gate is asked before. */
async function run(task: Task, folder: string): Promise<void> {
  await inProject(() => makeEleventy(task, folder).toJSON());
}

function makeEleventy(
  task: Task,
  folder: string,
  set: (config: EleventyConfig) => void = () => {},
): Eleventy {
  const eleventy = new Eleventy(".", folder, {
    configPath: path.relative(PROJECT, fileURLToPath(compiled(".eleventy.ts"))),
    quietMode: true,
    config: (config) => {
      set(config);
      // On a busy machine Eleventy would tell of a filter that took its time, in quiet mode too.
      config.benchmarks.config.setIsVerbose(false);
      giveTask(config, task);
    },
  });
  eleventy.disableLogger();
  return eleventy;
}

/** Eleventy reads its configuration and its input from the working directory. */
async function inProject<Result>(work: () => Promise<Result>): Promise<Result> {
  const before = process.cwd();
  process.chdir(PROJECT);
  try {
    return await work();
  } finally {
    process.chdir(before);
  }
}
