/** A limit on block quotes inside each other: beyond it nobody quotes, and no phone shows the text. */
import type { StateCore } from "markdown-it";
import { envOf } from "./environment.ts";

export const QUOTE_DEPTH_LIMIT = 12;

export function quoteDepth(state: StateCore): void {
  const { file, problems } = envOf(state);
  let depth = 0;
  for (const token of state.tokens) {
    if (token.type === "blockquote_open" && ++depth === QUOTE_DEPTH_LIMIT + 1) {
      problems.error(
        "nesting-depth",
        { file, line: token.map![0] + 1, column: 1 },
        `block quotes stand more than ${QUOTE_DEPTH_LIMIT} deep in each other`,
        "take away all but a few of the > at the start of the line",
      );
    }
    if (token.type === "blockquote_close") depth--;
  }
}
