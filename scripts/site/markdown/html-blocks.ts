/**
 * Raw HTML as kramdown reads it: a block runs to its matching end tag, whatever empty lines are in it, and stays
 * as it is; only inside an element with `markdown="1"` is text Markdown again.
 *
 *   <div class="activity callout" markdown="1">        <div class="activity callout">
 *   Write a **goal**.                              →   <p>Write a <strong>goal</strong>.</p>
 *   </div>                                             </div>
 */
import type { StateBlock } from "markdown-it";
import type { Place } from "../problems/problems.ts";
import { lineOfOffset, lineStarts } from "../text/lines.ts";
import { maskCode } from "../text/mask.ts";
import { envOf, type HtmlInText, pageLine } from "./environment.ts";
import { parseNested } from "./nested-text.ts";
import { CALLOUT_IN_LIST } from "./prepare.ts";
import { findTags, isBlockElement, isPlayerName, type Tag, takesSpans } from "./tags.ts";

/** How deep elements with `markdown="1"` may stand in each other. */
const DEPTH_LIMIT = 12;

const MARKDOWN_ATTRIBUTE = /\smarkdown\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s>]+))/i;

export function rawHtml(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = state.bMarks[startLine]! + state.tShift[startLine]!;
  if (state.src[start] !== "<") return false;
  const isIndented = state.sCount[startLine]! - state.blkIndent >= 4;
  // So far in, nothing ends a paragraph.
  if (isIndented && silent) return false;
  const html = htmlOf(state);
  if (state.src.startsWith("<!--", start)) return comment(state, html, startLine, endLine, silent);

  const index = html.byStart.get(start);
  if (index === undefined) return false;
  const tag = html.tags[index]!;
  if (!isBlockElement(tag.name)) return false;
  const isMarkdown = tag.kind === "open" && MARKDOWN_ATTRIBUTE.test(state.src.slice(tag.start, tag.end));
  // Four spaces make code, but not of an element that asks for Markdown.
  if (isIndented && !isMarkdown) return false;
  if (silent) return true;
  const env = envOf(state);
  // In an element it is that element which stands in the list.
  const isInBlock = state.level > 0 && !env.text.isInElement;
  if (isInBlock && env.shortcodeLines.has(pageLine(state, startLine)) && isInList(state)) {
    env.problems.error("callout-in-list", placeOf(state, html, start), ...CALLOUT_IN_LIST);
  }

  const limit = state.eMarks[endLine - 1]!;
  const partner = tag.partner === undefined ? undefined : html.tags[tag.partner]!;
  let end: number;
  if (tag.kind !== "open") {
    end = tag.end;
  } else if (partner && partner.end <= limit) {
    end = partner.end;
  } else if (isMarkdown) {
    end = limit;
    env.openCallouts.push(pageLine(state, lineOfOffset(html.starts, tag.start)));
    env.problems.error(
      "open-markdown",
      placeOf(state, html, tag.start),
      `the <${tag.name} markdown="1"> is never closed`,
      `write </${tag.name}> on a line of its own after it`,
    );
  } else {
    // As far as the paragraph goes; the parser that finishes the page closes it.
    let line = startLine + 1;
    while (line < endLine && !state.isEmpty(line)) line++;
    end = Math.max(tag.end, state.eMarks[line - 1]!);
  }

  let last = startLine;
  while (last < endLine - 1 && state.eMarks[last]! < end) last++;
  pushHtml(state, html, index, tag.start, end);
  pushEndTags(state, forgottenEnds(html, index, end));
  const lineEnd = state.eMarks[last]!;
  // `</div> more text`: what follows the end tag is a text of its own.
  if (state.src.slice(end, lineEnd).trim()) pushBlocks(state, html, end, lineEnd);
  state.line = last + 1;
  return true;
}

function isInList(state: StateBlock): boolean {
  const items = state.tokens.filter((token) => token.type === "list_item_open").length;
  return items > state.tokens.filter((token) => token.type === "list_item_close").length;
}

/** The HTML in the text that the state holds, found once for each text. */
function htmlOf(state: StateBlock): HtmlInText {
  const { text } = envOf(state);
  if (!text.html) {
    const tags = findTags(maskCode(state.src));
    text.html = {
      tags,
      byStart: new Map(tags.map((tag, index) => [tag.start, index])),
      starts: lineStarts(state.src),
      lastCommentEnd: state.src.lastIndexOf("-->"),
    };
  }
  return text.html;
}

/** Pushes a stretch of HTML: as it is, but for the inside of each outermost element in it that asks for Markdown. */
function pushHtml(state: StateBlock, html: HtmlInText, first: number, start: number, end: number): void {
  let done = start;
  for (let index = first; index < html.tags.length && html.tags[index]!.start < end; index++) {
    const tag = html.tags[index]!;
    if (tag.kind !== "open" || tag.start < done) continue;
    const written = state.src.slice(tag.start, tag.end);
    const attribute = MARKDOWN_ATTRIBUTE.exec(written);
    if (!attribute) continue;
    pushRaw(state, html, done, tag.start);
    const how = attribute[1] ?? attribute[2] ?? attribute[3] ?? attribute[4] ?? "";
    const isSpans = how === "span" || (how !== "block" && takesSpans(tag.name));
    const startTag = written.replace(MARKDOWN_ATTRIBUTE, "") + (isSpans ? "" : "\n");
    pushRaw(state, html, tag.start, tag.end, startTag);
    done = tag.end;
    if (how === "0") continue;
    const partner = tag.partner === undefined ? undefined : html.tags[tag.partner]!;
    const close = partner && partner.end <= end ? partner.start : end;
    if (isSpans) pushSpans(state, html, tag.end, close);
    else pushBlocks(state, html, tag.end, close);
    done = close;
  }
  pushRaw(state, html, done, end);
}

