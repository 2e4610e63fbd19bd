/** Looking at what is on the disk: which files there are, and a stamp of each that tells when it was saved again. */
import { type Dirent, promises as fs, type Stats } from "node:fs";
import path from "node:path";

/** By path. */
export type Stamps = Map<string, string>;

/** What editors and git keep beside the files, and what npm put there. */
const IGNORED = /^\.|~$|^#.*#$|^node_modules$/;

/**
 * The stamp of each file and folder at these paths, in the order of their names. It never throws: what cannot be read,
 * or is not there, is seen as that.
 */
export async function lookAt(paths: readonly string[]): Promise<Stamps> {
  const seen = await Promise.all(paths.map((one) => lookAtOne(one)));
  return new Map(seen.flat());
}

/** Whether nothing was saved, added, moved or taken away between two looks. */
export function areAlike(one: Stamps, other: Stamps): boolean {
  if (one.size !== other.size) return false;
  for (const [file, stamp] of one) if (other.get(file) !== stamp) return false;
  return true;
}

/** What of a look lies at or below some of its paths. */
export const seenAt = (stamps: Stamps, paths: readonly string[]): Stamps =>
  new Map(
    [...stamps].filter(([file]) => paths.some((one) => file === one || file.startsWith(one + path.sep))),
  );

/** `entry` is what the folder around it says of it. */
async function lookAtOne(file: string, entry?: Dirent): Promise<[file: string, stamp: string][]> {
  try {
    const stats = await fs.stat(file);
    if (!stats.isDirectory()) return [[file, `${stampOf(stats)} ${stats.size} ${stats.mtimeMs}`]];
    // A link's target counts as saved when it is; folders behind links are no part of the content.
    if (entry?.isSymbolicLink()) return [[file, "link"]];
    const entries = (await fs.readdir(file, { withFileTypes: true })).filter(
      ({ name }) => !IGNORED.test(name),
    );
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const inside = await Promise.all(entries.map((one) => lookAtOne(path.join(file, one.name), one)));
    return [[file, `${FOLDER}${stampOf(stats)}`], ...inside.flat()];
  } catch (error) {
    return [[file, `${(error as NodeJS.ErrnoException).code}`]];
  }
}

const FOLDER = "folder ";
export const isFolder = (stamp: string): boolean => stamp.startsWith(FOLDER);

/** An editor that saves by renaming keeps size and even time; a file made readable changes its mode only. */
const stampOf = ({ ino, mode }: Stats) => `${ino} ${mode}`;
