/**
 * Publishing: a build stands beside the old site until it is whole, and takes its place by two renames. Killed at any
 * moment it leaves the old site or the new one, in `_site` or in `_site.previous`; the next command puts it right.
 *
 * A site lists its own files in a marker. What others put beside them, such as `.git` or `CNAME`, moves on into the
 * new site, and nothing that is not on the list is ever deleted.
 */
import { randomBytes } from "node:crypto";
import { promises as fs, renameSync, rmdirSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { Fault, placeFault } from "../problems/faults.ts";
import type { Problems } from "../problems/problems.ts";
import { foldersAbove } from "../text/addresses.ts";
import { isInside, shownPath } from "../text/paths.ts";

/** Tells that a build wrote a folder, and which files. */
export const MARKER = ".connected-learning-site";
const MARKER_TITLE = "Written by a build of this site, which may replace these files:";

const exists = (file: string) =>
  fs.access(file).then(
    () => true,
    () => false,
  );

/**
 * Whether a site may be written to `out`; what speaks against it is added to the problems. Where nothing does, what
 * a killed build left there is put right, so that the old site is back even when the content has errors.
 */
export async function checkOutput(out: string, content: string, problems: Problems): Promise<void> {
  const place = { file: shownPath(out), line: 1, column: 1 };
  const root = await fs.realpath(content).catch(() => path.resolve(content));
  const target = await realPathOf(path.resolve(out));
  if (isInside(target, root)) {
    problems.error(
      "output-folder",
      place,
      "the content folder stands inside the output folder, which a build replaces",
      "name another folder: --out DIR",
    );
    return;
  }
  if (isInside(root, target)) {
    problems.error(
      "output-folder",
      place,
      "the output folder stands inside the content folder",
      "name a folder outside it: --out DIR",
    );
    return;
  }
  if (isInside(target, process.cwd())) {
    problems.error(
      "output-folder",
      place,
      "the output folder holds the folder you are in, which a build would replace",
      "name another folder: --out DIR",
    );
    return;
  }
  if (await isDanglingLink(path.resolve(out))) {
    problems.error(
      "output-folder",
      place,
      "the output is a symbolic link that leads nowhere",
      "delete the link, or make the folder that it leads to",
    );
    return;
  }
  const standing = await nearestThatExists(target);
  if (!(await fs.stat(standing)).isDirectory()) {
    problems.error(
      "output-folder",
      { ...place, file: shownPath(standing) },
      "this is a file, and the output must be a folder",
      "name a folder: --out DIR",
    );
    return;
  }
  for (const folder of [target, previousOf(target)]) {
    if (await isOurs(folder)) continue;
    problems.error(
      "output-folder",
      { ...place, file: shownPath(folder) },
      "the folder holds files that no build of this site wrote, and a build would replace it",
      "name an empty or a new folder: --out DIR, or empty this one",
    );
    return;
  }
  await recover(target);
}

/** Whether a build may replace a folder: there is none, it is empty, or a build wrote it. */
async function isOurs(folder: string): Promise<boolean> {
  const entries = await fs.readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [] as string[];
    throw error;
  });
  return !entries.length || entries.includes(MARKER);
}

/** The files that a build wrote to a folder, with `/`, the marker last; undefined where there is no such list. */
async function readMarker(folder: string): Promise<string[] | undefined> {
  const text = await fs.readFile(path.join(folder, MARKER), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return filesInMarker(text);
}

/** The same of a marker's text. */
export function filesInMarker(text: string): string[] | undefined {
  const [title, ...lines] = text.trimEnd().split(/\r?\n/);
  if (title !== MARKER_TITLE) return undefined;
  return [...lines.flatMap(fileInMarker), MARKER];
}

/** Of a line, the file it names: as JSON, for a name may hold a line's end. Nothing outside of the folder is ours. */
function fileInMarker(line: string): string[] {
  try {
    const file: unknown = JSON.parse(line);
    const isInside =
      typeof file === "string" &&
      file.split("/").every((part) => part !== "" && part !== "." && part !== "..");
    return isInside && !/[\0\\]/.test(file) ? [file] : [];
  } catch {
    return [];
  }
}

async function writeMarker(folder: string): Promise<void> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .sort();
  await fs.writeFile(
    path.join(folder, MARKER),
    [MARKER_TITLE, ...files.map((file) => JSON.stringify(file)), ""].join("\n"),
  );
}

