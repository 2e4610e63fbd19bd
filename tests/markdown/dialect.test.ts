/** The content dialect: for each of its forms what an author writes, and the HTML that readers get. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { PROJECT } from "../../scripts/site/project.ts";
import { errorsOf, page, renderedAt, siteOf } from "../support/content.ts";

const FIXTURES = path.join(PROJECT, "tests/fixtures/dialect");

/** What the pages of the fixtures link to and show. */
const BESIDE = {
  "plan.md": page("## One\n", "Plan"),
  "table.png": "",
  "form.pdf": "",
  "film/tour.mp4": "",
  "film/tour.webm": "",
  "film/tour.vtt":
    "WEBVTT\n\n00:00.000 --> 00:02.500\n<v Ana>Come <i>in</i>!\n\n00:06.000 --> 00:07.000\n&lt;Door&gt;\n",
  "voice.mp3": "",
};

const read = (name: string) => readFileSync(path.join(FIXTURES, name), "utf8");

/** A page's body, without the white space between tags, which says nothing. */
async function render(markdown: string): Promise<string> {
  const site = await siteOf({ ...BESIDE, "page.md": page(markdown) });
  assert.deepEqual(errorsOf(site), []);
  return withoutGaps(renderedAt(site).html);
}

const withoutGaps = (html: string) => html.replace(/>\s+</g, "><").trim();

for (const file of readdirSync(FIXTURES).filter((name) => name.endsWith(".md"))) {
  const name = file.replace(/\.md$/, "");
  test(`dialect: ${name.replace(/-/g, " ")}`, async () => {
    assert.equal(await render(read(file)), withoutGaps(read(`${name}.html`)));
  });
}

test("a shortcode and a div give the same HTML", async () => {
  const inside = "\n### Make a start\n\nWrite down **one** goal.\n\n- small\n";
  for (const kind of ["activity", "objectives", "info", "case_study", "colorhighlight color3", "trainer"]) {
    const names = kind.split(" ").map((name) => `"${name}"`);
    assert.equal(
      await render(`{% callout ${names.join(" ")} %}${inside}{% endcallout %}`),
      await render(`<div class="${kind} callout" markdown="1">${inside}</div>`),
    );
  }
});

test("empty lines around a callout's text make no difference", async () => {
  const close = '<div class="info callout" markdown="1">\n### Title\nText.\n</div>\n';
  const wide = '\n\n<div class="info callout" markdown="1">\n\n\n### Title\n\nText.\n\n</div>\n\n';
  assert.equal(await render(close), await render(wide));
});

test("facilitator's notes leave no trace: no page, no index record, no worksheet", async () => {
  const note = (text: string) => `<div class="trainer callout" markdown="1">\n${text}\n</div>\n`;
  const site = await siteOf({
    ...BESIDE,
    "page.md": page(
      `${note("## [Worksheet #9: Secret](plan.md)")}
<div class="activity callout" markdown="1">
### [Worksheet #1: Open](plan.md)
${note("Secret")}
</div>
${note('<div class="activity callout" markdown="1">\n### [Worksheet #8: Secret](plan.md)\n</div>')}
Secret
{: .trainer}
`,
    ),
  });
  assert.deepEqual(errorsOf(site), []);
  const found = renderedAt(site);
  assert.doesNotMatch(found.html, /secret/i);
  assert.deepEqual(
    found.headings.map((heading) => heading.text),
    [],
  );
  assert.deepEqual(
    site.rendering.worksheets.map((callout) => callout.text),
    ["Worksheet #1: Open"],
  );
  assert.deepEqual(
    site.worksheets.map((worksheet) => worksheet.title),
    ["Open"],
  );
});

test("a body's headings make its table of contents, those of callouts and tables do not", async () => {
  const site = await siteOf({
    "page.md": page(
      '## One {: .x}\n\n### Part *a*\n\n{% callout "info" %}\n### Not this\n{% endcallout %}\n\n<table><tr><td><h3>Nor this</h3></td></tr></table>\n\n## Two\n',
    ),
  });
  const [one, two] = renderedAt(site).headings;
  assert.deepEqual([one!.text, one!.children.map((heading) => heading.text)], ["One", ["Part a"]]);
  assert.deepEqual([two!.text, two!.children], ["Two", []]);
});
