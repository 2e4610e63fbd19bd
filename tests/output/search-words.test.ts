/** The words that search may offer: which there are, how they are written, and how many at most. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { SearchWords } from "../../scripts/site/output/search-words.ts";
import { inFolder, page, writeFiles } from "../support/content.ts";
import { buildForTest, CONTENT } from "../support/sites.ts";

const wordsOf = async (folder: string): Promise<string[]> =>
  /"([^"]*)"\.split\(" "\)/
    .exec(await readFile(path.join(folder, "pagefind/words.js"), "utf8"))![1]!
    .split(" ");

test("a word stands once, the most usual first, without a capital that it has from its place", () => {
  const words = new SearchWords();
  for (const text of [
    "Plan and re-plan",
    "The library’s plan",
    "YOUmedia and HOMAGO",
    "INTERÉS",
    "Interés",
    "3D2",
  ])
    words.add(text);
  assert.deepEqual(words.list, ["plan", "interés", "re-plan", "library", "YOUmedia", "HOMAGO"]);
});

test("terms are taken without their markup, and no list is longer than is of use", () => {
  const words = new SearchWords();
  words.addTerms('<dl><dt id="a">Maker <em>space</em></dt><dd>A workshop</dd></dl>');
  assert.deepEqual(words.list, ["maker", "space"]);
  const letters = (n: number) => [...String(n)].map((digit) => "abcdefghij"[Number(digit)]).join("");
  for (let n = 10_000; n < 16_000; n++) words.add(letters(n));
  words.add(letters(15_999));
  assert.equal(words.list.length, 4_000);
  assert.equal(words.list[0], letters(15_999));
  assert.ok(gzipSync(words.list.join(" ")).length < 20_000);
});

test("the words are those of titles, headings, terms and worksheets, and nothing of the texts", async () => {
  await inFolder(async (folder) => {
    await writeFiles(folder, {
      "content/mod/index.md": page("Welcome, everybody."),
      "content/mod/01-a.md": page(
        '## Gardens\n\n##### Deep\n\nAn aardvark.\n\nCompost\n: Old leaves\n\n<div class="activity callout" markdown="1">\n\n### [Worksheet #1: Seedlings](https://example.org/a)\n\nWrite.\n\n</div>',
        "Opening",
      ),
    });
    const words = await wordsOf((await buildForTest(path.join(folder, "content"))).folder);
    for (const word of ["gardens", "compost", "seedlings", "opening"]) assert.ok(words.includes(word), word);
    for (const word of ["aardvark", "leaves", "deep"]) assert.ok(!words.includes(word), word);
  });
});

test("the words of the shipped module are no more than 6 kB over the line", async () => {
  const { folder } = await buildForTest(CONTENT);
  const packed = gzipSync(await readFile(path.join(folder, "pagefind/words.js")));
  assert.ok(packed.length <= 6_000, `${packed.length}`);
  for (const word of ["friends", "interests", "relationships", "facilitator"])
    assert.ok((await wordsOf(folder)).includes(word), word);
});
