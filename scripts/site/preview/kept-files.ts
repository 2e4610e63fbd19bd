/** The files of a preview's content, kept from one save to the next: only those are read again that have been saved. */

import path from "node:path";
import { type ReadEntry, readContent, readEntry, wasRead } from "../content/read.ts";
import type { Content, ContentEntry } from "../content/source.ts";
import type { Stamps } from "./look.ts";

interface Kept {
  /** Undefined where nobody looks: at what editors keep beside the files. */
  stamp: string | undefined;
  entry: ContentEntry;
}

export class KeptFiles {
  #kept = new Map<string, Kept>();

  /** The content of a folder, which was looked at before: what is saved in between has another stamp at the next look. */
  async read(dir: string, stamps: Stamps): Promise<Content> {
    const kept = new Map<string, Kept>();
    const read: ReadEntry = async (root, relative, problems) => {
      const file = path.join(root, relative);
      const stamp = stamps.get(file);
      const before = this.#kept.get(file);
      const entry =
        before && stamp !== undefined && before.stamp === stamp
          ? before.entry
          : sameOrNew(before?.entry, await readEntry(root, relative, problems));
      // What could not be read is tried again every time, and so told every time.
      if (wasRead(entry)) kept.set(file, { stamp, entry });
      return entry;
    };
    const content = await readContent(dir, read);
    this.#kept = kept;
    return content;
  }
}

/** A text that was saved as it was before is the same one; so is a file that nobody looks into. */
function sameOrNew(before: ContentEntry | undefined, now: ContentEntry): ContentEntry {
  if (!before?.found || !now.found) return now;
  const isSame =
    before.found instanceof Uint8Array
      ? now.found instanceof Uint8Array && Buffer.compare(before.found, now.found) === 0
      : !(now.found instanceof Uint8Array) && now.found.kind === undefined && before.found.kind === undefined;
  return isSame ? before : now;
}
