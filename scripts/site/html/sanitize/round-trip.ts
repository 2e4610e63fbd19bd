/**
 * Trees that survive being written as HTML and read again. Most nestings do; `<p><div>`, `<a><b><a>` and text in a
 * table's row do not, for a parser ends elements, repeats them or moves them where they cannot stand.
 *
 * These rules are narrower than those of the HTML standard's parser (section "Parsing HTML documents", "The rules for
 * parsing tokens in HTML content"), so that each of them can be held against it: what they allow is read as it is;
 * what they do not allow may be or not.
 */
import { INLINE_ELEMENTS, SVG_ATTRIBUTES } from "../../content/svg.ts";
import { type AnyNode, type Element, headingLevel, isElement } from "../dom.ts";

const words = (text: string) => new Set(text.split(/\s+/));

/** Elements whose start tag ends a paragraph that is open, wherever in it they stand. */
const BLOCKS = words(
  `address article aside blockquote dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section
  summary table ul`,
);
/** Elements that a parser opens again where they were closed too late, and takes out of their like. */
const FORMATTING = words("a b code em i s small strong u");
const OTHERS = words(
  "abbr audio bdi bdo br cite data del dfn img ins kbd mark q ruby samp source span sub sup time track var video wbr",
);
const VOID = words("br col hr img source track wbr");

/** Elements that are read as they are in these only. */
const PARENTS = new Map(
  Object.entries({
    li: words("ol ul"),
    dt: words("dl"),
    dd: words("dl"),
    rt: words("ruby"),
    rp: words("ruby"),
    caption: words("table"),
    colgroup: words("table"),
    col: words("colgroup"),
    thead: words("table"),
    tbody: words("table"),
    tfoot: words("table"),
    tr: words("thead tbody tfoot"),
    td: words("tr"),
    th: words("tr"),
  }),
);
/** Elements that hold no others than those, and no text. */
const TABLE_PARTS = words("table colgroup thead tbody tfoot tr");

const HTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";
const BLANK = /^[\t\n\f ]*$/;
/** What a parser takes away or changes, in texts and in values. */
const CHANGED = /[\0\r]/;
/** A line break at the beginning of preformatted text, maybe behind blanks that `htmlOf` takes away. */
const LINE_BREAK_FIRST = /^[\t ]*(?:\n|$)/;

/** Whether what stands in a body is surely read from its HTML (see `htmlOf`) as it is. */
export function roundTrips(body: Element): boolean {
  /** Those around the element in hand that must not stand in each other. */
  const open = new Set<string>();
  return body.children.every((child) => isReadAsItIs(child, body, open));
}

function isReadAsItIs(node: AnyNode, parent: Element, open: Set<string>): boolean {
  if (node.type === "text") {
    return !CHANGED.test(node.data) && (!TABLE_PARTS.has(parent.name) || BLANK.test(node.data));
  }
  if (!isElement(node)) return false;
  if (node.namespace === SVG) return node.name === "svg" && !TABLE_PARTS.has(parent.name) && isDrawing(node);
  const { name, children } = node;
  if (node.namespace !== HTML || !standsWell(node, parent, open) || !hasSafeAttributes(node, isPlainName))
    return false;
  if (VOID.has(name)) return !children.length;
  const first = children[0];
  if (name === "pre" && first?.type === "text" && LINE_BREAK_FIRST.test(first.data)) return false;
  const isAlone = name === "p" || FORMATTING.has(name);
  if (isAlone) open.add(name);
  const isWhole = children.every((child) => isReadAsItIs(child, node, open));
  if (isAlone) open.delete(name);
  return isWhole;
}

function standsWell(element: Element, parent: Element, open: ReadonlySet<string>): boolean {
  const { name } = element;
  const parents = PARENTS.get(name);
  if (parents ? !parents.has(parent.name) : TABLE_PARTS.has(parent.name)) return false;
  if (BLOCKS.has(name)) return !open.has("p") && !(headingLevel(element) && headingLevel(parent));
  return FORMATTING.has(name) ? !open.has(name) : parents !== undefined || OTHERS.has(name);
}

/** Of a diagram, a parser keeps every element that is one of a drawing's and none of a page's. */
function isDrawing(element: Element): boolean {
  if (element.namespace !== SVG || !INLINE_ELEMENTS.has(element.name)) return false;
  // What stands in these is read as HTML.
  const isText = element.name === "title" || element.name === "desc";
  return (
    hasSafeAttributes(element, isDrawingsName) &&
    element.children.every((child) =>
      child.type === "text" ? !CHANGED.test(child.data) : !isText && isElement(child) && isDrawing(child),
    )
  );
}

/** Beyond its name nothing about an attribute is told by a parser. */
function hasSafeAttributes({ attribs }: Element, isSafe: (name: string) => boolean): boolean {
  for (const name in attribs) if (!isSafe(name) || CHANGED.test(attribs[name]!)) return false;
  return true;
}

const isPlainName = (name: string) => /^[a-z][a-z-]*$/.test(name);
/** `xml:space` a parser takes apart. */
const isDrawingsName = (name: string) => SVG_ATTRIBUTES.has(name) && !name.includes(":");
