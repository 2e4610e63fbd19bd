/**
 * Import: in goes a folder, a course-in-a-box for Jekyll or plain Markdown; out comes a course in this project's
 * layout, with a note on every change. Everything is worked out in memory before the first byte is written, and the
 * pages are checked by the very code that will build them.
 */

import { promises as fs } from "node:fs";
import path from "node:path";
import { examine, lookInto } from "../content/files.ts";
import { settingsSchema } from "../content/schema.ts";
import { type Content, type ContentEntry, makeContent, SETTINGS_FILE } from "../content/source.ts";
import { lineOfYaml } from "../content/yaml-write.ts";
import { load } from "../html/load.ts";
import type { Problem, Problems } from "../problems/problems.ts";
import { makeSite } from "../site.ts";
import { aliasAddress, nameOf, slugOf } from "../text/addresses.ts";
import { isInside, shownPath } from "../text/paths.ts";
import { readWordFiles } from "../words/words.ts";
import { FilePlan, isForReaders } from "./files.ts";
import { splitPage, writeFrontMatter } from "./front-matter.ts";
import { readConfig, readCourseData } from "./jekyll.ts";
import { rewriteLinks } from "./links.ts";
import { takeOutLiquid } from "./liquid.ts";
import { makePlain, mendPage } from "./mend.ts";
import { type CourseFacts, type Plan, type PlannedPage, planCourse, type SourcePage } from "./plan.ts";
import { readSourceFolder, readSourceText, type SourceFolder } from "./source-files.ts";
import { OldSite } from "./targets.ts";
import { tidy } from "./tidy.ts";
import { visibleLine, withNames } from "./values.ts";

/** Rounds of asking the build what is wrong, and mending it, before a page's markup is given up. */
const ROUNDS = 12;
/** Bytes of one part of an old address: a file system holds 255, its ending among them. */
const LONGEST_NAME = 200;
/** Characters of a page's old addresses together: its front matter has a limit. */
const MOST_ALIASES = 20_000;

export interface ImportedCourse {
  name: string;
  plan: Plan;
  pages: PlannedPage[];
  /** What goes into the content folder, by path. */
  texts: Map<string, string>;
  /** Files of the source to copy, by their path in the content folder. */
  copies: Map<string, string>;
  notImported: NotImported;
  /** Of the settings: what a person should look at. */
  settingsNotes: string[];
  /** What the build warns of, and a person can mend. */
  warnings: Problem[];
}

export interface NotImported {
  /** HTML pages. */
  html: string[];
  /** Markdown files that are no pages of the course. */
  markdown: string[];
  /** Pictures and documents that no page uses. */
  unused: string[];
  /** All else, as the names at the top of the source with their numbers of files. */
  others: [name: string, files: number][];
}

/** The course as it is to be written; with any problem, nothing of it is. */
export async function readCourse(
  sourceDir: string,
  contentDir: string,
  problems: Problems,
): Promise<{ source: SourceFolder; course: ImportedCourse } | undefined> {
  await checkApart(sourceDir, contentDir, problems);
  const source = await readSourceFolder(sourceDir, problems);
  if (problems.errors.length) return undefined;

  const pages: SourcePage[] = [];
  for (const file of source.files.filter((one) => /\.(?:md|markdown)$/i.test(one))) {
    const read = await readSourceText(source, file, problems);
    if (!read) continue;
    const page = splitPage(read.text);
    for (const message of read.changes) {
      page.notes.push({ kind: read.isGuess ? "person" : "change", at: { key: "---", source: 1 }, message });
    }
    pages.push({ ...page, path: file });
  }
  const facts = await readFacts(source);
  const plan = planCourse(pages, facts);
  const planned = plan.modules.flatMap((module) => module.pages);
  if (!planned.length && !problems.errors.length) {
    problems.error(
      "import-empty",
      { file: shownPath(path.resolve(sourceDir)), line: 1, column: 1 },
      "the folder holds no page to import",
      "name the folder of a course: its Markdown files, or the one that holds _config.yml and modules/",
    );
  }
  if (problems.errors.length) return undefined;

  const site = new OldSite(plan.modules, source.files, facts.config);
  const files = new FilePlan();
  keepOldAddresses(planned);
  for (const page of planned) {
    const { draft, notes, data } = page;
    const names = {
      "page.title": data.title,
      "site.title": facts.name,
      "site.data.course.title": facts.name,
      "site.description": facts.course.description,
      "site.data.course.description": facts.course.description,
    };
    takeOutLiquid(draft, { names, addressOf: (name) => site.addressOf(name) }, notes);
    tidy(draft, notes);
    rewriteLinks(page, site, files);
  }

  const settings = await writeSettings(source, facts, plan);
  const beside = await entriesBeside(source, files.copies, settings.text);
  const checked = await mendUntilItBuilds(planned, beside);
  if (checked.errors.length) {
    problems.addAll(checked.errors);
    return undefined;
  }
  const texts = new Map(planned.map((page) => [page.target, textOf(page)]));
  if (settings.text !== undefined) texts.set(SETTINGS_FILE, settings.text);
  const course: ImportedCourse = {
    name: facts.name,
    plan,
    pages: planned,
    texts,
    copies: files.copies,
    notImported: whatIsLeft(source, plan, files.copies),
    settingsNotes: settings.notes,
    warnings: checked.warnings,
  };
  return { source, course };
}

