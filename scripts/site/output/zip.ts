/** ZIPs with the same bytes wherever and whenever they are made: entries in the order of their names, one time for all. */
import { open } from "node:fs/promises";
import path from "node:path";
import { crc32 } from "node:zlib";
import { deflateSync, Zip, type ZipInputFile } from "fflate";
import { Fault } from "../problems/faults.ts";

/** A file of a ZIP: its name, with `/`, and what reads its bytes when their turn comes. */
export type ZipEntry = readonly [name: string, read: () => Promise<ZipBytes> | ZipBytes];

type ZipBytes = Uint8Array<ArrayBuffer>;

/**
 * As ZIPs number it. Sizes stand behind each file, and programs that read a ZIP from its beginning understand that of
 * deflated files only; so all are, what is packed already in blocks that are copied as they are.
 */
const DEFLATED = 8;
const COPIED = 0;
const SMALLEST = 9;

const PACKED =
  /\.(?:aac|avif|docx|flac|gif|jpe?g|m4[av]|mov|mp[34]|odt|og[agv]|opus|png|pptx|web[mp]|xlsx|zip)$/i;

/** What the numbers in a ZIP without extensions hold, which some course systems do not read. */
const MOST_ENTRIES = 65_535;
const MOST_BYTES = 2 ** 32 - 1;

/** Writes a ZIP. Throws a Fault where there is more than a ZIP holds. */
export async function writeZip(file: string, entries: Iterable<ZipEntry>, date: Date): Promise<void> {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  if (sorted.length > MOST_ENTRIES) throw tooMuch(file);
  const mtime = zipTime(date);
  const handle = await open(file, "w");
  try {
    let chunks: Uint8Array[] = [];
    let written = 0;
    const zip = new Zip((error, chunk) => {
      if (error) throw error;
      chunks.push(chunk);
    });
    const flush = async () => {
      const bytes = Buffer.concat(chunks);
      chunks = [];
      written += bytes.length;
      if (written > MOST_BYTES) throw tooMuch(file);
      await handle.writeFile(bytes);
    };
    for (const [filename, read] of sorted) {
      const bytes = await read();
      const entry: ZipInputFile = {
        filename,
        size: bytes.length,
        crc: crc32(bytes),
        compression: DEFLATED,
        mtime,
      };
      zip.add(entry);
      entry.ondata!(null, deflateSync(bytes, { level: PACKED.test(filename) ? COPIED : SMALLEST }), true);
      await flush();
    }
    zip.end();
    await flush();
  } finally {
    await handle.close();
  }
}

const tooMuch = (file: string): Fault =>
  new Fault(
    path.resolve(file),
    "the site is more than a ZIP holds (65,535 files, 4 GB)",
    "put films on another host and link to them, or copy what npm run build writes",
  );

/** A ZIP's time has no zone and begins in 1980; written as UTC, it is the same wherever a site is built. */
export function zipTime(date: Date): Date {
  const local = new Date(date.getTime() + date.getTimezoneOffset() * 60_000);
  return local.getFullYear() < 1980 ? new Date(1980, 0, 1) : local;
}
