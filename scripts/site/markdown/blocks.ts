/**
 * Paragraphs, headings, quotations and indented code by kramdown's rules.
 *
 *   > A quotation                 <blockquote><p>A quotation goes on</p></blockquote>
 *   goes on
 *
 *   One line                      <h2>One line</h2>   (only one line, after an empty one)
 *   --------
 *       code                      <pre><code>code goes on</code></pre>
 *   goes on
 */
import type { StateBlock, StateCore } from "markdown-it";
import { ATTRIBUTE_LINE } from "./attribute-grammar.ts";
import {
  ATX_HEADING,
  afterBoundary,
  END_OF_BLOCK,
  endOfParagraph,
  endsLazyText,
  lineOf,
  QUOTE_MARK,
  startsHtmlBlock,
} from "./block-lines.ts";
import { parseNested } from "./nested-text.ts";

export function paragraph(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const end = endOfParagraph(state, startLine, endLine);
  if (silent) return true;
  pushText(state, "paragraph", "p", textOf(state, startLine, end), startLine, end);
  state.line = end;
  return true;
}

export const textOf = (state: StateBlock, startLine: number, endLine: number): string =>
  state.src.slice(state.bMarks[startLine], state.eMarks[endLine - 1]).trim();

/** An element of running text. */
export function pushText(
  state: StateBlock,
  type: string,
  tag: string,
  text: string,
  startLine: number,
  endLine: number,
) {
  const open = state.push(`${type}_open`, tag, 1);
  open.map = [startLine, endLine];
  const inline = state.push("inline", "", 0);
  inline.content = text;
  inline.map = [startLine, endLine];
  inline.children = [];
  state.push(`${type}_close`, tag, -1);
  return open;
}

export function blockQuote(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (!QUOTE_MARK.test(lineOf(state, startLine))) return false;
  if (silent) return true;
  const lines: string[] = [];
  let line = startLine;
  do lines.push(lineOf(state, line++).replace(QUOTE_MARK, ""));
  while (line < endLine && !endsLazyText(lineOf(state, line)));
  state.push("blockquote_open", "blockquote", 1).map = [startLine, line];
  parseNested(state, lines, startLine);
  state.push("blockquote_close", "blockquote", -1);
  state.line = line;
  return true;
}

const HEADING_ID = /[\t ]\{#([A-Za-z_:][\w:.-]*)\}$/;

export function atxHeading(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  const match = ATX_HEADING.exec(lineOf(state, startLine));
  if (!match) return false;
  if (silent) return true;
  state.line = startLine + 1;
  const written = (match[2] ?? "").trimEnd();
  const id = HEADING_ID.exec(written);
  const text = withoutClosingMarks((id ? written.slice(0, id.index) : written).trimEnd());
  // `##` alone is a heading that was never written; kramdown leaves the marks on the page.
  if (!text) return true;
  const open = pushText(state, "heading", `h${match[1]!.length}`, text.trim(), startLine, startLine + 1);
  open.markup = match[1]!;
  if (id) open.attrSet("id", id[1]!);
  return true;
}

/** `Plan ##` → `Plan`. By hand: a pattern that looks for blanks before the marks takes quadratic time over blanks. */
function withoutClosingMarks(text: string): string {
  let end = text.length;
  while (text[end - 1] === "#") end--;
  return end === 0 || /[\t ]/.test(text[end - 1]!) ? text.slice(0, end).trimEnd() : text;
}

export function setextHeading(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (startLine + 1 >= endLine || !/^ {0,3}\S/.test(lineOf(state, startLine))) return false;
  const underline = /^([-=])[-=]*\s*$/.exec(lineOf(state, startLine + 1));
  if (!underline || !afterBoundary(state, startLine)) return false;
  if (silent) return true;
  const written = lineOf(state, startLine).trim();
  const id = HEADING_ID.exec(written);
  const text = id ? written.slice(0, id.index).trimEnd() : written;
  const level = underline[1] === "=" ? "h1" : "h2";
  const open = pushText(state, "heading", level, text, startLine, startLine + 2);
  open.markup = underline[1]!;
  if (id) open.attrSet("id", id[1]!);
  state.line = startLine + 2;
  return true;
}

const INDENT = /^(?: {4}|\t)/;

export function indentedCode(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (!INDENT.test(lineOf(state, startLine))) return false;
  if (silent) return true;
  let content = "";
  let last = startLine;
  let line = startLine;
  let blanks = "";
  for (; line < endLine; line++) {
    const text = lineOf(state, line);
    if (text.trim() === "") {
      blanks += "\n";
      continue;
    }
    if (INDENT.test(text)) {
      content += `${content && "\n"}${blanks}${text.replace(INDENT, "")}`;
    } else {
      // A line without the indentation belongs to the line of code right above it.
      if (blanks || END_OF_BLOCK.test(text) || ATTRIBUTE_LINE.test(text) || startsHtmlBlock(text)) break;
      content += ` ${text}`;
    }
    blanks = "";
    last = line;
  }
  const token = state.push("code_block", "code", 0);
  token.content = `${content}\n`;
  token.map = [startLine, last + 1];
  state.line = last + 1;
  return true;
}

/** ```` ```php?start_inline=1 ````: only the language's name makes a class. */
export function codeLanguage(state: StateCore): void {
  for (const token of state.tokens) {
    if (token.type === "fence") token.info = token.info.replace(/\?\S*/, "");
  }
}

/** `^` alone on a line: the list above it ends, and the next one is another. */
export function endOfBlock(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  if (!END_OF_BLOCK.test(lineOf(state, startLine))) return false;
  if (!silent) state.line = startLine + 1;
  return true;
}
