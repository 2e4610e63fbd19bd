/**
 * Input that nobody writes by hand: the time stays in proportion to its length, and what comes out is well-formed.
 *
 * The longer the texts, the less of what grows faster than they do escapes: HOSTILE_TIMES=5 takes five times as long ones.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "cheerio";
import type { Site } from "../../scripts/site/site.ts";
import { errorsOf, type Files, page, renderedAt, siteOf } from "../support/content.ts";

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
  "<video>",
  "<video src=a.mp4>",
  "<video src=a.mp4></video> ",
  "<video><source src=a.mp4>",
  "<source src=a.mp4>",
  "<audio src=a.mp3></audio>\n\n",
  "![a](b.mp4) ",
  "[![a](b.mp4)](c.md)",
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
  "blanks in a comment that allows": (length) => `a <!-- allow${" ".repeat(length)}b c -->`,
  "comments that allow in one line": (length) => "a <!-- allow link-text: b --> ".repeat(length / 30),
  "an address of one name": (length) => `<a href="${"a".repeat(length)}">b</a>`,
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

/** What must be long to show: of a tree's children, of a page's problems, of the files of a course. */
const LONG_INPUTS: Record<string, (length: number) => Files> = {
  "an abbreviation as long as all its uses": inPage(
    (length) => `*[A]: ${"b".repeat(length / 3)}\n\n${"A\n".repeat(length / 3)}`,
  ),
  "an abbreviation with attribute lists, used again and again": inPage(
    (length) => `*[A]: b\n${`{: title="${"c".repeat(80)}"}\n`.repeat(5)}\n${"A\n".repeat(length / 2)}`,
  ),
  "abbreviations of a hundred letters": inPage((length) =>
    numbered(length, (n) => `*[${String(n).padEnd(99, "a")}]: b\n`),
  ),
  "a reference as long as all its links": inPage(
    (length) => `[a]: https://example.org/${"b".repeat(length / 3)}\n\n${"[a]\n".repeat(length / 6)}`,
  ),
  "a reference to no page as long as all its links": inPage(
    (length) => `[a]: ${"b".repeat(length / 3)}\n\n${"[a]\n".repeat(length / 6)}`,
  ),
  "a title as long as all the pictures that have it": inPage(
    (length) => `[a]: b.png "${"c".repeat(length / 3)}"\n\n${"![a]\n".repeat(length / 8)}`,
  ),
  "named lists in named lists": inPage(
    (length) => `{:a: title="${"b".repeat(480)}"}\n\n${"*x*{: a a a a a a a a}\n".repeat(length / 23)}`,
  ),
  "a heading as long as all the tables under it": inPage(
    (length) => `## ${"a".repeat(length / 3)}\n\n${"|a|\n|-|\n\n".repeat(length / 14)}`,
  ),
  "wide tables of short rows": inPage((length) =>
    `|${"a|".repeat(99)}\n|${"-|".repeat(99)}\n${"|a|\n".repeat(48)}\n`.repeat(length / 600),
  ),
  "worksheets of one number, the first with a long title": inPage(
    (length) =>
      `${worksheet(1, "a".repeat(length / 3))}${numbered(length / 2, (n) => worksheet(1, `b${n}`))}`,
  ),
  "a tag of many attributes": inPage((length) => `<p ${numbered(length, (n) => `a${n}=b\n`)}>`),
  "many lists under one paragraph": inPage((length) => `a\n${numbered(length, (n) => `{: a${n}="b"}\n`)}`),
  "players of one film, with the same captions": (length) => ({
    ...inPage(repeated("<video src=a.mp4><track src=a.vtt></video> "))(length),
    "a.mp4": "",
    "a.vtt": `WEBVTT\n\n${"00:00.000 --> 00:01.000\na\n\n".repeat(length / 100)}`,
  }),
  "players of as many films in one paragraph": (length) => ({
    ...inPage((part) => numbered(part, (n) => `<video src=${n}.mp4><track src=${n}.vtt></video> `))(length),
    ...many(length / 100, (n) => [`${n}.mp4`, ""]),
    ...many(length / 100, (n) => [`${n}.vtt`, "WEBVTT\n\n00:00.000 --> 00:01.000\na\n"]),
  }),
  "many lists in one paragraph": inPage((length) => numbered(4 * length, (n) => `text {: .a${n}} b\n`)),
  "facilitators' notes": inPage(repeated("a\n{: .trainer}\n\n")),
  "elements that are not allowed": inPage(repeated("<input>\n")),
  "elements that are taken away around others": inPage(repeated("<font>a</font>\n")),
  "rooms for answers": inPage(repeated("a\n{: .answer}\n\n")),
  frames: inPage(repeated("<iframe src='https://youtu.be/a'></iframe>\n\n")),
  "as many modules as links to them": (length) => ({
    ...inPage((half) => numbered(half, (n) => `[a](m${n}/)\n\n`))(length / 2),
    ...many(length / 250, (n) => [`m${n}/a.md`, page("a", "A")]),
  }),
  "as many worksheets as modules, of one number": (length) =>
    many(length / 250, (n) =>
      n % 2
        ? [`m${n}/a.md`, page(worksheet(1, "a"))]
        : [`worksheets/${n}-a.md`, `---\ntitle: "Worksheet #1: a"\nmodule: m${n + 1}\n---\n`],
    ),
  "drafts that are linked to": (length) => ({
    ...inPage((half) => numbered(half, (n) => `[a](d${n}.md)\n\n`))(length / 2),
    ...many(length / 250, (n) => [`d${n}.md`, "---\ntitle: a\ndraft: true\n---\n"]),
  }),
};

