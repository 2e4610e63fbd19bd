/** Eleventy, with the project's configuration: from a site to the files of a folder, search left out. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Eleventy from "@11ty/eleventy";
import type { Problems } from "../problems/problems.ts";
import { shownPath } from "../text/paths.ts";
import { giveTask, type Task } from "./bridge.ts";
import { pagesToLayOut } from "./page-data.ts";
import { openGate } from "./page-gate.ts";
import type { Site } from "./site.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url));

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

/** Pages that one run of Eleventy lays out: it keeps all of them in memory until it ends. */
const PAGES_OF_A_RUN = 500;

/**
 * Writes the pages, their styles and scripts, and the files that they use; `folder` is absolute. When `signal` is
 * aborted it ends before its time.
 */
export async function layOut(site: Site, folder: string, signal?: AbortSignal): Promise<void> {
  const pages = pagesToLayOut(site);
  const gate = openGate(pages.length);
  try {
    for (let at = 0; at < pages.length && !signal?.aborted; at += PAGES_OF_A_RUN) {
      site.progress?.report("laying out", at, pages.length);
      const inRun = pages.slice(at, at + PAGES_OF_A_RUN);
      await run({ site, pages: inRun, isWithFiles: at === 0, gate, onPage: () => {} }, folder);
    }
  } finally {
    await gate.end();
  }
  await fs.writeFile(path.join(folder, ".nojekyll"), "");
}

/** One run of Eleventy. */
async function run(task: Task, folder: string): Promise<void> {
  const before = process.cwd();
  // Eleventy reads its configuration and its input from the working directory.
  process.chdir(PROJECT);
  try {
    const eleventy = new Eleventy(".", folder, {
      configPath: ".eleventy.ts",
      quietMode: true,
      config: (config) => giveTask(config, task),
    });
    eleventy.disableLogger();
    await eleventy.write();
  } finally {
    process.chdir(before);
  }
}
