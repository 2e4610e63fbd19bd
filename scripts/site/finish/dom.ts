/** The tree that the finishing passes work on, and the little they share. */
import { type CheerioAPI, load } from "cheerio";
import type { AnyNode, Element } from "domhandler";
import { AT } from "../markdown/positions.ts";
import type { Place } from "../problems.ts";

export type { AnyNode, CheerioAPI, Element };

/**
 * A fragment of HTML as the HTML standard reads it, however it was written. All of it stands in one element:
 * selectors compare the top elements with each other, so a page of ten thousand would take ten thousand times as long.
 */
export function parseHtml(html: string): CheerioAPI {
  const $ = load(html, null, false);
  const body = load("<body></body>")("body")[0]!;
  const root = $.root()[0]!;
  body.children = root.children as AnyNode[];
  for (const child of body.children) child.parent = body;
  body.parent = root;
  body.prev = null;
  body.next = null;
  root.children = [body];
  return $;
}

/** The element around a parsed fragment; no part of it. */
export const bodyOf = ($: CheerioAPI): Element => $.root()[0]!.children[0] as Element;

export const htmlOf = ($: CheerioAPI): string => $(bodyOf($)).html() ?? "";

export const isElement = (node: AnyNode): node is Element =>
  node.type === "tag" || node.type === "script" || node.type === "style";

/** All elements, outermost first, in the order of the text; safe against any depth. */
export function elementsOf($: CheerioAPI): Element[] {
  const found: Element[] = [];
  const waiting: AnyNode[] = [...bodyOf($).children].reverse();
  while (waiting.length) {
    const node = waiting.pop()!;
    if (!isElement(node)) continue;
    found.push(node);
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i]!);
  }
  return found;
}

/** The words of an element that are its author's: without what the site added, and without facilitator's notes. */
export function textOf(element: Element, isLeftOut: (inner: Element) => boolean): string {
  const parts: string[] = [];
  const waiting: AnyNode[] = [element];
  while (waiting.length) {
    const node = waiting.pop()!;
    if (node.type === "text") parts.push(node.data);
    if (!isElement(node) || isLeftOut(node)) continue;
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i]!);
  }
  return parts.join("");
}

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
