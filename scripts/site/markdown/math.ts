/**
 * Formulas: `$$x_1 + y$$`. Nothing here draws them; they stay as readable as they were written, in code.
 *
 *   The sum $$a_1 + a_2$$ is     →    The sum <code class="math">a_1 + a_2</code> is
 */
import type { RendererRule, StateBlock, StateInline } from "markdown-it";
import { escapeHtml } from "../text/escape.ts";
import { afterBoundary, beforeBoundary } from "./block-lines.ts";
import { findNext } from "./find-next.ts";

const CLOSE = /\$\$/g;

function closeOf(state: StateBlock | StateInline, at: number, limit: number): number {
  const close = findNext(state, CLOSE, at);
  return close && close.end <= limit ? close.index : -1;
}

export function blockMath(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = state.bMarks[startLine]! + state.tShift[startLine]!;
  if (!state.src.startsWith("$$", start) || !afterBoundary(state, startLine)) return false;
  const close = closeOf(state, start + 2, state.eMarks[endLine - 1]!);
  if (close < 0) return false;
  let line = startLine;
  while (line < endLine - 1 && state.eMarks[line]! < close) line++;
  const end = state.eMarks[line]!;
  if (state.src.slice(close + 2, end).trim() || !beforeBoundary(state, line + 1, endLine)) return false;
  if (silent) return true;
  const token = state.push("math", "code", 0);
  token.block = true;
  token.content = state.src.slice(start + 2, close).trim();
  token.attrSet("class", "math");
  token.map = [startLine, line + 1];
  state.line = line + 1;
  return true;
}

export function inlineMath(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith("$$", state.pos)) return false;
  const close = closeOf(state, state.pos + 2, state.posMax);
  if (close < 0) return false;
  if (!silent) {
    const token = state.push("math", "code", 0);
    token.content = state.src.slice(state.pos + 2, close).trim();
    token.attrSet("class", "math");
  }
  state.pos = close + 2;
  return true;
}

export const renderMath: RendererRule = (tokens, index, _options, _env, renderer) => {
  const token = tokens[index]!;
  const code = `<code${renderer.renderAttrs(token)}>${escapeHtml(token.content)}</code>`;
  return token.block ? `<p>${code}</p>\n` : code;
};
