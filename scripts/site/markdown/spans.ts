/**
 * Small forms of running text that kramdown reads otherwise than markdown-it.
 *
 *   one\\           one<br>
 *   two             two
 *   ~~gone~~        <del>gone</del>
 *   <kbd>*</kbd>    as it is: in code, keys and variables a mark is a character
 */
import type { MarkdownIt, StateInline } from "markdown-it";

export function spans(md: MarkdownIt): void {
  md.inline.ruler.before("escape", "double_backslash", hardBreak);
  md.inline.ruler.before("html_inline", "raw_span", rawSpan);
  md.core.ruler.after("inline", "deletions", (state) => {
    for (const block of state.tokens) {
      for (const token of block.children ?? []) if (token.tag === "s") token.tag = "del";
    }
  });
}

function hardBreak(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith("\\\\\n", state.pos)) return false;
  if (!silent) state.push("hardbreak", "br", 0);
  state.pos += 3;
  while (/[ \t]/.test(state.src[state.pos] ?? "")) state.pos++;
  return true;
}

const RAW_SPAN = /<(code|kbd|samp|var|pre)(?:\s[^<>]*)?>/iy;

/** Of a text, the elements that nothing closes from here on. */
const unclosed = new WeakMap<StateInline, Set<string>>();

/** The text between such tags becomes text; the tags themselves are read as any other. */
function rawSpan(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "<") return false;
  RAW_SPAN.lastIndex = state.pos;
  const open = RAW_SPAN.exec(state.src);
  if (!open) return false;
  const name = open[1]!.toLowerCase();
  let missing = unclosed.get(state);
  if (!missing) {
    missing = new Set();
    unclosed.set(state, missing);
  }
  if (missing.has(name)) return false;
  const close = new RegExp(`</${name}\\s*>`, "gi");
  close.lastIndex = state.pos + open[0].length;
  const end = close.exec(state.src);
  if (!end || end.index + end[0].length > state.posMax) {
    missing.add(name);
    return false;
  }
  if (!silent) {
    state.push("html_inline", "", 0).content = open[0];
    const inside = state.src.slice(state.pos + open[0].length, end.index);
    state.push("html_inline", "", 0).content = inside;
    state.push("html_inline", "", 0).content = end[0];
  }
  state.pos = end.index + end[0].length;
  return true;
}
