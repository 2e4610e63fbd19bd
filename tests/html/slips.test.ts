/**
 * One mistake, one message: slips of the hand put into the module that the project ships, each at places that a
 * generator chooses, and each told of once, on its line, and nowhere else.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { formatProblem } from "../../scripts/site/problems/problems.ts";
import { type Files, siteOf } from "../support/content.ts";
import { CONTENT } from "../support/sites.ts";

/** Each slip: the lines put between two paragraphs of the page `FILE`, with the one that the message names, from 0. */
const SLIPS: [name: string, text: string, line: number, message: RegExp][] = [
  ["a link never closed", "See [the part before](FILE and more.", 0, /link is never closed/],
  ["a picture never closed", "![A room](FILE and more", 0, /picture is never closed/],
  ["a link the wrong way round", "See (the part before)[FILE].", 0, /wrong way round/],
  ["a blank in a link", "See [the part before] (FILE).", 0, /blank between its brackets/],
  ["braces in a link", "See [the part before]{FILE}.", 0, /has braces/],
  ["a link without its [", "See the part before](FILE).", 0, /has no \[ before/],
  ["a link with ) for ]", "See [the part before)(FILE).", 0, /has \) where \] belongs/],
  ["a link tag never closed", 'See <a href="FILE">the part before.', 0, /link <a> is never closed/],
  // A > further down, as of a quotation, ends the tag.
  ["a link tag without >", 'See <a href="FILE" the part before.', 0, /(?:tag <a|link <a>) is never closed/],
  ["a link's name undefined", "See [the part before][nowhere-at-all].", 0, /nothing defines the address/],
  ["a link's name twice", "See [the part before][prt].\n\n[prt]: FILE\n[prt]: FILE", 3, /defined twice/],
  ["a footnote undefined", "A claim.[^nowhere]", 0, /has no text/],
  ["a footnote unused", "[^unused]: Ito et al.", 0, /nothing refers to/],
  ["a footnote mistyped", "A claim.[^stduy]\n\n[^study]: Ito et al.", 0, /did you mean \[\^study\]/],
  ["a footnote twice", "A claim.[^dbl]\n\n[^dbl]: One.\n\n[^dbl]: Two.", 4, /is there twice/],
  ["a footnote's text in a paragraph", "A claim.[^close]\n[^close]: One.", 1, /stands in a paragraph/],
  ["a list without a colon", "What would you try?\n{.answer}", 1, /has no colon/],
  ["a list with a blank", "What would you try?\n{ : .answer}", 1, /does not begin with/],
  ["a list never closed", "What would you try?\n{: .answer", 1, /list is never closed/],
  ["a list without a dot", "What would you try?\n{: answer}", 1, /names "answer"/],
  ["a list alone", "What would you try?\n\n{: .answer}", 2, /stands alone/],
  ["a list in text", "What would you try? {: .answer} Hm.", 0, /follows plain text/],
  ["a class mistyped", "What would you try?\n{: .anwser}", 0, /did you mean "answer"/],
  ["lines that are no number", "What would you try?\n{: .answer rows=six}", 0, /no number of lines/],
  ["no lines", 'What would you try?\n{: .answer rows="0"}', 0, /no number of lines/],
  [
    "a callout's class mistyped",
    '<div class="info calout" markdown="1">\nText.\n</div>',
    0,
    /did you mean "callout"/,
  ],
  ["a callout's class forgotten", '<div class="info" markdown="1">\nText.\n</div>', 0, /nothing by itself/],
  [
    "a callout without Markdown",
    '<div class="info callout">\nSome **bold** text.\n</div>',
    1,
    /shown as it is written/,
  ],
  [
    "a callout's kind mistyped",
    '{% callout "activty" %}\n#### Title\n\nText.\n{% endcallout %}',
    0,
    /did you mean "activity"/,
  ],
  [
    "a callout's kind by div",
    '<div class="activty callout" markdown="1">\n#### Title\n</div>',
    0,
    /did you mean "activity"/,
  ],
  [
    "an attribute mistyped",
    '<div clas="info callout" markdown="1">\nText.\n</div>',
    0,
    /did you mean "class"/,
  ],
  ["a note for facilitators mistyped", "Say hello.\n{: .trianer}", 0, /facilitator's note/],
  ["a note without its dot", "Say hello.\n{: trainer}", 1, /names "trainer"/],
  ["a note never closed", '<div class="trainer">\nSay hello.', 0, /note is never closed/],
  ["code closed with too few marks", "```\ncode\n``", 0, /code block is never closed/],
  ["code closed with text behind", "~~~\ncode\n~~~ end", 0, /code block is never closed/],
  ["code closed too far in", "```\ncode\n      ```", 0, /code block is never closed/],
  ["code in a list never closed", "- one\n\n  ```\n  code\n\n- two", 2, /code block is never closed/],
  ["code in a quotation never closed", "> ```\n> code", 0, /code block is never closed/],
  ["code never closed", "```\ncode", 0, /code block is never closed/],
  ["this machine", "See [the new part](http://localhost:8080/x).", 0, /this machine only/],
  ["one slash", "See [the new part](https:/example.org/x).", 0, /two slashes/],
  ["no colon", "See [the new part](https//example.org/x).", 0, /write https:\/\/example\.org\/x/],
  ["a blank in a host", "See [the new part](https://exa mple.org/x).", 0, /no browser finds/],
  [
    "a frame's quote forgotten",
    '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ width="560" title="Film"></iframe>',
    0,
    /quotes of src/,
  ],
  ["another program's box", ":::note\nText.\n:::", 0, /as other programs write it/],
  ["bold never closed", "Some **bold text.", 0, /bold text is never closed/],
  ["a table right below text", "Who comes:\n| Ana | Monday |\n| Ben | Friday |", 1, /rows of this table/],
];

