/**
 * The content of a site as a plain value: the text of its pages and settings, what was found in its other files, and
 * what is wrong with their bytes. Made of bytes, whether a folder holds them (read.ts) or memory does; nothing after
 * it looks at a disk.
 */
import { foundOnce } from "../problems/found-once.ts";
import { count, type Problem, Problems } from "../problems/problems.ts";
import { composed } from "../text/addresses.ts";
import type { ContentFile } from "./files.ts";

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

/** One text file of the content. */
export interface Source {
  /** From the content folder, with `/`, composed: `connected-learning/02-mistakes.md`. */
  path: string;
  /** As messages name it: from where the command was run. */
  file: string;
  /** The text, without byte order mark, with `\n` line ends. */
  text: string;
}

export interface Content {
  /** The content folder as messages name it. */
  name: string;
  pages: Source[];
  settings?: Source;
  /** All other files (pictures, documents), from the content folder, with `/`; by their names on the disk. */
  files: Map<string, ContentFile>;
  /** What is wrong with the files themselves. */
  problems: Problem[];
}

/** A file to make content of. */
export interface ContentEntry {
  /** From the content folder, with `/`, as it is on the disk. */
  path: string;
  /** As messages name it. */
  file: string;
  /** Of a page and of the settings the bytes, of any other file what was found in it; undefined where it cannot be read. */
  found: Uint8Array | ContentFile | undefined;
}

const isPage = (path: string): boolean => /\.(?:md|markdown)$/i.test(path);

/** Whether content is made of a file's text. */
export const isText = (path: string): boolean => isPage(path) || path === SETTINGS_FILE;

/** `known` are the problems of finding the files. */
export function makeContent(
  name: string,
  entries: readonly ContentEntry[],
  known: readonly Problem[] = [],
): Content {
  const problems = new Problems(known);
  const content: Content = { name, pages: [], files: new Map(), problems: problems.list };
  for (const entry of entries) {
    const { path, found } = entry;
    if (found instanceof Uint8Array) {
      const source = sourceOf(entry, problems);
      if (!source) continue;
      if (path === SETTINGS_FILE) content.settings = source;
      else content.pages.push(source);
    } else if (found) {
      content.files.set(path, found);
    }
  }
  if (!entries.some(({ path }) => isPage(path))) {
    problems.error(
      "content-empty",
      { file: name, line: 1, column: 1 },
      "the content folder holds no Markdown file",
      "write a first page, for example index.md with a title between two lines of ---",
    );
  }
  return content;
}

/** The text of an entry: the same value for the same entry. */
const sourceOf = foundOnce(({ path, file, found }: ContentEntry, problems: Problems): Source | undefined => {
  const bytes = found as Uint8Array;
  const text = readText(bytes, file, problems);
  if (text === undefined) return undefined;
  return path === SETTINGS_FILE ? { path, file, text } : pageOf(composed(path), file, bytes);
});

/**
 * A page whose text is kept as it was read: as a string it would take up to twice the room, for as long as a build
 * lasts. `bytes` are known to be text.
 */
const pageOf = (path: string, file: string, bytes: Uint8Array): Source => ({
  path,
  file,
  get text() {
    return decode(bytes)!;
  },
});

function readText(bytes: Uint8Array, file: string, problems: Problems): string | undefined {
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
