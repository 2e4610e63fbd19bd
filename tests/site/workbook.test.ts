/** What becomes of a worksheet's answers: the workbook, Word, files in and out, other tabs, and a trainer's settings. */
import assert from "node:assert/strict";
import { cp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { AnswersFile } from "../../scripts/site/worksheet/answers-file.ts";
import { violations } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { writeFiles } from "../support/content.ts";
import { button, field, inContext, openPage, untilSaved } from "../support/contexts.ts";
import {
  buildForTest,
  buildOf,
  CONTENT,
  type Origin,
  serve,
  temporaryFolder,
  threeOrigins,
} from "../support/sites.ts";

const START = `---
title: "Worksheet #1: Start"
do: 5
---
## Purpose

Only on the screen.

## Prompts

Whom do you know?
{: .answer #known .private .no-names}

> An example.
{: .example}

How sure are you?
{: .answer #sure type="scale" steps="5" low="not at all" high="wholly"}

What is in the way?

- [ ] A ride
- [ ] A fee
{: .answers #hurdles}

How will you ask?

- In person
- By phone
{: .answers #how}

### Steps

| No. | Step | Done |
| --- | --- | --- |
| 1. | | |
| 2. | | |
{: .answers #steps type="long any" max="3"}
`;
const PLAN = `---
title: "Worksheet #2: Plan"
---
Which words do you take along?
{: .answer #words from="01-start.md#known"}

| Step |
| --- |
| |
{: .answers #first max="4" from="01-start.md#steps"}

## For your manager
{: .handout}

What do you ask?
{: .answer #ask type="short"}
`;
const SECTION = `---
title: A section
---
<div class="activity callout" markdown="1">

### [Worksheet #1: Start](../worksheets/01-start.md)

</div>

<div class="activity callout" markdown="1">

### [Worksheet #7: Elsewhere](https://docs.google.com/document/d/abc123/edit){:target="_blank"}

</div>
`;
const FILES = {
  "one/index.md": "---\ntitle: One\n---\n",
  "one/01-section.md": SECTION,
  "worksheets/01-start.md": START,
  "worksheets/02-plan.md": PLAN,
};
const SHEET = "worksheets/start.html";
const WORKBOOK = "worksheets/workbook/index.html";

let browser: Browser;
let origins: Origin[];
before(async () => {
  origins = await threeOrigins(await buildOf(FILES));
  browser = await openBrowser();
});
after(() => browser.close());

const withContext = (use: (context: BrowserContext) => Promise<void>, options?: BrowserContextOptions) =>
  inContext(browser, use, options);

async function downloaded(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const textOfWord = (bytes: Uint8Array): string => strFromU8(unzipSync(bytes)["word/document.xml"]!);

/** Writes into each kind of field. */
async function fillIn(page: Page): Promise<void> {
  await field(page, "Whom do you know?").fill("Cube, who\nbeats the clock");
  await field(page, "4").check();
  await field(page, "A fee").check();
  await field(page, "By phone").check();
  await field(page, "1., Step").fill("Ask her");
  await field(page, "2., Done").check();
  await button(page, "Add a row").click();
  await field(page, "3., Step").fill("Show it");
  await untilSaved(page);
}

test("choices, scales, boxes and added rows are there again, and in the workbook, from everywhere", async () => {
  for (const origin of origins) {
    await withContext(async (context) => {
      const page = await openPage(context, origin, SHEET);
      await fillIn(page);
      assert.equal(await button(page, "Add a row").count(), 0, "a fourth row");
      await page.reload();
      assert.equal(await field(page, "4").isChecked(), true);
      assert.equal(await field(page, "A fee").isChecked(), true);
      assert.equal(await field(page, "A ride").isChecked(), false);
      assert.equal(await field(page, "By phone").isChecked(), true);
      assert.equal(await field(page, "2., Done").isChecked(), true);
      assert.equal(await field(page, "3., Step").inputValue(), "Show it");

      await page.goto(origin.base + WORKBOOK);
      const sheet = page.locator(".workbook-sheet", { hasText: "Worksheet #1" });
      await sheet.getByText("Filled in").waitFor();
      const words = await sheet.innerText();
      for (const text of ["Cube, who", "beats the clock", "A fee", "By phone", "Ask her", "Show it"]) {
        assert.ok(words.includes(text), `${origin.name}: ${text}`);
      }
      assert.match(
        await page.locator(".workbook-sheet", { hasText: "#2" }).innerText(),
        /Nothing written yet/,
      );

      await page.goto(`${origin.base}worksheets/index.html`);
      await page.getByText("Filled in").waitFor();
      assert.match(await page.locator(".worksheet-entry").first().innerText(), /5 min[\s\S]*Fill in here/);
    });
  }
});

test("of two tabs from a disk none overwrites what the other wrote", async () => {
  await withContext(async (context) => {
    const [left, right] = [
      await openPage(context, origins[2]!, SHEET),
      await openPage(context, origins[2]!, SHEET),
    ];
    await field(left, "Whom do you know?").fill("left");
    await untilSaved(left);
    await field(right, "1., Step").fill("right");
    await untilSaved(right);
    await left.reload();
    assert.equal(await field(left, "Whom do you know?").inputValue(), "left");
    assert.equal(await field(left, "1., Step").inputValue(), "right");
  });
});

test("a mark made by mistake can be taken back with a key", async () => {
  await withContext(async (context) => {
    const page = await openPage(context, origins[0]!, SHEET);
    await field(page, "By phone").focus();
    await page.keyboard.press("Space");
    await untilSaved(page);
    await page.keyboard.press("Delete");
    assert.equal(await field(page, "By phone").isChecked(), false);
    await page.waitForTimeout(600);
    await page.reload();
    assert.equal(await field(page, "By phone").isChecked(), false);
  });
});

test("an answer of another worksheet is named, and taken with a button", async () => {
  for (const origin of [origins[0]!, origins[2]!]) {
    await withContext(async (context) => {
      const page = await openPage(context, origin, "worksheets/plan.html");
      const sources = page.getByText("Take from Worksheet #1: Start");
      await sources.first().click();
      await page.getByText("You have not written anything there yet.").waitFor();
      await page.goto(origin.base + SHEET);
      await fillIn(page);
      await page.goto(`${origin.base}worksheets/plan.html`);
      await sources.first().click();
      await button(page, "Take this").click();
      assert.equal(
        await field(page, "Which words do you take along?").inputValue(),
        "Cube, who\nbeats the clock",
      );
      await sources.nth(1).click();
      await button(page, "Take these").click();
      assert.equal(await field(page, "1, Step").inputValue(), "Ask her");
      await untilSaved(page);
      await page.reload();
      assert.equal(await field(page, "2, Step").inputValue(), "Show it");
    });
  }
});

test("where answers of another worksheet cannot be loaded, that is said, and the next try brings them", async () => {
  for (const part of ["**/carry-over-*.js", "**/assets/worksheets/worksheets/start.js"]) {
    await withContext(async (context) => {
      const page = await openPage(context, origins[0]!, SHEET);
      await fillIn(page);
      await page.goto(`${origins[0]!.base}worksheets/plan.html`);
      await context.route(part, (route) => route.abort());
      const source = page.getByText("Take from Worksheet #1: Start").first();
      await source.click();
      await page.getByText("could not be loaded here. Your answers are kept.").waitFor();
      await context.unroute(part);
      await source.click();
      await source.click();
      await button(page, "Take this").waitFor();
    });
  }
});

test("Word documents: blank by a link, and with answers made in the browser, which loads what makes them only then", async () => {
  for (const origin of [origins[0]!, origins[2]!]) {
    await withContext(async (context) => {
      const page = await openPage(context, origin, SHEET);
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await fillIn(page);
      assert.equal(asked.filter((url) => /\bword-\w+\.js$/.test(url)).length, 0, asked.join("\n"));
      const { name, bytes } = await downloaded(page, "Word");
      assert.equal(name, "start.docx");
      const xml = textOfWord(bytes);
      for (const text of ["Cube, who", "Ask her", "Show it", "How sure are you?"])
        assert.ok(xml.includes(text), text);
      assert.equal(xml.match(/<w14:checked w14:val="1"\/>/g)?.length, 4);

      await page.goto(origin.base + WORKBOOK);
      await page.getByText("Filled in").waitFor();
      await page.getByLabel("To hand over").check();
      assert.equal(await page.getByText("Cube, who").isVisible(), false);
      const all = textOfWord((await downloaded(page, "Word")).bytes);
      assert.ok(all.includes("Ask her"));
      assert.doesNotMatch(all, /Cube, who/);
    });
  }
});

test("answers go into a file and come back from it; where both differ the reader chooses", async () => {
  await withContext(async (context) => {
    const page = await openPage(context, origins[0]!, SHEET);
    await fillIn(page);
    await page.goto(origins[0]!.base + WORKBOOK);
    await page.getByText("Filled in").waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Dani");
    const { name, bytes } = await downloaded(page, "Save a file");
    assert.match(name, /^my-worksheets-\d{4}-\d\d-\d\d\.json$/);
    const file = path.join(await temporaryFolder(), "mine.json");
    await writeFile(file, bytes);

    // Another place of the same site finds nothing by itself.
    for (const place of origins.slice(1)) await bringIn(context, place, file);
  });
});

async function bringIn(context: BrowserContext, place: Origin, file: string): Promise<void> {
  const there = await openPage(context, place, SHEET);
  assert.equal(await field(there, "Whom do you know?").inputValue(), "");
  await field(there, "Whom do you know?").fill("somebody else");
  await untilSaved(there);
  await there.goto(place.base + WORKBOOK);
  await there.getByText("Begun").waitFor();
  await there.setInputFiles("[data-file]", file);
  await there.getByRole("heading", { name: "Which of the two?" }).waitFor();
  const conflict = await there.locator("fieldset").innerText();
  assert.match(conflict, /Whom do you know\?[\s\S]*somebody else[\s\S]*Cube, who\nbeats the clock/);
  assert.deepEqual(await violations(there), []);
  await button(there, "Cancel").click();
  await there.getByText("Nothing was changed.").waitFor();
  assert.equal(await there.getByText("Show it").count(), 0);

  await there.setInputFiles("[data-file]", file);
  await there.getByLabel("In the file").check();
  await button(there, "Bring in").click();
  await there.getByText("brought in.").waitFor();
  await there.goto(place.base + SHEET);
  assert.equal(await field(there, "Whom do you know?").inputValue(), "Cube, who\nbeats the clock");
  assert.equal(await field(there, "3., Step").inputValue(), "Show it");
  assert.equal(await field(there, "Name").inputValue(), "Dani");
}

test("a file that cannot be taken is refused with the reason, and nothing is changed", async () => {
  const folder = await temporaryFolder();
  const good: AnswersFile = {
    format: "worksheet-answers",
    version: 1,
    site: "Other",
    answers: [{ name: "worksheets/start.html#known", text: "new", question: "", worksheet: "" }],
  };
  const cases: [content: string, said: RegExp][] = [
    ["{", /it is damaged/],
    [JSON.stringify({ bookmarks: [] }), /holds no answers/],
    [JSON.stringify({ ...good, version: 9 }), /of a newer version/],
    [
      JSON.stringify({ ...good, answers: [{ ...good.answers[0], name: "elsewhere.html#a" }] }),
      /of another site, “Other”/,
    ],
  ];
  for (const origin of [origins[0]!, origins[2]!])
    await withContext(async (context) => {
      const page = await openPage(context, origin, SHEET);
      await field(page, "Whom do you know?").fill("old");
      await untilSaved(page);
      await page.goto(origin.base + WORKBOOK);
      await page.getByText("Begun").waitFor();
      for (const [index, [content, said]] of cases.entries()) {
        const file = path.join(folder, `${index}.json`);
        await writeFile(file, content);
        await page.setInputFiles("[data-file]", file);
        await page.getByRole("status").getByText(said).waitFor();
      }
      // A disk that is full half way: none of it is there.
      await page.evaluate(() => {
        const { put } = IDBObjectStore.prototype;
        let count = 0;
        IDBObjectStore.prototype.put = function (...args) {
          if (++count > 1) throw new DOMException("full", "QuotaExceededError");
          return put.apply(this, args);
        };
      });
      const file = path.join(folder, "two.json");
      const two = ["hurdles", "how"].map((id) => ({
        ...good.answers[0]!,
        name: `worksheets/start.html#${id}`,
      }));
      await writeFile(file, JSON.stringify({ ...good, answers: two }));
      await page.setInputFiles("[data-file]", file);
      await page.getByText("Nothing was changed.").waitFor();
      await page.reload();
      await page.getByText("Begun: 1 of 5").waitFor();
      assert.match(await page.locator(".workbook").innerText(), /old/);
    });
});

test("answers to what is no longer asked are kept, shown as that, and in the file", async () => {
  const later = await buildOf({
    ...FILES,
    "worksheets/01-start.md": START.replace("#known", "#people"),
    "worksheets/02-plan.md": PLAN.replace("#known", "#people"),
  });
  const [first, folder] = [await buildOf(FILES), await temporaryFolder()];
  for (const origin of [await serve(folder, "/"), (await threeOrigins(folder))[2]!]) {
    await cp(first, folder, { recursive: true });
    await withContext(async (context) => {
      const page = await openPage(context, origin, SHEET);
      await field(page, "Whom do you know?").fill("Cube");
      await untilSaved(page);
      await cp(later, folder, { recursive: true });
      await page.goto(origin.base + WORKBOOK);
      const earlier = page.locator(".workbook-earlier");
      await earlier.waitFor();
      assert.match(
        await earlier.innerText(),
        /Answers to earlier questions[\s\S]*Worksheet #1: Start:\s+Whom do you know\?\s+Cube/,
      );
      assert.match((await downloaded(page, "Save a file")).bytes.toString(), /start\.html#known/);
    });
  }
});

test("erasing is asked twice, and leaves nothing", async () => {
  for (const origin of [origins[0]!, origins[2]!])
    await withContext(async (context) => {
      const page = await openPage(context, origin, SHEET);
      await fillIn(page);
      await page.goto(origin.base + WORKBOOK);
      await page.getByText("Filled in").waitFor();
      await button(page, "Erase …").click();
      await page.keyboard.press("Escape");
      await button(page, "Erase …").click();
      await page.getByRole("dialog").getByRole("button", { name: "Erase …" }).click();
      assert.equal(await page.getByText("Cube, who").count(), 1);
      assert.deepEqual(await violations(page), []);
      await button(page, "Erase for good").click();
      await page.getByText("All answers are erased").waitFor();
      await page.goto(origin.base + SHEET);
      assert.equal(await field(page, "Whom do you know?").inputValue(), "");
      assert.equal(await page.locator("input:checked").count(), 0);
    });
});

test("a worksheet that is a link only has a note of its own, on its callout and in the workbook", async () => {
  await withContext(async (context) => {
    const page = await openPage(context, origins[0]!, "one/section.html");
    const callouts = page.locator(".callout--activity");
    assert.deepEqual(await callouts.nth(0).locator(".worksheet-actions a").allInnerTexts(), [
      "Fill in here",
      "Print",
      "Word document",
    ]);
    assert.match(
      (await callouts.nth(1).locator(".worksheet-actions a").getAttribute("href")) ?? "",
      /abc123\/copy$/,
    );
    await button(page, "Write here").click();
    await field(page, "My notes").fill("What I want");
    await untilSaved(page);
    assert.deepEqual(await violations(page), []);
    await page.reload();
    await button(page, "Write here").click();
    assert.equal(await field(page, "My notes").inputValue(), "What I want");
    await page.goto(origins[0]!.base + WORKBOOK);
    const note = page.locator(".workbook-sheet", { hasText: "Worksheet #7: Elsewhere" });
    await note.getByText("What I want").waitFor();
    await page.goto(`${origins[0]!.base}worksheets/index.html`);
    await page.getByText("Notes written").waitFor();
  });
});

test("a trainer points a worksheet at another document, and switches ways of working off", async () => {
  const own = await serve(
    await buildOf({
      ...FILES,
      "site.yaml": "worksheets:\n  documents:\n    7: https://docs.example.org/ours\n",
    }),
    "/",
  );
  const none = await serve(
    await buildOf({ ...FILES, "site.yaml": "worksheets:\n  off: [write, word, documents]\n" }),
    "/",
  );
  await withContext(async (context) => {
    const page = await openPage(context, own, "one/section.html");
    assert.equal(
      await page.getByRole("link", { name: /Worksheet #7/ }).getAttribute("href"),
      "https://docs.example.org/ours",
    );
    await page.goto(`${none.base}one/section.html`);
    assert.equal(await page.locator("a[href^=http]").count(), 0);
    assert.deepEqual(await page.locator(".worksheet-actions a").allInnerTexts(), ["Open here"]);
    await page.goto(none.base + SHEET);
    assert.equal(await page.locator("textarea, input, [download]").count(), 0);
    assert.equal((await page.request.get(none.base + WORKBOOK)).status(), 404);
  });
  const content = path.join(await temporaryFolder(), "content");
  await writeFiles(content, {
    ...FILES,
    "site.yaml": "worksheets:\n  documents:\n    9: https://example.org/\n",
  });
  await assert.rejects(buildForTest(content), /site\.yaml:3:5: there is no worksheet "9"; write its number/);
});

test("paper: the module's worksheets take two sheets at most, the manager's page one, and long answers are whole", async () => {
  const { folder } = await buildForTest(CONTENT);
  const origin = await serve(folder, "/");
  const sheets = [
    "your-starting-point",
    "one-program-three-spheres",
    "listening-for-interests",
    "people-and-opportunities-map",
    "one-small-try",
    "connected-learning-in-context",
    "sharing-one-decision",
    "safe-introductions",
    "my-two-sentences",
    "the-case-on-one-page",
  ];
  await withContext(async (context) => {
    const page = await context.newPage();
    const sheetsOf = async (format: "Letter" | "A4" = "Letter") => {
      const pdf = await page.pdf({ format, preferCSSPageSize: true });
      return pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length;
    };
    for (const sheet of sheets) {
      await page.goto(`${origin.base}worksheets/${sheet}.html`, { waitUntil: "networkidle" });
      for (const format of ["Letter", "A4"] as const) {
        const count = (await sheetsOf(format))!;
        assert.ok(count <= 2, `${sheet}, ${format}: ${count}`);
      }
    }
    await page.evaluate(() => {
      window.print = () => {};
    });
    await button(page, "Print this page alone").click();
    assert.equal(await sheetsOf(), 1);
    const long = Array.from({ length: 120 }, (_, line) => `line ${line}`).join("\n");
    await page.getByRole("textbox", { name: /short scene/ }).fill(long);
    assert.ok((await sheetsOf())! >= 4, "a long answer is cut");
    // A browser that has printed shows the whole page again.
    await button(page, "Print this page alone").click();
    await page.emulateMedia({ media: "print" });
    const alone = await page.locator("main").innerText();
    assert.match(alone, /Part two[\s\S]*The need[\s\S]*line 0[\s\S]*line 119\n/);
    assert.doesNotMatch(alone, /taking stock|Worries/);
    assert.equal(await page.locator("button:visible, textarea:visible, input:visible").count(), 0);
  });
});

test("axe finds nothing in the workbook and in every kind of field, in light, in dark and on a narrow screen", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    await withContext(
      async (context) => {
        const page = await openPage(context, origins[0]!, SHEET);
        await fillIn(page);
        assert.deepEqual(await violations(page), []);
        for (const address of ["worksheets/plan.html", "worksheets/index.html", WORKBOOK]) {
          await page.goto(origins[0]!.base + address);
          if (address !== "worksheets/plan.html") await page.getByText("Filled in").waitFor();
          assert.deepEqual(await violations(page), [], address);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, address);
        }
      },
      { colorScheme, viewport: { width: 320, height: 700 } },
    );
  }
});
