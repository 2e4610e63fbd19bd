/** A document without a class of its own does what one that Cheerio loads does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Element } from "../../scripts/site/html/dom.ts";
import { innerHtml, load, ofDocument, parseDocument } from "../../scripts/site/html/load.ts";

const HTML = `<!doctype html><title>A &amp; b</title><p class=a>One<p>Two <b>three</b>
<table><tr><td>x<div>y</table><template><i>z</i></template><noscript><u>n</u></noscript><svg viewBox="0 0 1 1"><path d=""/></svg>`;

test("a document is read, asked, changed and written as Cheerio does it", () => {
  const told = [load(HTML), ofDocument(parseDocument(HTML))].map(($) => {
    const asked = [$.html(), $("p").length, $(".a").text(), $("td").html(), $.root().children().length];
    $("b").replaceWith("<em>four</em>");
    $($("p").toArray()[1]!).append("<br>", $("<i>five</i>"));
    return [...asked, $("em", $("p")).text(), $.html($("p").eq(1)), $("body").html(), $.root().html()];
  });
  assert.deepEqual(told[1], told[0]);
  assert.equal(told[0]![5], "four");
});

test("two documents know nothing of each other", () => {
  const [one, other] = [ofDocument(parseDocument("<p>1")), ofDocument(parseDocument("<p>2"))];
  one("p").text("3");
  assert.deepEqual([one("p").text(), other("p").text()], ["3", "2"]);
});

test("the HTML inside an element is what Cheerio says it is", () => {
  const $ = load(HTML);
  for (const name of ["body", "table", "template", "svg"]) {
    const element = $(name).get(0) as Element;
    assert.equal(innerHtml(element), $(element).html(), name);
  }
});
