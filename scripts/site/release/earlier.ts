/**
 * The files of an earlier release that a new one brings along. A reader may have a page of it open while the new one is
 * copied over it; what that page asks for later, such as the script of search, has a name made of what is in it, and
 * would be gone. One release is kept: a page stays open for hours, not for months.
 */
import { promises as fs } from "node:fs";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { filesInMarker, MARKER } from "../output/publish.ts";
import { Fault } from "../problems/faults.ts";
import { isHashed } from "./hosting/model.ts";

/**
 * What of the site in an archive is to stand beside the files of the new site: by name. Nothing where there is no
 * archive. Throws a Fault where the archive is damaged.
 */
export async function earlierFiles(
  archive: string,
  files: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const bytes = await fs.readFile(archive).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return bytes ? keptOf(readArchive(archive, bytes), new Set(files.filter(isHashed))) : new Map();
}

function readArchive(archive: string, bytes: Uint8Array): Record<string, Uint8Array<ArrayBuffer>> {
  try {
    return unzipSync(bytes, { filter: ({ name }) => name === MARKER || isHashed(name) });
  } catch {
    throw new Fault(
      path.resolve(archive),
      "the earlier release is no ZIP that can be read",
      "delete it; readers who have a page of it open may have to load it again",
    );
  }
}

/** Of the earlier site's own files. Released again, a site keeps what it kept: the archive is the same each time. */
function keptOf(
  { [MARKER]: marker, ...all }: Record<string, Uint8Array<ArrayBuffer>>,
  files: ReadonlySet<string>,
): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const listed = new Set(marker ? filesInMarker(strFromU8(marker)) : Object.keys(all));
  const own = Object.keys(all).filter((name) => listed.has(name));
  const isSame = own.length === files.size && own.every((name) => files.has(name));
  const kept = Object.entries(all).filter(([name]) => listed.has(name) !== isSame && !files.has(name));
  return new Map(kept);
}
