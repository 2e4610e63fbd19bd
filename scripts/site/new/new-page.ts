/**
 * A new section, module or worksheet: a file that passes `check`, with the next number. Where a number has to be made
 * room for, the later files are renamed; their addresses stay, for numbers are not in them.
 */

import { promises as fs } from "node:fs";
import path from "node:path";
import { readContent } from "../content/read.ts";
import { defaultSettings } from "../content/settings.ts";
import type { Content } from "../content/source.ts";
import { codeOf } from "../content/yaml-values.ts";
import { lineOfYaml } from "../content/yaml-write.ts";
import { buildCourse } from "../model/build-course.ts";
import { WORKSHEETS } from "../model/generated-pages.ts";
import { byOrder } from "../model/reading-order.ts";
import { readTitle } from "../model/worksheets.ts";
import { nearest, Problems } from "../problems/problems.ts";
import { nameOf, orderOf, slugOf } from "../text/addresses.ts";
import { fileSlug } from "../text/file-names.ts";
import { readWordFiles, wordsOf } from "../words/words.ts";

export interface NewPage {
  kind: "section" | "module" | "worksheet";
  title: string;
  /** The module's folder, with or without its number. For sections, and for worksheets of one of several modules. */
  module?: string | undefined;
  /** The slug of the section that the new one follows; at the end without it. */
  after?: string | undefined;
}

export interface Plan {
  /** From the content folder. */
  file: string;
  text: string;
  renames: { from: string; to: string }[];
}

/** What is wrong with a request, said for the person who made it. */
export class RequestError extends Error {}

