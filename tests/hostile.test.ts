/** Input that nobody writes by hand: the time stays in proportion to its length, and what comes out is well-formed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "cheerio";
import { page, siteOf } from "./support/content.ts";

/** A text of `length` characters at most, of whole units. */
const repeated =
  (unit: string) =>
  (length: number): string =>
    unit.repeat(length / unit.length);

/** What stands `unit` times inside what. */
const nested =
  (open: string, close: string) =>
  (length: number): string => {
    const times = length / (open.length + close.length);
    return open.repeat(times) + close.repeat(times);
  };

/** As many of each unit, with its number in it, as make the length; all of one unit first, then all of the next. */
function numbered(length: number, ...units: ((n: number) => string)[]): string {
  const times = Math.floor(length / units.reduce((sum, unit) => sum + unit(10_000).length, 0));
  return units.map((unit) => Array.from({ length: times }, (_, n) => unit(n)).join("")).join("\n");
}

const REPEATED = [
  ..."[]<>`\"'|\\*_({&#~=\t“",
  "<div ",
  '<a "',
  "<a x='",
  "{:",
  '{: a="',
  "{: .a}",
  "{%",
  "{{",
  '{% callout "info" %}',
  "*_",
  "**a ",
  "_a",
  "<!--",
  "<!--\n",
  "a <!-- b --> ",
  "](",
  "[a](",
  "![",
  "&#",
  "<b>",
  "<font>",
  "<div>",
  "<div>\n",
  "<div\n\n",
  "<p>",
  "</div>",
  "<details>",
  "<th>a</th>",
  "<table>",
  "<tr><td>a</td></tr>\n",
  "<iframe>",
  "<iframe src='https://youtu.be/a'></iframe>\n\n",
  "<div markdown=1>",
  "<p id='a'>a</p>\n\n",
  '[a](b.md){:target="_blank" .c} ',
  "[a](#zebra) ",
  "![a](b.png) ",
  "*a*{: .b}",
  "a\n{: .answer}\n\n",
  "## a\n\n",
  "> a\n",
  "> <div markdown=1>\n> a\n> </div>\n>\n",
  "- a\n",
  "~~~\n",
  "| a | b |\n|---|---|\n\n",
  '{% callout "activity" %}\n### [a](b.md)\n{% endcallout %}\n\n',
  // Footnotes, abbreviations, link references and definitions
  "[^a] ",
  "[^a]: b\n",
  "[^a]: b\n\n    c\n\n",
  "[^a]: [^a]\n\n",
  "*[a]: b\n",
  "[a] ",
  "[a][b] ",
  "[a]: b.md\n",
  "[a]: b.md 'c",
  "a\n: b\n\n",
  "a\n: b\n",
  ": a\n",
  // Tables
  "a|b\n",
  "|a\n|-\n",
  "|a\n\n",
  "|-\n",
  "|=\n",
  "|`",
  // Lists and quotes
  "- a\n  - b\n",
  "1. a\n\n",
  "- a\n\n  b\n\n",
  "- > ",
  "> - a\n",
  "- [ ] a\n",
  "a\n- ",
  "^\n",
  // Emphasis and the like
  "***a** b* ",
  "**a *b ",
  "__a_ ",
  "*a_ ",
  "~~a",
  "a~~",
  "$$",
  "$$a\n\n",
  "<<",
  "'a\"",
  // kramdown's own
  "{::comment}",
  "{:/}",
  "{::nomarkdown}<b>",
  "{:a: .b}\n",
  "{: a}\n",
  "a\n{: a}\n",
  // HTML
  '<a href="b>c ',
  "<a href=“b”>c</a> ",
  '<b a="',
  "<a name=b>",
  "<b class=answer>",
  "<li>",
  "<dt>",
  "<x>",
  "<pre>\n\n",
  "<b title='<pre '>",
  "a  \n",
  "<a><table>",
];

const INPUTS: Record<string, (length: number) => string> = {
  ...Object.fromEntries(REPEATED.map((unit) => [`${JSON.stringify(unit)} again and again`, repeated(unit)])),
  "divs in divs": nested('<div markdown="1">\n', "</div>\n"),
  "callouts in callouts": nested('{% callout "info" %}\n', "{% endcallout %}\n"),
  "block quotes in block quotes": (length) => `${">".repeat(length)} a`,
  "blanks in a heading": (length) => `## a${" ".repeat(length)}{#b c`,
  "blanks in an attribute list": (length) => `a\n{: ${" ".repeat(length)}x`,
  "runs of backticks of every length": (length) =>
    Array.from({ length: Math.sqrt(2 * length) }, (_, index) => "`".repeat(index)).join(" "),
  "lists in lists": (length) =>
    Array.from({ length: Math.sqrt(length) }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n"),
  "lists in lists on one line": (length) => `${"- ".repeat(length / 2)}a`,
  "quotes and lists in each other": (length) => `${"> - ".repeat(length / 4)}a`,
  "a callout of many paragraphs": (length) =>
    `{% callout "activity" %}\n${"a\n\n".repeat(length / 4)}{% endcallout %}`,
  "a link of many words": (length) => `[${"*a* ".repeat(length / 5)}](b.md)`,
  "a heading of many words": (length) => `## ${"*a* ".repeat(length / 5)}`,
  "definitions in definitions": (length) => `a\n${": ".repeat(length / 2)}b`,
  "as many notes as references to them": (length) =>
    numbered(
      length,
      (n) => `a[^${n}]\n\n`,
      (n) => `[^${n}]: b\n`,
    ),
  "notes that refer to each other": (length) =>
    `[^0]\n\n${numbered(length, (n) => `[^${n}]: [^${n + 1}]\n\n`)}`,
  "as many abbreviations as uses": (length) =>
    numbered(
      length,
      (n) => `A${n} `,
      (n) => `\n*[A${n}]: b`,
    ),
  "abbreviations that begin alike": (length) =>
    `${numbered(Math.sqrt(length) * 100, (n) => `*[${"a".repeat(n % 100)}]: b\n`)}\n${"a".repeat(length)}`,
  "as many link references as links": (length) =>
    numbered(
      length,
      (n) => `[a][${n}] `,
      (n) => `\n[${n}]: b.md`,
    ),
  "a table of many cells": (length) => `${"|a".repeat(Math.sqrt(length))}\n`.repeat(Math.sqrt(length) / 2),
  "emphasis in emphasis": nested("*a **b ", "** *"),
  "emphasis that never ends": (length) => `${"*a".repeat(length / 4)}${"_b".repeat(length / 4)}`,
  "marks of every length": (length) =>
    Array.from({ length: Math.sqrt(2 * length) - 2 }, (_, index) => "*".repeat(index)).join("a "),
  "one row of many columns": (length) => `|${"a|".repeat(length / 4)}\n|${"-|".repeat(length / 4)}\n`,
  "one attribute of many rules": (length) => `<p style="${"a:b;".repeat(length / 4)}">`,
};

/** CPU milliseconds that a page takes, and its HTML. */
async function timed(markdown: string): Promise<{ cpu: number; html: string }> {
  const before = process.cpuUsage();
  const site = await siteOf({ "page.md": page(markdown) });
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, html: site.course.byPath.get("page.md")!.html };
}

