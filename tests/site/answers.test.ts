/** Answers that could be lost, or be somebody else's: found by trying to lose them, each once more. */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { AnswersFile } from "../../scripts/site/worksheet/answers-file.ts";
import { openBrowser } from "../support/browser.ts";
import { writeFiles } from "../support/content.ts";
import { button, field, inContext, openPage, untilSaved } from "../support/contexts.ts";
import { buildForTest, type Origin, temporaryFolder, threeOrigins } from "../support/sites.ts";

const START = `---
title: "Worksheet #1: Start"
---
Whom do you know?
{: .answer #known}

How many?
{: .answer #many type="number"}

What is in the way?

- [ ] A ride
- [ ] A fee
{: .answers #hurdles}

What is mine alone?
{: .answer #mine .private}

| Step |
| --- |
| |
{: .answers #steps max="3"}
`;
const PLAN = `---
title: "Worksheet #2: Plan"
---
Which words?
{: .answer #words from="01-start.md#known"}
`;
const LINK = `<div class="activity callout" markdown="1">

### [Worksheet #7: Elsewhere](https://example.org/doc)

</div>
`;
const FILES = {
  "one/index.md": "---\ntitle: One\n---\n",
  "one/01-section.md": `---\ntitle: A section\n---\n${LINK}\n${LINK}`,
  "worksheets/01-start.md": START,
  "worksheets/02-plan.md": PLAN,
};
const SHEET = "worksheets/start.html";
const WORKBOOK = "worksheets/workbook/index.html";

let browser: Browser;
let http: Origin;
let disk: Origin;
before(async () => {
  const content = path.join(await temporaryFolder(), "content");
  await writeFiles(content, { ...FILES, "site.yaml": "name: My course\n" });
  const origins = await threeOrigins((await buildForTest(content)).folder);
  [http, disk] = [origins[0]!, origins[2]!];
  browser = await openBrowser();
});
after(() => browser.close());

const withContext = (use: (context: BrowserContext) => Promise<void>, options?: BrowserContextOptions) =>
  inContext(browser, use, options);

/** Puts texts into the browser's storage as a file would, whatever they are. */
async function bringIn(page: Page, texts: Record<string, string>, site = "My course"): Promise<void> {
  const answers = Object.entries(texts).map(([name, text]) => ({ name, text, question: "", worksheet: "" }));
  const file: AnswersFile = { format: "worksheet-answers", version: 1, site, answers };
  const target = path.join(await temporaryFolder(), "answers.json");
  await writeFile(target, JSON.stringify(file));
  await page.setInputFiles("[data-file]", target);
}

const said = (page: Page) => page.locator("[data-workbook] [data-status]");

test("a file of answers runs no script, wherever its names lead", async () => {
  const folder = fileURLToPath(disk.base);
  await writeFile(path.join(folder, "evil.js"), "document.title = 'run'");
  await mkdir(path.join(folder, "assets/worksheets/a"), { recursive: true });
  for (const origin of [http, disk]) {
    await withContext(async (context) => {
      const page = await openPage(context, origin, WORKBOOK);
      for (const id of [
        "../../evil.html",
        "x/../../../evil.html",
        "..",
        "/evil.html",
        "a//../../../evil.html",
      ]) {
        await bringIn(page, { [`${id}#x`]: "text" });
        await said(page).getByText("it is damaged").waitFor();
      }
      // As if an earlier release had kept it.
      await page.evaluate(async () => {
        const [database] = await indexedDB.databases();
        await new Promise((resolve) => {
          const request = indexedDB.open(database!.name!);
          request.onsuccess = () => {
            const transaction = request.result.transaction("answers", "readwrite");
            transaction.objectStore("answers").put({ text: "x" }, "../../evil.html#x");
            transaction.oncomplete = resolve;
          };
        });
      });
      await page.reload();
      await button(page, "Save a file").click();
      await said(page).getByText("nothing to take along").waitFor();
      assert.doesNotMatch(await page.title(), /run/);
    });
  }
});

