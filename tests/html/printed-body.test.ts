/** A page's body on a page to print: made of text alone, and yet what a parser would have made of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bodyOf,
  type CheerioAPI,
  elementsOf,
  headingLevel,
  htmlOf,
  parseHtml,
  textOf,
} from "../../scripts/site/html/dom.ts";
import { keyOf, type PrintPlace, printedBody } from "../../scripts/site/html/printed-body.ts";
import { loadSite } from "../../scripts/site/site.ts";
import { page, siteOf } from "../support/content.ts";
import { CONTENT, COURSE } from "../support/sites.ts";

const PLACE: PrintPlace = {
  from: "basics/plan.html",
  to: "print.html",
  printed: new Map(
    ["basics/plan.html", "basics/goals.html", "caf\u00e9/a.html"].map((address) => [
      address,
      { key: keyOf(address), anchors: new Set(["why", "fn:1", "é"]) },
    ]),
  ),
  lower: 1,
};

const NOTICE =
  '<span class="new-tab" data-added=""><span class="visually-hidden"> (opens in a new tab)</span></span>';

test("ids are the page's own, and all that names them goes along", () => {
  for (const [written, expected] of [
    ['<h2 id="why">Why</h2>', '<h3 id="basics.plan:why">Why</h3>'],
    ["<h5>a</h5><h6>b</h6>", "<h6>a</h6><h6>b</h6>"],
    ['<td headers="a b">', '<td headers="basics.plan:a basics.plan:b">'],
    ['<aside aria-labelledby="why">', '<aside aria-labelledby="basics.plan:why">'],
    [
      '<path marker-end="url(#site--d1-arrow)"></path><use href="#site--d1-a"></use>',
      '<path marker-end="url(#basics.plan:site--d1-arrow)"></path><use href="#basics.plan:site--d1-a"></use>',
    ],
    ['<a href="#why">', '<a href="#basics.plan:why">'],
    ['<a href="#fn%3A1">', '<a href="#basics.plan:fn:1">'],
    ['<a href="#">', '<a href="#basics.plan">'],
    ['<a href="goals.html#why">', '<a href="#basics.goals:why">'],
    // The glossary is near: no script needs to fetch what it says.
    ['<a href="goals.html#why" data-term="">', '<a href="#basics.goals:why">'],
    ['<a href="goals.html#site--print">', '<a href="#basics.goals">'],
    ['<a href="../caf%C3%A9/a.html#%C3%A9">', '<a href="#caf%C3%A9.a:%C3%A9">'],
    ['<a href="mistakes.html#why">', '<a href="basics/mistakes.html#why">'],
    ['<a href="https://example.org/#why">', '<a href="https://example.org/#why">'],
    ['<a href="mailto:a@example.org">', '<a href="mailto:a@example.org">'],
    [
      '<img src="img/a%20b.png" alt="url(#a)" loading="lazy">',
      '<img src="basics/img/a%20b.png" alt="url(#a)">',
    ],
    ['<video poster="../a.jpg">', '<video poster="a.jpg">'],
    ["<details><summary>", '<details open=""><summary>'],
    ['<details class="a" open="">', '<details class="a" open="">'],
    ['<p class="callout-label" data-added="">', '<p class="callout-label">'],
    // A link that now leads within opens no tab, and says nothing of one.
    [`<a href="goals.html" target="_blank" rel="noopener">a${NOTICE}</a>`, '<a href="#basics.goals">a</a>'],
    [
      `<a href="https://example.org/" target="_blank" rel="noopener">a${NOTICE}</a>`,
      `<a href="https://example.org/" target="_blank" rel="noopener">a${NOTICE.replace(' data-added=""', "")}</a>`,
    ],
    // What only looks like a tag or an attribute is text.
    ['<code> id="why" &lt;h2 id="why"&gt;</code>', '<code> id="why" &lt;h2 id="why"&gt;</code>'],
    ['<p title="<h2 id=&quot;why&quot;></h2> id=">', '<p title="<h2 id=&quot;why&quot;></h2> id=">'],
  ]) {
    assert.equal(printedBody(written!, PLACE), expected, written);
  }
});

test("a parser reads the same elements and texts in it, wherever the body comes from", async () => {
  const odd = await siteOf({
    "a.md": page(
      [
        '`<h2 id="x">` and ` id="x" href="b.md"` and <b title="</h2><a href=\'x\' id=b>">b</b> > "\' &amp; &#60;',
        '<details class="x"><summary>S</summary>T</details>\n\n## A\n\n#### B\n\n###### C\n',
        'Text[^1] and [b](b.md#c){:target="_blank"}\n\n[^1]: Note with `id="y"`\n',
        '| a | b |\n|---|---|\n| <i id="x">c</i> | > |\n',
      ].join("\n\n"),
    ),
    "b.md": page("## C"),
  });
  const sites = [
    await loadSite({ content: CONTENT, drafts: true }),
    await loadSite({ content: COURSE, drafts: true }),
    odd,
  ];
  for (const { course, rendering } of sites) {
    const printed = new Map(
      course.pages.map((one) => [
        one.address,
        { key: keyOf(one.address), anchors: rendering.of(one).anchors },
      ]),
    );
    for (const { address } of course.pages) {
      const { html } = rendering.of(course.byAddress.get(address)!);
      const body = printedBody(html, { from: address, to: "print.html", printed, lower: 2 });
      const after = parseHtml(body);
      assert.equal(htmlOf(after), body, `${address} is read as it is written`);
      const before = parseHtml(html);
      for (const link of before('a[target="_blank"]').toArray()) {
        if (!/^[a-z]+:/.test(link.attribs.href!)) before(link).find(".new-tab").remove();
      }
      const namesIn = ($: CheerioAPI, lower: number) =>
        elementsOf($).map((element) => {
          const level = headingLevel(element);
          return level ? `h${Math.min(6, level + lower)}` : element.name;
        });
      assert.deepEqual(namesIn(after, 0), namesIn(before, 2), address);
      assert.equal(textOf(bodyOf(after)), textOf(bodyOf(before)), address);
      assert.equal(after("[id]").length, before("[id]").length, address);
      for (const { attribs } of after("[id]").toArray())
        assert.ok(attribs.id!.startsWith(`${keyOf(address)}:`));
    }
  }
});
