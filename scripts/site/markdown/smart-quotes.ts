/**
 * Curly quotes by kramdown's rules: a quote alone is curled too, and `rock 'n' roll` or `the '80s` get the
 * apostrophes that they get there. markdown-it's own rule curls only pairs.
 */
import type { MarkdownIt, StateInline } from "markdown-it";

const PUNCTUATION = "[!\"#$%'()*+,\\-./:;<=>?@[\\\\\\]^_`{|}~]";
const RULES: [pattern: RegExp, quotes: "open" | "close" | "first of two"][] = [
  [/^[_*]{1,2}\S/, "open"],
  [new RegExp(`^${PUNCTUATION}(?!\\.\\.)(?!\\w)`), "close"],
];

export function smartQuotes(md: MarkdownIt): void {
  md.core.ruler.disable("smartquotes");
  md.inline.ruler.at("text", text);
  md.inline.ruler.after("text", "smart_quotes", quote);
}

/** What begins nothing; markdown-it's own list, and the quotes. */
const PLAIN = /[^\n!#$%&*+\-:<=>@[\\\]^_`{}~"']+/y;

function text(state: StateInline, silent: boolean): boolean {
  PLAIN.lastIndex = state.pos;
  const match = PLAIN.exec(state.src);
  if (!match) return false;
  const end = Math.min(state.posMax, state.pos + match[0].length);
  if (!silent) state.pending += state.src.slice(state.pos, end);
  state.pos = end;
  return true;
}

function quote(state: StateInline, silent: boolean): boolean {
  const char = state.src[state.pos];
  if (char !== '"' && char !== "'") return false;
  if (!silent) {
    const { src, pos } = state;
    // Only text counts as what stands before: after `</em>` or `code` a quote is read as the first of its text.
    const before = state.pending && src[pos - 1] === state.pending.at(-1) ? src[pos - 1]! : curled(state);
    state.pending += curl(char, before, src.slice(pos + 1, pos + 4), src[pos + 1] === undefined);
  }
  state.pos++;
  return true;
}

/** The quote right before this one, which has become another character by now. */
const curled = (state: StateInline): string =>
  /["']/.test(state.src[state.pos - 1] ?? "") && /[“”‘’]$/.test(state.pending) ? state.pending.at(-1)! : "";

function curl(char: string, before: string, after: string, isEnd: boolean): string {
  const open = char === '"' ? "“" : "‘";
  const close = char === '"' ? "”" : "’";
  // `"'Quoted' words"`: both open.
  if (/[“‘]/.test(before) && /^\w/.test(after)) return open;
  for (const [pattern, side] of RULES) if (pattern.test(after)) return side === "open" ? open : close;
  if (/^["']\w/.test(after) && (before === "" || /\s/.test(before)) && after[0] !== char) return open;
  if (char === "'" && /^\d\ds/.test(after)) return close;
  if (/\s/.test(before) && /^\w/.test(after)) return open;
  if (before && /[^ \\\t\r\n[{(-]/.test(before) && !/[“‘]/.test(before)) return close;
  if (isEnd || /^(?:\s|s\b)/.test(after)) return close;
  return open;
}
