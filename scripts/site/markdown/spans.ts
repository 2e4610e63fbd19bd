/**
 * Small forms of running text that kramdown reads otherwise than markdown-it.
 *
 *   one\\           one<br>
 *   two             two
 *   ~~gone~~        <del>gone</del>
 *   <kbd>*</kbd>    as it is: in code, keys and variables a mark is a character
 */
import type { StateInline } from "markdown-it";
import { findNext } from "./find-next.ts";

export function hardBreak(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith("\\\\\n", state.pos)) return false;
  if (!silent) state.push("hardbreak", "br", 0);
  state.pos += 3;
  while (/[ \t]/.test(state.src[state.pos] ?? "")) state.pos++;
  return true;
}

const RAW_SPAN = /<(code|kbd|samp|var|pre)(?:\s[^<>]*)?>/iy;

const RAW_CLOSES = Object.fromEntries(
  ["code", "kbd", "samp", "var", "pre"].map((name) => [name, new RegExp(`</${name}\\s*>`, "gi")]),
);

/** The text between such tags is put out as it is. */
export function rawSpan(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "<") return false;
  RAW_SPAN.lastIndex = state.pos;
  const open = RAW_SPAN.exec(state.src);
  if (!open) return false;
  const textStart = state.pos + open[0].length;
  const close = findNext(state, RAW_CLOSES[open[1]!.toLowerCase()]!, textStart);
  if (!close || close.end > state.posMax) return false;
  if (!silent) {
    for (const [from, to] of [
      [state.pos, textStart],
      [textStart, close.index],
      [close.index, close.end],
    ] as const) {
      if (from < to) state.push("html_inline", "", 0).content = state.src.slice(from, to);
    }
  }
  state.pos = close.end;
  return true;
}

const DELETION_CLOSE = /[^\s~]~~/g;

export function deletion(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (!src.startsWith("~~", pos) || /[\s~]/.test(src[pos + 2] ?? " ")) return false;
  const close = findNext(state, DELETION_CLOSE, pos + 2);
  if (!close || close.end > posMax) return false;
  if (!silent) {
    state.pos = pos + 2;
    state.posMax = close.end - 2;
    state.push("deletion_open", "del", 1);
    state.md.inline.tokenize(state);
    state.push("deletion_close", "del", -1);
    state.posMax = posMax;
  }
  state.pos = close.end;
  return true;
}
