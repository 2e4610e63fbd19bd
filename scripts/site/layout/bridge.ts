/**
 * The bridge to Eleventy, which runs a configuration of its own accord: a command puts a site on it before it starts
 * Eleventy, and the configuration takes the site off.
 */

import { formatProblem } from "../problems/problems.ts";
import type { EleventyConfig } from "./eleventy.ts";
import type { Site } from "./site.ts";

const given = new WeakMap<EleventyConfig, Site>();

/** Hands a site to the configuration that Eleventy is about to run. */
export function giveSite(eleventy: EleventyConfig, site: Site): void {
  given.set(eleventy, site);
}

/** The site to lay out: what the command gave, or, where Eleventy was started by itself, what `load` answers. */
export async function siteOf(eleventy: EleventyConfig, load: () => Promise<Site>): Promise<Site> {
  const site = given.get(eleventy) ?? (await load());
  if (site.problems.errors.length) throw new Error(site.problems.errors.map(formatProblem).join("\n"));
  return site;
}
