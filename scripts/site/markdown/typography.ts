/**
 * kramdown's typography in running text: curly quotes, and symbols such as `--` –, `---` —, `...` …, `<<` «.
 *
 * A quote alone is curled too, and `rock 'n' roll` or `the '80s` get the apostrophes that they get in kramdown;
 * markdown-it's own rule curls only pairs.
 */
import type { StateCore, StateInline } from "markdown-it";
import { curlQuote, replaceSymbols } from "../text/typesetting.ts";

/** What begins nothing; markdown-it's own list, and the quotes. */
const PLAIN = /[^\n!#$%&*+\-:<=>@[\\\]^_`{}~"']+/y;

export function plainText(state: StateInline, silent: boolean): boolean {
  PLAIN.lastIndex = state.pos;
  const match = PLAIN.exec(state.src);
  if (!match) return false;
  const end = Math.min(state.posMax, state.pos + match[0].length);
  if (!silent) state.pending += state.src.slice(state.pos, end);
  state.pos = end;
  return true;
}

export function smartQuote(state: StateInline, silent: boolean): boolean {
  const char = state.src[state.pos];
  if (char !== '"' && char !== "'") return false;
  if (!silent) {
    state.pending += curlQuote(char, charBefore(state), state.src.slice(state.pos + 1, state.pos + 4));
  }
  state.pos++;
  return true;
}

/** The character of plain text before a quote; "" after a tag, a mark, a symbol, and where the text begins. */
function charBefore({ src, pos, pending }: StateInline): string {
  const char = src[pos - 1] ?? "";
  if (/\s/.test(char)) return char;
  // What waits to become a token ends with the character before, and is not looked into: that would take its length.
  const isPlain = pending.length > 0 && !/["'[<&$~]/.test(char);
  return isPlain && !/(?:--|\.\.\.|>>)$/.test(src.slice(Math.max(0, pos - 3), pos)) ? char : "";
}

/** `<<` opens a quotation, before `<<Plan>>` could be read as a tag. */
export function guillemet(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith("<<", state.pos) || state.pos + 2 > state.posMax) return false;
  if (!silent) state.pending += "«";
  state.pos += 2;
  return true;
}

export function symbols(state: StateCore): void {
  for (const block of state.tokens) {
    for (const token of block.children ?? []) {
      if (token.type === "text") token.content = replaceSymbols(token.content);
    }
  }
}
