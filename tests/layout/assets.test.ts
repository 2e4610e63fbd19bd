/** assets/ as browsers get it. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { before, test } from "node:test";
import { PROJECT } from "../../scripts/site/project.ts";
import { buildForTest, COURSE } from "../support/sites.ts";

let css: string;
let scripts: string[];
before(async () => {
  const { folder } = await buildForTest(COURSE);
  const assets = path.join(folder, "assets");
  const names = await readdir(assets);
  const read = (pattern: RegExp) =>
    Promise.all(
      names.filter((name) => pattern.test(name)).map((name) => readFile(path.join(assets, name), "utf8")),
    );
  [css] = (await read(/^site-.*\.css$/)) as [string];
  scripts = await read(/\.js$/);
});

test("the style sheet is one file that asks for no other", () => {
  assert.doesNotMatch(css, /@import/);
  for (const [, address] of css.matchAll(/url\("?([^)]{5})/g)) assert.equal(address, "data:");
});

test("its layers stand in the order that site.css names", async () => {
  const source = await readFile(path.join(PROJECT, "assets/css/site.css"), "utf8");
  const [, order] = /@layer ([\w, ]+);/.exec(source)!;
  const layers = [...css.matchAll(/@layer ([\w,]+)[{;]/g)].flatMap(([, names]) => names!.split(","));
  assert.deepEqual([...new Set(layers)], order!.split(", "));
});

test("what the oldest supported browsers do not know is compiled, prefixed or has its fallback", () => {
  assert.doesNotMatch(css, /light-dark\(/);
  assert.match(css, /-webkit-text-size-adjust:100%/);
  // With an empty text for screen readers where a browser knows that syntax, without it elsewhere.
  assert.match(css, /content:"↗";content:"↗" \/ "";/);
});

test("no script has a lookbehind, which Safari has from 16.4 on and which nothing compiles", () => {
  assert.ok(scripts.length > 3);
  // docx makes one of a text when it fills in a template, which nobody here asks for.
  const withoutTexts = scripts.map((script) => script.replace(/`\(\?<=\$\{/g, "`"));
  for (const script of withoutTexts) assert.doesNotMatch(script, /\(\?<[=!]/);
});
