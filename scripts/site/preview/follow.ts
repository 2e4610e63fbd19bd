/**
 * Following what is saved. It is told by looking, again and again, and comparing: a watcher of the system's loses a
 * folder that was moved away and came back, hears nothing on a network drive, and knows nothing of what was saved
 * before it was ready. A look at a course and the program takes some milliseconds.
 */
import { promises as fs, type Stats } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const LOOK_EVERY_MS = 250;
/** Between looks at what is being saved: long enough for a file system to give the next save another time. */
const SETTLE_MS = 60;
/** What never rests is built all the same after so many looks. */
const MOST_LOOKS = 20;

/** What editors and git keep beside the files, and what npm put there. */
const IGNORED = /^\.|~$|^#.*#$|^node_modules$/;

/** Builds, and builds anew whenever `look` sees something else than before the last build; until it is aborted. */
export async function follow(
  look: () => Promise<string>,
  build: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let built: string | undefined;
  while (!signal.aborted) {
    const began = performance.now();
    const seen = await look();
    if (seen !== built) {
      built = built === undefined ? seen : await settled(look, seen);
      await build();
    } else {
      // Where a look is slow, it must not become all that the machine does.
      await pause(Math.max(LOOK_EVERY_MS, 5 * (performance.now() - began)));
    }
  }
}

/** Looks until two looks agree: a checkout of another branch or a pasted folder is built once, when it is all there. */
async function settled(look: () => Promise<string>, first: string): Promise<string> {
  let before = first;
  for (let looks = 1; looks < MOST_LOOKS; looks++) {
    await pause(SETTLE_MS);
    const now = await look();
    if (now === before) break;
    before = now;
  }
  return before;
}

/**
 * What is at each path, in one text that differs when something was saved, added, moved or taken away. It never
 * throws: what cannot be read, or is not there, is seen as that.
 */
export async function lookAt(paths: string[]): Promise<string> {
  const seen = await Promise.all(paths.map((one) => lookAtOne(one, true)));
  return seen.flat().join("\n");
}

async function lookAtOne(file: string, isRoot = false): Promise<string[]> {
  try {
    // A link's target counts as saved when it is; folders behind links are no part of the content.
    const isLink = !isRoot && (await fs.lstat(file)).isSymbolicLink();
    const stats = await fs.stat(file);
    if (!stats.isDirectory()) return [`${file} ${stampOf(stats)} ${stats.size} ${stats.mtimeMs}`];
    if (isLink) return [file];
    const names = (await fs.readdir(file)).filter((name) => !IGNORED.test(name)).sort();
    const inside = await Promise.all(names.map((name) => lookAtOne(path.join(file, name))));
    return [`${file} ${stampOf(stats)}`, ...inside.flat()];
  } catch (error) {
    return [`${file} ${(error as NodeJS.ErrnoException).code}`];
  }
}

/** An editor that saves by renaming keeps size and even time; a file made readable changes its mode only. */
const stampOf = ({ ino, mode }: Stats) => `${ino} ${mode}`;
