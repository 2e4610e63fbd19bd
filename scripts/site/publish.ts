/**
 * Publishing: a build stands beside the old site until it is whole, and takes its place by two renames. Killed at any
 * moment it leaves the old site or the new one, in `_site` or in `_site.previous`; the next command puts it right.
 */
import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import path from "node:path";
import type { Problems } from "./problems.ts";
import { isInside, shownPath } from "./source.ts";

/** Tells that a folder was written by us and may be replaced. */
export const MARKER = ".connected-learning-site";

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
      place,
      "the content folder stands inside the output folder, which a build replaces",
      "name another folder: --out DIR",
    );
    return;
  }
  if (isInside(root, target)) {
    problems.error(
      place,
      "the output folder stands inside the content folder",
      "name a folder outside it: --out DIR",
    );
    return;
  }
  if (isInside(target, process.cwd())) {
    problems.error(
      place,
      "the output folder holds the folder you are in, which a build would replace",
      "name another folder: --out DIR",
    );
    return;
  }
  const standing = await nearestThatExists(target);
  if (!(await fs.stat(standing)).isDirectory()) {
    problems.error(
      { ...place, file: shownPath(standing) },
      "this is a file, and the output must be a folder",
      "name a folder: --out DIR",
    );
    return;
  }
  for (const folder of [target, previousOf(target)]) {
    if (await isOurs(folder)) continue;
    problems.error(
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

/** Deletes a folder under another name: killed half-way, it leaves nothing that could be taken for a site. */
async function discard(folder: string, out: string): Promise<void> {
  const doomed = buildingName(out);
  await fs.rename(folder, doomed);
  await fs.rm(doomed, { recursive: true, force: true });
}

/** A name beside the output that the next build may delete when this process has ended. */
const buildingName = (out: string) => `${out}.building-${process.pid}-${randomBytes(3).toString("hex")}`;
const previousOf = (out: string) => `${out}.previous`;
const BUILDING = /\.building-(\d+)-[0-9a-f]+$/;

/** Puts right what a killed build left: the old site back in its place, half-built folders gone. */
async function recover(out: string): Promise<void> {
  const previous = previousOf(out);
  if (await exists(path.join(previous, MARKER))) {
    const isWhole = (await exists(out)) && (await fs.readdir(out)).length > 0;
    if (isWhole) await discard(previous, out);
    else {
      await fs.rm(out, { recursive: true, force: true });
      await fs.rename(previous, out);
    }
  }
  const folder = path.dirname(out);
  for (const name of await fs.readdir(folder).catch(() => [] as string[])) {
    if (!name.startsWith(`${path.basename(out)}.building-`)) continue;
    const pid = Number(BUILDING.exec(name)?.[1]);
    if (pid && !isRunning(pid)) await fs.rm(path.join(folder, name), { recursive: true, force: true });
  }
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
 * Runs `build` on a new folder beside `out` and publishes what it wrote. Where `build` throws, the folder goes and
 * the old site stays as it was.
 */
export async function publish<Result>(
  out: string,
  build: (folder: string) => Promise<Result>,
): Promise<Result> {
  const target = await realPathOf(path.resolve(out));
  await fs.mkdir(path.dirname(target), { recursive: true });
  await recover(target);
  const folder = buildingName(target);
  await fs.mkdir(folder);
  try {
    const result = await build(folder);
    await fs.writeFile(
      path.join(folder, MARKER),
      "Written by a build of this site, which may replace this folder.\n",
    );
    await swap(folder, target);
    return result;
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

async function swap(folder: string, target: string): Promise<void> {
  const previous = previousOf(target);
  const isEmpty = (await fs.readdir(target).catch(() => ["no folder"])).length === 0;
  if (isEmpty) await fs.rmdir(target);
  else if (await exists(target)) await fs.rename(target, previous);
  await fs.rename(folder, target);
  if (await exists(previous)) await discard(previous, target);
}
