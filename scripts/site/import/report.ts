/** `import-report.md`: each thing changed, each thing left to a person, with its place before and after. */

import { WORKSHEETS } from "../model/generated-pages.ts";
import { count, type Problem } from "../problems/problems.ts";
import type { Rule } from "../problems/rules.ts";
import { nameOf } from "../text/addresses.ts";
import { printable, printableQuote } from "../text/printable.ts";
import { frontLines, type ImportedCourse, textOf } from "./import.ts";
import type { Note } from "./notes.ts";
import type { PlannedModule, PlannedPage } from "./plan.ts";

/** What the build warns of that has to do with moving house; `npm run check` says the rest. */
const MOVING: readonly (Rule | undefined)[] = [
  "attribute-list",
  "frame-host",
  "frame-title",
  "heading-jump",
  "picture-description",
  "remote-media",
  "remote-picture",
];

export interface Counts {
  modules: number;
  sections: number;
  worksheets: number;
  files: number;
  changes: number;
  left: number;
  notImported: number;
}

interface Entry {
  page: PlannedPage;
  before: number;
  after: number;
  message: string;
  removed?: string;
}

export interface Report {
  text: string;
  counts: Counts;
}

export function writeReport(course: ImportedCourse, names: { source: string; content: string }): Report {
  const changes: Entry[] = [];
  const left: Entry[] = [];
  for (const page of course.pages) {
    const lineOf = placeFinder(page);
    for (const note of page.notes) {
      if (!note.isReplaced) (note.kind === "change" ? changes : left).push(toEntry(page, note, lineOf));
    }
    left.push(...warningsOf(page, course.warnings));
  }
  const { notImported: not, plan, settingsNotes } = course;
  const general = [
    ...settingsNotes.map((note) => `site.yaml: ${note}`),
    ...plan.missing.map((name) => `course.yml names the module \`${name}\`, which has no pages`),
  ];
  const counts: Counts = {
    modules: plan.modules.filter((module) => !isWorksheets(module) && hasSections(module)).length,
    sections: course.pages.filter((page) => isSection(page) && !isWorksheets(page.module)).length,
    worksheets: course.pages.filter((page) => isWorksheets(page.module)).length,
    files: course.copies.size,
    changes: changes.length,
    left: left.length + general.length,
    notImported: not.html.length + not.markdown.length + not.unused.length,
  };

  const lines = [
    "# Import report",
    "",
    `${plain(course.name)}, from ${code(`${names.source}/`)} into ${code(`${names.content}/`)}: ${sayCounts(counts)}.`,
    "",
    "Lines are those of the files as they were before the import and as they were written by it.",
    "",
    ...part("Left to a person", [
      ...general.map((one) => `- ${printable(one)}`),
      ...inOrder(left).map(sayEntry),
    ]),
    ...part("Changed", inOrder(changes).map(sayEntry)),
    ...part("Pages", course.pages.map(sayPage)),
    ...part(
      "Pictures and documents",
      [...course.copies].map(([target, file]) => `- ${code(file)} → ${code(target)}`),
    ),
    ...part("Not imported", [
      ...not.html.map((file) => `- ${code(file)}: an HTML page; write what is needed of it as Markdown`),
      ...not.markdown.map((file) => `- ${code(file)}: Markdown that was no page of the course`),
      ...not.unused.map((file) => `- ${code(file)}: no page uses it`),
      ...not.others.map(
        ([name, files]) => `- ${code(name)}: ${count(files, "file")} of the old site's making`,
      ),
    ]),
  ];
  return { text: `${lines.join("\n").trimEnd()}\n`, counts };
}

export const sayCounts = (counts: Counts): string =>
  [
    count(counts.modules, "module"),
    count(counts.sections, "section"),
    ...(counts.worksheets ? [count(counts.worksheets, "worksheet")] : []),
    `${counts.files} ${counts.files === 1 ? "picture or document" : "pictures and documents"}`,
    count(counts.changes, "change"),
    `${count(counts.left, "thing")} left to a person`,
    `${count(counts.notImported, "file")} not imported`,
  ].join(", ");

/** The front page and the modules' landing pages are no sections. */
const isSection = (page: PlannedPage) => nameOf(page.target) !== "index.md";

const hasSections = (module: PlannedModule) => module.folder !== "" || module.pages.some(isSection);
const isWorksheets = (module: PlannedModule) => module.folder === WORKSHEETS;

function toEntry(page: PlannedPage, note: Note, lineOf: (at: Note["at"]) => number): Entry {
  const { at, message, removed } = note;
  const entry = { page, before: at.source, after: lineOf(at), message };
  return { ...entry, ...(removed !== undefined && { removed }) };
}

/** Where in a page's file, as it is written, a note's place is; of a key that is not there, the first line. */
function placeFinder(page: PlannedPage): (at: Note["at"]) => number {
  const numbers = page.draft.numbers();
  const front = frontLines(page);
  const lines = textOf(page).split("\n", front);
  return (at) =>
    "key" in at
      ? Math.max(1, lines.findIndex((line, index) => index > 0 && line.startsWith(`${at.key}:`)) + 1)
      : numbers(at) + front;
}

function warningsOf(page: PlannedPage, warnings: readonly Problem[]): Entry[] {
  const front = frontLines(page);
  return warnings
    .filter((warning) => warning.file === page.target && MOVING.includes(warning.rule))
    .map(({ line, message, cure }) => ({
      page,
      before: page.draft.sourceOf(line - front),
      after: line,
      message: `${message}; ${cure}`,
    }));
}

function inOrder(entries: Entry[]): Entry[] {
  const order = new Map<PlannedPage, number>();
  for (const { page } of entries) if (!order.has(page)) order.set(page, order.size);
  return entries.sort(
    (a, b) => order.get(a.page)! - order.get(b.page)! || a.after - b.after || a.before - b.before,
  );
}

function sayEntry({ page, before, after, message, removed }: Entry): string {
  const places = `${plain(page.source.path)}:${before} → ${plain(page.target)}:${after}`;
  const said = `- ${places}: ${printable(message)}`;
  if (removed === undefined) return said;
  if (!removed.includes("\n")) return `${said}: ${code(removed)}`;
  const fence = fenceFor(removed, 3);
  const lines = [fence, ...removed.split("\n"), fence].map((line) =>
    line ? `  ${printableQuote(line)}` : "",
  );
  return [`${said}:`, "", ...lines, ""].join("\n");
}

function sayPage(page: PlannedPage): string {
  const { aliases } = page.data;
  const old = aliases.length ? `, which was ${aliases.map(code).join(" and ")}` : "";
  return `- ${code(page.source.path)} → ${code(page.target)}${old}`;
}

function part(title: string, lines: string[]): string[] {
  return lines.length ? [`## ${title}`, "", ...lines, ""] : [];
}

/** Text in backticks, whatever backticks are in it. */
function code(text: string): string {
  const fence = fenceFor(text, 1);
  const shown = printable(text);
  return fence.length === 1 ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}

/** A name in a sentence: what Markdown would take for its own is shown as it is. */
const plain = (name: string): string =>
  // A `_` opens emphasis in `_posts/` too, but nothing closes it.
  printable(name).replace(/[\\`*<>[\]&#|~]|_(?![\p{L}\p{N}])/gu, "\\$&");

const fenceFor = (text: string, least: number) =>
  "`".repeat(Math.max(least, ...[...text.matchAll(/`+/g)].map((run) => run[0].length + 1)));
