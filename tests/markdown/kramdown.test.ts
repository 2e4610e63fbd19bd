/**
 * The dialect against kramdown. Each pair in fixtures/kramdown is what an author writes (NAME.md) and the HTML that
 * comes of it (NAME.html).
 *
 * The expectations were made with kramdown 2.4.0 and kramdown-parser-gfm 1.1.0 (Debian's ruby-kramdown and
 * ruby-kramdown-parser-gfm; `input: "GFM", hard_wrap: false`, no highlighter, no math engine) and agree with it in tags,
 * attributes, text and curly quotes. Where a name begins with `beyond-`, kramdown leaves markup on the page or drops what the author wrote, and the
 * expectation is what the author meant; beyond.md in this folder says why, one line each.
 * kramdown's own form differs from ours by design in: `rel="footnote"`, the title of a note's way back, a check box
 * (☐ and ☑ here), `start` of a list, math (in <code>).
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { load } from "cheerio";
import type { AnyNode } from "domhandler";
import { renderMarkdown } from "../../scripts/site/markdown/markdown.ts";
import { Problems } from "../../scripts/site/problems/problems.ts";
import { PROJECT } from "../../scripts/site/project.ts";

const FIXTURES = path.join(PROJECT, "tests/fixtures/kramdown");
const BLOCKS = new Set(
  "aside blockquote dd details div dl dt h1 h2 h3 h4 h5 h6 hr iframe li ol p pre summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);

/** One line a block, indented by depth; white space in text as a browser shows it; no positions. */
function normalForm(html: string): string {
  const $ = load(html, null, false);
  $("[data-at]").removeAttr("data-at");
  const lines: string[] = [];
  let line = "";
  const flush = (depth: number, isPre = false) => {
    const text = isPre ? line : line.trim();
    if (text) lines.push("  ".repeat(depth) + text);
    line = "";
  };
  const write = (node: AnyNode, depth: number) => {
    if (node.type === "tag" && BLOCKS.has(node.name)) {
      flush(depth);
      const open = $.html($(node).clone().empty()).replace(/<\/[\w-]+>$/, "");
      if (node.name === "pre") line = $.html(node);
      else {
        const inner = node.children.some((child) => child.type === "tag" && BLOCKS.has(child.name));
        if (inner) {
          line = open;
          flush(depth);
          for (const child of node.children) write(child, depth + 1);
          flush(depth + 1);
          line = `</${node.name}>`;
        } else {
          const text = $(node)
            .html()
            ?.replace(/[ \t\n]+/g, " ")
            .replace(/ ?<br> ?/g, "<br>")
            .trim();
          line = node.name === "hr" ? open : `${open}${text}</${node.name}>`;
        }
      }
      flush(depth, node.name === "pre");
    } else if (node.type === "tag" || node.type === "text") {
      line += $.html(node).replace(/[ \t\n]+/g, " ");
    }
  };
  for (const node of $.root()[0]!.children) write(node, 0);
  flush(0);
  return `${lines.join("\n")}\n`;
}

function render(text: string): { html: string; problems: Problems } {
  const problems = new Problems();
  return { html: renderMarkdown(text, "page.md", problems), problems };
}

describe("kramdown's meaning", () => {
  const names = readdirSync(FIXTURES)
    .filter((name) => name.endsWith(".html"))
    .map((name) => name.slice(0, -".html".length));
  for (const name of names) {
    test(name, () => {
      const { html, problems } = render(readFileSync(path.join(FIXTURES, `${name}.md`), "utf8"));
      assert.equal(normalForm(html), readFileSync(path.join(FIXTURES, `${name}.html`), "utf8"));
      assert.deepEqual(problems.list, []);
    });
  }
});

describe("places of elements inside lists, quotes, definitions and notes", () => {
  const text = `1. one [a](x)
   - two [b](x)
     <div>raw <b>c</b></div>

   > quote [d](x)

term [e](x)
: definition [f](x)

[^1]: note [g](x)

| [h](x) | [i](x)[^1] |
`;
  test("are those of the file", () => {
    const $ = load(render(text).html, null, false);
    const places = $("a[href=x], div:not(.footnotes), b")
      .toArray()
      .map((element) => `${$(element).text()} ${$(element).attr("data-at")}`);
    assert.deepEqual(places.sort(), [
      "a 1:8",
      "b 2:10",
      "c 3:15",
      "d 5:12",
      "e 7:6",
      "f 8:14",
      "g 10:12",
      "h 12:3",
      "i 12:12",
      "raw c 3:6",
    ]);
  });

  test("are those of the file in errors too", () => {
    const { problems } = render('- one\n  {% callout "activity" %}\n  two\n  {% endcallout %}\n');
    assert.deepEqual(
      problems.list.map(({ line, column, message }) => `${line}:${column} ${message}`),
      ["2:3 a callout stands inside a list"],
    );
  });

  test("are those of the file in elements inside each other, too", () => {
    const { html, problems } = render(`<div markdown="1">
  <div markdown="1">
    - one
      <div class="a" markdown="1">two</div>
    - > <div class="b" markdown="1">
      > three
  </div>
</div>
`);
    const $ = load(html, null, false);
    const places = $("div")
      .toArray()
      .map((element) => $(element).attr("data-at"));
    assert.deepEqual(places, ["1:1", "2:3", "4:7", "5:9"]);
    assert.deepEqual(
      problems.list.map(({ line, column, message }) => `${line}:${column} ${message}`),
      ["1:1", "5:9"].map((place) => `${place} the <div markdown="1"> is never closed`),
    );
  });
});

test("a definition list in a footnote is its own, whatever stands above the note", () => {
  const { html } = render("- term\n  : one\n\n  [^1]: word\n      : two\n\n  Text.[^1]\n");
  assert.equal(html.match(/<dl/g)?.length, 2);
  assert.equal(html.match(/<\/dl>/g)?.length, 2);
});

test("lists deeper than any page are one error, and no crash", () => {
  const { problems } = render(`${"- ".repeat(5000)}deep\n`);
  assert.deepEqual(
    problems.list.map((problem) => problem.message),
    ["lists and quotes stand more than 24 deep in each other"],
  );
});

describe("100 KB of what is never closed takes no longer than of text", () => {
  const patterns = [
    "*a ",
    "**a *b",
    "***",
    "_*",
    "[a](b ",
    "[a](b 'c' ",
    "[[",
    '"',
    "~~a ",
    "$$ ",
    "{::comment}",
  ];
  patterns.push(
    "`a",
    "<kbd>",
    "[^a]",
    "- ",
    "> ",
    "| a\n",
    ": a\n",
    "a\n: b\n",
    "|a|\n|-|\n",
    "    a\nb\n",
    "<b>",
  );
  for (const pattern of patterns) {
    test(JSON.stringify(pattern), () => {
      const start = process.cpuUsage();
      render(pattern.repeat(100_000 / pattern.length));
      const { user, system } = process.cpuUsage(start);
      assert.ok((user + system) / 1e6 < 5, `${(user + system) / 1e6} s`);
    });
  }
});
