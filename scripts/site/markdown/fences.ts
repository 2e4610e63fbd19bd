/**
 * Code between fences that nothing closes. It runs to the end of what it stands in; here is found where its author
 * most likely meant it to end, so that the rest of the page can be read.
 *
 *   ```
 *   code
 *   ``                 meant as the end, or else the first empty line
 */
import type { StateBlock, Token } from "markdown-it";
import type { BlockRule } from "./rule-types.ts";

/** markdown-it's own rule, which here says of each code block whether it has its end. */
export const fence =
  (own: BlockRule): BlockRule =>
  (state, startLine, endLine, silent) => {
    if (!own(state, startLine, endLine, silent)) return false;
    if (!silent) state.tokens.at(-1)!.meta = { isOpen: !isClosed(state, startLine) };
    return true;
  };

/** Whether the last line that a fence has just taken is the one that ends it. */
function isClosed(state: StateBlock, startLine: number): boolean {
  const last = state.line - 1;
  const { markup } = state.tokens.at(-1)!;
  const text = state.src.slice(state.bMarks[last]! + state.tShift[last]!, state.eMarks[last]).trim();
  return (
    last > startLine &&
    state.sCount[last]! - state.blkIndent < 4 &&
    text.length >= markup.length &&
    text === markup[0]!.repeat(text.length)
  );
}

/** A code block that runs on too far. Lines count from 0. */
export interface OpenFence {
  line: number;
  column: number;
  /** The marks that end it. */
  marks: string;
  /** A line that was meant to end it and does not, or that begins another one. */
  near?: { line: number; isStart: boolean };
  /** The line to end it on, if there is one before the end of what it stands in. */
  end?: number;
}

/** The code blocks of a page that nothing closes, or only the end of another one. */
export function openFences(tokens: Token[], lines: readonly string[]): OpenFence[] {
  const found: OpenFence[] = [];
  for (const token of tokens) {
    if (token.type !== "fence") continue;
    const { isOpen } = token.meta as { isOpen: boolean };
    const [from, to] = token.map!;
    const column = Math.max(0, lines[from]?.indexOf(token.markup) ?? 0);
    const inside = lines.slice(from + 1, to).map(withoutMarks);
    const start = isOpen ? -1 : inside.findIndex((line) => startsFence(line, token.markup));
    const stray = isOpen ? strayEnd(inside, token.markup) : -1;
    const before = found.at(-1);
    if (before && isEndOf(before, token, lines)) {
      before.near = { line: from, isStart: false };
      before.end = from;
      // What comes below is read the wrong way round until then.
      break;
    }
    if (!isOpen && start < 0) continue;
    const culprit = isOpen && stray < 0 ? unclosedAbove(tokens, token, lines) : undefined;
    if (culprit) {
      found.push(culprit);
      break;
    }
    const one: OpenFence = { line: from, column: column + 1, marks: token.markup };
    const near = isOpen ? stray : start;
    if (near >= 0) one.near = { line: from + 1 + near, isStart: !isOpen };
    const blank = inside.findIndex((line) => line.trim() === "");
    const end = isOpen && near >= 0 ? near : blank;
    if (end >= 0 && (isOpen || end < start)) one.end = from + 1 + end;
    found.push(one);
    if (!isOpen) break;
  }
  return found;
}

/** A line that is no code: a heading, a list, a callout, a sentence. */
const PROSE = /^(?:#{1,6} |[-*>] |\{%|\p{Lu}[^{};=<>]*[.:!?]$)/u;

/**
 * Of several blocks between equal marks, the one whose end is missing: its marks end where those of the next begin,
 * and what stands between is no code. The last marks of all are then the ones that nothing closes.
 */
function unclosedAbove(tokens: Token[], last: Token, lines: readonly string[]): OpenFence | undefined {
  for (const { type, markup, map } of tokens) {
    if (type !== "fence" || markup !== last.markup || map![0] >= last.map![0]) continue;
    const [from, to] = map!;
    const prose = lines
      .slice(from + 2, to - 1)
      .findIndex((line, at) => PROSE.test(line) && !lines[from + 1 + at]!.trim());
    if (prose < 0) continue;
    const column = lines[from]!.indexOf(markup) + 1;
    return {
      line: from,
      column,
      marks: markup,
      end: from + 1 + prose,
      near: { line: to - 1, isStart: true },
    };
  }
  return undefined;
}

/** Whether a fence was meant as the end of the one above, but stands outside of the list or quotation of that one. */
const isEndOf = (above: OpenFence, fence: Token, lines: readonly string[]): boolean =>
  !above.near &&
  above.marks === fence.markup &&
  !fence.info.trim() &&
  lines.slice(above.line + 1, fence.map![0]).every((line) => /^(?:[\s>]|$)/.test(line));

const withoutMarks = (line: string) => line.replace(/^[\s>]+/, "");

/** ` ```js ` in a block of three backticks. */
function startsFence(line: string, markup: string): boolean {
  const [, marks = "", info = ""] = /^(`{3,}|~{3,})\s*([^`]*)$/.exec(line) ?? [];
  return marks[0] === markup[0] && marks.length >= markup.length && /^[a-z{][\w+#.{}-]*$/i.test(info.trim());
}

/** The line with too few marks, with marks too far in, or with text behind them; else the only one of the other kind. */
function strayEnd(lines: string[], markup: string): number {
  const own = lines.findIndex((line) => {
    const [, marks = "", rest = ""] = /^(`{2,}|~{2,})(.*)$/.exec(line) ?? [];
    return marks[0] === markup[0] && (rest.trim() === "" || marks.length >= markup.length);
  });
  if (own >= 0) return own;
  const isOther = (line: string) => /^(?:`{3,}|~{3,})\s*$/.test(line);
  return lines.filter(isOther).length === 1 ? lines.findIndex(isOther) : -1;
}

/** The lines with an end for each open code block. */
export function closeFences(lines: readonly string[], open: readonly OpenFence[]): string[] {
  const closed = [...lines];
  for (const { line, column, marks, end } of open) {
    if (end === undefined) continue;
    const before = lines[line]!.slice(0, column - 1);
    closed[end] = before.replace(/[^\s>]/g, " ") + marks;
  }
  return closed;
}
