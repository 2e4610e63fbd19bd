/**
 * What a release of the site is made of, as a browser that keeps it for use without a network reads it: a line a file,
 * with its hash, its bytes and its address as it stands in a URL. Empty lines part those that a browser keeps by itself,
 * those that it keeps when a reader opens them or asks for all, and folders of a large course, whose files have lists
 * of their own.
 *
 *   2f0c5a1b9d3e4f60 11242 index.html
 *   91d0e4c7a2b35f18 17200 basics/interests.html
 *
 *   5b7d9f0a1c2e3d48 31457280 basics/tour.mp4
 *
 *   c4e8a1f06b2d9375 940120 more/ 32397400
 */

/** Beside the front page: what it answers for is the folder that it is in. */
export const WORKER = "sw.js";

/** The list with this hash; a release is known by the hash of its list. */
export const listAddress = (hash: string): string => `assets/offline/${hash}.txt`;

/** The first line of the worker says which release it brings. */
export const releaseLine = (hash: string): string => `// release ${hash}`;

/** Undefined of a worker that brings none, because the site is no longer to be kept. */
export const releaseIn = (worker: string): string | undefined =>
  /^\/\/ release ([0-9a-f]{16})$/m.exec(worker)?.[1];

/**
 * Bytes, before a server packs them, that a browser fetches of its own accord: of a course that has more text, the
 * pages that all modules share and the modules that a reader opens, each up to as many.
 */
export const MOST_BY_ITSELF = 5_000_000;

export interface ReleaseFile {
  /** The first 16 digits of its SHA-256. */
  hash: string;
  bytes: number;
  /** As it stands in a URL, from the front page on. */
  url: string;
}

export interface Folder {
  /** Of its list. */
  hash: string;
  /** Of the files that are kept by themselves. */
  bytes: number;
  /** As in `basics/`. */
  name: string;
  /** The bytes of all files. */
  all: number;
}

export interface ReleaseList {
  byItself: ReleaseFile[];
  whenAsked: ReleaseFile[];
  folders: Folder[];
}

/** The folder that an address belongs to; "" for what all modules share. A form belongs to its page's folder. */
export const folderOfFile = (address: string): string =>
  /^(?:assets\/worksheets\/)?(?!assets\/)([^/]*\/)/.exec(address)?.[1] ?? "";

export function writeList({ byItself, whenAsked, folders }: ReleaseList): string {
  const lines = (list: (string | number)[][]) => list.map((words) => `${words.join(" ")}\n`).join("");
  const files = (list: ReleaseFile[]) => lines(list.map(({ hash, bytes, url }) => [hash, bytes, url]));
  const lists = lines(folders.map(({ hash, bytes, name, all }) => [hash, bytes, encodeURI(name), all]));
  return `${files(byItself)}\n${files(whenAsked)}\n${lists}`;
}

export function readList(text: string): ReleaseList {
  const [byItself = [], whenAsked = [], folders = []] = text.split(/^\n/m).map((part) =>
    part
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split(" ") as [string, ...string[]]),
  );
  const file = ([hash, bytes, url]: [string, ...string[]]) => ({ hash, bytes: Number(bytes), url: url! });
  return {
    byItself: byItself.map(file),
    whenAsked: whenAsked.map(file),
    folders: folders.map(([hash, bytes, name, all]) => ({
      hash,
      bytes: Number(bytes),
      name: decodeURI(name!),
      all: Number(all),
    })),
  };
}

export const bytesOf = (files: readonly { bytes: number }[]): number =>
  files.reduce((sum, { bytes }) => sum + bytes, 0);
