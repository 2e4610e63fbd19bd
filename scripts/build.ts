/**
 * `npm run build -- [--content DIR] [--out DIR] [--drafts] [--quiet]`: the site, written whole or not at all. For
 * `npm run bench`, `--timings FILE` writes how long each stage took.
 */
import { promises as fs } from "node:fs";
import path from "node:path";
import { handleFaults, readOptions, report, say } from "./site/command/command.ts";
import { prepareForLargeWork } from "./site/command/large-work.ts";
import { Progress } from "./site/command/progress.ts";
import { StageClock } from "./site/command/stage-clock.ts";
import { count } from "./site/problems/problems.ts";
import { shownPath } from "./site/text/paths.ts";

handleFaults();
prepareForLargeWork();
// Loaded where faults are caught: with few open files allowed, even loading fails.
const { buildSite } = await import("./site/site.ts");

const { content, out, drafts, quiet, timings } = readOptions(
  "usage: npm run build -- [--content DIR] [--out DIR] [--drafts] [--quiet]",
  ["content", "out", "drafts", "quiet", "timings"],
);
const began = performance.now();
const progress = new Progress({
  isTerminal: process.stderr.isTTY,
  write: (text) => process.stderr.write(text),
  elapsed: () => performance.now() - began,
});
const clock = new StageClock(() => performance.now(), quiet ? undefined : progress);
const { site, written } = await buildSite({ content, out, drafts, progress: clock });
progress.end();
report(site.problems);
if (!written) process.exit(1);
if (timings) await fs.writeFile(timings, JSON.stringify(clock.end()));

const { course, worksheets } = site;
console.log(
  [
    count(course.modules.length, "module"),
    count(course.sections.length, "section"),
    count(worksheets.length, "worksheet"),
    count(written.search.pages + written.search.worksheets, "search record"),
    count(written.bytes, "byte"),
    `${((performance.now() - began) / 1000).toFixed(1)} seconds`,
  ].join(", "),
);
say(`${shownPath(path.resolve(out))}/ is ready`);
