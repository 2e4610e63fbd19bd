/** Reading the content folder: which files there are, and their text, with all that is wrong with the bytes. */

import { isUtf8 } from "node:buffer";
import { promises as fs } from "node:fs";
import path from "node:path";
import { count, type Problems } from "../problems/problems.ts";
import { explainSystemError } from "../problems/system-errors.ts";
import { composed } from "../text/addresses.ts";

/** What a page may hold: far above what anyone writes, far below what makes a browser or a build suffer. */
export const LIMITS = {
  /** Bytes of one Markdown file. */
  page: 2_000_000,
  /** Characters of one line. */
  line: 100_000,
  /** Characters that abbreviations, references and named attribute lists may add to one page by being used again. */
  expansion: 500_000,
  /** Attributes of one element. */
  attributes: 100,
} as const;

export const SETTINGS_FILE = "site.yaml";

/** One text file of the content folder. */
export interface Source {
  /** From the content folder, with `/`, composed: `connected-learning/02-mistakes.md`. */
  path: string;
  /** As messages name it: from where the command was run. */
  file: string;
  /** The text, without byte order mark, with `\n` line ends. */
  text: string;
}

export interface ContentFolder {
  /** Absolute path. */
  dir: string;
  /** As messages name it. */
  name: string;
  pages: Source[];
  settings?: Source;
  /** All other files (pictures, documents), from the content folder, with `/`; by their names on the disk. */
  files: string[];
}

export async function readContentFolder(dir: string, problems: Problems): Promise<ContentFolder> {
  const absolute = path.resolve(dir);
  const name = shownPath(absolute);
  const folder: ContentFolder = { dir: absolute, name, pages: [], files: [] };
  const found = await walk(absolute, "", problems).catch((error: NodeJS.ErrnoException) => {
    // Of folders inside, the walk tells itself.
    if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw error;
    problems.error(
      "content-missing",
      { file: name, line: 1, column: 1 },
      "there is no such content folder",
      "name a folder that holds Markdown files: --content DIR",
    );
    return undefined;
  });
  if (!found) return folder;

  for (const relative of found) {
    if (relative === SETTINGS_FILE) {
      const text = await readText(absolute, relative, problems);
      if (text !== undefined) folder.settings = { path: relative, file: shown(absolute, relative), text };
    } else if (/\.(md|markdown)$/i.test(relative)) {
      const text = await readText(absolute, relative, problems);
      if (text !== undefined) {
        folder.pages.push({ path: composed(relative), file: shown(absolute, relative), text });
      }
    } else {
      folder.files.push(relative);
    }
  }
  if (!found.some((relative) => /\.(md|markdown)$/i.test(relative))) {
    problems.error(
      "content-empty",
      { file: name, line: 1, column: 1 },
      "the content folder holds no Markdown file",
      "write a first page, for example index.md with a title between two lines of ---",
    );
  }
  return folder;
}

/** All files below a folder, sorted; what begins with `.` or `_` is the author's own and stays out. */
async function walk(root: string, relative: string, problems: Problems): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await entriesOf(path.join(root, relative))) {
    const { name } = entry;
    if (name === "_posts") reportPosts(shown(root, `${relative}/_posts`), problems);
    if (/^[._]/.test(name) || name === "node_modules") continue;
    const child = relative ? `${relative}/${name}` : name;
    if (!entry.isText) {
      problems.error(
        "name-encoding",
        { file: shown(root, child), line: 1, column: 1 },
        "the name is not UTF-8 text",
        "give it another name, in plain letters",
      );
      continue;
    }
    const kind = entry.isSymbolicLink() ? await linkedKind(root, child, problems) : kindOf(entry);
    if (kind === "folder") {
      files.push(
        ...(await walk(root, child, problems).catch((error) =>
          reportUnreadable(root, child, error, problems),
        )),
      );
    }
    if (kind === "file") files.push(child);
  }
  return files;
}

/** A file or folder that the machine does not give out, or no longer: its author reads it with all else that is wrong. */
function reportUnreadable(root: string, child: string, error: unknown, problems: Problems): string[] {
  const fault = explainSystemError(error);
  if (!fault) throw error;
  problems.error("unreadable-file", { file: shown(root, child), line: 1, column: 1 }, ...fault);
  return [];
}

export interface FolderEntry {
  name: string;
  /** Whether the name is UTF-8; where not, it is shown with escapes (`caf\xe9.md`) and opens nothing. */
  isText: boolean;
  isDirectory(): boolean;
  isFile(): boolean;
  isSymbolicLink(): boolean;
}

