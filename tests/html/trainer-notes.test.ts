/** Facilitator's notes: however they are written, learners' pages hold nothing of them, or the build says why not. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Site } from "../../scripts/site/site.ts";
import { errorsOf, page, renderedAt, siteOf, warningsOf } from "../support/content.ts";

const FILES = {
  "b.md": page("## One\n", "B"),
  "room.png": "",
  "secret.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>secret</title></svg>',
  "secret.mp4": "",
  "secret.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nsecret\n",
};

const load = (markdown: string) => siteOf({ ...FILES, "page.md": page(markdown) });

/** All that readers, and the search index, get of the page. */
function published(site: Site): string {
  const { html, headings, anchors } = renderedAt(site);
  const callouts = site.rendering.worksheets.map(({ title, text, anchor }) => [title, text, anchor]);
  const worksheets = site.worksheets.map(({ title }) => title);
  return JSON.stringify([html, headings, [...anchors], callouts, worksheets]);
}

/** Each way to write a note, with CLASS for the class. */
const FORMS: Record<string, string> = {
  shortcode: '{% callout "CLASS" %}\n### Secret\n\nsecret\n{% endcallout %}',
  "a div": '<div class="CLASS callout" markdown="1">\n### Secret\n\nsecret\n</div>',
  "a raw div": '<div class="callout CLASS">\n<h3>Secret</h3>\n\nsecret\n</div>',
  "an aside": '<aside class="CLASS">secret</aside>',
  "an unquoted class": "<section class=CLASS>secret</section>",
  "odd blanks": '<div CLASS-X class = "  x\tCLASS  ">secret</div>'.replace(" CLASS-X", ""),
  "a paragraph": "secret\n{: .CLASS}",
  "a tight list": "secret\n{:.CLASS}",
  "a class attribute": 'secret\n{: CLASS="x" class="CLASS"}'.replace(' CLASS="x"', ""),
  "a list": "- secret\n- secret\n{: .CLASS}",
  "a list item": "- {: .CLASS} secret\n- open",
  "under a list item": "- open\n- secret\n  {: .CLASS}",
  "a heading": "## Secret {: .CLASS}",
  "under a heading": "## Secret\n{: .CLASS}",
  "a table": "| secret | b |\n|---|---|\n| c | secret |\n{: .CLASS}",
  "a cell": "<table><tr><th>a</th></tr><tr><td class=CLASS>secret</td></tr></table>",
  "a span in a cell": '| a | b |\n|---|---|\n| <span class="CLASS">secret</span> | c |',
  "a quotation": "> secret\n{: .CLASS}",
  details: '<details class="CLASS"><summary>Secret</summary>secret</details>',
  "a span": "Open <span>secret</span>{: .CLASS}.",
  emphasis: "Open *secret*{: .CLASS}.",
  "a link": '[secret](b.md "secret"){: .CLASS} and open',
  "a picture": "![secret](room.png){: .CLASS} and open",
  "a drawing": "![secret](secret.svg){: .CLASS}",
  "a picture elsewhere": "![secret](https://example.org/secret.png){: .CLASS}",
  "a film":
    '<video class="CLASS" src="secret.mp4" title="secret"><track src="secret.vtt" srclang="en"></video>',
  "a film in a paragraph": "Open ![secret](secret.mp4){: .CLASS} text.",
  "a frame": '<iframe class="CLASS" src="https://www.youtube.com/embed/secret" title="secret"></iframe>',
  code: "```\nsecret\n```\n{: .CLASS}",
  "in a heading": '### Open <span class="CLASS">secret</span>',
  "a box in a heading": '<h3>Open <div class="CLASS">secret</div></h3>',
  "an old element": '<center class="CLASS">secret</center>',
  "an unknown element": '<my-note class="CLASS">secret</my-note>',
  "a font": 'Open <font class="CLASS">secret</font>.',
  "a question": "secret?\n{: .answer .CLASS}",
  "below a callout": '<div class="x" markdown="1">\nsecret\n</div>\n{: .CLASS}',
  "below a raw box": '<div class="x">secret</div>\n{: .CLASS}',
  "above a box": '{: .CLASS}\n<div class="x">secret</div>',
  "a named list": "{:hidden: .CLASS}\n\nsecret\n{: hidden}",
  "in a quotation": '> <div class="CLASS" markdown="1">\n> secret\n> </div>',
  "in a footnote": 'Open.[^1]\n\n[^1]: Open <span class="CLASS">secret</span>',
  "a footnote of its own": 'Open.\n\n<div class="CLASS" markdown="1">\nsecret[^1]\n\n[^1]: secret\n</div>',
  "a footnote outside": 'Open.\n\n<div class="CLASS" markdown="1">\nsecret[^1]\n</div>\n\n[^1]: secret',
  "an abbreviation": 'YA.\n\n<div class="CLASS" markdown="1">\n*[YA]: secret\n</div>',
  "a worksheet":
    '<div class="CLASS" markdown="1">\n<div class="activity callout" markdown="1">\n### [Worksheet #8: Secret](b.md)\n</div>\n</div>',
  "in a worksheet":
    '<div class="activity callout" markdown="1">\n### [Worksheet #8: Open](b.md) <b class="CLASS">secret</b>\n</div>',
};

