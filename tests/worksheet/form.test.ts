/** Worksheets as values: read from what authors type, told of where it is wrong, and written as Word documents. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Packer } from "docx";
import { strFromU8, unzipSync } from "fflate";
import { DocumentsInThread } from "../../scripts/site/layout/document-maker.ts";
import { filesOfWorksheets } from "../../scripts/site/layout/worksheet-files.ts";
import { readAnswersFile } from "../../scripts/site/worksheet/answers-file.ts";
import { answersSchema } from "../../scripts/site/worksheet/answers-schema.ts";
import {
  fieldsOf,
  piecesOf,
  progressOf,
  rowsOf,
  type TableField,
  unplacedIn,
  type WorksheetForm,
} from "../../scripts/site/worksheet/form.ts";
import { wordDocument } from "../../scripts/site/worksheet/word.ts";
import { errorsOf, page, renderedAt, siteOf } from "../support/content.ts";

const SHEET = page(
  `## Purpose

Why it is there.

## Prompts

### Who

Whom do you know?
{: .answer #known .private .no-names rows="2"}

> Kay and Dani
{: .example}

How many?
{: .answer #many type="number"}

How sure are you?
{: .answer #sure type="scale" steps="3" low="not at all" high="wholly"}

Check what is true.

- [ ] A ride
- [ ] A fee
{: .answers #hurdles}

- Alone
- {: #both} Together
{: .answers #how}

| No. | Step | Done |
| --- | --- | --- |
| 1. | | |
| 2. | | |
{: .answers #steps type="long any" max="4"}

## For your manager
{: .handout}

What do you ask?
{: .answer #ask from="other.md#words"}
`,
  "'Worksheet #1: Start'",
);
const OTHER = page("Which words?\n{: .answer #words}\n", "'Worksheet #2: Words'");
const files = { "worksheets/start.md": SHEET, "worksheets/other.md": OTHER };

async function formOf(sheet = SHEET): Promise<WorksheetForm> {
  const site = await siteOf({ ...files, "worksheets/start.md": sheet });
  assert.deepEqual(errorsOf(site), []);
  return renderedAt(site, "worksheets/start.md").form!;
}

test("a form is what is asked, in its order, by part; what only explains is no part of it", async () => {
  const form = await formOf();
  assert.deepEqual(
    form.parts.map(({ title, isHandout, blocks }) => [
      title,
      isHandout ?? false,
      blocks.map((block) =>
        block.kind === "field" ? `${block.field.type} ${block.field.id}` : `${block.kind} ${block.text}`,
      ),
    ]),
    [
      [
        "Prompts",
        false,
        ["heading Who", "long known", "number many", "scale sure", "any hurdles", "one how", "table steps"],
      ],
      ["For your manager", true, ["long ask"]],
    ],
  );
  const [known, many, sure, hurdles, how, steps, ask] = fieldsOf(form);
  assert.deepEqual(known, {
    id: "known",
    label: "Whom do you know?",
    type: "long",
    rows: 2,
    isPrivate: true,
    example: "Kay and Dani",
  });
  assert.equal(many!.label, "How many?");
  assert.deepEqual(sure, {
    id: "sure",
    label: "How sure are you?",
    type: "scale",
    steps: 3,
    low: "not at all",
    high: "wholly",
  });
  assert.deepEqual(hurdles, {
    id: "hurdles",
    label: "Check what is true.",
    type: "any",
    choices: [
      { id: "a-ride", label: "A ride" },
      { id: "a-fee", label: "A fee" },
    ],
  });
  assert.deepEqual(how?.type === "one" && how.choices.map(({ id }) => id), ["alone", "both"]);
  assert.deepEqual(steps?.type === "table" && [steps.heads, steps.rows, steps.most], [
    ["No.", "Step", "Done"],
    [
      ["1.", { type: "long" }, { type: "any" }],
      ["2.", { type: "long" }, { type: "any" }],
    ],
    4,
  ]);
  assert.deepEqual(ask!.from, {
    worksheet: "worksheets/other.html",
    field: "words",
    title: "Worksheet #2: Words",
  });
});

test("rows that a reader added are rows of the table, up to as many as there may be", async () => {
  const form = await formOf();
  const steps = fieldsOf(form).find(({ id }) => id === "steps") as TableField;
  const kept = new Map([
    [`${form.id}#steps.3.2`, "Ask"],
    [`${form.id}#steps.9.2`, "lost"],
    [`${form.id}#steps.1.3`, "3"],
    [`${form.id}#sure`, "2"],
  ]);
  const recall = (name: string) => kept.get(name) ?? "";
  assert.deepEqual(
    rowsOf(form.id, steps, kept.keys()).map(([number]) => number),
    ["1.", "2.", "3."],
  );
  assert.deepEqual(piecesOf(form.id, steps, kept.keys(), recall), [
    { label: "Done", text: "X", column: 3 },
    { label: "Step", text: "Ask", column: 2 },
  ]);
  assert.deepEqual(progressOf(form, kept.keys(), recall), { answered: 2, of: 7 });
});

test("what was written and has no place any more is known: of lists and ticks what they no longer have", async () => {
  const form = await formOf();
  const kept = new Map(
    Object.entries({
      hurdles: "a-ride snow",
      how: "by-letter",
      sure: "9",
      many: "a few",
      gone: "old",
      known: "Kay",
      "steps.1.3": "done yes",
      "steps.2.3": "3",
      "steps.9.2": "beyond",
    }).map(([id, text]) => [`${form.id}#${id}`, text]),
  );
  const recall = (name: string) => kept.get(name) ?? "";
  const unplaced = [...unplacedIn(form, kept.keys(), recall)].map(([name, text]) => [
    name.replace(/.*#/, ""),
    text,
  ]);
  assert.deepEqual(unplaced, [
    ["hurdles", "snow"],
    ["how", "by-letter"],
    ["sure", "9"],
    ["many", "a few"],
    ["gone", "old"],
    ["steps.1.3", "done yes"],
    ["steps.9.2", "beyond"],
  ]);
  assert.deepEqual(progressOf(form, kept.keys(), recall), { answered: 3, of: 7 });
});

test("what is wrong with a field is said with its place and its cure", async () => {
  const wrong: [written: string, message: RegExp][] = [
    ['A?\n{: .answer #a type="colour"}', /:4:1: the type "colour" of the answer is not known; write one of/],
    ["A?\n{: .answer #a}\n\nB?\n{: .answer #a}", /the id "a" belongs to another answer of this page/],
    ['A?\n{: .answer #a from="plan.md#b"}', /has no answer "b"; write one of a$/m],
    ['A?\n{: .answer #a from="plan.md#abcd"}\n\nB?\n{: .answer #abcde}', /did you mean "#abcde"\?/],
    ['A?\n{: .answer #a from="https://example.org/#b"}', /is no answer of a page; write the page and the id/],
    ['A?\n{: .answer #a type="scale" steps="100"}', /steps="100" is no number from 2 to 11/],
    ['| A |\n| --- |\n| |\n{: .answers #a max="0"}', /max="0" is no number from 1 to 40/],
    [
      '| A | B |\n| --- | --- |\n| | |\n{: .answers #a type="long one any"}',
      /2 columns to write in, and 3 types/,
    ],
    ['A?\n{: .answer id="a.1"}', /the id "a\.1" has signs that an answer's id cannot have; write letters/],
    ['A?\n{: .answer #a from="plan.md#a"}', /the answer is to come from itself; delete the from/],
    [
      'A?\n{: .answer #a type="number" from="plan.md#b"}\n\nB?\n{: .answer #b}',
      /the answer cannot take "plan\.md#b", which is a text; delete the from/,
    ],
    ["| A |\n| --- |\n| x |\n{: .answers #a}", /has no empty cell to write in; leave the cells empty/],
    ["| A |\n| --- |\n{: .answers #a}", /has no empty cell to write in/],
    [
      '<table class="answers" id="a"><tr><td colspan="2"></td></tr><tr><td>x</td><td></td></tr></table>',
      /has merged cells; write every row with as many cells as the head/,
    ],
    ["- Only one\n{: .answers #a}", /there is nothing to choose from; write two or more choices/],
    [
      '- One\n- Two\n{: .answers #a type="long"}',
      /the type "long" of the answer is not known; write one of one, any/,
    ],
  ];
  for (const [written, message] of wrong) {
    const site = await siteOf({ "plan.md": page(written) });
    assert.match(errorsOf(site).join("\n"), message, written);
  }
});

test("a form holds nothing of a facilitator's note", async () => {
  const form = await formOf(
    page(
      `What <span class="trainer">secret</span>now?
{: .answer #now}

<blockquote class="example">Kay <div class="trainer callout">secret</div></blockquote>

- A ride
- {: .trainer} secret
- A fee
{: .answers #hurdles}

<table class="answers" id="map"><tr class="trainer"><td>secret</td></tr><tr><td>Peers <i class="trainer">secret</i></td><td></td></tr></table>

{% callout "trainer" %}
### secret

What is secret?
{: .answer #secret}
{% endcallout %}

Words?
{: .answer #words}
`,
    ),
  );
  assert.doesNotMatch(JSON.stringify(form), /secret/);
  assert.deepEqual(
    fieldsOf(form).map(({ id }) => id),
    ["now", "hurdles", "map", "words"],
  );
});

async function textOfWord(bytes: Uint8Array): Promise<string> {
  return strFromU8(unzipSync(bytes)["word/document.xml"]!);
}

test("a blank Word document holds every prompt under real headings, tables and boxes, and is the same each time", async () => {
  const site = await siteOf(files);
  const make = (page: string) => filesOfWorksheets(site).get(`assets/worksheets/worksheets/${page}.docx`)!();
  const [one, other] = [Buffer.from(await make("start")), Buffer.from(await make("start"))];
  assert.ok(one.equals(other));
  const xml = await textOfWord(one);
  for (const text of [
    "Worksheet #1: Start",
    "Name: ____",
    "Whom do you know?",
    "How many?",
    "A ride",
    "3 – wholly",
    "Step",
    "What do you ask?",
  ]) {
    assert.ok(xml.includes(text), text);
  }
  for (const level of [1, 2, 3]) assert.match(xml, new RegExp(`w:pStyle w:val="Heading${level}"`));
  assert.match(xml, /<w:tblHeader\/>/);
  assert.equal(xml.match(/<w14:checkbox>/g)?.length, 2 + 2 + 3 + 2);
  assert.doesNotMatch(xml, /Why it is there|Kay and Dani/);
});

test("blank documents that are made together are each as docx makes them alone, but for their times", async () => {
  const endings = [
    "What do you see?\n{: .answer #see}",
    "| Who | Where |\n| --- | --- |\n| | |\n{: .answers #who}",
    "Which?\n{: .answer #which}\n\nAnd </w:sectPr> at the end.",
    "Which?\n{: .answer #which}\n\n### Empty",
  ];
  const sheets = endings.map((end, index) => [
    `worksheets/${index}.md`,
    page(`## Do\n\n${end}\n`, `"Worksheet #${index}: A & B"`),
  ]);
  const site = await siteOf(Object.fromEntries(sheets));
  for (const [name] of sheets) {
    const { form } = renderedAt(site, name!);
    const bytes = await filesOfWorksheets(site).get(`assets/worksheets/${name!.replace(".md", ".docx")}`)!();
    const options = { title: "", language: "en", words: site.course.main.words.fields };
    const alone = unzipSync(await Packer.toBuffer(wordDocument([form!], options)));
    const { "docProps/core.xml": properties, ...together } = unzipSync(bytes as Uint8Array);
    assert.match(strFromU8(properties!), /<dc:title>Worksheet #\d: A &amp; B<\/dc:title>/);
    assert.deepEqual([...Object.keys(together), "docProps/core.xml"].sort(), Object.keys(alone).sort());
    for (const [part, text] of Object.entries(together))
      assert.equal(strFromU8(text), strFromU8(alone[part]!), part);
  }
});

test("a thread makes the same blank documents, and has ended when it is told to", async () => {
  const site = await siteOf(files);
  const here = filesOfWorksheets(site);
  const maker = new DocumentsInThread();
  const inThread = filesOfWorksheets(site, maker);
  try {
    const documents = [...here.keys()].filter((address) => address.endsWith(".docx"));
    assert.ok(documents.length);
    for (const address of documents) {
      assert.deepEqual(Buffer.from(await inThread.get(address)!()), Buffer.from(await here.get(address)!()));
    }
  } finally {
    await maker.end();
  }
  const late = maker.begin([], { language: "en", date: site.date, words: site.course.main.words.fields });
  await assert.rejects(late(), /a thread ended/);
});

test("a Word document holds what was written, in any script, and without what is private where it is handed over", async () => {
  const form = await formOf();
  const kept = new Map([
    [`${form.id}#known`, "Kay\nعلي <b>&\u0007"],
    [`${form.id}#hurdles`, "a-fee"],
    [`${form.id}#steps.3.2`, "Third step"],
    ["#site--name", "Dani"],
  ]);
  const make = async (isHandedOver: boolean) => {
    const document = wordDocument([form], {
      title: form.title,
      language: "en",
      words: { name: "Name", library: "Library", date: "Date" },
      recall: (name) => kept.get(name) ?? "",
      names: kept.keys(),
      isHandedOver,
    });
    return textOfWord(await Packer.toBuffer(document));
  };
  const whole = await make(false);
  assert.match(whole, /Name: Dani/);
  assert.match(whole, />Kay</);
  assert.match(whole, /<w:bidi\/>.*علي &lt;b&gt;&amp;</s);
  assert.match(whole, /Third step/);
  assert.equal(whole.match(/<w14:checked w14:val="1"\/>/g)?.length, 1);
  assert.doesNotMatch(await make(true), /Kay|Whom do you know/);
});

test("a file of answers is taken where its schema takes it, and refused with the reason", () => {
  const file = (changes: object) =>
    JSON.stringify({
      format: "worksheet-answers",
      version: 1,
      site: "A course",
      answers: [{ name: "worksheets/start.html#known", text: "Kay", question: "Whom?", worksheet: "Start" }],
      ...changes,
    });
  const answer = { name: "a#b", text: "c", question: "", worksheet: "" };
  const cases: [text: string, expected: string | undefined][] = [
    [file({}), undefined],
    [`\ufeff${file({})}`, undefined],
    [file({ version: 2 }), "newer"],
    [file({ version: "1" }), "damaged"],
    [file({ format: "bookmarks" }), "foreign"],
    [file({ answers: {} }), "damaged"],
    [file({ answers: [{ ...answer, text: 7 }] }), "damaged"],
    [file({ answers: [{ ...answer, name: "no field" }] }), "damaged"],
    [file({ answers: [{ ...answer, name: `a#${"b".repeat(3_000)}` }] }), "damaged"],
    [file({ answers: [answer, answer] }), "damaged"],
    [file({}).slice(0, -4), "damaged"],
    ["", "damaged"],
    ["null", "foreign"],
    ["[1]", "foreign"],
  ];
  for (const [text, expected] of cases) {
    const read = readAnswersFile(text);
    assert.equal(typeof read === "string" ? read : undefined, expected, text.slice(0, 80));
    if (expected !== undefined) continue;
    assert.ok(answersSchema.safeParse(read).success);
  }
});
