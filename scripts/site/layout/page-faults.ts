/**
 * What must not be in a page, found in its whole HTML, read as a browser reads it. Nothing acts in it but the site's own
 * scripts, where the layouts put them; its policy stands before all that it speaks of; and what an author wrote stays
 * in its place and is what the passes have checked.
 */
import { randomUUID } from "node:crypto";
import { type AnyNode, type Element, hasClass, isElement } from "../html/dom.ts";
import { innerHtml, parseDocument } from "../html/load.ts";
import { CONTENT, faultOfElement, isIn, isPolicy } from "../html/sanitize/acting.ts";

/** A page in its layout. */
export interface PageInLayout {
  html: string;
  /** What its authors' parts have to be, in their order, found fit when they were rendered (see settle). */
  contents?: readonly string[] | undefined;
  /** Parts that may be in it: as they are here, or with a mark on a link to the page itself. */
  shared?: readonly string[] | undefined;
}

/** A page with a few letters for each author's part and for each shared one. */
export interface Shell {
  html: string;
  standIn: string;
  /** How many authors' parts it has. */
  contents: number;
}

/** Where in a page its authors' parts begin and end; undefined where one of them is not in it. */
export function placesOf(
  html: string,
  contents: readonly string[],
): [start: number, end: number][] | undefined {
  const places: [number, number][] = [];
  let end = 0;
  for (const content of contents) {
    const text = content.trim();
    const start = text ? html.indexOf(text, end) : -1;
    if (start < 0) return undefined;
    end = start + text.length;
    places.push([start, end]);
  }
  return places;
}

/**
 * The page's shell, where a look at the places of those parts is all that they need: a parser is spared the longer part
 * of every page. Undefined where all has to be read. What pages share has to be sound (see isSound).
 */
export function shellOf({ html, contents = [], shared = [] }: PageInLayout): Shell | undefined {
  const places = placesOf(html, contents);
  if (!places?.length) return undefined;
  const starts = [...places.map(([start]) => start), html.length];
  const around = starts.map((start, index) => html.slice(places[index - 1]?.[1] ?? 0, start));
  const sides = around.map((side) =>
    shared.reduce((rest, part) => rest.replaceAll(part, STAND_IN), side.replace(MARKED_LINK, "$1>")),
  );
  if (sides.some((side) => MOVES_OTHERS.test(side))) return undefined;
  return { html: sides.join(STAND_IN), standIn: STAND_IN, contents: contents.length };
}

/** What must not be in a shell, or "look": a part is not in its place, and all has to be read. */
export function faultOfShell({ html, standIn, contents }: Shell): string | undefined {
  const nodes = nodesOf(html);
  const elements = nodes.filter(isElement);
  const texts = nodes.filter((node) => textOf(node).includes(standIn) && isPlainPlace(node));
  const isEachInPlace = texts.map(textOf).join("").split(standIn).length === html.split(standIn).length;
  const holders = elements.filter(isContent);
  const areContentsInPlace =
    holders.length === contents &&
    holders.every(
      ({ children: [only, ...others] }) => only && !others.length && textOf(only).trim() === standIn,
    );
  return isEachInPlace && areContentsInPlace ? faultOfElements(elements, contents) : LOOK;
}

/**
 * Whether a part of a page is read alike in every plain place, leaves what follows it in that place, and holds nothing
 * that must not be there. What belongs into the head never is: it is read with each page.
 */
export function isSound(part: string): boolean {
  if (/<meta/i.test(part)) return false;
  // Without a `<body>`, after which a parser would pass over a `<frameset>`.
  const boxes = PLAIN_BOXES.map((name) => `<${name}>`).join("");
  const elements = nodesOf(`<!DOCTYPE html>${boxes}${part}${STAND_IN}`).filter(isElement);
  const innermost = elements.find(({ name }) => name === PLAIN_BOXES.at(-1));
  const isWhole = innermost?.children.map(textOf).at(-1)?.endsWith(STAND_IN) ?? false;
  return isWhole && !elements.some(isContent) && faultOfElements(elements) === undefined;
}

/** The same as `faultOfPage`, told by the page's shell where that tells enough. */
export function faultOfLaidOut(page: PageInLayout): string | undefined {
  const shell = shellOf(page);
  const fault = shell ? faultOfShell(shell) : LOOK;
  return fault === LOOK ? faultOfPage(page.html, page.contents) : fault;
}

const LOOK = "look";

/** What stands for a part; no author can know it, and write it elsewhere. */
const STAND_IN = `site--${randomUUID()}`;

/**
 * The mark is taken from `<a href="plan.html" aria-current="page">`. Whatever the link stands in, a parser goes on behind
 * it as behind the link without a mark: there is as much of quotes and brackets in both.
 */
const MARKED_LINK = /(<a href="[\w./%-]*") aria-current="page">/g;

/** What stands wrongly in a table that is open, a parser moves before it, and goes on to read as in a table. */
const MOVES_OTHERS = /<table/i;

/** Inside of these, text is read as it is in the body itself: it is in nothing that its own tags could end. */
const PLAIN_BOXES = ["div", "main", "article", "section", "details", "nav"];
const PLAIN = ["html", "body", ...PLAIN_BOXES];
const isPlainPlace = (node: AnyNode) => !isIn(node, ({ name }) => !PLAIN.includes(name));

const textOf = (node: AnyNode): string => (node.type === "text" ? node.data : "");
const isContent = (element: Element) => hasClass(element, CONTENT);

/** What in a page's HTML must not be there; `contents` are what its authors' parts have to be. */
export function faultOfPage(html: string, contents: readonly string[] = []): string | undefined {
  const elements = nodesOf(html).filter(isElement);
  const fault = faultOfElements(elements, contents.length);
  if (fault || !contents.length) return fault;
  const read = elements.filter(isContent).map((element) => innerHtml(element).trim());
  return contents.every((content, index) => content.trim() === read[index])
    ? undefined
    : "a browser would read its text otherwise than it was checked";
}

/**
 * `contents` is how many authors' parts it has. What a designer adds to Eleventy without a layout has none, and is a page
 * without a policy; it runs nothing all the same.
 */
function faultOfElements(elements: readonly Element[], contents = 0): string | undefined {
  const policy = elements.find(isPolicy);
  if (!policy && contents) return "it has no policy";
  const beforePolicy = policy ? elements.slice(0, elements.indexOf(policy)) : [];
  const early = beforePolicy.find(({ name }) => name === "script" || name === "style" || name === "link");
  if (early) return `<${early.name}> stands before the policy`;
  for (const element of elements) {
    const fault = faultOfElement(element, policy?.attribs.content ?? "");
    if (fault) return fault;
  }
  return elements.filter(isContent).length > Math.max(1, contents)
    ? "its text stands in two places"
    : undefined;
}

/** All nodes of a document in the order of the text, those inside templates too. */
function nodesOf(html: string): AnyNode[] {
  const found: AnyNode[] = [];
  const waiting: AnyNode[] = [parseDocument(html)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    found.push(node);
    if (!("children" in node)) continue;
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i]!);
  }
  return found;
}