describe("a note is left out, whatever it is made of", () => {
  for (const [name, form] of Object.entries(FORMS)) {
    test(name, async () => {
      for (const written of ["trainer", "Trainer", "TRAINER"]) {
        const site = await load(form.replaceAll("CLASS", written));
        assert.deepEqual(errorsOf(site), []);
        assert.doesNotMatch(published(site), /secret/i);
      }
    });
  }
});

describe("what may be meant as a note is an error", () => {
  for (const [name, form] of Object.entries(FORMS)) {
    test(name, async () => {
      for (const written of ["trainner", "trianer", "facilitator", "trainers", "trainer-note"]) {
        const site = await load(form.replaceAll("CLASS", written));
        assert.equal(errorsOf(site).length, 1, errorsOf(site).join("\n"));
        assert.match(errorsOf(site)[0]!, /trainer/);
      }
    });
  }
  for (const [name, markdown] of Object.entries({
    "never closed": '<div class="trainer">\nsecret\n\nsecret',
    "a shortcode never closed": '{% callout "trainer" %}\nsecret\n\nsecret',
    "closed too early": '<div class="trainer">\n</div>\nsecret\n\n</div>',
    "a block in a paragraph": '<p class="trainer">secret <div>secret</div> secret</p>',
    "a film in a table":
      '<table class="trainer"><video src="secret.mp4" title="secret"></video><tr><td>a</td></tr></table>',
    "text in a table": '<table class="trainer">secret<tr><td>secret</td></tr></table>',
    "a block in a span": '<p>Open <span class="trainer">secret <div>secret</div></span></p>',
    "two class attributes": '<div class="open" class="trainer">secret</div>',
    "an attribute": "<div trainer>secret</div>",
    "an attribute mistyped": '<div clas="trainer">secret</div>',
    "a list without a dot": "secret\n{: trainer}",
    "a list without a colon": "secret\n{.trainer}",
    "a list with a blank": "secret\n{ : .trainer}",
    "a list never closed": "secret\n{: .trainer",
    "a list in text": "secret {: .trainer} secret",
    "a list alone": "secret\n\n{: .trainer}\n\nsecret",
    "a list in a cell": "| a | {: .trainer} secret |\n|---|---|\n| b | c |",
  })) {
    test(name, async () => {
      const errors = errorsOf(await load(markdown));
      assert.equal(errors.length, 1, errors.join("\n"));
    });
  }
  test("but not words that only look alike", async () => {
    const site = await load("See the film.\n{: .trailer}\n\nText.\n{: .training}\n\nText.\n{: .trainees}\n");
    assert.deepEqual([...errorsOf(site), ...warningsOf(site)], []);
  });
});