const SMALL = 10_000;
const LARGE = 10 * SMALL - 100;
/** Ten times the text may take fifteen times the time: what is quadratic takes a hundred. */
const GROWTH = 15;
/** Below this many milliseconds a clock measures the garbage collector. */
const NOISE = 8;
/** The least of several runs is what the work takes; the rest is the machine's. */
const RUNS = 5;

/**
 * Where a short text's time is mostly the machine's own, the second half of a long one tells growth from noise: twice
 * the text takes 2.3 times the time where ten times takes fifteen times, and four times where it is quadratic.
 */
const DOUBLING = 2.3;

for (const [name, make] of Object.entries(INPUTS)) {
  test(name, async () => {
    let small = Number.POSITIVE_INFINITY;
    let large = Number.POSITIVE_INFINITY;
    let html = "";
    for (let run = 0; run < RUNS; run++) {
      if (run < 3) small = Math.min(small, (await timed(make(SMALL))).cpu);
      const result = await timed(make(LARGE));
      large = Math.min(large, result.cpu);
      html = result.html;
      if (large <= GROWTH * Math.max(small, NOISE)) break;
    }
    if (large > GROWTH * Math.max(small, NOISE)) {
      let half = Number.POSITIVE_INFINITY;
      for (let run = 0; run < RUNS; run++) {
        half = Math.min(half, (await timed(make(LARGE / 2))).cpu);
        large = Math.min(large, (await timed(make(LARGE))).cpu);
      }
      assert.ok(
        large <= DOUBLING * half,
        `${SMALL} characters took ${small.toFixed(1)} ms, ${LARGE / 2} took ${half.toFixed(1)} ms, ${LARGE} took ${large.toFixed(1)} ms`,
      );
    }
    assertHarmless(html);
  });
}

/** What a browser reads is what was written, and nothing in it runs. */
function assertHarmless(html: string): void {
  const $ = load(html, null, false);
  assert.ok($.html() === html, "the HTML is not well-formed");
  assert.equal($("script, style, iframe, object, embed, form, input").length, 0);
  for (const element of $("*").toArray()) {
    for (const [name, value] of Object.entries($(element).attr() ?? {})) {
      assert.doesNotMatch(name, /^on/i);
      if (name === "href" || name === "src") assert.doesNotMatch(value, /^\W*(?:javascript|vbscript|data):/i);
    }
  }
}

/** Pieces that together make most of what goes wrong. */
const PIECES = [
  ..."<>/\"'`=&#;:!-[](){}*_|\\\n ",
  "\n\n",
  "<script>",
  "</script>",
  "<img src=x onerror=alert(1)>",
  "<a href='javascript:x'>",
  "<svg onload=x>",
  "<math>",
  "<style>",
  "<title>",
  "<plaintext>",
  "<iframe src='https://youtu.be/a'>",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?x",
  "<div markdown=1>",
  "</div>",
  "<b>",
  "</b>",
  "<p>",
  "</p>",
  "<table>",
  "<td>",
  "<select>",
  "<template>",
  "<noscript>",
  "[a](javascript:x)",
  '{: onclick="x"}',
  "{: .a}",
  '{% callout "info" %}',
  "{% endcallout %}",
  "```\n",
  "- ",
  "> ",
  "# ",
  "    ",
  "text",
];

test("a thousand random mixtures never crash the build and never run anything", async () => {
  let state = 1;
  const below = (limit: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * limit);
  };
  const mixtures = Array.from({ length: 1000 }, () =>
    Array.from({ length: 1 + below(40) }, () => PIECES[below(PIECES.length)]!).join(""),
  );
  // Fifty to a site: a folder for each would test the disk.
  for (let first = 0; first < mixtures.length; first += 50) {
    const files = mixtures
      .slice(first, first + 50)
      .map((text, index) => [`mix${first + index}.md`, page(text)] as const);
    const site = await siteOf(Object.fromEntries(files));
    for (const one of site.course.pages) {
      try {
        assertHarmless(one.html);
      } catch (error) {
        assert.fail(`${(error as Error).message}: ${JSON.stringify(one.body)}\n${one.html}`);
      }
    }
  }
});