/** Neither folder may hold the other: a second import would read what the first has written. */
async function checkApart(sourceDir: string, contentDir: string, problems: Problems): Promise<void> {
  const real = (dir: string) => fs.realpath(dir).catch(() => path.resolve(dir));
  const [source, content] = [await real(sourceDir), await real(contentDir)];
  if (isInside(source, content) || isInside(content, source)) {
    problems.error(
      "import-overlap",
      { file: shownPath(path.resolve(contentDir)), line: 1, column: 1 },
      "the content folder and the source stand in each other",
      "name a content folder apart from the source: --content DIR",
    );
  }
}

async function readFacts(source: SourceFolder): Promise<CourseFacts> {
  const read = async (file: string) =>
    source.files.includes(file) ? await fs.readFile(path.join(source.dir, file), "utf8") : undefined;
  const courseText = (await read("_data/course.yml")) ?? (await read("_data/course.yaml"));
  const configText = (await read("_config.yml")) ?? (await read("_config.yaml"));
  const course = readCourseData(courseText);
  const config = readConfig(configText, await read("CNAME"));
  const isJekyll =
    courseText !== undefined ||
    source.files.some((file) => /(^|\/)_posts\/[^/]+\.(?:md|markdown)$/i.test(file));
  const folder = slugOf(nameOf(source.dir.split(path.sep).join("/"))).replace(/-/g, " ");
  const name =
    plain(course.title ?? config.title ?? "") || folder.replace(/^./, (first) => first.toUpperCase());
  return { isJekyll, config, course, name: name || "Course" };
}

/** Words without the HTML around them. */
const plain = (html: string) => visibleLine(load(html, null, false).text());

/** Each page answers at the addresses it had, where no other page has one of them. */
function keepOldAddresses(pages: PlannedPage[]): void {
  const taken = new Map<string, PlannedPage>();
  for (const page of pages) {
    const wanted = [...page.data.aliases, ...page.oldAddresses.map((address) => address.replace(/^\/+/, ""))];
    page.data.aliases = [];
    for (const alias of wanted) {
      const address = aliasAddress(alias);
      if (address === undefined || address === "index.html") continue;
      const fault = faultOfAddress(alias, page);
      if (fault) {
        page.notes.push({
          kind: "person",
          at: { key: "aliases", source: 1 },
          message: `the old address \`${withNames(alias.slice(0, 100))}\` cannot be kept: ${fault}`,
        });
        continue;
      }
      const rival = taken.get(address);
      if (rival === page) continue;
      if (rival) {
        page.notes.push({
          kind: "person",
          at: { key: "aliases", source: 1 },
          message: `the old address \`${alias}\` is also that of ${rival.source.path}, to which it leads`,
        });
        continue;
      }
      taken.set(address, page);
      page.data.aliases.push(alias);
    }
  }
}

/** What keeps an old address from being a file, and a page from having it. */
function faultOfAddress(alias: string, { data }: PlannedPage): string | undefined {
  if (/[\p{Cc}\p{Cs}]/u.test(alias)) return "it holds signs that cannot be shown";
  if (alias.split("/").some((part) => Buffer.byteLength(part) > LONGEST_NAME)) return "it is too long";
  const all = data.aliases.reduce((sum, one) => sum + one.length, alias.length);
  return all > MOST_ALIASES ? "the page has too many" : undefined;
}

