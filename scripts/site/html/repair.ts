/** What authors meant where their HTML says something else. */

import { LIMITS } from "../content/source.ts";
import { AT } from "../markdown/positions.ts";
import { findTags, isSelfClosed, type Tag, VOID_ELEMENTS } from "../markdown/tags.ts";
import type { Place, Problems } from "../problems/problems.ts";
import {
  type AnyNode,
  bodyOf,
  type CheerioAPI,
  type Element,
  elementsIn,
  elementsOf,
  isElement,
  replaceAll,
  setChildren,
} from "./dom.ts";

const ASTRAY = /^\s*((?:[a-zA-Z-]+=(?:"[^"<>]*"|'[^'<>]*')\s*)+)>/;

/** Deeper than any page of text; a browser's own limit is 512. */
export const DEPTH_LIMIT = 150;

/** Elements that need no end tag: the next one of their kind, or what is around them, ends them. */
const ENDED_BY_OTHERS = new Set(
  "p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rp rt".split(" "),
);

/**
 * Before a parser reads the HTML: the end tags without which it would take what follows for a part of the element,
 * and no more open tags than a tree can hold.
 *
 *   <iframe src="…">     →  <iframe src="…"></iframe>
 *   <div class="x" />    →  <div class="x" ></div>
 */
export function closeTags(html: string, file: string, problems: Problems): string {
  const parts: string[] = [];
  let done = 0;
  let depth = 0;
  let isTooDeep = false;
  for (const tag of findTags(html)) {
    const isOpen = tag.kind === "open" && !ENDED_BY_OTHERS.has(tag.name);
    if (tag.kind === "close" && tag.partner !== undefined && !ENDED_BY_OTHERS.has(tag.name)) depth--;
    if (isOpen && ++depth > DEPTH_LIMIT) {
      if (!isTooDeep) reportDepth(html.slice(tag.start, tag.end));
      isTooDeep = true;
      parts.push(html.slice(done, tag.start));
      done = tag.end;
    } else if (needsEnd(tag, html)) {
      parts.push(html.slice(done, tag.end).replace(/\/>$/, ">"), `</${tag.name}>`);
      done = tag.end;
    }
  }
  parts.push(html.slice(done));
  return parts.join("");

  function reportDepth(tag: string): void {
    problems.error(
      "nesting-depth",
      placeIn(tag, file),
      `more than ${DEPTH_LIMIT} elements stand inside each other here`,
      "close each one where it ends",
    );
  }
}

/** Where a tag's name or a comment begins, as the HTML standard's tokenizer tells. */
const TAG_NAME = /<(?:\/?[a-zA-Z][^\t\n\f\r />]*|!(?=--))/g;
const COMMENT_END = /--!?>/g;
/** One attribute; a quote that nothing closes takes all that follows. */
const ATTRIBUTE =
  /[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^\t\n\f\r "'>][^\t\n\f\r >]*)?)?/y;

/**
 * Takes away attributes beyond the limit. The parser compares each with all before it in its tag: a page that is one
 * tag would take it an hour.
 */
export function limitAttributes(html: string, file: string, problems: Problems): string {
  const parts: string[] = [];
  let done = 0;
  TAG_NAME.lastIndex = 0;
  for (let tag = TAG_NAME.exec(html); tag; tag = TAG_NAME.exec(html)) {
    if (tag[0] === "<!") {
      COMMENT_END.lastIndex = tag.index + 2;
      if (!COMMENT_END.exec(html)) break;
      TAG_NAME.lastIndex = COMMENT_END.lastIndex;
      continue;
    }
    let end = TAG_NAME.lastIndex;
    let kept = end;
    let attributes = 0;
    for (ATTRIBUTE.lastIndex = end; ATTRIBUTE.exec(html); ) {
      end = ATTRIBUTE.lastIndex;
      if (++attributes <= LIMITS.attributes + 1) kept = end;
    }
    // One more for the mark of its place.
    if (attributes > LIMITS.attributes + 1) {
      problems.error(
        "attribute-count",
        placeIn(html.slice(tag.index, end), file),
        `the <${tag[0].slice(1)}> has more than ${LIMITS.attributes} attributes`,
        "keep those that it needs",
      );
      parts.push(html.slice(done, kept));
      done = end;
    }
    TAG_NAME.lastIndex = end;
  }
  parts.push(html.slice(done));
  return parts.join("");
}

/** The place that a tag is marked with. */
function placeIn(tag: string, file: string): Place {
  const [, line = 1, column = 1] = new RegExp(`${AT}="?(\\d+):(\\d+)`).exec(tag) ?? [];
  return { file, line: Number(line), column: Number(column) };
}

function needsEnd(tag: Tag, html: string): boolean {
  if (tag.kind === "open") return tag.name === "iframe" && tag.partner === undefined;
  return tag.kind === "void" && !VOID_ELEMENTS.has(tag.name) && isSelfClosed(html.slice(tag.start, tag.end));
}

/** Comments are notes among authors. */
export function removeComments($: CheerioAPI): void {
  for (const element of [bodyOf($), ...elementsOf($)]) {
    if (element.children.some(isComment)) {
      setChildren(
        element,
        element.children.filter((child) => !isComment(child)),
      );
    }
  }
}

/** What a parser makes of a paragraph that another block has ended: `<p>Text <div>…</div></p>` leaves an empty one. */
export function removeEmptyParagraphs($: CheerioAPI): void {
  const isEmpty = (node: AnyNode) =>
    isElement(node) &&
    node.name === "p" &&
    !node.children.length &&
    Object.keys(node.attribs).every((name) => name === AT);
  for (const element of [bodyOf($), ...elementsOf($)]) {
    if (element.children.some(isEmpty)) {
      setChildren(
        element,
        element.children.filter((child) => !isEmpty(child)),
      );
    }
  }
}

/**
 * `<th bgcolor="lightpink"> width="10%">` — the tag was closed too early, and an attribute went astray into the
 * text. It goes back to where it was meant to be.
 */
export function bringBackAttributes($: CheerioAPI): void {
  for (const element of elementsOf($)) {
    const first = element.children[0];
    if (first?.type !== "text") continue;
    const match = ASTRAY.exec(first.data);
    if (!match) continue;
    first.data = first.data.slice(match[0].length);
    for (const [, name, quoted] of match[1]!.matchAll(/([a-zA-Z-]+)=("[^"]*"|'[^']*')/g)) {
      element.attribs[name!.toLowerCase()] ??= quoted!.slice(1, -1);
    }
  }
}

const isComment = (node: AnyNode) => node.type === "comment" || node.type === "directive";

const BOXES = new Set("div p section article aside center blockquote figure".split(" "));

/** `<h2><div>Plan</div></h2>`: a heading holds running text; the boxes in it go, their words stay. */
export function unboxHeadings($: CheerioAPI): void {
  const boxes = new Map<AnyNode, AnyNode[]>();
  for (const holder of $("h1, h2, h3, h4, h5, h6, summary").toArray() as Element[]) {
    for (const box of elementsIn(holder)) {
      if (BOXES.has(box.name)) boxes.set(box, box.children);
    }
  }
  replaceAll(boxes);
}

const COLOR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([\d\s.,%/]+\)/i;
const NAMED_COLOR = /^[a-z]{3,25}$/i;

/**
 * Presentation from before style sheets. A tint is kept as a custom property, which themes and dark mode answer;
 * a border makes a card; the alignment of a cell stays; all else goes.
 *
 *   <td bgcolor="#85c0fe" width="10%">                      <td class="tint" style="--tint:#85c0fe">
 *   <div style="border:0px 0px 0px 10px solid #85c0fe">  →  <div class="card" style="--tint:#85c0fe">
 */
export function translatePresentation($: CheerioAPI): void {
  for (const element of elementsOf($)) {
    const { style = "", bgcolor, align } = element.attribs;
    for (const attribute of ["style", "bgcolor", "align", "width", "height"]) {
      if (!(element.name === "img" && attribute !== "style" && attribute !== "bgcolor"))
        delete element.attribs[attribute];
    }
    const rules = new Map(
      style.split(";").map((rule) => {
        const colon = rule.indexOf(":");
        return [rule.slice(0, colon).trim().toLowerCase(), rule.slice(colon + 1).trim()] as const;
      }),
    );
    // Google Docs puts all that is copied from it into `<b style="font-weight:normal">`.
    if (element.name === "b" && rules.get("font-weight") === "normal") rename(element, "span");
    const background = colorIn(bgcolor ?? rules.get("background-color") ?? rules.get("background"));
    const border = colorIn(
      [...rules].find(
        ([name, value]) =>
          /^border(-left|-top|-right|-bottom|-color|-inline-start)?$/.test(name) && !/^(0|none)$/.test(value),
      )?.[1],
    );
    const kept: string[] = [];
    if (background) {
      kept.push(`--tint:${background}`);
      addClass(element, "tint");
    } else if (border) {
      kept.push(`--tint:${border}`);
      addClass(element, "card");
    }
    const alignment = /^(?:left|right|center)$/.exec(
      (rules.get("text-align") ?? align ?? "").toLowerCase(),
    )?.[0];
    if (alignment && (element.name === "td" || element.name === "th"))
      addClass(element, `align-${alignment}`);
    if (kept.length) element.attribs.style = kept.join(";");
  }
}

/** The color in an old attribute or a CSS value; undefined where there is none. */
function colorIn(value = ""): string | undefined {
  const found = COLOR.exec(value)?.[0];
  if (found) return found;
  const name = value
    .trim()
    .split(/\s+/)
    .find(
      (word) =>
        NAMED_COLOR.test(word) &&
        !/^(?:solid|dashed|dotted|double|groove|ridge|inset|outset|none|hidden|thin|medium|thick|transparent|inherit|initial|unset|auto|left|right|center|top|bottom|repeat|scroll|fixed)$/i.test(
          word,
        ),
    );
  return name?.toLowerCase();
}

function rename(element: Element, name: string): void {
  element.name = name;
  element.tagName = name;
}

function addClass(element: Element, name: string): void {
  element.attribs.class = element.attribs.class ? `${element.attribs.class} ${name}` : name;
}
