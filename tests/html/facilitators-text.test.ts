/** A page as facilitators read it, and what its notes say of their activities. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { errorsOf, page, renderedAt, siteOf, warningsOf } from "../support/content.ts";

const load = (markdown: string) => siteOf({ "b.md": page("## One\n", "B"), "page.md": page(markdown) });

const NOTE = `## Plan

Open.

{% callout "trainer" minutes="25" least="10" people="4" materials="Worksheet #9; cards,  in colors" %}
### How to lead it

Before.

**Steps.** Go to a corner.

**Online.** In rooms of three.

- One each.

**For two people.** Talk.

**Running late.** Leave out *the case*.
{% endcallout %}

## Plan
`;

describe("The page for facilitators", () => {
  test("has its notes in place, and what they say for a way of meeting set off", async () => {
    const { forFacilitators, html } = renderedAt(await load(NOTE));
    assert.doesNotMatch(html, /corner|lead it|callout/);
    assert.match(forFacilitators!.html, /<aside class="callout callout--trainer" role="note"/);
    assert.match(forFacilitators!.html, /For the facilitator<\/p>\s*<h3 id="how-to-lead-it">/);
    assert.match(
      forFacilitators!.html,
      /<div class="note-variant" data-variant="online"><p><strong>Online.<\/strong> In rooms of three.<\/p>\s*<ul>/,
    );
    assert.match(
      forFacilitators!.html,
      /<p><strong>Steps.<\/strong> Go to a corner.<\/p>\s*<div class="note-variant"/,
    );
    assert.deepEqual(forFacilitators!.late, ["Leave out the case."]);
  });

  test("is none of a page without notes", async () => {
    assert.equal(renderedAt(await load("## Plan\n")).forFacilitators, undefined);
  });

  test("has footnotes of its notes, numbered as they come", async () => {
    const { forFacilitators, html } = renderedAt(
      await load(
        'One.[^a]\n\n{% callout "trainer" %}\nTwo.[^b] Three.[^a]\n{% endcallout %}\n\n[^a]: A.\n[^b]: B.\n',
      ),
    );
    assert.match(html, /A\./);
    assert.doesNotMatch(html, /B\./);
    assert.match(forFacilitators!.html, /<li id="fn:b">\s*<p>B\./);
    assert.doesNotMatch(forFacilitators!.html, /class="trainer"/);
    assert.equal(forFacilitators!.html.match(/class="reversefootnote"/g)?.length, 3);
  });

  test("says of a note that is no callout that it is one", async () => {
    const { forFacilitators } = renderedAt(await load("Open <span>secret</span>{: .trainer}.\n"));
    assert.match(
      forFacilitators!.html,
      /Open <span class="trainer" id="site--note"><span class="visually-hidden" data-added="">For the facilitator:<\/span><span>secret/,
    );
  });

  test("uses files that learners' pages do not", async () => {
    const site = await siteOf({
      "page.md": page('Open.\n\n{% callout "trainer" %}\n![A plan](plan.png)\n{% endcallout %}\n'),
      "plan.png": Buffer.from("89504e470d0a1a0a", "hex"),
    });
    const { files, forFacilitators } = renderedAt(site);
    assert.deepEqual([...files], []);
    assert.deepEqual([...forFacilitators!.files], ["plan.png"]);
  });
});

describe("An activity", () => {
  test("is read from the attributes of its note, in each of its forms", async () => {
    const activity = { minutes: 25, least: 10, people: 4, materials: ["Worksheet #9", "cards, in colors"] };
    const attributes = 'minutes="25" least="10" people="4" materials="Worksheet #9; cards,  in colors"';
    const note = "\n**For two people.** Talk.\n";
    for (const text of [
      NOTE,
      `{% callout 'trainer' ${attributes.replaceAll('"', "'")} %}${note}{% endcallout %}`,
      `{% callout “trainer” ${attributes.replace(/"(\w+)"/g, "“$1”")} %}${note}{% endcallout %}`,
      `<div class="trainer callout" markdown="1" ${attributes}>\n${note}\n</div>`,
    ]) {
      const site = await load(text);
      assert.deepEqual(renderedAt(site).activities, [activity], text);
      assert.deepEqual([...errorsOf(site), ...warningsOf(site)], [], text);
      assert.doesNotMatch(renderedAt(site).forFacilitators!.html, /minutes=|people=/);
    }
  });

  test("may say one thing only, or nothing", async () => {
    const { activities } = renderedAt(
      await load(
        '{% callout "trainer" minutes=5 %}A.{% endcallout %}\n\n{% callout "trainer" %}\nB.\n{% endcallout %}',
      ),
    );
    assert.deepEqual(activities, [{ minutes: 5, least: undefined, people: undefined, materials: [] }]);
  });
});