async function isDanglingLink(out: string): Promise<boolean> {
  const link = await fs.lstat(out).catch(() => undefined);
  return link?.isSymbolicLink() === true && !(await exists(out));
}

async function nearestThatExists(target: string): Promise<string> {
  const parent = path.dirname(target);
  return parent === target || (await exists(target)) ? target : nearestThatExists(parent);
}

/** The real path of what may not exist yet: that of its nearest folder that does, and the rest. */
async function realPathOf(target: string): Promise<string> {
  const real = await fs.realpath(target).catch(() => undefined);
  if (real) return real;
  const parent = path.dirname(target);
  return parent === target ? target : path.join(await realPathOf(parent), path.basename(target));
}

/**
 * What others put into a folder that a build wrote: files that are not on its list, and folders without a file on it.
 * A folder is named, not what is in it. Throws where there is no list to go by.
 */
async function strangersIn(folder: string): Promise<string[]> {
  const written = await readMarker(folder);
  if (!written) {
    throw new Fault(
      folder,
      "an earlier version of this program wrote it, and kept no list of its files",
      "keep what is yours in it, and delete it",
    );
  }
  const files = new Set(written);
  const folders = new Set([...files].flatMap(foldersAbove));
  const found: string[] = [];
  const walk = async (inside: string): Promise<void> => {
    for (const entry of await fs.readdir(path.join(folder, inside), { withFileTypes: true })) {
      const name = inside ? `${inside}/${entry.name}` : entry.name;
      if (entry.isDirectory() && folders.has(name)) await walk(name);
      else if (entry.isDirectory() || !files.has(name)) found.push(name);
    }
  };
  await walk("");
  return found;
}

/** Moves what others put into the old site to the new one. */
async function takeAlong(strangers: readonly string[], from: string, to: string): Promise<void> {
  for (const name of strangers) {
    if (await isThere(path.join(to, name))) continue;
    await fs.mkdir(path.dirname(path.join(to, name)), { recursive: true });
    await fs.rename(path.join(from, name), path.join(to, name));
  }
}

/** Whether a name is taken, by a link that leads nowhere too. */
const isThere = (file: string) =>
  fs.lstat(file).then(
    () => true,
    () => false,
  );

/** Refuses to write over what a build did not write; a file of that name would have to go. */
async function refuseToCover(strangers: readonly string[], folder: string, target: string): Promise<void> {
  for (const name of strangers) {
    for (const place of [name, ...foldersAbove(name)]) {
      const stats = await fs.lstat(path.join(folder, place)).catch(() => undefined);
      if (!stats || (place !== name && stats.isDirectory())) continue;
      throw new Fault(
        path.join(target, name),
        "no build of this site wrote it, and this build would write over it",
        "move it away, or give the page or file of that address another name",
      );
    }
  }
}

/** Deletes a folder under another name: killed half-way, it leaves nothing that could be taken for a site. */
async function discard(folder: string, out: string): Promise<void> {
  const doomed = buildingName(out);
  await fs.rename(folder, doomed);
  await deleteWritten(doomed, out);
}

/** Deletes the files that a build wrote, and the folders that are then empty. A half-built folder has no list yet. */
async function deleteWritten(folder: string, out: string): Promise<void> {
  try {
    await deleteFiles(folder, await readMarker(folder));
  } catch (error) {
    // Nobody knows the folder by the name under which it is deleted.
    throw placeFault(error, folder, out);
  }
}

async function deleteFiles(folder: string, files: string[] | undefined): Promise<void> {
  if (!files) return fs.rm(folder, { recursive: true, force: true });
  // Thousands of small files: deleted at once each, they take a sixth of the time that waiting for each takes.
  for (const file of files) rmSync(path.join(folder, file), { force: true });
  const folders = [...new Set(files.flatMap(foldersAbove))].sort((a, b) => b.length - a.length);
  for (const one of [...folders, ""]) await removeEmpty(path.join(folder, one));
}

/** A folder that is not empty stays: what is in it no build wrote. */
async function removeEmpty(folder: string): Promise<void> {
  try {
    // Once more, for another program may look into it just now.
    await fs.rmdir(folder).catch(() => rmdirSync(folder));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOTEMPTY" && code !== "EEXIST" && code !== "ENOENT") throw error;
  }
}

