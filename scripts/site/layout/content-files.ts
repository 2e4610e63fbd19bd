/** Pictures and documents of the content, copied to where the pages that use them look for them. */
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { svgFile } from "../content/svg.ts";
import { fileAddress } from "../text/addresses.ts";
import type { EleventyConfig } from "./eleventy.ts";
import type { Site } from "./site.ts";

export function contentFiles(eleventy: EleventyConfig, { course }: Site): void {
  eleventy.on("eleventy.after", async ({ directories }) => {
    for (const file of course.publishedFiles) {
      const target = path.join(directories.output, fileAddress(file));
      await mkdir(path.dirname(target), { recursive: true });
      const { drawing, from } = course.contentFiles.look(file);
      if (drawing) await writeFile(target, svgFile(drawing));
      else await copyFile(from!, target);
    }
  });
}
