/**
 * Code between fences that nothing closes. It runs to the end of what it stands in; here is found where its author
 * most likely meant it to end, so that the rest of the page can be read.
 *
 *   ```
 *   code
 *   ``                 meant as the end, or else the first empty line
 */
import type { MarkdownIt, StateBlock, Token } from "markdown-it";

type BlockRule = (state: StateBlock, start: number, end: number, silent: boolean) => boolean;

export function fences(md: MarkdownIt): void {
  const { __rules__: rules } = md.block.ruler as unknown as { __rules__: { name: string; fn: BlockRule }[] };
  const fence = rules.find(({ name }) => name === "fence")!.fn;
  const alt = ["paragraph", "reference", "blockquote", "list"];
  md.block.ruler.at(
    "fence",
    (state, startLine, endLine, silent) => {
      if (!fence(state, startLine, endLine, silent)) return false;
      if (!silent) state.tokens.at(-1)!.meta = { isOpen: !isClosed(state, startLine) };
      return true;
    },
    { alt },
  );
}

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
export function openFences(tokens: Token[], lines: string[]): OpenFence[] {
  const found: OpenFence[] = [];
  for (const token of tokens) {
    if (token.type !== "fence") continue;
    const { isOpen } = token.meta as { isOpen: boolean };
    const [from, to] = token.map!;
    const column = Math.max(0, lines[from]?.indexOf(token.markup) ?? 0);
    const inside = lines.slice(from + 1, to).map(withoutMarks);
    const start = inside.findIndex((line) => startsFence(line, token.markup));
    const stray = isOpen ? inside.findIndex((line) => isStrayEnd(line, token.markup)) : -1;
    const before = found.at(-1);
    if (isOpen && before && isEndOf(before, token, lines)) {
      before.near = { line: from, isStart: false };
      before.end = from;
      continue;
    }
    if (!isOpen && start < 0) continue;
    const one: OpenFence = { line: from, column: column + 1, marks: token.markup };
    const near = [stray, start].filter((line) => line >= 0).sort((a, b) => a - b)[0];
    if (near !== undefined) one.near = { line: from + 1 + near, isStart: near === start };
    const blank = inside.findIndex((line) => line.trim() === "");
    const end = near !== undefined && near !== start ? near : blank;
    if (end >= 0 && (start < 0 || end < start)) one.end = from + 1 + end;
    found.push(one);
  }
  return found;
}

/** Whether a fence was meant as the end of the one above, but stands outside of the list or quotation of that one. */
const isEndOf = (above: OpenFence, fence: Token, lines: string[]): boolean =>
  !above.near &&
  above.end === undefined &&
  above.marks === fence.markup &&
  !fence.info.trim() &&
  lines.slice(above.line + 1, fence.map![0]).every((line) => /^(?:[\s>]|$)/.test(line));

const withoutMarks = (line: string) => line.replace(/^[\s>]+/, "");

/** ` ```js ` in a block of three backticks. */
function startsFence(line: string, markup: string): boolean {
  const [, marks = "", info = ""] = /^(`{3,}|~{3,})\s*([^`]*)$/.exec(line) ?? [];
  return marks[0] === markup[0] && marks.length >= markup.length && /^[a-z{][\w+#.{}-]*$/i.test(info.trim());
}

/** Too few marks, marks of the other kind, marks too far in, or with text behind them. */
function isStrayEnd(line: string, markup: string): boolean {
  const [, marks = "", rest = ""] = /^(`{2,}|~{2,})(.*)$/.exec(line) ?? [];
  return marks !== "" && (rest.trim() === "" || (marks.length >= markup.length && marks[0] === markup[0]));
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
