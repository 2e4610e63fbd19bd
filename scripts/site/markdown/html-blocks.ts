/**
 * Raw HTML as kramdown reads it: a block runs to its matching end tag, whatever empty lines are in it, and stays
 * as it is; only inside an element with `markdown="1"` is text Markdown again.
 *
 *   <div class="activity callout" markdown="1">        <div class="activity callout">
 *   Write a **goal**.                              →   <p>Write a <strong>goal</strong>.</p>
 *   </div>                                             </div>
 */
import type { Env, MarkdownIt, StateBlock } from "markdown-it";
import type { Problems } from "../problems/problems.ts";
import { lineOfOffset, lineStarts } from "../text/lines.ts";
import { maskCode } from "./mask.ts";
import { CALLOUT_IN_LIST } from "./prepare.ts";
import { findTags, isBlockElement, type Tag, takesSpans } from "./tags.ts";

/** How deep elements with `markdown="1"` may stand in each other. */
const DEPTH_LIMIT = 12;

export interface HtmlBlocksEnv extends Env {
  file: string;
  problems: Problems;
  shortcodeLines: Set<number>;
  /** Lines of the page, from 0, of callouts that nothing ends. */
  openCallouts: number[];
  /** Of the text in hand: its tags, by where they begin; and, for a text inside another, where it stands. */
  html?: HtmlText;
}

interface HtmlText {
  src: string;
  tags: Tag[];
  byStart: Map<number, number>;
  /** Where each line begins. */
  starts: number[];
  /** Of the last `-->`; asked for once, or each open comment would search the rest of the page. */
  lastCommentEnd: number;
  /** Line of the page, from 0, on which this text begins. */
  line: number;
  /** Characters of the page before this text's first line, and before each other line. */
  firstColumn: number;
  restColumn: number;
  depth: number;
}

const MARKDOWN_ATTRIBUTE = /\smarkdown\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s>]+))/i;

export function htmlBlocks(md: MarkdownIt): void {
  md.block.ruler.disable("html_block");
  md.block.ruler.before("code", "raw_html", rawHtml, {
    alt: ["paragraph", "reference", "blockquote", "table"],
  });
}

