/** `npm run build` as a process of its own, and what it leaves on the disk. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { runOf } from "../../scripts/site/project.ts";

export interface Ended {
  /** The exit status; null where a signal ended it. */
  status: number | null;
  output: string;
  errors: string;
}

/** Starts a build in a folder. The date is fixed, so that equal content gives equal files. */
export function startBuild(
  folder: string,
  ...options: string[]
): { child: ChildProcess; ended: Promise<Ended> } {
  return startScript(runOf("scripts/build.ts"), folder, options);
}

/** The build of a copy of the project, with the copy's layouts and assets. */
export const runBuildOf = (project: string, ...options: string[]): Promise<Ended> =>
  startScript(["scripts/run.mjs", "scripts/build.ts"], project, options).ended;

/** A release in a folder. */
export const runRelease = (
  folder: string,
  env: Record<string, string>,
  ...options: string[]
): Promise<Ended> => startScript(runOf("scripts/release.ts"), folder, options, env).ended;

function startScript(
  command: string[],
  folder: string,
  options: string[],
  env: Record<string, string> = { SOURCE_DATE_EPOCH: "1700000000" },
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [...command, ...options], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    // A slow machine is told meanwhile how far the build is, which is no part of what it found.
    const found = () => errors.replace(/^\d+\.\d s: .*\n/gm, "");
    child.on("close", (status) => resolve({ status, output, errors: found() }));
  });
  return { child, ended };
}

export const runBuild = (folder: string, ...options: string[]): Promise<Ended> =>
  startBuild(folder, ...options).ended;

/** All that is in a folder, as one word: two folders with the same word hold the same bytes under the same names. */
export async function fingerprint(folder: string): Promise<string | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return undefined;
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
  const hash = createHash("sha256");
  for (const file of names) hash.update(`${path.relative(folder, file)}\0`).update(await readFile(file));
  return hash.digest("hex");
}
