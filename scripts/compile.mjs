/** TypeScript for Node: some files of a project and all that they lead to, compiled into a folder. */
import { existsSync, promises as fs } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/**
 * The folder is there whole or not at all; it may be made by several processes at once. Rejects where a file cannot be
 * compiled, and esbuild has written what is wrong, and where; and where the folder cannot be written.
 * @param {string} project Its absolute path.
 * @param {string[]} files Relative to it. `a/b.ts` becomes `a/b.js`.
 * @param {string} folder
 */
export async function compile(project, files, folder) {
  const { build } = await import("esbuild");
  const making = `${folder}.${process.pid}`;
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: files,
    outdir: making,
    outbase: project,
    write: false,
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    sourcesContent: false,
    // For scripts/site/project.ts.
    define: {
      PROJECT_URL: JSON.stringify(pathToFileURL(path.join(project, "/")).href),
      COMPILED_URL: JSON.stringify(pathToFileURL(`${folder}/`).href),
    },
  });
  try {
    for (const { path: file, contents } of outputFiles) {
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, contents);
    }
    await fs.rename(making, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await fs.rm(making, { recursive: true, force: true }).catch(() => {});
  }
}