const pages: Record<string, string> = {};
const others: Files = {};
for (const entry of readdirSync(CONTENT, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = path.join(entry.parentPath ?? entry.path, entry.name);
  const name = path.relative(CONTENT, file).split(path.sep).join("/");
  if (name.endsWith(".md")) pages[name] = readFileSync(file, "utf8");
  else others[name] = readFileSync(file);
}

/** Numbers from 0 to below 1, the same at each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Lines, from 0, between two paragraphs. */
function gapsOf(lines: string[]): number[] {
  const isText = (line = "") => /^\p{L}/u.test(line);
  const body = lines.indexOf("---", 1);
  return lines.flatMap((line, at) =>
    at > body && !line.trim() && isText(lines[at - 1]) && isText(lines[at + 1]) ? [at] : [],
  );
}

/** Whether a callout that began before this line, from 0, has not ended. */
function isInCallout(lines: string[], at: number): boolean {
  const before = lines.slice(0, at);
  const count = (tag: RegExp) => before.filter((line) => tag.test(line)).length;
  return count(/^(?:\{% callout |<div )/) > count(/^(?:\{% endcallout |<\/div>)/);
}

/** Where it stands in a callout, its text swallows the callout's end, and both are told of. */
const SWALLOWS = "code in a list never closed";

const ROUNDS = 8;

for (let round = 0; round < ROUNDS; round++) {
  test(`each slip is told of once, round ${round + 1}`, async () => {
    const random = numbers(round + 1);
    const files: Files = { ...others };
    const expected = new Map<string, { name: string; line: number; message: RegExp }>();
    for (const [index, [name, text]] of Object.entries(pages).entries()) {
      const lines = text.split("\n");
      const [slip, inserted, line, message] = SLIPS[(index + round * 7) % SLIPS.length]!;
      const gaps = gapsOf(lines).filter((at) => slip !== SWALLOWS || !isInCallout(lines, at));
      const gap = gaps[Math.floor(random() * gaps.length)];
      files[name] = text;
      if (gap === undefined) continue;
      const written = inserted.replaceAll("FILE", path.basename(name)).split("\n");
      files[name] = [...lines.slice(0, gap), "", ...written, "", ...lines.slice(gap + 1)].join("\n");
      expected.set(`content/${name}`, { name: slip, line: gap + 2 + line, message });
    }
    const { problems } = await siteOf(files);
    for (const [file, { name, line, message }] of expected) {
      const told = problems.sorted.filter((problem) => problem.file === file);
      assert.equal(told.length, 1, `${name}, line ${line}:\n${told.map(formatProblem).join("\n")}`);
      assert.equal(told[0]!.line, line, `${name}: ${formatProblem(told[0]!)}`);
      assert.match(formatProblem(told[0]!), message);
    }
    const rest = problems.sorted.filter((problem) => !expected.has(problem.file));
    assert.deepEqual(rest.map(formatProblem), []);
  });
}
