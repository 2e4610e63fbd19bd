/** Code blocks that nothing ends. */
import type { AuthorsText } from "./authors-text.ts";

export function adviseOnFences({ reading, file, problems }: AuthorsText): void {
  for (const { line, column, marks, near } of reading.openFences) {
    problems.error(
      "open-code",
      { file, line: line + 1, column },
      "the code block is never closed",
      near === undefined
        ? `end it with a line of ${marks} and nothing else`
        : near.isStart
          ? `end it with a line of ${marks} above line ${near.line + 1}, where another one begins`
          : `line ${near.line + 1} does not end it: write ${marks} there, as far in as in line ${line + 1}, and nothing else`,
    );
  }
}
