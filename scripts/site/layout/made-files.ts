/** Files that no author wrote and no layout makes: forms and Word documents of worksheets, terms of glossaries, and pictures of the mark. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Task } from "./bridge.ts";
import type { EleventyConfig } from "./eleventy.ts";
import { filesOfGlossaries } from "./glossary-files.ts";
import { picturesOf } from "./pictures.ts";
import type { Site } from "./site.ts";
import { filesOfWorksheets } from "./worksheet-files.ts";

export function madeFiles(eleventy: EleventyConfig, { site, isWithFiles }: Task): void {
  if (!isWithFiles) return;
  eleventy.on("eleventy.after", async ({ directories }) => {
    for (const [address, make] of madeFilesOf(site)) {
      const target = path.join(directories.output, address);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, await make());
    }
  });
}

/** By their addresses; each is made when it is asked for. */
export const madeFilesOf = (site: Site): Map<string, () => string | Promise<Uint8Array>> =>
  new Map([...filesOfWorksheets(site), ...filesOfGlossaries(site), ...picturesOf(site).files]);