function rawHtml(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = state.bMarks[startLine]! + state.tShift[startLine]!;
  if (state.src[start] !== "<") return false;
  const env = state.env as HtmlBlocksEnv;
  const html = textInHand(state, env);
  if (state.src.startsWith("<!--", start)) return comment(state, startLine, endLine, silent, html);

  const index = html.byStart.get(start);
  if (index === undefined) return false;
  const tag = html.tags[index]!;
  if (!isBlockElement(tag.name)) return false;
  const isMarkdown = tag.kind === "open" && MARKDOWN_ATTRIBUTE.test(state.src.slice(tag.start, tag.end));
  // Four spaces make code, but not of an element that asks for Markdown.
  if (state.sCount[startLine]! - state.blkIndent >= 4 && !isMarkdown) return false;
  if (silent) return true;
  if (state.level && env.shortcodeLines.has(html.line + startLine) && isInList(state)) {
    env.problems.error("callout-in-list", placeOf(html, start, env), ...CALLOUT_IN_LIST);
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
    env.openCallouts.push(html.line + lineOf(html, tag.start));
    env.problems.error(
      "open-markdown",
      placeOf(html, tag.start, env),
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
  emit(state, html, index, tag.start, end, env);
  close(state, forgottenEnds(html, index, end));
  const rest = state.src.slice(end, state.eMarks[last]!);
  if (rest.trim()) {
    // `</div> more text`: what follows the end tag is a text of its own.
    inner(state, html, env, end, state.eMarks[last]!);
  }
  state.line = last + 1;
  return true;
}

function isInList(state: StateBlock): boolean {
  const items = state.tokens.filter((token) => token.type === "list_item_open").length;
  return items > state.tokens.filter((token) => token.type === "list_item_close").length;
}

/** The tags of the text that the state holds, found once for each text. */
function textInHand(state: StateBlock, env: HtmlBlocksEnv): HtmlText {
  if (env.html?.src !== state.src) {
    const tags = findTags(maskCode(state.src));
    env.html = {
      src: state.src,
      tags,
      byStart: new Map(tags.map((tag, index) => [tag.start, index])),
      starts: lineStarts(state.src),
      lastCommentEnd: state.src.lastIndexOf("-->"),
      line: env.html?.line ?? 0,
      firstColumn: env.html?.firstColumn ?? 0,
      restColumn: env.html?.restColumn ?? 0,
      depth: env.html?.depth ?? 0,
    };
  }
  return env.html;
}

/** Pushes a stretch of raw HTML, and the Markdown of every outermost element in it that asks for it. */
function emit(
  state: StateBlock,
  html: HtmlText,
  first: number,
  start: number,
  end: number,
  env: HtmlBlocksEnv,
): void {
  let done = start;
  for (let index = first; index < html.tags.length && html.tags[index]!.start < end; index++) {
    const tag = html.tags[index]!;
    if (tag.kind !== "open" || tag.start < done) continue;
    const written = state.src.slice(tag.start, tag.end);
    const attribute = MARKDOWN_ATTRIBUTE.exec(written);
    if (!attribute) continue;
    raw(state, html, done, tag.start);
    const how = attribute[1] ?? attribute[2] ?? attribute[3] ?? attribute[4] ?? "";
    const spans = how === "span" || (how !== "block" && takesSpans(tag.name));
    raw(state, html, tag.start, tag.end, written.replace(MARKDOWN_ATTRIBUTE, "") + (spans ? "" : "\n"));
    done = tag.end;
    if (how === "0") continue;
    const partner = tag.partner === undefined ? undefined : html.tags[tag.partner]!;
    const close = partner && partner.end <= end ? partner.start : end;
    if (spans) span(state, html, tag.end, close);
    else inner(state, html, env, tag.end, close);
    done = close;
  }
  raw(state, html, done, end);
}

/**
 * The end tags that a stretch of raw HTML lacks. Left open, a table would take in the rest of the page, and a `<b>`
 * make it bold. What another block around it ends is left to that.
 */
function forgottenEnds(html: HtmlText, first: number, end: number): string {
  const isClosed = (tag: Tag) => tag.partner !== undefined && html.tags[tag.partner]!.start < end;
  const isWhole = isClosed(html.tags[first]!);
  let ends = "";
  for (let index = first; index < html.tags.length && html.tags[index]!.start < end; index++) {
    const tag = html.tags[index]!;
    if (tag.kind === "open" && !isClosed(tag) && !(isWhole && isBlockElement(tag.name))) {
      ends = `</${tag.name}>${ends}`;
    }
  }
  return ends;
}

function close(state: StateBlock, ends: string): void {
  const last = state.tokens.at(-1)!;
  if (!ends) return;
  if (last.type === "html_block") last.content = `${last.content.trimEnd()}${ends}\n`;
  else state.push("html_block", "", 0).content = `${ends}\n`;
}

function raw(state: StateBlock, html: HtmlText, start: number, end: number, content?: string): void {
  const text = content ?? textOf(state, html, start, end);
  if (!text) return;
  const token = state.push("html_block", "", 0);
  const line = lineOf(html, start);
  token.map = [line, lineOf(html, end) + 1];
  token.content = content !== undefined || text.endsWith("\n") ? text : `${text}\n`;
  token.meta = { column: columnOf(html, start) };
}

function span(state: StateBlock, html: HtmlText, start: number, end: number): void {
  const token = state.push("inline", "", 0);
  token.content = state.src.slice(start, end).trim();
  token.map = [lineOf(html, start), lineOf(html, end) + 1];
  token.children = [];
}

/** The blocks of a text inside this one; its lines are counted on from where it stands. */
function inner(state: StateBlock, html: HtmlText, env: HtmlBlocksEnv, start: number, end: number): void {
  const line = lineOf(html, start);
  const { text, first, rest } = dedent(textOf(state, html, start, end));
  if (!text.trim()) return;
  if (html.depth >= DEPTH_LIMIT) {
    env.problems.error(
      "nesting-depth",
      placeOf(html, state.src.lastIndexOf("<", start - 1), env),
      `elements with markdown="1" stand more than ${DEPTH_LIMIT} deep in each other`,
      "close the outer ones first",
    );
    return;
  }
  env.html = {
    src: "",
    tags: [],
    byStart: new Map(),
    starts: [],
    lastCommentEnd: -1,
    line: html.line + line,
    firstColumn: columnOf(html, start) - 1 + first,
    restColumn: rest,
    depth: html.depth + 1,
  };
  const before = state.tokens.length;
  state.md.block.parse(text, state.md, env, state.tokens);
  env.html = html;
  for (const token of state.tokens.slice(before)) {
    token.level += state.level;
    if (token.map) token.map = [token.map[0] + line, token.map[1] + line];
  }
}

/** A stretch of the text without the marks of the quotation it stands in. */
function textOf(state: StateBlock, html: HtmlText, start: number, end: number): string {
  if (!state.level) return state.src.slice(start, end);
  const last = lineOf(html, end);
  const parts: string[] = [];
  for (let line = lineOf(html, start); line <= last; line++) {
    const from = Math.max(start, state.bMarks[line]!);
    parts.push(state.src.slice(from, Math.max(from, Math.min(end, state.eMarks[line]!))));
  }
  return parts.join("\n");
}

/**
 * Without the indentation that all its lines share; the first line, which follows a tag, does not count. With it, how
 * many characters the first line and the others lost, for the columns of messages.
 */
function dedent(text: string): { text: string; first: number; rest: number } {
  const [first = "", ...rest] = text.split("\n");
  const widths = rest.filter((line) => line.trim()).map((line) => /^ */.exec(line)![0].length);
  const width = widths.reduce((a, b) => Math.min(a, b), widths[0] ?? 0);
  const lines = [
    first.trimStart(),
    ...rest.map((line) => line.slice(Math.min(width, /^ */.exec(line)![0].length))),
  ];
  return { text: lines.join("\n"), first: first.length - first.trimStart().length, rest: width };
}

function comment(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
  html: HtmlText,
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

function placeOf(html: HtmlText, at: number, env: HtmlBlocksEnv) {
  return { file: env.file, line: html.line + lineOf(html, at) + 1, column: columnOf(html, at) };
}

/** The column of the page, from 1, of a place in a text. */
function columnOf(html: HtmlText, at: number): number {
  const line = lineOf(html, at);
  return at - html.starts[line]! + 1 + (line ? html.restColumn : html.firstColumn);
}

/** The line, from 0, of a place in a text. */
const lineOf = ({ starts }: HtmlText, at: number): number => lineOfOffset(starts, at);
