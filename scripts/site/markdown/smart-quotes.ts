/**
 * Curly quotes by kramdown's rules: a quote alone is curled too, and `rock 'n' roll` or `the '80s` get the
 * apostrophes that they get there. markdown-it's own rule curls only pairs.
 */
import type { MarkdownIt, StateInline } from "markdown-it";
import { replaceSymbols } from "./typography.ts";

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
  if (!silent) state.pending += curl(char, before(state), state.src.slice(state.pos + 1, state.pos + 4));
  state.pos++;
  return true;
}

/** The character of plain text before a quote; "" after a tag, a mark, a symbol, and where the text begins. */
function before({ src, pos, pending }: StateInline): string {
  const char = src[pos - 1] ?? "";
  if (/\s/.test(char)) return char;
  // What waits to become a token ends with the character before, and is not looked into: that would take its length.
  const isPlain = pending.length > 0 && !/["'[<&$~]/.test(char);
  return isPlain && !/(?:--|\.\.\.|>>)$/.test(src.slice(Math.max(0, pos - 3), pos)) ? char : "";
}

/** Curly quotes and symbols in plain text, such as a title: `What's "new" -- and why` → `What’s “new” – and why`. */
export const typeset = (text: string): string =>
  replaceSymbols(
    text.replace(/["']/g, (char, at: number) => curl(char, text[at - 1] ?? "", text.slice(at + 1, at + 4))),
  );

function curl(char: string, before: string, after: string): string {
  const open = char === '"' ? "“" : "‘";
  const close = char === '"' ? "”" : "’";
  // `the '80s`
  if (char === "'" && (before === "" || /\s/.test(before)) && /^\d\ds/.test(after)) return close;
  if (before) return /[\s\\[{(-]/.test(before) ? open : close;
  if (/^[_*]{1,2}\S/.test(after)) return open;
  if (/^(?:[!"#$%'()*+,\-./:;<=>?@[\\\]^`{|}~](?!\.\.)(?!\w)|_\w)/.test(after)) return close;
  return after === "" || /^(?:\s|s\b)/.test(after) ? close : open;
}