describe("footnotes", () => {
  const note = (text: string) => `{% callout "trainer" %}\n${text}\n{% endcallout %}\n`;
  /** The footnotes of a page: each reference's id and number, and each note's name and ways back. */
  async function footnotesOf(markdown: string): Promise<string[]> {
    const site = await load(markdown);
    assert.deepEqual([...errorsOf(site), ...warningsOf(site)], []);
    const { html } = renderedAt(site);
    assert.doesNotMatch(html, /secret|class="[^"]*trainer/i);
    const links =
      /<sup id="([^"]*)"><a[^>]*>(\d+)<|<li id="([^"]*)"|<a href="([^"]*)" class="reverse[^>]*note (\d+) [^>]*>(.*?)<\/a>/g;
    return [...html.matchAll(links)].map((match) =>
      decodeURIComponent(match.slice(1).filter(Boolean).join(" ")),
    );
  }

  test("of notes alone leave the page, and the list that then is empty", async () => {
    const markdown = `${note("Secret.[^b] [^b]\n\n[^b]: Secret.")}\nText.\n`;
    assert.deepEqual(await footnotesOf(markdown), []);
    assert.doesNotMatch(renderedAt(await load(markdown)).html, /footnotes|<ol>/);
  });

  test("of both keep the ways back that remain, numbered as learners come to them", async () => {
    const markdown = `${note("Secret.[^b] [^c] [^s]")}
A.[^a] B.[^b] C.[^c]

${note("Secret.[^b]")}
B again.[^b]

[^c]: C.
[^s]: Secret.[^t]
[^b]: B.[^n]
[^a]: A.
[^t]: Secret.
[^n]: Of b.
`;
    assert.deepEqual(await footnotesOf(markdown), [
      "fnref:a 1",
      "fnref:b 2",
      "fnref:c 3",
      "fnref:b:1 2",
      "fn:a",
      "#fnref:a 1 ↩",
      "fn:b",
      "fnref:n 4",
      "#fnref:b 2 ↩",
      "#fnref:b:1 2 ↩<sup>2</sup>",
      "fn:c",
      "#fnref:c 3 ↩",
      "fn:n",
      "#fnref:n 4 ↩",
    ]);
  });

  test("that only a footnote without references refers to leave the page too", async () => {
    const site = await load("A.[^a]\n\n[^a]: A.\n[^b]: B.[^c]\n[^c]: C.\n");
    assert.deepEqual(errorsOf(site), []);
    assert.doesNotMatch(renderedAt(site).html, /fn:c/);
  });

  test("that stand in a note are none of learners'", async () => {
    assert.deepEqual(errorsOf(await load(`A.[^a]\n\n${note("Secret.\n\n[^a]: Secret.")}`)), [
      "content/page.md:4:1: the footnote [^a] stands in a facilitator's note, which learners' pages leave out; move its text out of the note",
    ]);
  });
});

test("links into a note say so, of the same page and of another; links inside it are its own", async () => {
  const site = await siteOf({
    "a.md": page("[The steps](page.md#your-steps)\n", "A"),
    "page.md": page(
      '[The steps](#your-steps) [The plan](#your-step)\n\n{% callout "trainer" %}\n### Your steps\n\n[The steps](#your-steps)\n{% endcallout %}\n',
    ),
  });
  const why =
    "leads to a heading in a facilitator's note, which learners' pages leave out; leave out the # and what follows, or link to another heading";
  assert.deepEqual(errorsOf(site), [
    `content/a.md:4:1: the link "page.md#your-steps" ${why}`,
    `content/page.md:4:1: the link "#your-steps" ${why}`,
    'content/page.md:4:26: the link "#your-step" leads to a heading that content/page.md does not have; leave out the # and what follows',
  ]);
});
