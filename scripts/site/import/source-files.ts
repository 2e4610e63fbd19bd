/** Reading the course to import: which files there are, and the text of a page whatever it was saved with. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { entriesOf } from "../content/read.ts";
import { LIMITS } from "../content/source.ts";
import { count, type Problems } from "../problems/problems.ts";
import { isInside, shownPath } from "../text/paths.ts";

export interface SourceFolder {
  /** Absolute path. */
  dir: string;
  /** All files, from the folder, with `/`, sorted; nothing that begins with a dot. */
  files: string[];
}

export async function readSourceFolder(dir: string, problems: Problems): Promise<SourceFolder> {
  const absolute = path.resolve(dir);
  const stats = await fs.stat(absolute).catch(() => undefined);
  if (!stats?.isDirectory()) {
    problems.error(
      "import-source",
      { file: shownPath(absolute), line: 1, column: 1 },
      stats ? "the source is a file, not a folder" : "there is no such folder",
      "name the folder that holds the course",
    );
    return { dir: absolute, files: [] };
  }
  const root = await fs.realpath(absolute);
  return { dir: root, files: await walk(root, "", absolute, problems) };
}

async function walk(root: string, relative: string, shown: string, problems: Problems): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await entriesOf(path.join(root, relative))) {
    if (entry.name.startsWith(".") || entry.name === "node_modules" || entry.name === "_site") continue;
    const child = relative ? `${relative}/${entry.name}` : entry.name;
    if (!entry.isText) {
      problems.error(
        "name-encoding",
        { file: shownPath(path.join(shown, child)), line: 1, column: 1 },
        "the name is not UTF-8 text",
        "give it another name, in plain letters",
      );
      continue;
    }
    if (entry.isDirectory()) files.push(...(await walk(root, child, shown, problems)));
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isOwnFile(root, child, shown, problems)))) {
      files.push(child);
    }
  }
  return files;
}

/** A link may stand for a file of the course; what lies elsewhere is not the course's to give away. */
async function isOwnFile(root: string, child: string, shown: string, problems: Problems): Promise<boolean> {
  const place = { file: shownPath(path.join(shown, child)), line: 1, column: 1 };
  const target = await fs.realpath(path.join(root, child)).catch(() => undefined);
  if (!target) {
    problems.error("symbolic-link", place, "the symbolic link leads nowhere", "delete the link");
  } else if (!isInside(root, target)) {
    problems.error(
      "symbolic-link",
      place,
      "the symbolic link leads out of the course",
      "copy what it leads to, or delete it",
    );
  } else if ((await fs.stat(target)).isDirectory()) {
    problems.error(
      "symbolic-link",
      place,
      "the symbolic link leads to a folder",
      "copy the folder, or delete the link",
    );
  } else {
    return true;
  }
  return false;
}

export interface SourceText {
  /** Without byte order mark, with `\n` line ends. */
  text: string;
  /** What of the bytes is no longer as it was, as the report says it. */
  changes: string[];
  /** Whether the encoding was guessed. */
  isGuess: boolean;
}

/** The text of a Markdown file; undefined where it cannot be a page, and the problems say why. */
export async function readSourceText(
  { dir }: SourceFolder,
  relative: string,
  problems: Problems,
): Promise<SourceText | undefined> {
  const place = { file: shownPath(path.join(dir, relative)), line: 1, column: 1 };
  const { size } = await fs.stat(path.join(dir, relative));
  if (size > LIMITS.page) {
    problems.error(
      "file-length",
      place,
      `the file has ${count(size, "byte")}, more than the ${LIMITS.page.toLocaleString("en-US")} a page may have`,
      "split it into several sections",
    );
    return undefined;
  }
  const decoded = decode(await fs.readFile(path.join(dir, relative)));
  if (!decoded) {
    problems.error(
      "file-encoding",
      place,
      "the file is not text",
      "take it out of the course, or save it again as UTF-8 text",
    );
    return undefined;
  }
  const lines = decoded.text.split("\n");
  const long = lines.findIndex((line) => line.length > LIMITS.line);
  if (long >= 0) {
    problems.error(
      "line-length",
      { ...place, line: long + 1, column: LIMITS.line + 1 },
      `the line has ${count(lines[long]!.length, "character")}, more than the ${LIMITS.line.toLocaleString("en-US")} a line may have`,
      "break it into several lines; an empty line begins a new paragraph",
    );
    return undefined;
  }
  return decoded;
}

function decode(bytes: Uint8Array): SourceText | undefined {
  const changes: string[] = [];
  let isGuess = false;
  let text = decodeAs(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8", bytes);
  if (text !== undefined && bytes[0] === 0xff) changes.push("the encoding was UTF-16 and is now UTF-8");
  if (text === undefined) {
    // What an old Windows editor saves when nobody asks it otherwise.
    text = decodeAs("windows-1252", bytes);
    isGuess = true;
    changes.push("the encoding was not UTF-8; read as Windows-1252, it is now UTF-8");
  }
  if (text === undefined || text.includes("\0")) return undefined;
  if (bytes[0] === 0xef && bytes[1] === 0xbb) changes.push("the byte order mark is gone");
  if (text.includes("\r")) {
    changes.push("the line ends are now LF");
    text = text.replace(/\r\n?/g, "\n");
  }
  return { text, changes, isGuess };
}

function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
