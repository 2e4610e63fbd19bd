/**
 * The text inside a list item, a quotation, a definition or a footnote, parsed as kramdown does it: taken out without
 * its indentation or marks, and read as a text of its own.
 */
import type { StateBlock, Token } from "markdown-it";
import type { HtmlBlocksEnv } from "./html-blocks.ts";
import { QUOTE_DEPTH_LIMIT } from "./quote-depth.ts";

/** Lists, quotations and definitions in each other. Beyond it no phone shows the text; and each level costs time. */
export const NESTING_LIMIT = 24;

interface NestingEnv extends HtmlBlocksEnv {
  nesting?: number;
  /** The limit is told once a page. */
  isTooDeep?: boolean;
}

/**
 * Parses `lines`, which stand in the state's text from line `firstLine` on, one for one. The tokens follow those of
 * the state, with the state's line numbers; the answer is the tokens.
 */
export function parseNested(state: StateBlock, lines: string[], firstLine: number): Token[] {
  const env = state.env as NestingEnv;
  const { html, nesting = 0 } = env;
  const before = state.tokens.length;
  const problemsBefore = env.problems.list.length;
  if (nesting >= NESTING_LIMIT) {
    if (env.isTooDeep) return [];
    env.isTooDeep = true;
    // Of quotes alone the limit on quotes tells.
    if (openQuotes(state.tokens) > QUOTE_DEPTH_LIMIT) return [];
    env.problems.error(
      "nesting-depth",
      { file: env.file, line: (html?.line ?? 0) + firstLine + 1, column: 1 },
      `lists and quotes stand more than ${NESTING_LIMIT} deep in each other`,
      "take away all but a few of the marks and spaces at the start of the line",
    );
    return [];
  }
  env.nesting = nesting + 1;
  // Found anew for the text inside; what counts is where it stands.
  env.html = {
    src: "",
    tags: [],
    byStart: new Map(),
    starts: [],
    line: (html?.line ?? 0) + firstLine,
    depth: html?.depth ?? 0,
  } as unknown as NonNullable<HtmlBlocksEnv["html"]>;
  const inside = new state.md.block.State(lines.join("\n"), state.md, env, state.tokens);
  inside.level = state.level;
  state.md.block.tokenize(inside, 0, inside.lineMax);
  env.nesting = nesting;
  if (html) env.html = html;
  else delete env.html;

  /** How much of a line was taken away in front of it. */
  const cut = (line: number) => {
    const at = firstLine + line;
    const whole = (state.eMarks[at] ?? 0) - (state.bMarks[at] ?? 0);
    return Math.max(0, whole - (lines[line]?.length ?? whole));
  };
  for (const problem of env.problems.list.slice(problemsBefore)) {
    problem.column += cut(problem.line - 1 - (html?.line ?? 0) - firstLine);
  }
  const tokens = state.tokens.slice(before);
  for (const token of tokens) {
    if (!token.map) continue;
    const meta = token.meta as { column?: number } | null;
    if (meta?.column !== undefined) meta.column += cut(token.map[0]);
    token.map = [token.map[0] + firstLine, token.map[1] + firstLine];
  }
  return tokens;
}

function openQuotes(tokens: Token[]): number {
  let open = 0;
  for (const { type } of tokens) {
    if (type === "blockquote_open") open++;
    else if (type === "blockquote_close") open--;
  }
  return open;
}
