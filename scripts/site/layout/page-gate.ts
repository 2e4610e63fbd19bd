/**
 * The last word on every page before it is written: its whole HTML, read as a browser reads it. Nothing acts in it but
 * the site's own scripts, where the layouts put them; its policy stands before all that it speaks of; and what an
 * author wrote stays in its place and is what the passes have checked. Content that `check` passes never fails here:
 * what this finds is a fault of the program or of a layout, and no site is published with it.
 */
import { load } from "cheerio";
import { type AnyNode, type CheerioAPI, classesOf, type Element, isElement } from "../html/dom.ts";
import { CONTENT, faultOfElement, isIn, isPolicy } from "../html/sanitize/acting.ts";
import { addressOf } from "../text/addresses.ts";
import type { Task } from "./bridge.ts";
import type { EleventyConfig } from "./eleventy.ts";

export function pageGate(eleventy: EleventyConfig, { site: { course, rendering }, onPage }: Task): void {
  eleventy.on("eleventy.after", async ({ results }) => {
    for (const { url, content } of results) {
      const address = addressOf(url);
      const page = course.byAddress.get(address);
      const fault = faultOfLaidOut(content, page && rendering.of(page).html);
      if (fault) throw new Error(`the page ${address} is not fit to be published: ${fault}`);
      await onPage(address, content);
    }
  });
}

/**
 * The same as `faultOfPage`, of a page whose author's part was found fit when it was rendered (see settle): of it only
 * the place is looked at, which spares a parser the longer part of every page. Where that tells too little, all is read.
 */
export function faultOfLaidOut(html: string, content?: string): string | undefined {
  const text = content?.trim();
  const at = text ? html.indexOf(text) : -1;
  if (!text || at < 0 || MOVES_OTHERS.test(html.slice(0, at))) return faultOfPage(html, content);
  const shell = load(html.slice(0, at) + STAND_IN + html.slice(at + text.length));
  const place = shell(`.${CONTENT}`)[0];
  const isInPlace = place && isPlainPlace(place) && shell(place).html()?.trim() === STAND_IN;
  return isInPlace ? faultOfTree(shell, STAND_IN) : faultOfPage(html, content);
}

/** What stands for the author's part. */
const STAND_IN = "site--text";

/** What stands wrongly in a table that is open, a parser moves before it, and goes on to read as in a table. */
const MOVES_OTHERS = /<table/i;

/** Inside of these, text is read as it is in the body itself: it is in nothing that its own tags could end. */
const PLAIN = new Set(["html", "body", "div", "main", "article", "section"]);
const isPlainPlace = (element: Element) => !isIn(element, ({ name }) => !PLAIN.has(name));

/** What in a page's HTML must not be there; `content` is what its author's part has to be. */
export const faultOfPage = (html: string, content?: string): string | undefined =>
  faultOfTree(load(html), content);

function faultOfTree($: CheerioAPI, content: string | undefined): string | undefined {
  const elements = allElements($.root()[0]!);
  const policy = elements.find(isPolicy);
  // What a designer adds to Eleventy without a layout is a page without a policy; it runs nothing all the same.
  if (!policy && content !== undefined) return "it has no policy";
  const beforePolicy = policy ? elements.slice(0, elements.indexOf(policy)) : [];
  const early = beforePolicy.find(({ name }) => name === "script" || name === "style" || name === "link");
  if (early) return `<${early.name}> stands before the policy`;
  for (const element of elements) {
    const fault = faultOfElement(element, policy?.attribs.content ?? "");
    if (fault) return fault;
  }
  const bodies = elements.filter((element) => classesOf(element).includes(CONTENT));
  if (bodies.length > 1) return "its text stands in two places";
  if (content !== undefined && $(bodies[0]).html()?.trim() !== content.trim()) {
    return "a browser would read its text otherwise than it was checked";
  }
  return undefined;
}

/** All elements of a document in the order of the text, those inside templates too. */
function allElements(root: AnyNode): Element[] {
  const found: Element[] = [];
  const waiting: AnyNode[] = [root];
  while (waiting.length) {
    const node = waiting.pop()!;
    if (isElement(node)) found.push(node);
    if (!("children" in node)) continue;
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i]!);
  }
  return found;
}
