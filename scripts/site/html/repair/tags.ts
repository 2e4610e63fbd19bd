/**
 * Repairs malformed HTML before a parser reads it: what the parser would take in a way that no author meant, or in a
 * time that no author would wait.
 */

import { LIMITS } from "../../content/source.ts";
import { POSITION_ATTR } from "../../markdown/positions.ts";
import { findTags, isPlayerName, isSelfClosed, type Tag, VOID_ELEMENTS } from "../../markdown/tags.ts";
import type { Place, Problems } from "../../problems/problems.ts";

/** Deeper than any page of text; a browser's own limit is 512. */
export const DEPTH_LIMIT = 150;

/** Elements that need no end tag: the next one of their kind, or what is around them, ends them. */
const ENDED_BY_OTHERS = new Set(
  "p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rp rt".split(" "),
);

/**
 * Adds the end tags without which a parser would take what follows for a part of the element, and leaves out open
 * tags beyond what a tree can hold.
 *
 *   <iframe src="…">     →  <iframe src="…"></iframe>
 *   <div class="x" />    →  <div class="x" ></div>
 *   <video><source> Text →  <video><source></video> Text
 */
export function closeTags(html: string, file: string, problems: Problems): string {
  const parts: string[] = [];
  let done = 0;
  let depth = 0;
  let isTooDeep = false;
  const tags = findTags(html);
  for (const [index, tag] of tags.entries()) {
    const isOpen = tag.kind === "open" && !ENDED_BY_OTHERS.has(tag.name);
    if (tag.kind === "close" && tag.partner !== undefined && !ENDED_BY_OTHERS.has(tag.name)) depth--;
    if (isOpen && ++depth > DEPTH_LIMIT) {
      if (!isTooDeep) reportDepth(placeIn(html.slice(tag.start, tag.end), file), problems);
      isTooDeep = true;
      parts.push(html.slice(done, tag.start));
      done = tag.end;
    } else if (isOpen && isPlayerName(tag.name) && tag.partner === undefined) {
      depth--;
      const end = endOfSources(tags, index, html);
      parts.push(html.slice(done, end), `</${tag.name}>`);
      done = end;
    } else if (needsEnd(tag, html)) {
      parts.push(html.slice(done, tag.end).replace(/\/>$/, ">"), `</${tag.name}>`);
      done = tag.end;
    }
  }
  parts.push(html.slice(done));
  return parts.join("");
}

/** Where the last of the sources and tracks ends that follow a player's start tag. */
function endOfSources(tags: readonly Tag[], player: number, html: string): number {
  let { end } = tags[player]!;
  for (let at = player + 1; at < tags.length; at++) {
    const { name, start, end: next } = tags[at]!;
    if (!/^(?:source|track)$/.test(name) || html.slice(end, start).trim()) break;
    end = next;
  }
  return end;
}

export function reportDepth(place: Place, problems: Problems): void {
  problems.error(
    "nesting-depth",
    place,
    `more than ${DEPTH_LIMIT} elements stand inside each other here`,
    "close each one where it ends",
  );
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
  const [, line = 1, column = 1] = new RegExp(`${POSITION_ATTR}="?(\\d+):(\\d+)`).exec(tag) ?? [];
  return { file, line: Number(line), column: Number(column) };
}

function needsEnd(tag: Tag, html: string): boolean {
  if (tag.kind === "open") return tag.name === "iframe" && tag.partner === undefined;
  return tag.kind === "void" && !VOID_ELEMENTS.has(tag.name) && isSelfClosed(html.slice(tag.start, tag.end));
}
