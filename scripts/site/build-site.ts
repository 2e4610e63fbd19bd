/** The way of a page, from a content folder to a folder that any server can serve. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import Eleventy from "@11ty/eleventy";
import { shownPath } from "./content/source.ts";
import { checkOutput, publish } from "./output/publish.ts";
import { type SearchCounts, writeSearchIndex } from "./output/search-index.ts";
import { giveSite, loadSite, type Site, type SiteOptions } from "./site.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

export interface BuildOptions extends SiteOptions {
  out: string;
}

export interface BuildResult {
  site: Site;
  /** Absent where errors kept the site from being written. */
  written?: { search: SearchCounts; files: number; bytes: number };
}

/** Builds and publishes the site; with any error in the content, writes nothing. */
export async function buildSite({ out, ...options }: BuildOptions): Promise<BuildResult> {
  const { progress } = options;
  const site = await loadSite(options);
  await checkOutput(out, options.content, site.problems);
  if (/[#?]/.test(PROJECT)) {
    site.problems.error(
      "program-path",
      { file: shownPath(PROJECT), line: 1, column: 1 },
      "the program stands in a folder whose path holds # or ?, where Eleventy cannot find its configuration",
      "move it to a folder without these signs",
    );
  }
  if (site.problems.errors.length) return { site };

  const written = await publish(out, async (folder) => {
    await layOut(site, folder);
    progress?.report("indexing for search");
    const search = await writeSearchIndex(site, folder);
    await fs.writeFile(path.join(folder, ".nojekyll"), "");
    progress?.report("publishing");
    return { search, ...(await measure(folder)) };
  });
  return { site, written };
}

/** Eleventy, with the project's configuration, writing into `folder`. */
async function layOut(site: Site, folder: string): Promise<void> {
  const before = process.cwd();
  // Eleventy reads its configuration and its input from the working directory.
  process.chdir(PROJECT);
  try {
    const eleventy = new Eleventy(".", folder, {
      configPath: ".eleventy.ts",
      quietMode: true,
      config: (config) => giveSite(config, site),
    });
    eleventy.disableLogger();
    await eleventy.write();
  } finally {
    process.chdir(before);
  }
}

async function measure(folder: string): Promise<{ files: number; bytes: number }> {
  let files = 0;
  let bytes = 0;
  for (const entry of await fs.readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    files++;
    bytes += (await fs.stat(path.join(entry.parentPath ?? entry.path, entry.name))).size;
  }
  return { files, bytes };
}
