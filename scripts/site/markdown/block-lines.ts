/** The lines by which kramdown-parser-gfm tells blocks apart, and the lines that end a paragraph. */
import type { StateBlock } from "markdown-it";
import { ATTRIBUTE_LINE } from "./attribute-grammar.ts";
import { isBlockElement } from "./tags.ts";

/** `- item`, `12. item`: the mark with the spaces before it, the bullet if it is one, the rest of the line. */
export const LIST_START = /^( {0,3}(?:([+*-])|\d+\.))([\t ].*)$/;
/** `: what the term means` */
export const DEFINITION_START = /^( {0,3}:)([\t ].*)$/;
export const RULE = /^ {0,3}([*_-])[ \t]*(?:\1[ \t]*){2,}$/;
export const QUOTE_MARK = /^ {0,3}> ?/;
export const ATX_HEADING = /^ {0,3}(#{1,6})(?:[\t ]+(.*))?$/;
/** `^` alone on a line ends the block above it. */
export const END_OF_BLOCK = /^\^\s*$/;
const HTML_TAG = /^( {0,3})<\/?([a-zA-Z](?:[\w:-]*\w)?)(?=[\s/>]|$)/;

export const lineOf = (state: StateBlock, line: number): string =>
  state.src.slice(state.bMarks[line], state.eMarks[line]);

/** Whether a line begins or ends an HTML element that is a block, at most `indent` spaces in. */
export function startsHtmlBlock(text: string, indent = 3): boolean {
  const tag = HTML_TAG.exec(text);
  return tag !== null && tag[1]!.length <= indent && isBlockElement(tag[2]!.toLowerCase());
}

/** A line before which a lazily continued block ends, whatever the block. */
export const endsLazyText = (text: string): boolean =>
  text.trim() === "" || ATTRIBUTE_LINE.test(text) || END_OF_BLOCK.test(text) || startsHtmlBlock(text);

/**
 * The line after the paragraph that begins on `start`. Unlike in CommonMark neither a rule nor code ends a
 * paragraph, and any list does: `In\n1986. A year` is a paragraph and a list.
 */
export function endOfParagraph(state: StateBlock, start: number, endLine: number): number {
  let line = start + 1;
  while (line < endLine && !endsParagraph(state, line, endLine)) line++;
  return line;
}

function endsParagraph(state: StateBlock, line: number, endLine: number): boolean {
  if (state.isEmpty(line)) return true;
  const text = lineOf(state, line);
  if (
    ATTRIBUTE_LINE.test(text) ||
    END_OF_BLOCK.test(text) ||
    LIST_START.test(text) ||
    DEFINITION_START.test(text) ||
    QUOTE_MARK.test(text) ||
    (ATX_HEADING.test(text) && !/^ *#+\s*$/.test(text))
  ) {
    return true;
  }
  // Here kramdown leaves the marks on the page: `***` and `___` right under a text.
  if (/^ {0,3}[*_]/.test(text) && RULE.test(text)) return true;
  return state.md.block.ruler.getRules("paragraph").some((rule) => rule(state, line, endLine, true));
}

/** Whether a block that needs an empty line before it may stand here: setext headings, tables, math. */
export function afterBoundary(state: StateBlock, line: number): boolean {
  if (line === 0 || state.isEmpty(line - 1)) return true;
  const before = lineOf(state, line - 1);
  return END_OF_BLOCK.test(before) || (ATTRIBUTE_LINE.test(before) && afterBoundary(state, line - 1));
}

export const beforeBoundary = (state: StateBlock, line: number, endLine: number): boolean =>
  line >= endLine ||
  state.isEmpty(line) ||
  END_OF_BLOCK.test(lineOf(state, line)) ||
  ATTRIBUTE_LINE.test(lineOf(state, line));
