/** Colors that the style sheet and the program must agree on. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { contrast, inkOn, LEAST_CONTRAST, PAPER } from "../../scripts/site/text/colors.ts";
import { PROJECT } from "../support/sites.ts";

const tokens = readFileSync(`${PROJECT}assets/css/tokens.css`, "utf8");
const pairOf = (name: string) =>
  new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens)!.slice(1) as [string, string];

test("contrast is that of WCAG", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#ffffff", "#ffffff"), 1);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

test("the paper is the style sheet's, and text stands out from it in light and in dark", () => {
  assert.deepEqual([PAPER.light, PAPER.dark], pairOf("paper"));
  for (const name of ["ink", "ink-soft", "do"]) {
    const [light, dark] = pairOf(name);
    assert.ok(contrast(light, PAPER.light) >= LEAST_CONTRAST, `${name} in light`);
    assert.ok(contrast(dark, PAPER.dark) >= LEAST_CONTRAST, `${name} in dark`);
  }
});

test("on an accent stands what is easier to read", () => {
  assert.equal(inkOn("#0d5c68"), "#ffffff");
  assert.equal(inkOn("#86cdd8"), "#0f1418");
});
