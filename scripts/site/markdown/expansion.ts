/**
 * What is written once and put into the page at each use: abbreviations, references, named attribute lists. Ninety
 * thousand characters behind one, used ten thousand times, would make a gigabyte of a page that has two hundred
 * thousand characters.
 */
import type { Env } from "markdown-it";
import { LIMITS } from "../content/source.ts";
import type { Problems } from "../problems/problems.ts";
import type { HtmlBlocksEnv } from "./html-blocks.ts";

export interface Expandable {
  /** The line of the page, from 1, on which it is defined. */
  line: number;
  /** Characters that one use adds. */
  length: number;
}

interface ExpansionEnv extends Env {
  file: string;
  problems: Problems;
  /** Characters added so far, and by what. */
  expansion?: { length: number; by: Map<Expandable, number>; isOver: boolean };
}

/** The line of the page, from 1, of a line of the text that a block rule reads. */
export const lineOfPage = (env: Env, line: number): number =>
  ((env as HtmlBlocksEnv).html?.line ?? 0) + line + 1;

/** Counts one more use. False when the page has no room for it: an error tells once what took most of it. */
export function mayExpand(env: Env, used: Expandable): boolean {
  const { file, problems } = env as ExpansionEnv;
  (env as ExpansionEnv).expansion ??= { length: 0, by: new Map(), isOver: false };
  const expansion = (env as ExpansionEnv).expansion!;
  if (expansion.isOver) return false;
  expansion.length += used.length;
  expansion.by.set(used, (expansion.by.get(used) ?? 0) + used.length);
  if (expansion.length <= LIMITS.expansion) return true;
  expansion.isOver = true;
  let most = used;
  for (const [one, length] of expansion.by) if (length > expansion.by.get(most)!) most = one;
  problems.error(
    "expansion",
    { file, line: most.line, column: 1 },
    `the page's abbreviations and references would add more than ${LIMITS.expansion.toLocaleString("en-US")} characters to it by being used again and again, and this one, of ${most.length.toLocaleString("en-US")}, most of them`,
    "shorten it, or divide the page into several sections",
  );
  return false;
}
