/**
 * Following what is saved. It is told by looking, again and again, and comparing: a watcher of the system's loses a
 * folder that was moved away and came back, hears nothing on a network drive, and knows nothing of what was saved
 * before it was ready. Where there is a watcher all the same, what it hears is a hint to look at once.
 */
import { type FSWatcher, watch } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { areAlike, isFolder, type Stamps } from "./look.ts";

const LOOK_EVERY_MS = 250;
/** Between looks at what is being saved: long enough for a file system to give the next save another time. */
const SETTLE_MS = 40;
/** What never rests is built all the same after so many looks. */
const MOST_LOOKS = 25;
/** What the machine did not give out, it may the next time; each time is twice as late as the one before. */
const TRY_AGAIN_MS = { first: 500, last: 30_000 };
/** Folders to watch: a system has so many watchers for all programs together. */
const MOST_WATCHED = 1_000;
/**
 * Where one watcher sees all that is below a folder. On Windows one in each folder would keep the folders around it
 * from being renamed.
 */
const SEES_ALL_BELOW = process.platform === "win32" || process.platform === "darwin";

/**
 * Builds of what was seen, and builds anew whenever `look` sees something else than before the last build, or when that
 * build asks for another; until it is aborted.
 */
export async function follow(
  look: () => Promise<Stamps>,
  // biome-ignore lint/suspicious/noConfusingVoidType: most builds have nothing to say
  build: (seen: Stamps) => Promise<"again" | void>,
  signal: AbortSignal,
): Promise<void> {
  const hints = new Hints();
  signal.addEventListener("abort", () => hints.end());
  let built: Stamps | undefined;
  let tries = 0;
  while (!signal.aborted) {
    const began = performance.now();
    const seen = await look();
    if (!built || !areAlike(seen, built)) {
      built = built ? await settled(look, seen) : seen;
      hints.watch(built);
      tries = (await build(built)) === "again" ? tries + 1 : 0;
      if (!tries) continue;
      await hints.next(Math.min(TRY_AGAIN_MS.first * 2 ** (tries - 1), TRY_AGAIN_MS.last));
      built = new Map();
    } else {
      // Where a look is slow, it must not become all that the machine does.
      await hints.next(Math.max(LOOK_EVERY_MS, 5 * (performance.now() - began)));
    }
  }
}

/** Looks until two looks agree: a checkout of another branch or a pasted folder is built once, when it is all there. */
async function settled(look: () => Promise<Stamps>, first: Stamps): Promise<Stamps> {
  let before = first;
  for (let looks = 1; looks < MOST_LOOKS; looks++) {
    await pause(SETTLE_MS);
    const now = await look();
    if (areAlike(now, before)) break;
    before = now;
  }
  return before;
}

/** The system's own watchers, for what they are worth: none of their faults counts. */
class Hints {
  /** By folder and stamp: another folder may have taken the place of one that was moved away. */
  #watchers = new Map<string, FSWatcher>();
  #isHinted = false;
  #wake = () => {};

  /** Watches the folders that were seen, and those only. */
  watch(stamps: Stamps): void {
    const before = this.#watchers;
    this.#watchers = new Map();
    for (const [file, stamp] of stamps) {
      const isSeen = SEES_ALL_BELOW && stamps.has(path.dirname(file));
      if (!isFolder(stamp) || isSeen || this.#watchers.size >= MOST_WATCHED) continue;
      const key = `${file} ${stamp}`;
      const watcher = before.get(key) ?? this.#start(file);
      before.delete(key);
      if (watcher) this.#watchers.set(key, watcher);
    }
    for (const watcher of before.values()) watcher.close();
  }

  /** Waits for a hint that nobody has waited for yet, or so long. */
  async next(ms: number): Promise<void> {
    if (!this.#isHinted) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
    }
    this.#isHinted = false;
  }

  end(): void {
    this.watch(new Map());
    this.#hint();
  }

  #start(folder: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false, recursive: SEES_ALL_BELOW }, () => this.#hint());
      watcher.on("error", () => watcher.close());
      return watcher;
    } catch {
      return undefined;
    }
  }

  #hint(): void {
    this.#isHinted = true;
    this.#wake();
  }
}
