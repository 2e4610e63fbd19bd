/** Repairs malformed and legacy HTML before sanitizing: what its author meant where the parsed HTML says something else. */

import { POSITION_ATTR } from "../../markdown/positions.ts";
import {
  type AnyNode,
  bodyOf,
  type CheerioAPI,
  type Element,
  elementsOf,
  isElement,
  placeOf,
  setChildren,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { DEPTH_LIMIT, reportDepth } from "./tags.ts";

/** Cuts off what stands too deep, before anything else walks the tree. */
export function limitDepth({ $, file, problems }: PageContext): void {
  let level: Element[] = bodyOf($).children.filter(isElement);
  for (let depth = 1; level.length; depth++) {
    if (depth > DEPTH_LIMIT) {
      reportDepth(placeOf(level[0]!, file), problems);
      for (const element of level) element.children = [];
      return;
    }
    const below: Element[] = [];
    for (const { children } of level) for (const child of children) if (isElement(child)) below.push(child);
    level = below;
  }
}

/** Comments are notes among authors. */
export const removeComments = ({ $ }: PageContext): void =>
  removeNodes($, (node) => node.type === "comment" || node.type === "directive");

/** What a parser makes of a paragraph that another block has ended: `<p>Text <div>…</div></p>` leaves an empty one. */
export const removeEmptyParagraphs = ({ $ }: PageContext): void =>
  removeNodes(
    $,
    (node) =>
      isElement(node) &&
      node.name === "p" &&
      !node.children.length &&
      Object.keys(node.attribs).every((name) => name === POSITION_ATTR),
  );

function removeNodes($: CheerioAPI, isRemoved: (node: AnyNode) => boolean): void {
  for (const element of [bodyOf($), ...elementsOf($)]) {
    if (!element.children.some(isRemoved)) continue;
    setChildren(
      element,
      element.children.filter((child) => !isRemoved(child)),
    );
  }
}

const ASTRAY = /^\s*((?:[a-zA-Z-]+=(?:"[^"<>]*"|'[^'<>]*')\s*)+)>/;

/**
 * `<th bgcolor="lightpink"> width="10%">` — the tag was closed too early, and an attribute went astray into the
 * text. It goes back to where it was meant to be.
 */
export function bringBackAttributes({ $ }: PageContext): void {
  for (const element of elementsOf($)) {
    const first = element.children[0];
    if (first?.type !== "text" || !first.data.includes(">")) continue;
    const match = ASTRAY.exec(first.data);
    if (!match) continue;
    first.data = first.data.slice(match[0].length);
    for (const [, name, quoted] of match[1]!.matchAll(/([a-zA-Z-]+)=("[^"]*"|'[^']*')/g)) {
      element.attribs[name!.toLowerCase()] ??= quoted!.slice(1, -1);
    }
  }
}