/** What is to be written and renamed; nothing is done yet. */
export async function planNewPage(content: string, request: NewPage): Promise<Plan> {
  refuseHidden(request.title);
  const slug = fileSlug(request.title);
  if (!slug) throw new RequestError("the title gives no address: it has no letter or digit");
  const folders = (await fs.readdir(content, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && !/^[._]/.test(entry.name))
    .map((entry) => entry.name);
  const modules = folders.filter((folder) => slugOf(folder) !== WORKSHEETS);
  const plan =
    request.kind === "module"
      ? planModule(request.title, slug, folders)
      : request.kind === "worksheet"
        ? await planWorksheet(content, request, slug, folders, modules)
        : await planSection(content, request, slug, modules);
  await refuseFaulty(content, plan);
  return plan;
}

/** A title is one line of signs that can be seen. */
function refuseHidden(title: string): void {
  if (/[\n\r\u2028\u2029]/.test(title))
    throw new RequestError("the title holds a line break; write it in one line");
  const [hidden] = /[\p{Cc}\p{Cs}]/u.exec(title) ?? [];
  if (hidden) throw new RequestError(`the title holds the sign ${codeOf(hidden)}; leave it out`);
}

/** The last word is that of the very code that will check the page. */
async function refuseFaulty(content: string, plan: Plan): Promise<void> {
  const now = await readContent(content);
  const file = `${now.name}/${plan.file}`;
  const renamed = new Map(plan.renames.map(({ from, to }) => [from, to]));
  const then: Content = {
    ...now,
    pages: [
      ...now.pages.map((page) => ({ ...page, path: renamed.get(page.path) ?? page.path })),
      { path: plan.file, file, text: plan.text },
    ],
  };
  const problems = new Problems();
  const words = wordsOf(await readWordFiles(), problems);
  buildCourse(then, defaultSettings(), words, { drafts: true }, problems);
  const fault = problems.errors.find(
    (error) => file === error.file || file.startsWith(`${error.file}/`) || error.message.includes(file),
  );
  if (fault) throw new RequestError(`${fault.message}; ${fault.cure}`);
}

function planModule(title: string, slug: string, folders: string[]): Plan {
  const taken = folders.find((folder) => slugOf(folder) === slug);
  if (taken) throw new RequestError(`there is a folder ${taken} already`);
  if (slug === WORKSHEETS) {
    throw new RequestError(`the folder ${slug} is for worksheets; give the module another title`);
  }
  const numbered = folders.filter((folder) => orderOf(folder) !== undefined);
  // `3-spheres` alone would lose its number: it needs one before it.
  const number = numbered.length || slugOf(slug) !== slug ? `${pad(highest(numbered) + 1)}-` : "";
  return {
    file: `${number}${slug}/index.md`,
    text: page(
      title,
      [["description", "One or two sentences on what this module is about."]],
      "What the reader will be able to do after this module.\n",
    ),
    renames: [],
  };
}

async function planWorksheet(
  content: string,
  request: NewPage,
  slug: string,
  folders: string[],
  modules: string[],
): Promise<Plan> {
  const folder = folders.find((name) => slugOf(name) === WORKSHEETS) ?? WORKSHEETS;
  const files = await pagesOf(path.join(content, folder));
  refuseTaken(files, slug, folder);
  const module = request.module === undefined ? undefined : moduleNamed(request.module, modules);
  const number = highest(files) + 1;
  const title =
    readTitle(request.title).number === undefined ? `Worksheet #${number}: ${request.title}` : request.title;
  const body =
    '## Purpose\n\nWhat this worksheet is for.\n\n## Prompts\n\nThe first question to answer.\n{: .answer #first rows="5"}\n\n## How to use the result\n\nWhat to do with the answers.\n';
  return {
    file: `${folder}/${pad(number)}-${slug}.md`,
    text: page(title, [["do", 10], ...(module ? ([["module", slugOf(module)]] as const) : [])], body),
    renames: [],
  };
}

async function planSection(
  content: string,
  request: NewPage,
  slug: string,
  modules: string[],
): Promise<Plan> {
  if (request.module === undefined) {
    throw new RequestError(
      `name the section's module: --module ${modules.map(slugOf).join(" or --module ") || "NAME"}`,
    );
  }
  const folder = moduleNamed(request.module, modules);
  const files = (await pagesOf(path.join(content, folder))).sort(byOrder);
  refuseTaken(files, slug, folder);
  const { number, renames } = room(files, request.after);
  return {
    file: `${folder}/${pad(number)}-${slug}.md`,
    text: page(
      request.title,
      [["do", 5]],
      "What this section is about, in a sentence or two.\n\n## A first heading\n\nThe text.\n",
    ),
    renames: renames.map(({ from, to }) => ({ from: `${folder}/${from}`, to: `${folder}/${to}` })),
  };
}

/** The number for a page after another, and the renames that free it. The last renames come first. */
function room(files: string[], after: string | undefined): { number: number; renames: Plan["renames"] } {
  const numbered = files.filter((file) => numberOf(file) !== undefined);
  if (after === undefined) return { number: highest(numbered) + 1, renames: [] };
  const slugs = files.map((file) => slugOf(stem(file)));
  const index = slugs.indexOf(slugOf(after));
  if (index < 0) {
    const meant = nearest(after, slugs);
    throw new RequestError(
      `there is no section ${after} in this module${meant ? `; did you mean ${meant}?` : ""}`,
    );
  }
  const before = numberOf(files[index]!);
  if (before === undefined)
    throw new RequestError(`the file ${files[index]} has no number that a new one could follow`);
  const number = before + 1;
  const renames: Plan["renames"] = [];
  let next = number;
  for (const file of numbered.filter((one) => numberOf(one)! >= number)) {
    if (numberOf(file)! > next) break;
    next = numberOf(file)! + 1;
    renames.unshift({
      from: file,
      to: file.replace(/^\d+/, (digits) => String(next).padStart(digits.length, "0")),
    });
  }
  return { number, renames };
}

/** Writes, then renames; where a rename fails, nothing has happened. A file that is there is never written over. */
export async function carryOut(content: string, plan: Plan): Promise<void> {
  const file = path.join(content, plan.file);
  const made = await fs.mkdir(path.dirname(file), { recursive: true });
  const undo = [async () => made && fs.rmdir(made)];
  try {
    await fs.writeFile(file, plan.text, { flag: "wx" });
    undo.unshift(async () => fs.rm(file));
    for (const rename of plan.renames) {
      const [from, to] = [path.join(content, rename.from), path.join(content, rename.to)];
      if (await fs.stat(to).catch(() => undefined))
        throw new RequestError(`there is a file ${rename.to} already`);
      await fs.rename(from, to);
      undo.unshift(async () => fs.rename(to, from));
    }
  } catch (error) {
    for (const step of undo) await step();
    throw error;
  }
}

async function pagesOf(folder: string): Promise<string[]> {
  const names = await fs.readdir(folder).catch(() => [] as string[]);
  return names.filter(
    (name) => /\.md$/i.test(name) && !/^[._]/.test(name) && stem(name).toLowerCase() !== "index",
  );
}

function moduleNamed(name: string, modules: string[]): string {
  const found = modules.find((folder) => folder === name || slugOf(folder) === slugOf(name));
  if (found) return found;
  const meant = nearest(slugOf(name), modules.map(slugOf));
  throw new RequestError(
    `there is no module ${name}${meant ? `; did you mean ${meant}?` : modules.length ? `; there are ${modules.map(slugOf).join(", ")}` : ""}`,
  );
}

function refuseTaken(files: string[], slug: string, folder: string): void {
  const taken = files.find((file) => slugOf(stem(file)) === slug);
  if (taken) throw new RequestError(`there is a page ${folder}/${taken} already, with the same address`);
}

const stem = (file: string) => nameOf(file).replace(/\.[^.]+$/, "");
const pad = (number: number) => String(number).padStart(2, "0");

/** The number before a name; a date is none. */
function numberOf(name: string): number | undefined {
  const order = orderOf(name);
  return order === undefined || order.includes("-") ? undefined : Number(order);
}

const highest = (names: string[]) => names.reduce((most, name) => Math.max(most, numberOf(name) ?? 0), 0);

function page(title: string, keys: readonly (readonly [string, string | number])[], body: string): string {
  const front = [
    `title: ${lineOfYaml(title)}`,
    ...keys.map(([key, value]) => `${key}: ${typeof value === "string" ? lineOfYaml(value) : value}`),
  ];
  return `---\n${front.join("\n")}\n---\n${body}`;
}
