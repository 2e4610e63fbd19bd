/**
 * Attribute lists: where one may stand, and what it belongs to, by kramdown's rules. Block and inline rules make tokens
 * of the lists; one pass over all tokens then gives each its element.
 *
 *   [Worksheet](plan.md){:target="_blank"}      the link
 *   _[Worksheet](plan.md){:target="_blank"}_    the link, and the emphasis stays whole
 *   A paragraph.                                the paragraph, the list, the table, the heading
 *   {: .note}
 *   {: .note}                                   the block that follows, where none stands right before it
 *   # Heading
 *   - {: .done} an item                         the item
 */
import type { StateBlock, StateCore, StateInline, Token } from "markdown-it";
import { LIMITS } from "../content/source.ts";
import { isTrainerClass, looksLikeTrainer } from "../model/callouts.ts";
import { parseAttributeList, REST_OF_LINE_LIST, SPAN_LIST } from "./attribute-grammar.ts";
import { type DialectEnv, envOf } from "./environment.ts";
import { classesOfTag } from "./notes-in-text.ts";
import { findTags } from "./tags.ts";

/** Whether a list may make a facilitator's note of what it belongs to. */
export const isTrainerList = (list: string): boolean =>
  (list.match(/[\p{L}\p{N}_-]+/gu) ?? []).some((word) => isTrainerClass(word) || looksLikeTrainer(word));

export function lineAttributeList(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  const start = state.bMarks[startLine]! + state.tShift[startLine]!;
  if (!state.src.startsWith("{:", start)) return false;
  const match = REST_OF_LINE_LIST.exec(state.src.slice(start, state.eMarks[startLine]));
  if (!match) return false;
  if (silent) return true;
  const token = state.push("attribute_list", "", 0);
  token.content = match[1]!;
  token.hidden = true;
  token.map = [startLine, startLine + 1];
  token.meta = {
    follows: startLine > 0 && !state.isEmpty(startLine - 1),
    precedes: startLine + 1 < endLine && !state.isEmpty(startLine + 1),
  };
  state.line = startLine + 1;
  return true;
}

export function spanAttributeList(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "{") return false;
  SPAN_LIST.lastIndex = state.pos;
  const match = SPAN_LIST.exec(state.src);
  if (!match) return false;
  if (!silent) {
    const token = state.push("attribute_list", "", 0);
    token.content = match[1]!;
    token.markup = match[0];
    token.hidden = true;
  }
  state.pos += match[0].length;
  return true;
}

export function giveAttributes(state: StateCore): void {
  const env = envOf(state);
  state.tokens = attachAll(state.tokens, (list, last) => {
    const { follows, precedes } = list.meta as { follows: boolean; precedes: boolean };
    if (!(follows && last) && !precedes) env.strayLists.push({ line: list.map![0], content: list.content });
    return follows && last ? last : precedes ? "next" : undefined;
  });
  for (const [index, token] of state.tokens.entries()) {
    if (token.type !== "inline" || !token.children?.length) continue;
    const first = token.children[0]!;
    const item = state.tokens[index - 2];
    if (first.type === "attribute_list" && item?.type === "list_item_open") {
      give(item, first.content);
      token.children.shift();
      const text = token.children[0];
      if (text?.type === "text") text.content = text.content.trimStart();
    }
    const last = token.children.at(-1);
    const heading = state.tokens[index - 1];
    if (last?.type === "attribute_list" && heading?.type === "heading_open" && followsText(token.children)) {
      give(heading, last.content);
      token.children.pop();
      trimEnd(token.children);
    }
    token.children = attachAll(token.children, (_, last) => last);
    const find = finderIn(token, env.lines);
    for (const child of token.children) {
      if (child.type === "attribute_list") leaveAsText(child, find, env);
    }
  }
}

/** `## Heading {: .quiet}`: nothing but the heading can be meant. */
const followsText = (tokens: Token[]) =>
  tokens.at(-2)?.type === "text" && tokens.at(-2)!.content.trim() !== "";

function trimEnd(tokens: Token[]): void {
  const text = tokens.at(-1);
  if (text?.type === "text") text.content = text.content.trimEnd();
}

/** A list that follows plain text belongs to nothing. kramdown shows it; so do we, and say so. */
function leaveAsText(list: Token, find: Finder, env: DialectEnv): void {
  list.type = "text";
  list.content = list.markup;
  list.hidden = false;
  const message = [
    `the attribute list ${list.markup} follows plain text and belongs to nothing`,
    "write it right behind a link or a picture, or on a line of its own below the paragraph",
  ] as const;
  const place = { file: env.file, ...find(list.markup) };
  // What learners must not see would stay on the page.
  if (isTrainerList(list.content)) env.problems.error("note-list", place, ...message);
  else env.problems.warning("attribute-list", place, ...message, list.markup);
}

type Finder = (markup: string) => { line: number; column: number };

