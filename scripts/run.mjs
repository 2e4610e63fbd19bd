/**
 * `node scripts/run.mjs FILE …` runs a TypeScript file of the project. Node 20 reads no TypeScript, so all of it is
 * compiled at once when any of it has changed; what was compiled waits in .cache/compiled/.
 */
import { createHash } from "node:crypto";
import { existsSync, promises as fs, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compile } from "./compile.mjs";

const PROJECT = fileURLToPath(new URL("../", import.meta.url));
const CACHE = path.join(PROJECT, ".cache/compiled");
/** Since it was last started: what was compiled of earlier sources may still run. */
const KEPT_MS = 24 * 60 * 60_000;
/** What Node starts by its file: commands, threads, other processes, Eleventy's configuration, tests. */
const STARTED =
  /^(?:scripts\/[^/]+\.ts|scripts\/.*-(?:thread|process)\.ts|\.eleventy\.ts|tests\/.*\.test\.ts|tests\/support\/(?:run|together)\.ts)$/;

/** @param {string} file */
const isOfTests = (file) => file.startsWith("tests/");

/** All that what is compiled depends on. Tests are left alone but where one is run. @param {string} file */
function sourcesFor(file) {
  const folders = ["scripts", "assets/browser", ...(isOfTests(file) ? ["tests"] : [])];
  const inside = folders.flatMap((folder) =>
    readdirSync(path.join(PROJECT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:ts|mjs)$/.test(name))
      .map((name) => `${folder}/${name.split(path.sep).join("/")}`),
  );
  return [".eleventy.ts", "package.json", "tsconfig.json", ...inside].sort();
}

/** The folder of these sources as they are now. @param {string[]} sources */
function folderOf(sources) {
  const hash = createHash("sha256").update(PROJECT);
  for (const source of sources) {
    // Where another branch is taken out of Git, one may be gone since.
    const found = statSync(path.join(PROJECT, source), { throwIfNoEntry: false });
    hash.update(`\n${source} ${found?.mtimeMs} ${found?.size}`);
  }
  return path.join(CACHE, hash.digest("hex").slice(0, 16));
}

async function removeOld() {
  for (const name of await fs.readdir(CACHE)) {
    const old = path.join(CACHE, name);
    if (Date.now() - (await fs.stat(old)).mtimeMs > KEPT_MS) await fs.rm(old, { recursive: true });
  }
}

const file = /** @type {string} */ (process.argv[2]);
const sources = sourcesFor(file);
const folder = folderOf(sources);
if (!existsSync(folder)) {
  const started = sources.filter((source) => STARTED.test(source));
  await compile(PROJECT, started, folder).catch((error) => {
    if (!error.errors) {
      const why = `the program is compiled there, and it cannot be written (${error.code ?? error.message})`;
      console.error(`${CACHE}: ${why}; make it a folder that can, with 10 MB of room`);
    }
    process.exit(1);
  });
  await removeOld().catch(() => {});
}
// Its time is that of its last start.
await fs.utimes(folder, new Date(), new Date()).catch(() => {});
const program = path.join(folder, file.replace(/\.ts$/, ".js"));
process.argv.splice(1, 2, program);
process.setSourceMapsEnabled(true);
await import(pathToFileURL(program).href);
