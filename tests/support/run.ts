/**
 * `npm run unit -- [FILE|FOLDER …]`: the tests, or those of a part: `npm run unit -- tests/markdown`.
 *
 * Two processes at a time take the files; what takes longest begins first, so that both end together. Starting one takes
 * longer than most of what needs no more than memory: such tests share one, and the two large courses are built once.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { compiled } from "../../scripts/site/project.ts";

/** From the longest on; the others follow in the order of their names. */
const LONGEST = [
  "tests/site/accessibility.test.ts",
  "tests/html/hostile.test.ts",
  "tests/preview/serve.test.ts",
  "tests/site/offline.test.ts",
  "tests/site/workbook.test.ts",
  "tests/site/worksheets.test.ts",
  "tests/site/search-answers.test.ts",
  "tests/site/links.test.ts",
  "tests/site/progress.test.ts",
  "tests/release/release.test.ts",
  "tests/site/layouts.test.ts",
  "tests/site/search.test.ts",
  "tests/problems/faults.test.ts",
  "tests/site/print.test.ts",
  "tests/import/import.test.ts",
  "tests/preview/workshop.test.ts",
  "tests/output/publish.test.ts",
  "tests/site/course-system.test.ts",
];
/** Rooms whose tests have no hooks of their own, for these would be everybody's. */
const IN_MEMORY = /^tests\/(?:content|html|markdown|model|text|threads|words|worksheet)\//;
const TOGETHER = "tests/support/together.ts";

const asked = process.argv.slice(2);
const all = (asked.length ? asked : ["tests"])
  .flatMap((place) =>
    statSync(place, { throwIfNoEntry: false })?.isDirectory()
      ? readdirSync(place, { recursive: true, encoding: "utf8" })
          .filter((file) => file.endsWith(".test.ts"))
          .sort()
          .map((file) => path.join(place, file))
      : [place],
  )
  .map((file) => path.relative("", file).split(path.sep).join("/"));
const longest = LONGEST.filter((file) => all.includes(file));
const short = all.filter((file) => !LONGEST.includes(file));
const shared = short.filter((file) => IN_MEMORY.test(file));
const files = [
  ...longest.slice(0, 2),
  ...(shared.length ? [TOGETHER] : []),
  ...longest.slice(2),
  ...short.filter((file) => !IN_MEMORY.test(file)),
];

const built = mkdtempSync(path.join(os.tmpdir(), "site-tests-"));
process.on("exit", () => rmSync(built, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));
process.env.TESTS_TOGETHER = JSON.stringify(shared);
process.env.TESTS_BUILT = built;

// What failed is told by the lines of TypeScript.
process.execArgv.push("--enable-source-maps");
run({ files: files.map((file) => fileURLToPath(compiled(file))), concurrency: 2 })
  .on("test:fail", () => {
    process.exitCode = 1;
  })
  .compose(new spec())
  .pipe(process.stdout);
