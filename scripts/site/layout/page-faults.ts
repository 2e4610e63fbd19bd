/**
 * What must not be in a page, found in its whole HTML, read as a browser reads it. Nothing acts in it but the site's own
 * scripts, where the layouts put them; its policy stands before all that it speaks of; and what an author wrote stays
 * in its place and is what the passes have checked.
 */
import { load } from "cheerio";
import { type AnyNode, type CheerioAPI, type Element, hasClass, isElement } from "../html/dom.ts";
import { CONTENT, faultOfElement, isIn, isPolicy } from "../html/sanitize/acting.ts";

/** A page in its layout. */
export interface PageInLayout {
  html: string;
  /** What its author's part has to be, found fit when it was rendered (see settle); undefined where it has none. */
  content?: string | undefined;
}

/**
 * The page with a few letters for its author's part, where a look at its place is all that part needs: a parser is
 * spared the longer part of every page. Undefined where all has to be read.
 */
export function shellOf({ html, content }: PageInLayout): string | undefined {
  const text = content?.trim();
  const at = text ? html.indexOf(text) : -1;
  if (!text || at < 0 || MOVES_OTHERS.test(html.slice(0, at))) return undefined;
  return html.slice(0, at) + STAND_IN + html.slice(at + text.length);
}

/** What must not be in a shell, or "look": the author's part is not in its place, and all has to be read. */
export function faultOfShell(shell: string): string | undefined {
  const $ = load(shell);
  const place = $(`.${CONTENT}`)[0];
  const isInPlace = place && isPlainPlace(place) && $(place).html()?.trim() === STAND_IN;
  return isInPlace ? faultOfTree($, STAND_IN) : LOOK;
}

/** The same as `faultOfPage`, told by the page's shell where that tells enough. */
export function faultOfLaidOut(page: PageInLayout): string | undefined {
  const shell = shellOf(page);
  const fault = shell === undefined ? LOOK : faultOfShell(shell);
  return fault === LOOK ? faultOfPage(page.html, page.content) : fault;
}

export const LOOK = "look";

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
  const bodies = elements.filter((element) => hasClass(element, CONTENT));
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
