/**
 * The bridge to Eleventy, which runs a configuration of its own accord: a command puts a task on it before it starts
 * Eleventy, and the configuration takes the task off.
 */

import { formatProblem } from "../problems/problems.ts";
import type { PageToLayOut } from "./edition-pages.ts";
import type { EleventyConfig } from "./eleventy.ts";
import { type MadeFiles, madeFilesOf } from "./made-files.ts";
import { pagesToLayOut } from "./page-data.ts";
import { type Gate, GateHere } from "./page-gate.ts";
import { SharedParts } from "./shared-parts.ts";
import type { Site } from "./site.ts";

/** What one run of Eleventy is to do. */
export interface Task {
  site: Site;
  /** The pages to lay out, of all that the site has. */
  pages: readonly PageToLayOut[];
  /** Whether the files beside the pages are to be written too. */
  isWithFiles: boolean;
  /** Those among them that the site makes. */
  madeFiles: MadeFiles;
  /** What its pages share; runs for the same site have one. */
  sharedParts: SharedParts;
  /** Takes each page that has been laid out. */
  gate: Gate;
}

const given = new WeakMap<EleventyConfig, Task>();

/** Hands a task to the configuration that Eleventy is about to run. */
export function giveTask(eleventy: EleventyConfig, task: Task): void {
  given.set(eleventy, task);
}

/** The task: what the command gave, or, where Eleventy was started by itself, all of the site that `load` answers. */
export async function taskOf(eleventy: EleventyConfig, load: () => Promise<Site>): Promise<Task> {
  const task = given.get(eleventy) ?? allOf(await load());
  const { errors } = task.site.problems;
  if (errors.length) throw new Error(errors.map(formatProblem).join("\n"));
  return task;
}

const allOf = (site: Site): Task => ({
  site,
  pages: pagesToLayOut(site),
  isWithFiles: true,
  madeFiles: madeFilesOf(site),
  sharedParts: new SharedParts(),
  // Eleventy writes the pages then.
  gate: new GateHere(() => {}),
});
