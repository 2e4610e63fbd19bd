/** The tree that the passes of a page work on, and the little they share. */
import type { CheerioAPI } from "cheerio";
import type { AnyNode, Element } from "domhandler";
import { POSITION_ATTR } from "../markdown/positions.ts";
import type { Place } from "../problems/problems.ts";
import { ofDocument, parseDocument } from "./load.ts";

export { escapeHtml } from "../text/escape.ts";
export type { AnyNode, CheerioAPI, Element };

/**
 * HTML as the HTML standard reads it, however it was written. Read as a whole page, whose body it is: a fragment's
 * parser and selectors take time by the square of its top elements.
 */
export function parseHtml(html: string): CheerioAPI {
  const $ = ofDocument(parseDocument(`<!doctype html><body>${html}`));
  // What an author wrote on a `<body>` of his own is none of the page's.
  for (const element of [bodyOf($), bodyOf($).parent as Element]) element.attribs = {};
  return $;
}

const bodies = new WeakMap<CheerioAPI, Element>();

/** The element around what was parsed; no part of it. */
export function bodyOf($: CheerioAPI): Element {
  const known = bodies.get($);
  if (known) return known;
  const page = $.root()[0]!.children.find(isElement)!;
  const body = page.children.filter(isElement).find((element) => element.name === "body")!;
  bodies.set($, body);
  return body;
}

/** The same tree once more. */
export const copyOf = ($: CheerioAPI): CheerioAPI => ofDocument($.root()[0]!.cloneNode(true));

/** The HTML, without blanks at the ends of lines: nobody sees them, in code neither. */
export const htmlOf = ($: CheerioAPI): string => withoutBlanksAtEnds($(bodyOf($)).html() ?? "");

const withoutBlanksAtEnds = (html: string): string =>
  html.includes(" \n") || html.includes("\t\n") ? html.replace(/(?<![ \t])[ \t]+(?=\n)/g, "") : html;

export const isElement = (node: AnyNode): node is Element =>
  node.type === "tag" || node.type === "script" || node.type === "style";

/** All elements, outermost first, in the order of the text. */
export const elementsOf = ($: CheerioAPI): Element[] => elementsIn(bodyOf($));

/** Those of these names. A selector of Cheerio's is read anew at each use, and asks several functions of each element. */
export const elementsNamed = ($: CheerioAPI, ...names: string[]): Element[] =>
  elementsOf($).filter(({ name }) => names.includes(name));

/** Those of a class, of any name or of one. */
export const elementsOfClass = ($: CheerioAPI, className: string, name?: string): Element[] =>
  elementsOf($).filter((element) => (name ?? element.name) === element.name && hasClass(element, className));

/**
 * The same of those inside an element. Cheerio's `find` takes time by the square of the element's children, and a
 * recursion would be as deep as the tree, which nothing limits before `limitDepth`.
 */
export function elementsIn(element: Element, isLeftOut?: Condition): Element[] {
  const found: Element[] = [];
  const waiting: Element[] = [];
  pushChildren(element, waiting, isLeftOut);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    pushChildren(next, waiting, isLeftOut);
  }
  return found;
}

/** The last child first, so that the first is popped first. */
function pushChildren({ children }: Element, waiting: Element[], isLeftOut?: Condition): void {
  for (let i = children.length - 1; i >= 0; i--) {
    const child = children[i]!;
    if (isElement(child) && !isLeftOut?.(child)) waiting.push(child);
  }
}

/** The first of them that a condition holds for. */
export const firstIn = (element: Element, is: Condition): Element | undefined => elementsIn(element).find(is);

type Condition = (element: Element) => boolean;

/** The element itself or the nearest around it that a condition holds for. Cheerio reads its selector at each step. */
export function closest(element: Element, is: Condition): Element | undefined {
  for (let at: AnyNode | null = element; at; at = at.parent) if (isElement(at) && is(at)) return at;
  return undefined;
}

/** Whether an element stands in another, at whatever depth. */
export const isWithin = (element: Element, around: Element): boolean =>
  element !== around && closest(element, (one) => one === around) !== undefined;

export const HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"] as const;

/** 1 to 6; undefined of what is no heading. */
export const headingLevel = ({ name }: Element): number | undefined =>
  (HEADINGS as readonly string[]).indexOf(name) + 1 || undefined;

export const isPlayer = ({ name }: Element): boolean => name === "video" || name === "audio";
export const isLink = ({ name }: Element): boolean => name === "a";
export const isTable = (element: Element): boolean => element.name === "table";