/** A name beside the output that the next build may delete when this process has ended. */
const buildingName = (out: string) => `${out}.building-${process.pid}-${randomBytes(3).toString("hex")}`;
const previousOf = (out: string) => `${out}.previous`;
const BUILDING = /\.building-(\d+)-[0-9a-f]{6}$/;

/** Puts right what a killed build left: the old site back in its place, half-built folders gone. */
async function recover(out: string): Promise<void> {
  const previous = previousOf(out);
  if (await exists(path.join(previous, MARKER))) {
    const isWhole = (await exists(out)) && (await fs.readdir(out)).length > 0;
    if (isWhole) {
      await replaceWith(out, previous);
    } else {
      if (await exists(out)) await fs.rmdir(out);
      await fs.rename(previous, out);
    }
  }
  const folder = path.dirname(out);
  for (const entry of await fs.readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const { name } = entry;
    if (!entry.isDirectory() || !name.startsWith(`${path.basename(out)}.building-`)) continue;
    const pid = Number(BUILDING.exec(name)?.[1]);
    // What this process left, an earlier build of its own did, which has ended.
    if (pid === process.pid || (pid && !isRunning(pid))) await deleteWritten(path.join(folder, name), out);
  }
}

/** The second half of a swap: the new site is in its place, the old one gives up what is not its own, and goes. */
async function replaceWith(target: string, previous: string): Promise<void> {
  const strangers = await strangersIn(previous);
  await takeAlong(strangers, previous, target);
  const left = (await strangersIn(previous))[0];
  if (left !== undefined) {
    throw new Fault(
      path.join(previous, left),
      "no build of this site wrote it, and the site has another of that name",
      "move it away",
    );
  }
  await discard(previous, target);
}

export function isRunning(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Runs `build` on a new folder beside `out` and publishes what it wrote. Where `build` throws, or a signal ends the
 * process, the folder goes and the old site stays as it was.
 */
export async function publish<Result>(
  out: string,
  build: (folder: string) => Promise<Result>,
): Promise<Result> {
  const target = await realPathOf(path.resolve(out));
  await fs.mkdir(path.dirname(target), { recursive: true });
  await recover(target);
  const folder = buildingName(target);
  const unwatch = cleanUpOnSignals(folder, target);
  try {
    await fs.mkdir(folder);
    const result = await build(folder);
    await writeMarker(folder);
    await swap(folder, target);
    return result;
  } catch (error) {
    await removeForGood(folder);
    throw placeFault(error, folder, target);
  } finally {
    unwatch();
    removeNow(folder);
  }
}

async function swap(folder: string, target: string): Promise<void> {
  const previous = previousOf(target);
  const isEmpty = (await fs.readdir(target).catch(() => ["no folder"])).length === 0;
  if (isEmpty) await fs.rmdir(target);
  if (!(await exists(target))) return fs.rename(folder, target);
  await refuseToCover(await strangersIn(target), folder, target);
  await fs.rename(target, previous);
  await fs.rename(folder, target);
  await replaceWith(target, previous);
}

/** Looks, and the milliseconds between them. */
const LOOKS = 6;
const LOOK_MS = 25;

/** When one write of a build fails, others are still under way, and make the folder anew. */
async function removeForGood(folder: string): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    removeNow(folder);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** At once, and without a word of its own: why the build failed is what is to be told. */
function removeNow(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // What stays is deleted by the next build.
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Ctrl+C, `kill` and a closed terminal leave nothing half-built. The answer stops the watch. */
function cleanUpOnSignals(folder: string, target: string): () => void {
  const end = (signal: NodeJS.Signals) => {
    unwatch();
    removeNow(folder);
    try {
      // Between the two renames the old site is put back.
      renameSync(previousOf(target), target);
    } catch {
      // It was not between them.
    }
    process.kill(process.pid, signal);
  };
  const unwatch = () => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return unwatch;
}

/** The files of a folder, and their bytes. */
export async function measure(folder: string): Promise<{ files: number; bytes: number }> {
  let files = 0;
  let bytes = 0;
  for (const entry of await fs.readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    files++;
    bytes += statSync(path.join(entry.parentPath ?? entry.path, entry.name)).size;
  }
  return { files, bytes };
}