/** Finds lists in the lines of a text, one after the other: each search begins where the last one ended. */
function finderIn(inline: Token, lines: readonly string[]): Finder {
  const first = inline.map?.[0] ?? 0;
  const end = inline.map?.[1] ?? lines.length;
  let at = { line: first, column: 0 };
  return (markup) => {
    for (let line = at.line; line < end; line++) {
      const column = lines[line]?.indexOf(markup, line === at.line ? at.column : 0) ?? -1;
      if (column < 0) continue;
      at = { line, column: column + markup.length };
      return { line: line + 1, column: column + 1 };
    }
    // Changed before it was read, as by `{{ site.baseurl }}`; those behind it are not searched for in vain.
    at = { line: end, column: 0 };
    return { line: first + 1, column: 1 };
  };
}

/** The tokens without their lists; each list's attributes given to the token that `target` names. */
function attachAll(
  tokens: Token[],
  target: (list: Token, last: Token | undefined) => Token | "next" | undefined,
): Token[] {
  const kept: Token[] = [];
  const open: Token[] = [];
  const openHtml: Token[] = [];
  /** What a list right here would belong to: the element that has just ended. */
  let last: Token | undefined;
  let waiting: string[] = [];
  for (const token of tokens) {
    if (token.type === "attribute_list") {
      const to = target(token, last);
      if (to === "next") waiting.push(token.content);
      else if (to) give(itemOf(to, kept) ?? to, token.content);
      else if (token.markup) kept.push(token);
      continue;
    }
    kept.push(token);
    if (waiting.length && token.nesting >= 0) {
      for (const content of waiting) give(itemOf(token, kept) ?? token, content);
      waiting = [];
    }
    if (token.type === "html_block") {
      last = elementOfHtml(token, openHtml);
    } else if (token.nesting === 1) {
      open.push(token);
      last = undefined;
    } else if (token.nesting === -1) {
      last = open.pop();
    } else if (token.type !== "text" || token.content.trim()) {
      // A blank between a link and its list is a slip.
      last = elementOf(token, open);
    }
  }
  return kept;
}

/** The item of a tight list or definition: its paragraph makes no element. */
const itemOf = (token: Token, tokens: Token[]): Token | undefined =>
  token.type === "paragraph_open" && token.hidden ? tokens[tokens.lastIndexOf(token) - 1] : undefined;

/** The stretch of raw HTML that begins the element which has just ended: this one, or where it ends, one above. */
function elementOfHtml(token: Token, open: Token[]): Token | undefined {
  let last: Token | undefined = token;
  for (const tag of findTags(token.content)) {
    if (tag.partner !== undefined) continue;
    if (tag.kind === "close") last = open.pop();
    else if (tag.kind === "open") open.push(token);
  }
  return last;
}

/** Of a token without children: itself, where it stands for an element. Raw tags open and close elements too. */
function elementOf(token: Token, open: Token[]): Token | undefined {
  if (token.type === "html_inline") {
    const tag = /^<(\/?)([a-zA-Z][\w-]*)/.exec(token.content);
    if (!tag) return undefined;
    if (!tag[1]) {
      if (/^(?:img|br|hr|wbr)$/i.test(tag[2]!) || token.content.endsWith("/>")) return token;
      open.push(token);
      return undefined;
    }
    const opener = open.at(-1);
    return opener?.type === "html_inline" ? open.pop() : undefined;
  }
  return ELEMENTS.has(token.type) ? token : undefined;
}

/** Tokens that are whole elements. */
const ELEMENTS = new Set(["image", "code_inline", "fence", "code_block", "hr", "html_block", "math"]);

/**
 * Whether an element holds as many attributes as it may, and the one more that is told of when the page is finished.
 * Each new one is compared with all before it: a page of them would take hours.
 */
export const isFull = (token: Token): boolean => (token.attrs?.length ?? 0) > LIMITS.attributes;

function give(token: Token, list: string): void {
  const pairs = parseAttributeList(list).map(([name, value]) => [name.toLowerCase(), value] as const);
  if (token.type === "html_inline" || token.type === "html_block") {
    const meta = token.meta as { given?: number } | null;
    const given = pairs.slice(0, Math.max(0, LIMITS.attributes + 1 - (meta?.given ?? 0)));
    if (!given.length) return;
    token.meta = { ...meta, given: (meta?.given ?? 0) + given.length };
    token.content = token.content.replace(/<[a-zA-Z][\w-]*/, (tag) => {
      const own = classesOfTag(/<[a-zA-Z][^>]*>/.exec(token.content)?.[0] ?? "").join(" ");
      const written = given.map(([name, value]) => {
        // Of two class attributes browsers read the first.
        const whole = name === "class" && own ? `${own} ${value}` : value;
        return ` ${name}="${whole.replace(/"/g, "&quot;")}"`;
      });
      return tag + written.join("");
    });
    return;
  }
  for (const [name, value] of pairs) {
    if (isFull(token) && token.attrIndex(name) < 0) continue;
    if (name === "class") token.attrJoin("class", value);
    else token.attrSet(name, value);
  }
}
