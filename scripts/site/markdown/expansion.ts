/**
 * What is written once and put into the page at each use: abbreviations, references, named attribute lists. Ninety
 * thousand characters behind one, used ten thousand times, would make a gigabyte of a page that has two hundred
 * thousand characters.
 */
import { LIMITS } from "../content/source.ts";
import type { DialectEnv, Expandable } from "./environment.ts";

/** Counts one more use. False when the page has no room for it: an error tells once what took most of it. */
export function mayExpand({ file, problems, expansion }: DialectEnv, used: Expandable): boolean {
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