/** In which names are looked for that are not there. With how many they are compared is limited: many must be there to show it. */
const LOST_NAMES: Record<string, (length: number) => Files> = {
  "as many films as players of others": (length) => ({
    ...inPage((half) => numbered(half, (n) => `![a](${word(-n)}.mp4)\n\n`))(length / 2),
    ...many(length / 250, (n) => [`${word(n)}.mp4`, ""]),
  }),
  "as many headings as dead links": inPage((length) =>
    numbered(
      length,
      (n) => `## ${word(n)}\n\n`,
      (n) => `[a](#${word(-n)})\n\n`,
    ),
  ),
  "as many files as dead links": (length) => ({
    ...inPage((half) => numbered(half, (n) => `[a](${word(-n)}.md)\n\n`))(length / 2),
    ...many(length / 250, (n) => [`${word(n)}.pdf`, ""]),
  }),
  "as many files of one name as dead links": (length) => ({
    ...inPage((half) => numbered(half, (n) => `[a](x${n}/plan.md)\n\n`))(length / 2),
    ...many(length / 250, (n) => [`d${n}/plan.pdf`, ""]),
  }),
  "as many worksheets as modules that are not there": (length) =>
    many(length / 250, (n) =>
      n % 2 ? [`m${n}/a.md`, page("a")] : [`worksheets/${n}.md`, `---\ntitle: a\nmodule: ${word(n)}\n---\n`],
    ),
};

function inPage(make: (length: number) => string): (length: number) => Files {
  return (length) => ({ "page.md": page(make(length)) });
}

const many = (count: number, file: (n: number) => [name: string, text: string]): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => file(n)));

const worksheet = (number: number, title: string) =>
  `{% callout "activity" %}\n### [Worksheet #${number}: ${title}](https://example.org/)\n{% endcallout %}\n\n`;

/** A word of fourteen letters, far from that of any other number. */
function word(n: number): string {
  let state = Math.imul(n + 1, 0x9e3779b1);
  return Array.from({ length: 14 }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 1;
    return "abcdefghijklmnopqrst"[(state >>> 8) % 20];
  }).join("");
}

/** CPU milliseconds that a course takes, which other work on the machine hardly changes; and the course. */
async function timed(files: Files): Promise<{ cpu: number; site: Site }> {
  const before = process.cpuUsage();
  const site = await siteOf(files);
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1000, site };
}

/**
 * Ten times the text may take thirty times the time; what is quadratic takes a hundred. So a text may take three
 * times as long as ten texts of a tenth: as much work on both sides, and none of it too short to be measured.
 */
const GROWTH = 3;
/** The least of several runs is what the work takes; the rest is the machine's. */
const RUNS = 3;

/** Runs both sides by turns until they are near enough; the site of the long text. */
async function assertLinear(
  short: () => Promise<number>,
  long: () => Promise<{ cpu: number; site: Site }>,
): Promise<Site> {
  let [ten, one] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 1; ; run++) {
    ten = Math.min(ten, await short());
    const { cpu, site } = await long();
    one = Math.min(one, cpu);
    if (one <= GROWTH * ten) return site;
    assert.ok(
      run < RUNS,
      `ten texts took ${ten.toFixed(1)} ms, one of ten times the length ${one.toFixed(1)} ms`,
    );
  }
}

const TIMES = Number(process.env.HOSTILE_TIMES ?? 1);
const SHORT = 2000 * TIMES;

for (const [name, make] of Object.entries(INPUTS)) {
  test(name, async () => {
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`page-${n}.md`, page(make(SHORT))]));
    const one = { "page.md": page(make(10 * SHORT)) };
    const site = await assertLinear(
      async () => (await timed(ten)).cpu,
      () => timed(one),
    );
    assertHarmless(renderedAt(site).html);
  });
}

/** Long enough for a quadratic part to show beside all the rest. */
const LONG = 6000 * TIMES;
const LONG_WITH_NAMES = 15_000 * TIMES;

for (const [inputs, length] of [
  [LONG_INPUTS, LONG],
  [LOST_NAMES, LONG_WITH_NAMES],
] as const) {
  for (const [name, make] of Object.entries(inputs)) testLong(name, make(length), make(10 * length));
}

