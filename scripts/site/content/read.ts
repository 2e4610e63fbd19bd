/**
 * Reading the content folder, once: which files there are, the text of pages and settings, and a look into every file
 * that may be published. In goes a path, out comes `Content`.
 */
import { isUtf8 } from "node:buffer";
import { promises as fs } from "node:fs";
import path from "node:path";
import { Problems } from "../problems/problems.ts";
import { explainSystemError } from "../problems/system-errors.ts";
import { isInside, shownPath } from "../text/paths.ts";
import { type ContentFile, fileKind, lookInto } from "./files.ts";
import { type Content, type ContentEntry, isText, makeContent } from "./source.ts";

/** Files that are read at the same time. */
const AT_ONCE = 8;

/** How one file is read. */
export type ReadEntry = (root: string, relative: string, problems: Problems) => Promise<ContentEntry>;

/** The content of a folder; `read` reads each of its files. */
export async function readContent(dir: string, read: ReadEntry = readEntry): Promise<Content> {
  const root = path.resolve(dir);
  const name = shownPath(root);
  const problems = new Problems();
  const found = await walk(root, "", problems).catch((error: NodeJS.ErrnoException) => {
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
  if (!found) return { name, pages: [], files: new Map(), problems: problems.list };
  const entries = await inTurns(found, (relative) => read(root, relative, problems));
  return makeContent(name, entries, problems.list);
}

export const readEntry: ReadEntry = async (root, relative, problems) => {
  const look = isText(relative) ? readBytes : lookIntoFile;
  return { path: relative, file: shown(root, relative), found: await look(root, relative, problems) };
};

/** All results in the order of the items, of which so many are worked on at a time. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  // Each worker takes the next item from the one iterator.
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  });
  await Promise.all(workers);
  return results;
}

async function readBytes(
  root: string,
  relative: string,
  problems: Problems,
): Promise<Uint8Array | undefined> {
  try {
    return await fs.readFile(path.join(root, relative));
  } catch (error) {
    reportUnreadable(root, relative, error, problems);
    return undefined;
  }
}

/** One that the machine does not give out is known all the same: a page that uses it hears of it. */
async function lookIntoFile(root: string, relative: string): Promise<ContentFile> {
  const from = path.join(root, relative);
  try {
    return await lookInto(relative, from);
  } catch (error) {
    const [what, cure] = explainSystemError(error) ?? [];
    if (!what) throw error;
    return { kind: fileKind(relative), size: 0, from, fault: `${UNREAD}${what}`, cure: cure! };
  }
}

const UNREAD = "cannot be read: ";

/** Whether the machine gave an entry out: where it did not, it may the next time. */
export const wasRead = ({ found }: ContentEntry): boolean =>
  found instanceof Uint8Array || (found !== undefined && !found.fault?.startsWith(UNREAD));

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

const shown = (root: string, relative: string) => shownPath(path.join(root, relative));
