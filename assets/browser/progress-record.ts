/** Which sections a reader has read, and where they go on, as this browser keeps it. */
import { keep, recall } from "./site-storage.ts";

export interface Progress {
  version: 1;
  /** Addresses of sections, in the order in which they were read. */
  read: string[];
  /** The section that was opened last; where that has been read, what comes after it. */
  last?: { address: string; title: string };
}

/** Under which name it is kept. */
export const PROGRESS = "progress";
const VERSION = 1;

const nothing = (): Progress => ({ version: VERSION, read: [] });

/** What cannot be read is a fresh start; so is what a newer release has kept, and that is left alone. */
export function readProgress(): Progress {
  const kept = recall(PROGRESS);
  return isOurs(kept) ? kept : nothing();
}

export function keepProgress(progress: Progress): void {
  if (!isNewer(recall(PROGRESS))) keep(PROGRESS, progress);
}

export function forgetProgress(): void {
  keepProgress(nothing());
  location.reload();
}

const isNewer = (kept: unknown): boolean => Number(Object(kept).version) > VERSION;

function isOurs(kept: unknown): kept is Progress {
  const { version, read, last } = Object(kept) as Record<keyof Progress, unknown>;
  const { address, title } = Object(last ?? { address: "", title: "" }) as Record<string, unknown>;
  return (
    version === VERSION &&
    Array.isArray(read) &&
    [...read, address, title].every((one) => typeof one === "string")
  );
}