/** Gives an element other children, in one step: taking a thousand out one by one takes a thousand times as long. */
export function setChildren(element: Element, children: AnyNode[]): void {
  element.children = children as Element["children"];
  for (const [index, child] of children.entries()) {
    child.parent = element;
    child.prev = (children[index - 1] ?? null) as typeof child.prev;
    child.next = (children[index + 1] ?? null) as typeof child.next;
  }
}

/**
 * Puts other nodes in the place of some, or none, each parent's in one step. What stands for a node may hold the node
 * itself, and others that are replaced.
 */
export function replaceAll(replacements: ReadonlyMap<AnyNode, readonly AnyNode[]>): void {
  const standIns = (node: AnyNode): AnyNode[] =>
    replacements.get(node)?.flatMap((one) => (one === node ? [one] : standIns(one))) ?? [node];
  const parents = new Set<Element>();
  for (const { parent } of replacements.keys()) if (parent) parents.add(parent as Element);
  for (const parent of parents) {
    // What is taken away needs no other children.
    if (replacements.get(parent)?.includes(parent) !== false) {
      setChildren(parent, parent.children.flatMap(standIns));
    }
  }
}

/** The text in an element that its author wrote; `isLeftOut` may leave out more than what the site added. */
export function authorsText(element: Element, isLeftOut: Condition = () => false): string {
  if (ADDED in element.attribs || isReference(element) || isLeftOut(element)) return "";
  let text = "";
  for (const child of element.children) {
    if (child.type === "text") text += child.data;
    else if (isElement(child)) text += authorsText(child, isLeftOut);
  }
  return text;
}

const HOLDERS = new Set("body div section article aside blockquote details figure li td th dd".split(" "));

/** The element itself, or what is around it that stands where a block may stand. */
export function blockAround(element: Element): Element {
  let at = element;
  while (at.parent && isElement(at.parent) && !HOLDERS.has(at.parent.name)) at = at.parent;
  return at;
}

/** All the text in an element. */
export function textOf({ children }: Element): string {
  let text = "";
  for (const child of children) {
    if (child.type === "text") text += child.data;
    else if (isElement(child)) text += textOf(child);
  }
  return text;
}

/** The same on one line, its words one blank apart. */
export const wordsOf = (element: Element, isLeftOut?: Condition): string =>
  authorsText(element, isLeftOut).replace(/\s+/g, " ").trim();

/** The number of a footnote. */
const isReference = ({ name, attribs }: Element) =>
  name === "sup" && attribs.id?.startsWith("fnref:") === true;

/** Where the author wrote an element: its own place, or the nearest one around it. */
export function placeOf(element: Element, file: string): Place {
  for (let at: AnyNode | null = element; at; at = at.parent) {
    const match = "attribs" in at ? /^(\d+):(\d+)/.exec(at.attribs[POSITION_ATTR] ?? "") : null;
    if (match) return { file, line: Number(match[1]), column: Number(match[2]) };
  }
  return { file, line: 1, column: 1 };
}

export const classesOf = ({ attribs }: Element): string[] => attribs.class?.match(/\S+/g) ?? [];

/** Asked of every element by many passes: most are told by the attribute as it is written. */
export const hasClass = (element: Element, name: string): boolean =>
  element.attribs.class?.includes(name) === true && classesOf(element).includes(name);

export function addClass(element: Element, name: string): void {
  element.attribs.class = element.attribs.class ? `${element.attribs.class} ${name}` : name;
}

export function removeClass(element: Element, name: string): void {
  const others = classesOf(element).filter((one) => one !== name);
  if (others.length) element.attribs.class = others.join(" ");
  else delete element.attribs.class;
}

/** A new element, with a text if it has one. It is made after the body: to have it read from HTML takes a parser. */
export function newElement(
  $: CheerioAPI,
  name: string,
  attribs: Record<string, string>,
  text?: string,
): Element {
  const element = bodyOf($).cloneNode();
  rename(element, name);
  element.attribs = attribs;
  if (text !== undefined) $(element).text(text);
  return element;
}

/** Makes another element of it, with its attributes and all that is in it. */
export function rename(element: Element, name: string): void {
  element.name = name;
  element.tagName = name;
}

/** Marks what the site added to the author's own. */
export const ADDED = "data-added";

/** On what loads or links to a file of the content folder, until the page is rendered: the file. */
export const USES_FILE = "data-file";
/** The same on what shows a file that has become part of the page. */
export const SHOWS_FILE = "data-inlined-file";

/** What every id of the layouts begins with, and no id of an author's. */
export const OWN_ID = "site--";
