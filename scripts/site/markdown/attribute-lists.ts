/**
 * kramdown's attribute lists, of spans and of blocks. markdown-it-attrs reads what is between the braces; where a
 * list may stand and what it belongs to is kramdown's affair, and done here in one pass over the tokens.
 *
 *   [Worksheet](plan.md){:target="_blank"}      the link
 *   _[Worksheet](plan.md){:target="_blank"}_    the link, and the emphasis stays whole
 *   A paragraph.                                the paragraph, the list, the table, the heading
 *   {: .note}
 *   {: .note}                                   the block that follows, where none stands right before it
 *   # Heading
 *   - {: .done} an item                         the item
 */
import type { MarkdownIt, StateBlock, StateCore, StateInline, Token } from "markdown-it";
// @ts-expect-error the package ships no types for this file
import attrs from "markdown-it-attrs/utils.js";

const { getAttrs } = attrs as {
  getAttrs(
    text: string,
    start: number,
    options: { leftDelimiter: string; rightDelimiter: string; allowedAttributes: string[] },
  ): [name: string, value: string][];
};
const DELIMITERS = { leftDelimiter: "{:", rightDelimiter: "}", allowedAttributes: [] };

const SPAN_LIST = /\{:(?![:/])((?:[^\n{}\\]|\\.)*)\}/y;
const BLOCK_LIST = /^\{:(?![:/])((?:[^\n{}\\]|\\.)*)\}\s*$/;

/** The name and value pairs of `.class #id key="value"`, curly quotes read as straight ones. */
export function parseAttributeList(text: string): [name: string, value: string][] {
  const straight = text
    .replace(/[“”„‟″]/g, '"')
    .replace(/'([^']*)'/g, '"$1"')
    .replace(/[\t\n]/g, " ")
    .trim();
  // `.a.b#c` is three to kramdown.
  const spread = straight.replace(
    /(^|\s)([.#][\w-]+(?:[.#][\w-]+)+)/g,
    (_, space, run: string) => space + run.replace(/(?!^)([.#])/g, " $1"),
  );
  return getAttrs(`{:${spread}}`, 0, DELIMITERS).filter(
    ([name, value]) => /^[a-zA-Z][\w:-]*$/.test(name) && (value !== "" || name === "alt"),
  );
}

export function attributeLists(md: MarkdownIt): void {
  md.block.ruler.before("raw_html", "attribute_list", blockList, {
    alt: ["paragraph", "reference", "blockquote", "list", "table"],
  });
  md.inline.ruler.before("escape", "attribute_list", spanList);
  md.core.ruler.after("inline", "attribute_lists", attach);
}

function blockList(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = state.bMarks[startLine]! + state.tShift[startLine]!;
  if (!state.src.startsWith("{:", start)) return false;
  const match = BLOCK_LIST.exec(state.src.slice(start, state.eMarks[startLine]));
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

function spanList(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "{") return false;
  SPAN_LIST.lastIndex = state.pos;
  const match = SPAN_LIST.exec(state.src);
  if (!match) return false;
  if (!silent) {
    const token = state.push("attribute_list", "", 0);
    token.content = match[1]!;
    token.hidden = true;
  }
  state.pos += match[0].length;
  return true;
}

function attach(state: StateCore): void {
  state.tokens = attachAll(state.tokens, (list, last) => {
    const { follows, precedes } = list.meta as { follows: boolean; precedes: boolean };
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
    token.children = attachAll(token.children, (_, last) => last);
  }
}

/** The tokens without their lists; each list's attributes given to the token that `target` names. */
function attachAll(
  tokens: Token[],
  target: (list: Token, last: Token | undefined) => Token | "next" | undefined,
): Token[] {
  const kept: Token[] = [];
  const open: Token[] = [];
  /** What a list right here would belong to: the element that has just ended. */
  let last: Token | undefined;
  let waiting: string[] = [];
  for (const token of tokens) {
    if (token.type === "attribute_list") {
      const to = target(token, last);
      if (to === "next") waiting.push(token.content);
      else if (to) give(to, token.content);
      continue;
    }
    kept.push(token);
    if (waiting.length && token.nesting >= 0) {
      for (const content of waiting) give(token, content);
      waiting = [];
    }
    if (token.nesting === 1) {
      open.push(token);
      last = undefined;
    } else if (token.nesting === -1) {
      last = open.pop();
    } else {
      last = elementOf(token, open);
    }
  }
  return kept;
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
  return ["image", "code_inline", "fence", "code_block", "hr", "html_block", "math"].includes(token.type)
    ? token
    : undefined;
}

function give(token: Token, list: string): void {
  const pairs = parseAttributeList(list);
  if (token.type === "html_inline" || token.type === "html_block") {
    const written = pairs.map(([name, value]) => ` ${name}="${value.replace(/"/g, "&quot;")}"`).join("");
    token.content = token.content.replace(/<[a-zA-Z][\w-]*/, (tag) => tag + written);
    return;
  }
  for (const [name, value] of pairs) {
    if (name === "class") token.attrJoin("class", value);
    else token.attrSet(name, value);
  }
}
