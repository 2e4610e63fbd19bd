/**
 * Every element of the rendered HTML knows where its author wrote it: `data-at="12:5"` (line and column, from 1).
 * The passes that finish a page take their messages' places from it; the last of them removes it.
 */
import type { StateCore, Token } from "markdown-it";
import { lineStarts } from "../text/lines.ts";
import { envOf } from "./environment.ts";
import type { InlineRule } from "./rule-types.ts";

export const POSITION_ATTR = "data-at";

/** A rule that notes on the first token that it makes where in its text it began. */
export const withPlace =
  (rule: InlineRule): InlineRule =>
  (state, silent) => {
    const at = state.pos;
    const before = state.tokens.length;
    if (!rule(state, silent)) return false;
    if (!silent) {
      const token = state.tokens.slice(before, before + 2).find((one) => one.type !== "text");
      if (token) token.meta = { ...(token.meta as object | null), at };
    }
    return true;
  };

export function positions(state: StateCore): void {
  const { lines } = envOf(state);
  let line = 0;
  for (const token of state.tokens) {
    if (token.map) line = token.map[0];
    if (token.type === "html_block") {
      token.content = markTags(token.content, line, (token.meta?.column as number | undefined) ?? 1);
    } else if (token.nesting >= 0 && token.tag && !token.hidden) {
      token.attrSet(POSITION_ATTR, `${line + 1}:${indentOf(lines[line]) + 1}`);
    }
    if (token.type === "inline") placeChildren(token, lines, line);
  }
}

function placeChildren(inline: Token, lines: readonly string[], firstLine: number): void {
  if (!inline.children?.some((child) => (child.meta as { at?: number } | null)?.at !== undefined)) return;
  const written = inline.content.split("\n");
  const starts = lineStarts(inline.content);
  const columns = written.map((text, index) =>
    Math.max(0, lines[firstLine + index]?.indexOf(text.trim()) ?? 0),
  );

  let index = 0;
  for (const token of inline.children) {
    const at = (token.meta as { at?: number } | null)?.at;
    if (at === undefined) continue;
    while (index < written.length - 1 && starts[index + 1]! <= at) index++;
    const indent = written[index]!.length - written[index]!.trimStart().length;
    const column = columns[index]! + at - starts[index]! - indent + 1;
    const place = `${firstLine + index + 1}:${column}`;
    if (token.type === "html_inline") token.content = markTag(token.content, place);
    else token.attrSet(POSITION_ATTR, place);
  }
}

const TAG_START = /<[a-zA-Z][\w:-]*/g;

/** Without quotes around the value: where what looks like a tag is inside an attribute's value, that stays whole. */
const markTag = (html: string, place: string) =>
  html.replace(/^<[a-zA-Z][\w:-]*/, (tag) => `${tag} ${POSITION_ATTR}=${place} `);

function markTags(html: string, line: number, column: number): string {
  let lineStart = -column + 1;
  let at = 0;
  return html.replace(TAG_START, (tag, offset: number) => {
    for (let next = html.indexOf("\n", at); next >= 0 && next < offset; next = html.indexOf("\n", at)) {
      line++;
      lineStart = next + 1;
      at = next + 1;
    }
    return `${tag} ${POSITION_ATTR}=${line + 1}:${offset - lineStart + 1} `;
  });
}

/** Takes the marks out of text that only looked like tags: attribute values, and the like. */
export const unmark = (text: string): string =>
  text.includes(POSITION_ATTR) ? text.replace(/ data-at=\d+:\d+ /g, "") : text;

const indentOf = (line = "") => line.length - line.trimStart().length;
