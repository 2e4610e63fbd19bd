/** Colors that the style sheet and the program must agree on. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PROJECT } from "../../scripts/site/project.ts";
import { contrast, GROUNDS, inkOn, LEAST_CONTRAST } from "../../scripts/site/text/colors.ts";

const tokens = readFileSync(`${PROJECT}assets/css/tokens.css`, "utf8");
const COLOR = "#\\w{6}";
const pairOf = (name: string) =>
  new RegExp(`--${name}: light-dark\\((${COLOR}), (${COLOR})\\)`).exec(tokens)!.slice(1) as [string, string];
const colorOf = (name: string) => new RegExp(`--${name}: (${COLOR})`).exec(tokens)![1]!;

test("contrast is that of WCAG", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#ffffff", "#ffffff"), 1);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

test("the grounds are the style sheet's, and text stands out from each in light and in dark", () => {
  const plain = ["paper", "surface"].map(pairOf);
  assert.deepEqual(
    [GROUNDS.light, GROUNDS.dark].map((grounds) => grounds.slice(0, 2).map(({ color }) => color)),
    [plain.map(([light]) => light), plain.map(([, dark]) => dark)],
  );
  // rgb(253 252 249 / 93%) over #a03f26, and rgb(20 25 31 / 88%) over #f0a58e.
  assert.deepEqual([GROUNDS.light[2]!.color, GROUNDS.dark[2]!.color], ["#f6efea", "#2e2a2c"]);
  for (const name of ["ink", "ink-soft", "do"]) {
    const [light, dark] = pairOf(name);
    for (const { color } of GROUNDS.light)
      assert.ok(contrast(light, color) >= LEAST_CONTRAST, `${name} on ${color}`);
    for (const { color } of GROUNDS.dark)
      assert.ok(contrast(dark, color) >= LEAST_CONTRAST, `${name} on ${color}`);
  }
  for (const { color } of GROUNDS.light)
    assert.ok(contrast(colorOf("accent-light"), color) >= LEAST_CONTRAST, color);
  for (const { color } of GROUNDS.dark)
    assert.ok(contrast(colorOf("accent-dark"), color) >= LEAST_CONTRAST, color);
});

test("on an accent stands what is easier to read, and what can be an accent can be read on buttons", () => {
  assert.equal(inkOn("#0d5c68"), "#ffffff");
  assert.equal(inkOn("#86cdd8"), "#0f1418");
  const steps = [0, 51, 102, 153, 204, 255].map((step) => step.toString(16).padStart(2, "0"));
  const colors = steps.flatMap((red) =>
    steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)),
  );
  for (const grounds of [GROUNDS.light, GROUNDS.dark]) {
    const accents = colors.filter((one) =>
      grounds.every(({ color }) => contrast(one, color) >= LEAST_CONTRAST),
    );
    assert.ok(accents.length > 20);
    for (const one of accents) assert.ok(contrast(one, inkOn(one)) >= LEAST_CONTRAST, one);
  }
});
