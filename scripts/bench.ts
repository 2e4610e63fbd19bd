/**
 * `npm run bench -- [--sizes 100,1000,10000,one:1000] [--runs N] [--reader | --saves]`: what a build costs at each
 * size, beside the least that these tools can cost; or what a reader pays, or a save. The parts are in site/bench/.
 */
import { rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Comparison, compare } from "./site/bench/compare.ts";
import { describeMachine } from "./site/bench/machine.ts";
import { type CourseSize, makeCourse } from "./site/bench/make-course.ts";
import { readBenchOptions, USAGE } from "./site/bench/options.ts";
import { measureSaves, type SaveCost } from "./site/bench/saves.ts";
import { comparisonTables, readerTable, saveTable } from "./site/bench/table.ts";
import { complain, handleFaults, refuseCall, say } from "./site/command/command.ts";
import { makeFolder } from "./site/preview/folder.ts";
import { whenNpmIsGone } from "./site/preview/npm.ts";
import { PROJECT } from "./site/project.ts";

handleFaults();

const CONTENT = path.join(PROJECT, "content");

const options = readOptions();
const folder = await makeFolder();
// What was ended a moment ago may still write a last file.
process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop(signal));
whenNpmIsGone(() => stop("SIGTERM"));

const bench = options.isReader ? readerBench : options.isSaves ? saveBench : buildBench;
const tables = await bench();
say(await describeMachine(new Date()));
console.log(`\n${tables}`);

async function buildBench(): Promise<string> {
  let compares = 0;
  const run = (size: CourseSize, runs: number, say: (line: string) => void) =>
    compare({
      content: CONTENT,
      folder: path.join(folder, `bench-${++compares}`),
      size,
      runs,
      signal: stopping.signal,
      say,
    });
  // Once unmeasured: what later runs find in caches, of the system and of what was compiled, the first is to find too.
  await run({ sections: 50 }, 1, () => {});
  const compared: Comparison[] = [];
  for (const size of options.sizes) compared.push(await run(size, options.runs(size), complain));
  return comparisonTables(compared);
}

async function readerBench(): Promise<string> {
  // What drives a browser is no part of an installation that builds and serves.
  const { openBrowser } = await import("./site/bench/browser.ts").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    return giveUp("This measures in a browser, and what drives one is not installed: run npm ci first");
  });
  const { measureReader } = await import("./site/bench/reader.ts");
  const browser = await openBrowser();
  try {
    const site = path.join(folder, "site");
    const costs = [await measureReader(browser, { content: CONTENT, out: site, runs: options.runs() })];
    for (const [index, size] of options.sizes.entries()) {
      const content = path.join(folder, `course-${index}`);
      await makeCourse(CONTENT, content, size);
      costs.push(await measureReader(browser, { content, out: site, runs: options.runs(size) }));
    }
    return readerTable(costs);
  } finally {
    await browser.close();
  }
}

async function saveBench(): Promise<string> {
  const costs: SaveCost[] = [];
  for (const size of options.sizes) {
    costs.push(
      await measureSaves({
        content: CONTENT,
        folder,
        size,
        saves: options.runs(size),
        signal: stopping.signal,
      }),
    );
  }
  return saveTable(costs);
}

function readOptions() {
  try {
    return readBenchOptions(process.argv.slice(2));
  } catch (error) {
    return refuseCall(error, USAGE);
  }
}

/** Ends what is being measured, and this process; nothing of either is left. */
function stop(signal: NodeJS.Signals): never {
  stopping.abort();
  process.exit(128 + os.constants.signals[signal]);
}

function giveUp(reason: string): never {
  complain(reason);
  process.exit(1);
}
