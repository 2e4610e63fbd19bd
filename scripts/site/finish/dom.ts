/** The tree that the finishing passes work on, and the little they share. */
import { type CheerioAPI, load } from "cheerio";
import type { AnyNode, Element } from "domhandler";
import { AT } from "../markdown/positions.ts";
import type { Place } from "../problems.ts";

export type { AnyNode, CheerioAPI, Element };

/** A fragment of HTML as the HTML standard reads it, however it was written. */
export const parseHtml = (html: string): CheerioAPI => load(html, null, false);

/** Where the author wrote an element: its own place, or the nearest one around it. */
export function placeOf(element: Element, file: string): Place {
  for (let at: AnyNode | null = element; at; at = at.parent) {
    const match = "attribs" in at ? /^(\d+):(\d+)/.exec(at.attribs[AT] ?? "") : null;
    if (match) return { file, line: Number(match[1]), column: Number(match[2]) };
  }
  return { file, line: 1, column: 1 };
}

export const classesOf = (element: Element): string[] =>
  (element.attribs.class ?? "").split(/\s+/).filter(Boolean);

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char]!);

/** Marks what the site added to the author's own. */
export const ADDED = "data-added";