function testLong(name: string, part: Files, whole: Files): void {
  test(`${name}, in a long text`, async () => {
    const site = await assertLinear(
      async () => {
        let sum = 0;
        for (let n = 0; n < 10; n++) sum += (await timed(part)).cpu;
        return sum;
      },
      () => timed(whole),
    );
    const length = Object.values(whole).reduce((sum, text) => sum + text.length, 0);
    const made = site.rendering.all.reduce((sum, { html }) => sum + html.length, 0);
    const told = site.problems.list.reduce((sum, { message, cure }) => sum + message.length + cure.length, 0);
    assert.ok(made + told <= 40 * length + 2_000_000, `${length} characters made ${made} and ${told}`);
  });
}

test("what would swell a page is an error at the line where it is written", async () => {
  const long = "b".repeat(90_000);
  const used = (use: string) => `${use}\n`.repeat(18_000);
  const error = (line: number, length: string) =>
    `content/page.md:${line}:1: the page's abbreviations and references would add more than 500,000 characters to it by being used again and again, and this one, of ${length}, most of them; shorten it, or divide the page into several sections`;
  for (const [markdown, line, length] of [
    [`*[YA]: ${long}\n\n${used("YA")}`, 4, "90,000"],
    [`${used("YA")}\n*[YA]: ${long}\n`, 18_005, "90,000"],
    [`Text.\n\n[plan]: https://example.org/${long}\n\n${used("[plan]")}`, 6, "90,020"],
    [`> [plan]: https://example.org/ "${long}"\n\n${used("[the plan][plan]")}`, 4, "90,020"],
    [`{:big: title="${"b".repeat(400)}"}\n\n${used("*a*{: big}")}`, 4, "408"],
    [`*[YA]: short\n*[LIB]: ${"b".repeat(9000)}\n\n${used("YA LIB")}`, 5, "9,000"],
  ] as const) {
    assert.deepEqual(errorsOf(await siteOf({ "page.md": page(markdown) })), [error(line, length)]);
  }
  const within = await siteOf({ "page.md": page(`*[YA]: young adult\n\n${"YA\n".repeat(18_000)}`) });
  assert.deepEqual(errorsOf(within), []);
});

test("an element of more attributes than it may have is an error at its place, however it got them", async () => {
  const attributes = (count: number) => Array.from({ length: count }, (_, n) => `a${n}="b"`).join(" ");
  const error = (place: string, name: string) =>
    `content/page.md:${place}: the <${name}> has more than 100 attributes; keep those that it needs`;
  for (const [markdown, place, name] of [
    [`Text.\n\n<p ${attributes(101)}>a</p>`, "6:1", "p"],
    [`Text <b ${attributes(101)}>a</b>`, "4:6", "b"],
    [`A paragraph.\n{: ${attributes(101)}}`, "4:1", "p"],
    [`<b>a</b>${`{: ${attributes(101)}}`}`, "4:1", "b"],
    [`Term\n: {: ${attributes(101)}} meaning`, "5:1", "dd"],
    [`- {: ${attributes(101)}} item`, "4:1", "li"],
  ] as const) {
    assert.deepEqual(errorsOf(await siteOf({ "page.md": page(markdown) })), [error(place, name)]);
  }
  const within = `<p ${attributes(100)}>a</p>\n\n<!-- <p ${attributes(200)}> -->\n\n\`<p ${attributes(200)}>\`\n`;
  assert.deepEqual(errorsOf(await siteOf({ "page.md": page(within) })), []);
});

test("a course with more dead links than can be searched for is told of each all the same", async () => {
  const headings = Array.from({ length: 2000 }, (_, n) => `## ${word(n)}\n\n`).join("");
  const links = Array.from({ length: 2000 }, (_, n) => `[a](#${word(n)}x)\n\n`).join("");
  const errors = errorsOf(await siteOf({ "page.md": page(headings + links) }));
  assert.equal(errors.length, 2000);
  assert.match(errors[0]!, /; did you mean "#\w{14}"\?$/);
  assert.match(errors.at(-1)!, /; write one of #\w{14}, .*, …, or leave out the # and what follows$/);
});

/** What a browser reads is what was written, and nothing in it runs. */
function assertHarmless(html: string): void {
  const $ = load(html, null, false);
  assert.ok($.html() === html, "the HTML is not well-formed");
  assert.equal($("script, style, iframe, object, embed, form, input").length, 0);
  for (const element of $("*").toArray()) {
    for (const [name, value] of Object.entries($(element).attr() ?? {})) {
      assert.doesNotMatch(name, /^on/i);
      assert.doesNotMatch(name, /^(?:autoplay|loop)$/);
      if (/^(?:href|src|poster)$/.test(name))
        assert.doesNotMatch(value, /^\W*(?:javascript|vbscript|data):/i);
    }
  }
}
