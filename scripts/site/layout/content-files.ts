/** Pictures and documents of the content, copied to where the pages that use them look for them. */
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { isInDownloads } from "../content/files.ts";
import { svgFile } from "../content/svg.ts";
import { fileAddress } from "../text/addresses.ts";
import type { Task } from "./bridge.ts";
import type { EleventyConfig } from "./eleventy.ts";
import type { Site } from "./site.ts";

export function contentFiles(eleventy: EleventyConfig, { site, isWithFiles }: Task): void {
  if (!isWithFiles) return;
  const { course } = site;
  eleventy.on("eleventy.after", async ({ directories }) => {
    for (const file of publishedFiles(site)) {
      const target = path.join(directories.output, fileAddress(file));
      await mkdir(path.dirname(target), { recursive: true });
      const { drawing, from } = course.contentFiles.look(file);
      if (drawing) await writeFile(target, svgFile(drawing));
      else await copyFile(from!, target);
    }
  });
}

/** What pages use, the logo, and what stands in folders for downloads. */
export function publishedFiles({ course, rendering, led }: Site): string[] {
  const used = new Set(rendering.all.flatMap((page) => [...page.files]));
  if (course.logo) used.add(course.logo.file);
  const editions = new Set(led.map(({ edition }) => edition));
  for (const [page, { forFacilitators }] of rendering.entries) {
    if (!forFacilitators || !editions.has(course.editionOf(page))) continue;
    for (const file of forFacilitators.files) used.add(file);
  }
  return [...course.files].filter(
    (file) => (used.has(file) || isInDownloads(file)) && !course.contentFiles.look(file).fault,
  );
}
