/**
 * What a glossary says of each of its terms, for pages that link to them. A term is a heading or a `<dt>`, and what it
 * means are the paragraphs, lists and quotations right after it.
 *
 *   ## Third space                      Maker space
 *   A place that is neither home …      : A room to build things in.
 */
import type { Term } from "../../model/terms.ts";
import {
  type AnyNode,
  authorsText,
  type CheerioAPI,
  closest,
  type Element,
  elementsIn,
  elementsOf,
  headingLevel,
  isElement,
  isTable,
  rename,
  textOf,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";

/** Characters from which on it is left to the glossary to say more. */
const ENOUGH = 500;

const BLOCKS = new Set("p ul ol blockquote".split(" "));
/** What may be in them; of anything else, such as a film or a drawing, the glossary is the place. */
const PLAIN = new Set(
  "a abbr b bdi bdo blockquote br cite code del dfn em i ins kbd li mark ol p q s samp small span strong sub sup time u ul var wbr".split(
    " ",
  ),
);

/** None on a page that is no glossary. Needs the ids. */
export function termsOf({ $, page, ask }: PageContext): Term[] {
  if (!ask.isGlossary(page)) return [];
  return elementsOf($).flatMap((element): Term[] => {
    const { id } = element.attribs;
    const title = authorsText(element).trim();
    if (!id || !title || !isTerm(element) || closest(element, isApart)) return [];
    const html = element.name === "dt" ? definitionOf($, element) : htmlOf($, plainBlocks(after(element)));
    return html ? [{ id, title, html }] : [];
  });
}

const isTerm = (element: Element): boolean => element.name === "dt" || headingLevel(element) !== undefined;
/** A callout's heading is no term, nor is a table's. */
const isApart = (element: Element): boolean => element.name === "aside" || isTable(element);

/** Several terms may stand before what they mean. */
function definitionOf($: CheerioAPI, term: Element): string {
  const definitions: Element[] = [];
  for (const node of after(term)) {
    if (!isElement(node)) continue;
    if (node.name === "dd") definitions.push(node);
    else if (node.name !== "dt" || definitions.length) break;
  }
  return htmlOf($, definitions.flatMap(blocksIn));
}

function* after(element: Element): Generator<AnyNode> {
  for (let node = element.next; node; node = node.next) yield node;
}

/** A definition without paragraphs is one. */
function blocksIn(definition: Element): Element[] {
  const inside = definition.children.filter(isElement);
  if (inside.some(({ name }) => BLOCKS.has(name))) return plainBlocks(definition.children);
  if (!inside.every(isPlain)) return [];
  const paragraph = definition.cloneNode(true);
  rename(paragraph, "p");
  return [paragraph];
}

/** Those before anything else, until they say enough. */
function plainBlocks(nodes: Iterable<AnyNode>): Element[] {
  const blocks: Element[] = [];
  let length = 0;
  for (const node of nodes) {
    if (node.type === "text" && !node.data.trim()) continue;
    if (!isElement(node) || !BLOCKS.has(node.name) || !isPlain(node) || length >= ENOUGH) break;
    blocks.push(node);
    length += textOf(node).length;
  }
  return blocks;
}

const isPlain = (element: Element): boolean =>
  [element, ...elementsIn(element)].every(
    ({ name, attribs }) => PLAIN.has(name) && !("data-field" in attribs) && !("data-embed" in attribs),
  );

/** Without ids, which the page that shows it may have too. */
function htmlOf($: CheerioAPI, blocks: readonly Element[]): string {
  return blocks
    .map((block) => {
      const copy = block.cloneNode(true);
      for (const { attribs } of [copy, ...elementsIn(copy)]) {
        delete attribs.id;
        delete attribs["data-term"];
      }
      return $.html(copy);
    })
    .join("");
}