/** What is in a folder, sorted. Names are read as bytes: as text, one that is not UTF-8 names no file any more. */
export async function entriesOf(folder: string): Promise<FolderEntry[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true, encoding: "buffer" });
  return entries
    .map((entry) => {
      const isText = isUtf8(entry.name);
      return {
        name: isText ? entry.name.toString() : escapedBytes(entry.name),
        isText,
        isDirectory: () => entry.isDirectory(),
        isFile: () => entry.isFile(),
        isSymbolicLink: () => entry.isSymbolicLink(),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const escapedBytes = (name: Uint8Array): string =>
  Buffer.from(name)
    .toString("latin1")
    .replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`);

function reportPosts(file: string, problems: Problems): void {
  problems.warning(
    "unpublished-file",
    { file, line: 1, column: 1 },
    "the pages in this folder are not published: what begins with _ is left out",
    "bring a Jekyll course in with npm run import -- OLD_COURSE --content DIR, or give the folder another name",
  );
}

const kindOf = (entry: { isDirectory(): boolean; isFile(): boolean }) =>
  entry.isDirectory() ? "folder" : entry.isFile() ? "file" : undefined;

/** A link may stand for a file inside the content folder; anything else could publish what nobody meant to. */
async function linkedKind(root: string, child: string, problems: Problems) {
  const place = { file: shown(root, child), line: 1, column: 1 };
  const target = await fs.realpath(path.join(root, child)).catch(() => undefined);
  if (!target) {
    problems.error(
      "symbolic-link",
      place,
      "the symbolic link leads nowhere",
      "copy the file here, or delete the link",
    );
    return undefined;
  }
  const content = await fs.realpath(root);
  const inside = path.relative(content, target).split(path.sep);
  if (isInside(content, target) && inside.some((name) => /^[._]/.test(name) || name === "node_modules")) {
    problems.error(
      "symbolic-link",
      place,
      "the symbolic link leads to a file that is kept out of the site",
      "copy the file here, or delete the link",
    );
    return undefined;
  }
  if (!isInside(content, target)) {
    problems.error(
      "symbolic-link",
      place,
      "the symbolic link leads out of the content folder",
      "copy the file into the content folder",
    );
    return undefined;
  }
  const stats = await fs.stat(target);
  if (!stats.isDirectory() && !stats.isFile()) {
    problems.error(
      "symbolic-link",
      place,
      "the symbolic link leads to something that is no file",
      "delete the link",
    );
    return undefined;
  }
  if (stats.isDirectory()) {
    problems.error(
      "symbolic-link",
      place,
      "the symbolic link leads to a folder",
      "copy the folder, or link single files",
    );
    return undefined;
  }
  // `plan.txt` → `site.yaml`: under another ending a file would pass for what it is not.
  if (path.extname(target).toLowerCase() !== path.extname(child).toLowerCase()) {
    problems.error(
      "symbolic-link",
      place,
      "the symbolic link leads to a file of another kind",
      "copy the file here, or give the link the ending of what it leads to",
    );
    return undefined;
  }
  return "file";
}

async function readText(root: string, relative: string, problems: Problems): Promise<string | undefined> {
  const file = shown(root, relative);
  const bytes = await fs.readFile(path.join(root, relative)).catch((error) => {
    reportUnreadable(root, relative, error, problems);
  });
  if (!bytes) return undefined;
  if (bytes.length > LIMITS.page) {
    problems.error(
      "file-length",
      { file, line: 1, column: 1 },
      `the file has ${count(bytes.length, "byte")}, more than the ${LIMITS.page.toLocaleString("en-US")} a page may have`,
      "split it into several sections",
    );
    return undefined;
  }
  const text = decode(bytes);
  if (text === undefined) {
    problems.error(
      "file-encoding",
      { file, ...firstBadByte(bytes) },
      "the file is not UTF-8 text",
      isDocument(bytes)
        ? "it is a document of another program: copy its words into a plain text file"
        : "save it again with the encoding UTF-8",
    );
    return undefined;
  }
  const lines = text.split("\n");
  const long = lines.findIndex((line) => line.length > LIMITS.line);
  if (long >= 0) {
    problems.error(
      "line-length",
      { file, line: long + 1, column: LIMITS.line + 1 },
      `the line has ${count(lines[long]!.length, "character")}, more than the ${LIMITS.line.toLocaleString("en-US")} a line may have`,
      "break it into several lines; an empty line begins a new paragraph",
    );
    return undefined;
  }
  return text;
}

/** UTF-8 without its byte order mark, any line end as `\n`; undefined when the bytes are not UTF-8. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text.replace(/\r\n?/g, "\n");
  } catch {
    return undefined;
  }
}

/** A file of Word, old or new, a zip file or a PDF, under another name. */
const isDocument = (bytes: Uint8Array): boolean =>
  ["PK\x03\x04", "\xd0\xcf\x11\xe0", "%PDF"].includes(Buffer.from(bytes.subarray(0, 4)).toString("latin1"));

function firstBadByte(bytes: Uint8Array): { line: number; column: number } {
  // Longest prefix that still decodes, by halving; `stream` keeps a character cut at the end from counting as bad.
  const valid = (length: number) => {
    try {
      return !new TextDecoder("utf-8", { fatal: true })
        .decode(bytes.subarray(0, length), { stream: true })
        .includes("\0");
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (valid(middle)) low = middle;
    else high = middle - 1;
  }
  // Streaming leaves out a character that is cut at the end: it is the bad one.
  const before = new TextDecoder().decode(bytes.subarray(0, low), { stream: true }).split(/\r\n?|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** Whether `child` is `parent` or lies below it; both absolute. */
export function isInside(parent: string, child: string): boolean {
  const relative = path.relative(parent, child);
  return (
    relative === "" ||
    (!relative.startsWith(`..${path.sep}`) && relative !== ".." && !path.isAbsolute(relative))
  );
}

/** A path as the author knows it: from the working directory, with `/`. */
export function shownPath(absolute: string): string {
  return (path.relative(process.cwd(), absolute) || ".").split(path.sep).join("/");
}

const shown = (root: string, relative: string) => shownPath(path.join(root, relative));