test("two notes of one worksheet on a page are one, and both show it", async () => {
  await withContext(async (context) => {
    const page = await openPage(context, http, "one/section.html");
    for (const at of [0, 1]) await button(page, "Write here").nth(at).click();
    const [one, other] = [field(page, "My notes").nth(0), field(page, "My notes").nth(1)];
    await one.fill("ONE");
    await other.press("End");
    await other.pressSequentially(" TWO");
    await one.press("End");
    await one.pressSequentially("!");
    await untilSaved(page);
    await page.reload();
    await button(page, "Write here").first().click();
    assert.equal(await field(page, "My notes").inputValue(), "ONE TWO!");
  });
});

test("a number that is half typed forgets none", async () => {
  await withContext(async (context) => {
    const page = await openPage(context, http, SHEET);
    await field(page, "How many?").fill("12");
    await untilSaved(page);
    await field(page, "How many?").press("End");
    await field(page, "How many?").pressSequentially("e");
    assert.equal(await field(page, "How many?").getAttribute("aria-invalid"), "true");
    await page.waitForTimeout(600);
    await page.reload();
    assert.equal(await field(page, "How many?").inputValue(), "12");
  });
});

test("name and library follow another tab, and overwrite nothing", async () => {
  await withContext(async (context) => {
    const workbook = await openPage(context, http, WORKBOOK);
    const sheet = await openPage(context, http, SHEET);
    await field(sheet, "Name").fill("Zoe B");
    await workbook.waitForFunction(
      () => document.querySelector<HTMLInputElement>("input[type=text]")!.value === "Zoe B",
    );
    await field(workbook, "Name").press("End");
    await field(workbook, "Name").pressSequentially(" M");
    await sheet.waitForFunction(() =>
      [...document.querySelectorAll("input")].some(({ value }) => value === "Zoe B M"),
    );
  });
});

test("what a list no longer has is shown as an earlier answer, and stays when another is chosen", async () => {
  await withContext(async (context) => {
    const page = await openPage(context, http, WORKBOOK);
    await bringIn(page, { [`${SHEET}#hurdles`]: "a-ride snow", [`${SHEET}#known`]: "Kay" });
    await said(page).getByText("2 answers brought in.").waitFor();
    assert.match(await page.locator(".workbook-earlier").innerText(), /hurdles\s+snow/);
    await page.goto(http.base + SHEET);
    await field(page, "A fee").check();
    await untilSaved(page);
    await page.goto(http.base + WORKBOOK);
    await page.getByText("A ride, A fee").waitFor();
    assert.match(await page.locator(".workbook-earlier").innerText(), /snow/);
  });
});

test("nothing private is handed over once its question is gone, or is not at hand", async () => {
  await withContext(async (context) => {
    const page = await openPage(context, http, WORKBOOK);
    await bringIn(page, { [`${SHEET}#gone`]: "secret", [`${SHEET}#mine`]: "secret too" });
    await said(page).getByText("2 answers brought in.").waitFor();
    await page.getByLabel("To hand over").check();
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.getByText("secret").filter({ visible: true }).count(), 0);
    await page.emulateMedia({ media: "screen" });
    await context.route("**/assets/worksheets/**", (route) => route.abort());
    await page.reload();
    await page.getByText("Its questions could not be loaded here.").waitFor();
    assert.equal(await page.getByText("secret").filter({ visible: true }).count(), 0);
  });
});