/**
 * The end tags that a stretch of raw HTML lacks. Left open, a table would take in the rest of the page, and a `<b>`
 * make it bold. What another block around it ends is left to that; of players, see `closeTags`.
 */
function forgottenEnds(html: HtmlInText, first: number, end: number): string {
  const isClosed = (tag: Tag) => tag.partner !== undefined && html.tags[tag.partner]!.start < end;
  const isWhole = isClosed(html.tags[first]!);
  let ends = "";
  for (let index = first; index < html.tags.length && html.tags[index]!.start < end; index++) {
    const tag = html.tags[index]!;
    if (tag.kind !== "open" || isClosed(tag) || isPlayerName(tag.name)) continue;
    if (!(isWhole && isBlockElement(tag.name))) {
      ends = `</${tag.name}>${ends}`;
    }
  }
  return ends;
}

/** Puts end tags behind the HTML that has just been pushed, in its own token where that is possible. */
function pushEndTags(state: StateBlock, ends: string): void {
  const last = state.tokens.at(-1)!;
  if (!ends) return;
  if (last.type === "html_block") last.content = `${last.content.trimEnd()}${ends}\n`;
  else state.push("html_block", "", 0).content = `${ends}\n`;
}

/** Pushes a stretch of the text as raw HTML; `content` where it is not what is written there. */
function pushRaw(state: StateBlock, html: HtmlInText, start: number, end: number, content?: string): void {
  const text = content ?? state.src.slice(start, end);
  if (!text) return;
  const token = state.push("html_block", "", 0);
  token.map = linesOf(html, start, end);
  token.content = content !== undefined || text.endsWith("\n") ? text : `${text}\n`;
  token.meta = { column: placeOf(state, html, start).column };
}

/** Pushes a stretch of the text as running text. */
function pushSpans(state: StateBlock, html: HtmlInText, start: number, end: number): void {
  const token = state.push("inline", "", 0);
  token.content = state.src.slice(start, end).trim();
  token.map = linesOf(html, start, end);
  token.children = [];
}

/** Pushes the blocks of a stretch of the text. */
function pushBlocks(state: StateBlock, html: HtmlInText, start: number, end: number): void {
  const written = state.src.slice(start, end);
  if (!written.trim()) return;
  const env = envOf(state);
  if (env.text.elements >= DEPTH_LIMIT) {
    env.problems.error(
      "nesting-depth",
      placeOf(state, html, state.src.lastIndexOf("<", start - 1)),
      `elements with markdown="1" stand more than ${DEPTH_LIMIT} deep in each other`,
      "close the outer ones first",
    );
    return;
  }
  const line = lineOfOffset(html.starts, start);
  const { lines, columns } = dedent(written.split("\n"));
  columns[0]! += start - html.starts[line]!;
  parseNested(state, lines, line, { columns });
}

/**
 * Lines without the indentation that all of them share; the first one, which follows a tag, does not count. With them,
 * how many characters each has lost.
 */
function dedent(written: string[]): { lines: string[]; columns: number[] } {
  const indents = written.map((line) => /^ */.exec(line)![0].length);
  const shared = written.reduce(
    (least, line, index) => (index && line.trim() ? Math.min(least, indents[index]!) : least),
    Number.POSITIVE_INFINITY,
  );
  const columns = written.map((line, index) =>
    index ? Math.min(shared, indents[index]!) : line.length - line.trimStart().length,
  );
  return { lines: written.map((line, index) => line.slice(columns[index])), columns };
}

/** A comment that fills its lines becomes nothing. */
function comment(
  state: StateBlock,
  html: HtmlInText,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  const start = state.bMarks[startLine]! + state.tShift[startLine]!;
  const close = start < html.lastCommentEnd ? state.src.indexOf("-->", start + 4) : -1;
  if (close < 0 || close > state.eMarks[endLine - 1]!) return false;
  let last = startLine;
  while (last < endLine - 1 && state.eMarks[last]! < close) last++;
  if (state.src.slice(close + 3, state.eMarks[last]!).trim()) return false;
  if (!silent) state.line = last + 1;
  return true;
}

/** The lines, as tokens have them, of a stretch of the text. */
const linesOf = ({ starts }: HtmlInText, start: number, end: number): [number, number] => [
  lineOfOffset(starts, start),
  lineOfOffset(starts, end) + 1,
];

/** The place in the author's file of an offset of the text. */
function placeOf(state: StateBlock, { starts }: HtmlInText, at: number): Place {
  const { file, text } = envOf(state);
  const line = lineOfOffset(starts, at);
  const column = (text.columns[line] ?? 0) + at - starts[line]! + 1;
  return { file, line: pageLine(state, line) + 1, column };
}
