/** `npm run build -- [--content DIR] [--out DIR] [--drafts]`: the site, written whole or not at all. */

import path from "node:path";
import { buildSite } from "./site/build-site.ts";
import { readOptions, report } from "./site/command.ts";
import { count } from "./site/problems.ts";
import { shownPath } from "./site/source.ts";

const { content, out, drafts } = readOptions(
  "usage: npm run build -- [--content DIR] [--out DIR] [--drafts]",
  ["content", "out", "drafts"],
);
const began = performance.now();
const { site, written } = await buildSite({ content, out, drafts, onStage: showStage() });
hideStage();
report(site.problems);
if (!written) process.exit(1);

const { course, worksheets } = site;
console.log(
  [
    count(course.modules.length, "module"),
    count(course.sections.length, "section"),
    count(worksheets.length, "worksheet"),
    count(written.search.words, "search word"),
    count(written.bytes, "byte"),
    `${((performance.now() - began) / 1000).toFixed(1)} seconds`,
  ].join(", "),
);
console.log(`${shownPath(path.resolve(out))}/ is ready`);

/** A quick build needs no progress; one of over two seconds says where it is, on one line of a terminal or on lines of a log. */
function showStage(): (stage: string) => void {
  return (stage) => {
    const seconds = (performance.now() - began) / 1000;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${stage} …`);
    else if (seconds > 2) console.error(`${seconds.toFixed(1)} s: ${stage}`);
  };
}

function hideStage(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
}
