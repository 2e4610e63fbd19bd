/**
 * Courses of any size to measure with, made of the first module that is shipped: its sections again and again, under
 * titles and names of their own, each copy with its pictures and worksheets. Every link leads somewhere, to another
 * module where the copy was divided, and to the module's own page where it led out of the module.
 */
import { promises as fs } from "node:fs";
import path from "node:path";
import { Fault } from "../problems/faults.ts";

/** Sections of a module: where a module is not to hold them all, about as many as the courses that we know have. */
const MODULE_SIZE = 9;

export interface CourseSize {
  sections: number;
  /** Whether all of them stand in one module. */
  isOneModule?: boolean;
}

export interface MadeCourse {
  sections: number;
  modules: number;
  /** Markdown files in all. */
  pages: number;
}

/** Writes a course to a folder, which must not be there yet. */
export async function makeCourse(
  from: string,
  folder: string,
  { sections, isOneModule = false }: CourseSize,
): Promise<MadeCourse> {
  const shipped = await readShipped(from);
  const least = shipped.sections.length;
  if (sections < least) {
    throw new Fault(
      path.resolve(from),
      `its module has ${least} sections, whose links lead to each other`,
      `make courses of ${least} or more`,
    );
  }
  const size = isOneModule ? sections : MODULE_SIZE;
  const modules = Math.ceil(sections / size);
  /** Those that are whole, and so have the callouts of all their worksheets. */
  const copies = Math.floor(sections / shipped.sections.length);
  const moduleOf = (section: number) =>
    `${padded(Math.floor(section / size))}-module-${Math.floor(section / size)}`;
  let pages = 0;

  const write = async (file: string, text: string | Uint8Array) => {
    await fs.mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await fs.writeFile(path.join(folder, file), text);
    if (file.endsWith(".md")) pages++;
  };
  /** Where a shipped page stands in a copy; of sections that the last copy lacks, in the one before. */
  const placeOf = (name: string, copy: number): string => {
    const at = shipped.sections.findIndex((section) => section.name === name);
    if (at < 0) {
      const inCopy = Math.min(copy, copies - 1);
      const number = padded(inCopy * shipped.worksheets.length + Number.parseInt(name, 10));
      return `worksheets/${number}${name.replace(/^\d+(.*)\.md$/, "$1")}-${inCopy}.md`;
    }
    const section = copy * shipped.sections.length + at;
    if (section >= sections) return placeOf(name, copy - 1);
    return `${moduleOf(section)}/${padded(section)}${name.replace(/^\d+(.*)\.md$/, "$1")}-${copy}.md`;
  };
  const isCopied = (name: string) =>
    [...shipped.sections, ...shipped.worksheets].some((page) => page.name === name);
  /** A page's text in a copy: its title and its worksheets with numbers of their own, its links to pages of the copy. */
  const textIn = (text: string, folderOfPage: string, copy: number): string =>
    text
      .replace(/^title: ("?)(.*)\1$/m, `title: $1$2 ${copy}$1`)
      .replace(
        /\bWorksheet #(\d+)/gi,
        (_, number: string) => `Worksheet #${copy * shipped.worksheets.length + Number(number)}`,
      )
      .replace(MODULE_KEY, "")
      .replace(
        /(\]\(|(?:href|from)=")([^)"#\s]*\.md)(#[^)"\s]*)?/g,
        (_, before: string, link: string, anchor = "") => {
          const name = path.posix.basename(link);
          const to = isCopied(name)
            ? placeOf(name, copy) + anchor
            : `${folderOfPage === "worksheets" ? moduleOf(0) : folderOfPage}/index.md`;
          return before + path.posix.relative(folderOfPage, to);
        },
      );

  /** Writes a page, and beside it the pictures that it shows. */
  const writePage = async (file: string, text: string, copy: number) => {
    const folder = path.posix.dirname(file);
    await write(file, textIn(text, folder, copy));
    for (const { name, bytes } of shipped.pictures) {
      if (text.includes(`](${name})`)) await write(`${folder}/${name}`, bytes);
    }
  };

  await write("site.yaml", shipped.settings);
  await write("index.md", "---\ntitle: Many modules\n---\nA course to measure with.\n");
  for (let at = 0; at < sections; at++) {
    const copy = Math.floor(at / shipped.sections.length);
    const { name, text } = shipped.sections[at % shipped.sections.length]!;
    const module = moduleOf(at);
    if (at % size === 0) {
      await writePage(`${module}/index.md`, shipped.landing, copy);
    }
    await writePage(placeOf(name, copy), text, copy);
  }
  for (let copy = 0; copy < copies; copy++) {
    for (const { name, text } of shipped.worksheets) {
      await writePage(placeOf(name, copy), text, copy);
    }
  }
  return { sections, modules, pages };
}

/** In a worksheet's front matter. */
const MODULE_KEY = /^module: *(.*)\n/m;

const padded = (count: number) => String(count).padStart(5, "0");

interface Named {
  name: string;
  text: string;
}

interface Shipped {
  landing: string;
  sections: Named[];
  worksheets: Named[];
  pictures: { name: string; bytes: Uint8Array }[];
  settings: string;
}

/** The first module of a content folder, and its worksheets. */
async function readShipped(content: string): Promise<Shipped> {
  const folders = await fs.readdir(content, { withFileTypes: true });
  const [module] = folders
    .filter((entry) => entry.isDirectory() && entry.name !== "worksheets")
    .map(({ name }) => name)
    .sort() as [string];
  const inModule = path.join(content, module);
  const names = (await fs.readdir(inModule)).sort();
  const read = (folder: string, list: string[]): Promise<Named[]> =>
    Promise.all(
      list.map(async (name) => ({ name, text: await fs.readFile(path.join(folder, name), "utf8") })),
    );
  const isPage = (name: string) => name.endsWith(".md");
  const worksheets = path.join(content, "worksheets");
  const ofModule = ({ text }: Named) => (MODULE_KEY.exec(text)?.[1] ?? module) === module;
  return {
    landing: await fs.readFile(path.join(inModule, "index.md"), "utf8"),
    sections: await read(
      inModule,
      names.filter((name) => isPage(name) && name !== "index.md"),
    ),
    worksheets: (await read(worksheets, (await fs.readdir(worksheets)).filter(isPage).sort())).filter(
      ofModule,
    ),
    pictures: await Promise.all(
      names
        .filter((name) => !isPage(name))
        .map(async (name) => ({ name, bytes: await fs.readFile(path.join(inModule, name)) })),
    ),
    settings: await fs.readFile(path.join(content, "site.yaml"), "utf8"),
  };
}
