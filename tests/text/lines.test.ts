/** Offsets of a text as lines and columns. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lineOfOffset, lineStarts, placeOfOffset } from "../../scripts/site/text/lines.ts";

test("every offset of a text has its line and column, line breaks those of the line they end", () => {
  for (const text of ["", "a", "\n", "ab\n\ncd", "ab\ncd\n"]) {
    const starts = lineStarts(text);
    assert.equal(starts.length, text.split("\n").length);
    for (let offset = 0; offset <= text.length; offset++) {
      const before = text.slice(0, offset).split("\n");
      assert.equal(lineOfOffset(starts, offset), before.length - 1);
      const place = { line: before.length, column: before.at(-1)!.length + 1 };
      assert.deepEqual(placeOfOffset(starts, offset), place);
    }
  }
});
