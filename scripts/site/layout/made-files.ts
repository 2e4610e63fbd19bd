/** Files that no author wrote and no layout makes: forms and Word documents of worksheets, terms of glossaries, and pictures of the mark. */
import type { Task } from "./bridge.ts";
import type { DocumentMaker } from "./document-maker.ts";
import type { EleventyConfig } from "./eleventy.ts";
import { filesOfGlossaries } from "./glossary-files.ts";
import { keepIn } from "./keep-in.ts";
import { picturesOf } from "./pictures.ts";
import type { Site } from "./site.ts";
import { filesOfWorksheets } from "./worksheet-files.ts";

export function madeFiles(eleventy: EleventyConfig, { madeFiles, isWithFiles }: Task): void {
  if (!isWithFiles) return;
  eleventy.on("eleventy.after", async ({ directories }) => {
    const keep = keepIn(directories.output);
    for (const [address, make] of madeFiles) keep(address, await make());
  });
}

/** By their addresses; each is made when it is asked for, or before. */
export type MadeFiles = ReadonlyMap<string, () => string | Promise<Uint8Array>>;

export const madeFilesOf = (site: Site, maker?: DocumentMaker): MadeFiles =>
  new Map([...filesOfWorksheets(site, maker), ...filesOfGlossaries(site), ...picturesOf(site).files]);
