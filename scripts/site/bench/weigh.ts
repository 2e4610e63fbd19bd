/** What a made course's site weighs. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { median } from "./median.ts";

export interface Weight {
  /** Of the HTML of a section's page: the median, in bytes. */
  page: number;
  /** The same as a server sends it. */
  pageGzipped: number;
  /** All files of the site. */
  site: number;
}

/** A section of a made course: not a landing page, nor a page that the site adds. */
const SECTION = /^module-\d+\/(?!index\.)[^/]+\.html$/;

export async function weigh(folder: string): Promise<Weight> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const pages: number[] = [];
  const gzipped: number[] = [];
  let site = 0;
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    site += (await fs.stat(file)).size;
    if (!SECTION.test(path.relative(folder, file).split(path.sep).join("/"))) continue;
    const html = await fs.readFile(file);
    pages.push(html.length);
    gzipped.push(gzipSync(html).length);
  }
  return { page: median(pages), pageGzipped: median(gzipped), site };
}