test("what is written while a reader chooses is asked as well", async () => {
  await withContext(async (context) => {
    const sheet = await openPage(context, http, SHEET);
    await field(sheet, "Whom do you know?").fill("here");
    await untilSaved(sheet);
    const page = await openPage(context, http, WORKBOOK);
    await page.getByText("Begun").waitFor();
    await bringIn(page, { [`${SHEET}#known`]: "file", [`${SHEET}#steps.1.1`]: "of the file" });
    await page.getByRole("heading", { name: "Which of the two?" }).waitFor();
    await field(sheet, "1, Step").fill("meanwhile");
    await untilSaved(sheet);
    await page.getByText("meanwhile").first().waitFor();
    await button(page, "Bring in").click();
    await page.locator("fieldset", { hasText: "meanwhile" }).waitFor();
    assert.equal(await page.locator("fieldset").count(), 1);
    await button(page, "Bring in").click();
    await said(page).getByText("All of the file’s answers are here already.").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement!.textContent), "Bring in a file …");
    await sheet.reload();
    assert.equal(await field(sheet, "1, Step").inputValue(), "meanwhile");
    assert.equal(await field(sheet, "Whom do you know?").inputValue(), "here");
  });
});

test("what could not be kept gives way to what another tab kept later", async () => {
  await withContext(async (context) => {
    const left = await openPage(context, http, SHEET);
    // As text: what transpiles this file names functions with a helper that the page does not have.
    await left.evaluate(`
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
      globalThis.makeRoom = () => { IDBObjectStore.prototype.put = put; };
    `);
    await field(left, "Whom do you know?").fill("old");
    await left.getByText("This browser keeps nothing").waitFor();
    const right = await openPage(context, http, SHEET);
    await field(right, "Whom do you know?").fill("later");
    await untilSaved(right);
    await left.waitForFunction(() => document.querySelector("textarea")!.value === "later");
    await left.evaluate("makeRoom()");
    await field(left, "How many?").fill("3");
    await untilSaved(left);
    await right.reload();
    assert.equal(await field(right, "Whom do you know?").inputValue(), "later");
    assert.equal(await field(right, "How many?").inputValue(), "3");
  });
});

test("the keyboard's place is kept, and a long address breaks nothing", async () => {
  await withContext(
    async (context) => {
      const sheet = await openPage(context, http, SHEET);
      await field(sheet, "Whom do you know?").fill(`https://example.org/${"a".repeat(170)}`);
      await untilSaved(sheet);
      const plan = await openPage(context, http, "worksheets/plan.html");
      await plan.getByText("Take from Worksheet #1: Start").click();
      await button(plan, "Take this").waitFor();
      assert.equal(await plan.evaluate(() => document.documentElement.scrollWidth), 320);
      await button(plan, "Take this").press("Enter");
      assert.equal(await plan.evaluate(() => document.activeElement!.tagName), "TEXTAREA");

      const workbook = await openPage(context, http, WORKBOOK);
      const print = workbook.getByRole("button", { name: /^Print Worksheet #1/ });
      await print.focus();
      await field(sheet, "How many?").fill("4");
      await workbook.locator(".workbook-sheet", { hasText: "How many?" }).waitFor();
      assert.match((await workbook.evaluate(() => document.activeElement!.textContent)) ?? "", /Print/);
      assert.equal(await workbook.evaluate(() => document.documentElement.scrollWidth), 320);
    },
    { viewport: { width: 320, height: 700 } },
  );
});

test("erasing leaves nothing at all, and answers to worksheets that are gone come back from a file", async () => {
  await withContext(async (context) => {
    const page = await openPage(context, disk, WORKBOOK);
    await bringIn(page, { "worksheets/gone.html#a": "old" });
    await said(page).getByText("1 answer brought in.").waitFor();
    await bringIn(page, { "worksheets/gone.html#a": "old" }, "Other");
    await said(page).getByText("of another site, “Other”").waitFor();
    await button(page, "Erase …").click();
    await page.getByRole("dialog").getByRole("button", { name: "Erase …" }).click();
    await button(page, "Erase for good").click();
    await said(page).getByText("All answers are erased").waitFor();
    const kept = await page.evaluate(async () => {
      const [database] = await indexedDB.databases();
      return new Promise((resolve) => {
        const request = indexedDB.open(database!.name!);
        request.onsuccess = () => {
          const count = request.result.transaction("answers").objectStore("answers").count();
          count.onsuccess = () => resolve(count.result);
        };
      });
    });
    assert.equal(kept, 0);
  });
});