async function writeSettings(
  source: SourceFolder,
  { isJekyll, config, course, name }: CourseFacts,
  plan: Plan,
): Promise<{ text?: string; notes: string[] }> {
  if (!isJekyll && source.files.includes(SETTINGS_FILE)) {
    return {
      text: (await fs.readFile(path.join(source.dir, SETTINGS_FILE), "utf8")).replace(/\r\n?/g, "\n"),
      notes: [],
    };
  }
  const notes: string[] = [];
  const front = plan.modules.flatMap((module) => module.pages).find((page) => page.target === "index.md");
  const isGuess = !isJekyll && !front;
  if (isGuess) notes.push(`the name \`${name}\` is that of the source folder`);
  const description = plain(course.description ?? "");
  if (course.description && description !== course.description) {
    notes.push(`the description is without its HTML, which was \`${course.description}\``);
  }
  const language = (course.language ?? config.language)?.replace(/_/g, "-");
  const knowsLanguage = settingsSchema.shape.language.safeParse(language).success && language !== undefined;
  if (!knowsLanguage) {
    const what = language
      ? `\`${withNames(language)}\` is no language code`
      : "the course does not say its language";
    notes.push(`${what}; without \`language:\` it is English (en)`);
  }
  const settings = {
    name: isJekyll ? name : (front?.data.title ?? name),
    ...(description && { description }),
    ...(knowsLanguage && { language }),
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key}: ${lineOfYaml(value)}\n`);
  return { text: lines.join(""), notes };
}

/** What stands beside the pages: the settings, and the files to copy, looked into where they lie in the source. */
async function entriesBeside(
  source: SourceFolder,
  copies: ReadonlyMap<string, string>,
  settings: string | undefined,
): Promise<ContentEntry[]> {
  const entries = settings === undefined ? [] : [entryOf(SETTINGS_FILE, Buffer.from(settings))];
  for (const [target, file] of copies) {
    // Of drawings a build wants to know what is in them; of all others, here, only whether they are there.
    const isDrawing = /\.svg$/i.test(target);
    const found = isDrawing ? await lookInto(target, path.join(source.dir, file)) : examine(target, EMPTY);
    entries.push(entryOf(target, found));
  }
  return entries;
}

const EMPTY = new Uint8Array();
/** The content folder of what is in memory: messages name files from there. */
const HERE = ".";
const entryOf = (target: string, found: ContentEntry["found"]): ContentEntry => ({
  path: target,
  file: target,
  found,
});

/** Asks the build what is wrong with the pages, and mends them, until nothing is. All of it in memory. */
async function mendUntilItBuilds(
  pages: PlannedPage[],
  beside: readonly ContentEntry[],
): Promise<{ errors: Problem[]; warnings: Problem[] }> {
  const byFile = new Map(pages.map((page) => [page.target, page]));
  for (let round = 0; ; round++) {
    const texts = pages.map((page) => entryOf(page.target, Buffer.from(textOf(page))));
    const content = makeContent(HERE, [...beside, ...texts]);
    // Pages that are kept back have mistakes too; and what is kept back cannot be linked to.
    const all = await problemsOf(content, { drafts: true });
    const { errors } = all.errors.length ? all : await problemsOf(content, { drafts: false });
    const known = errors.filter((error) => byFile.has(error.file));
    if (!known.length || round > ROUNDS) {
      const named = (problem: Problem) => ({ ...problem, file: problem.file.replace(/^\.\//, "") });
      return { errors: errors.map(named), warnings: all.warnings.map(named) };
    }
    for (const [page, faults] of groupBy(known, (problem) => byFile.get(problem.file)!)) {
      const before = textOf(page);
      if (round < ROUNDS) mendPage(page, faults, frontLines(page));
      if (textOf(page) === before) makePlain(page, faults);
    }
  }
}

/** What is wrong with the site that content makes; the site itself is not kept. */
async function problemsOf(content: Content, options: { drafts: boolean }): Promise<Problems> {
  return (await makeSite(content, { ...options, words: await readWordFiles(), date: new Date(0) })).problems;
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

export const textOf = (page: PlannedPage): string => writeFrontMatter(page.data) + page.draft.text;

/** Lines of the front matter as it will be written. */
export const frontLines = (page: PlannedPage): number => writeFrontMatter(page.data).split("\n").length - 1;

function whatIsLeft(source: SourceFolder, plan: Plan, copies: ReadonlyMap<string, string>): NotImported {
  const copied = new Set(copies.values());
  const left: NotImported = { html: [], markdown: [...plan.leftOut].sort(), unused: [], others: [] };
  const others = new Map<string, number>();
  for (const file of source.files) {
    if (copied.has(file) || /\.(?:md|markdown)$/i.test(file)) continue;
    const isTheme = /(^|\/)_|^(?:css|js|fonts|sass)\//.test(file);
    if (!plan.isJekyll && file === SETTINGS_FILE) continue;
    if (!isTheme && /\.x?html?$/i.test(file)) left.html.push(file);
    else if (!isTheme && isForReaders(file)) left.unused.push(file);
    else {
      const top = file.includes("/") ? `${file.split("/")[0]}/` : file;
      others.set(top, (others.get(top) ?? 0) + 1);
    }
  }
  left.others = [...others];
  return left;
}
