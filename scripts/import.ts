/** `npm run import -- SOURCE --content DIR [--dry-run] [--force]`: a course in another layout, brought into this one. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { handleFaults, refuseCall, report, say } from "./site/command/command.ts";
import { sayCounts, writeReport } from "./site/import/report.ts";
import { type Output, planWrites, writeAll } from "./site/import/write.ts";
import { Problems } from "./site/problems/problems.ts";
import { shownPath } from "./site/text/paths.ts";

handleFaults();
// Loaded where faults are caught: with few open files allowed, even loading fails.
const { readCourse } = await import("./site/import/import.ts");

const USAGE = "usage: npm run import -- SOURCE --content DIR [--dry-run] [--force]";
const REPORT_FILE = "import-report.md";

const { source: sourceDir, content: contentDir, isDryRun, force } = readArguments();
const problems = new Problems();
const read = await readCourse(sourceDir, contentDir, problems);
if (!read) refuse();

const { course, source } = read;
// Where the content folder really is: beside that stands the report.
const content = await fs.realpath(contentDir).catch(() => path.resolve(contentDir));
const { text, counts } = writeReport(course, {
  source: path.basename(path.resolve(sourceDir)),
  content: path.basename(path.resolve(contentDir)),
});
const reportFile = path.join(path.dirname(content), REPORT_FILE);
const outputs: Output[] = [
  ...[...course.texts].map(([target, page]) => ({ to: path.join(content, target), text: page })),
  ...[...course.copies].map(([target, file]) => ({
    to: path.join(content, target),
    from: path.join(source.dir, file),
  })),
  { to: reportFile, text },
];
const writes = await planWrites(outputs, content, { force }, problems);

if (isDryRun) for (const { state, to } of writes) say(`${state.padEnd(7)} ${shownPath(to)}`);
if (problems.errors.length) refuse();
if (!isDryRun) await writeAll(writes);

const strangers = await pagesBeside(content, course.texts);
for (const file of strangers) say(`note: ${file} was there before and is no part of this import`);
console.log(sayCounts(counts));
if (isDryRun) {
  console.log("nothing was written: this was a dry run");
} else {
  const unchanged = writes.every((one) => one.state === "same") ? " (nothing has changed)" : "";
  say(`${shownPath(reportFile)} says what was changed and what is left to do${unchanged}`);
  say(`next: npm start -- --content ${quoted(shownPath(content))}`);
}

function readArguments(): { source: string; content: string; isDryRun: boolean; force: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        content: { type: "string" },
        "dry-run": { type: "boolean", default: false },
        force: { type: "boolean", default: false },
      },
    });
    const [source, ...more] = positionals;
    if (!source) throw new Error("the source is missing: the folder of the course to import");
    if (more.length) throw new Error(`one source at a time, not ${positionals.length}`);
    if (!values.content) throw new Error("--content is missing: the folder to write to");
    return { source, content: values.content, isDryRun: values["dry-run"], force: values.force };
  } catch (error) {
    return refuseCall(error, USAGE);
  }
}

function refuse(): never {
  report(problems);
  process.exit(1);
}

/** Markdown that an earlier hand or import left in the content folder. */
async function pagesBeside(folder: string, texts: ReadonlyMap<string, string>): Promise<string[]> {
  const found = await fs.readdir(folder, { recursive: true }).catch(() => [] as string[]);
  return found
    .map((file) => file.split(path.sep).join("/"))
    .filter((file) => /\.(?:md|markdown)$/i.test(file) && !texts.has(file))
    .sort()
    .map((file) => shownPath(path.join(folder, file)));
}

function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replace(/'/g, "'\\''")}'`;
}
