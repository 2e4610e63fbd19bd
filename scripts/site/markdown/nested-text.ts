/**
 * A text inside a text, parsed as kramdown does it: taken out without its indentation or marks, and read as a text of
 * its own. So are read list items, quotations, definitions and footnotes, and what elements with `markdown="1"` hold.
 */
import type { StateBlock, Token } from "markdown-it";
import { type DialectEnv, envOf, pageLine, type TextInHand } from "./environment.ts";
import { QUOTE_DEPTH_LIMIT } from "./quote-depth.ts";

/** Lists, quotations and definitions in each other. Beyond it no phone shows the text; and each level costs time. */
const NESTING_LIMIT = 24;

/** Where the inside of an element with `markdown="1"` stands: characters of the text around before each line of it. */
interface InElement {
  columns: readonly number[];
}

/**
 * Parses `lines`, which stand in the state's text from line `firstLine` on, one for one; those of an element may begin
 * in the middle of one. The tokens follow those of the state, with the state's line numbers; the answer is the tokens.
 */
export function parseNested(
  state: StateBlock,
  lines: readonly string[],
  firstLine: number,
  element?: InElement,
): Token[] {
  const env = envOf(state);
  const around = env.text;
  if (!element && around.blocks >= NESTING_LIMIT) {
    reportDepth(state, env, firstLine);
    return [];
  }
  env.text = textInside(around, state, lines, firstLine, element);
  const before = state.tokens.length;
  const inside = new state.md.block.State(lines.join("\n"), state.md, env, state.tokens);
  inside.level = state.level;
  state.md.block.tokenize(inside, 0, inside.lineMax);
  env.text = around;
  const tokens = state.tokens.slice(before);
  for (const { map } of tokens) {
    if (!map) continue;
    map[0] += firstLine;
    map[1] += firstLine;
  }
  return tokens;
}

function textInside(
  around: TextInHand,
  state: StateBlock,
  lines: readonly string[],
  firstLine: number,
  element: InElement | undefined,
): TextInHand {
  /** What was taken away stood in front. */
  const taken = (line: number) => {
    const at = firstLine + line;
    return Math.max(0, (state.eMarks[at] ?? 0) - (state.bMarks[at] ?? 0) - lines[line]!.length);
  };
  return {
    line: around.line + firstLine,
    columns: lines.map(
      (_, line) => (around.columns[firstLine + line] ?? 0) + (element ? element.columns[line]! : taken(line)),
    ),
    elements: around.elements + (element ? 1 : 0),
    blocks: around.blocks + (element ? 0 : 1),
    isInElement: element !== undefined,
  };
}

/** Once a page; and of quotes alone the limit on quotes tells. */
function reportDepth(state: StateBlock, env: DialectEnv, line: number): void {
  if (env.isTooDeep) return;
  env.isTooDeep = true;
  if (openQuotes(state.tokens) > QUOTE_DEPTH_LIMIT) return;
  env.problems.error(
    "nesting-depth",
    { file: env.file, line: pageLine(state, line) + 1, column: (env.text.columns[line] ?? 0) + 1 },
    `lists and quotes stand more than ${NESTING_LIMIT} deep in each other`,
    "take away all but a few of the marks and spaces at the start of the line",
  );
}

function openQuotes(tokens: Token[]): number {
  let open = 0;
  for (const { type } of tokens) {
    if (type === "blockquote_open") open++;
    else if (type === "blockquote_close") open--;
  }
  return open;
}
