/** Worksheets, filled in: kept in this browser while one types, there again, on paper, and never lost. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { strFromU8, unzipSync } from "fflate";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";
import { launchOptions } from "../../scripts/site/bench/browser.ts";
import { violations } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { writeFiles } from "../support/content.ts";
import { field, inContext, openPage, untilSaved } from "../support/contexts.ts";
import {
  buildForTest,
  CONTENT,
  type Origin,
  serve,
  temporaryFolder,
  threeOrigins,
} from "../support/sites.ts";

const SHEET = `---
title: "Worksheet #1: Start"
---
## Prompts

### 1. Teens

Whom do you know?
{: .answer #teens rows="3"}

How many?
{: .answer #count type="number"}

Since when?
{: .answer #since type="date"}

In a word?
{: .answer #word type="short"}

### 2. How it feels

| | Not yet | Often |
| --- | --- | --- |
| I know them | | |
| I try things | | |
{: .answers #feels type="one"}

### 3. A map

| | Here | There |
| --- | --- | --- |
| Peers | | |
| Places | *(the park)* | |
{: .answers #map}
`;
const SECTION = "---\ntitle: A section\n---\nSee [Worksheet #1](../worksheets/start.md).\n";
const ADDRESS = "worksheets/start.html";
const FIRST = "Whom do you know?";

let browser: Browser;
let folder: string;
let origins: Origin[];
before(async () => {
  folder = await buildOf(SHEET);
  origins = await threeOrigins(folder);
  browser = await openBrowser();
});
after(() => browser.close());

async function buildOf(sheet: string): Promise<string> {
  const content = path.join(await temporaryFolder(), "content");
  await writeFiles(content, { "one/01-section.md": SECTION, "worksheets/start.md": sheet });
  return (await buildForTest(content)).folder;
}

const withContext = (use: (context: BrowserContext) => Promise<void>, options?: BrowserContextOptions) =>
  inContext(browser, use, options);

async function open(context: BrowserContext, origin: Origin): Promise<Page> {
  return openPage(context, origin, ADDRESS);
}

const said = (page: Page) => page.locator(".worksheet-bar").getByRole("status").textContent();

test("every kind of field is kept while one types, and there again after a reload, over http and from a disk", async () => {
  const typed: [name: string, value: string][] = [
    [FIRST, "Kay, and 🚲\nعلي\n<b onclick='x'>bold</b>"],
    ["How many?", "12"],
    ["Since when?", "2026-11-28"],
    ["In a word?", "Many"],
    ["Peers, Here", "Her cousin"],
    ["Peers, There", ""],
    ["Places, There", "The shop"],
  ];
  for (const origin of origins) {
    await withContext(async (context) => {
      const page = await open(context, origin);
      assert.equal(await said(page), "");
      assert.equal(await page.getByRole("textbox", { name: `1. Teens ${FIRST}` }).count(), 1);
      for (const [name, value] of typed) await field(page, name).fill(value);
      await field(page, "I try things, Often").check();
      await field(page, "I know them, Not yet").check();
      await field(page, "I know them, Often").check();
      await untilSaved(page);
      await page.reload();
      for (const [name, value] of typed)
        assert.equal(await field(page, name).inputValue(), value, origin.name);
      assert.equal(await field(page, "I know them, Often").isChecked(), true);
      assert.equal(await page.getByRole("radio", { checked: true }).count(), 2);
      await page.goto(`${origin.base}one/section.html`);
      await page.goBack();
      assert.equal(await field(page, FIRST).inputValue(), typed[0]![1]);
    });
  }
});

for (const index of [0, 2])
  test(`answers survive a browser that is killed one second after the last key, ${index ? "from a disk" : "over http"}`, async () => {
    const profile = await temporaryFolder();
    const origin = origins[index]!;
    const start = async () => chromium.launchPersistentContext(profile, await launchOptions());
    const first = await start();
    const page = await open(first, origin);
    await field(page, FIRST).pressSequentially("Kay and Dani");
    const processId = await pidOf(first);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    process.kill(processId, "SIGKILL");
    await first.close().catch(() => {});
    const second = await start();
    assert.equal(await field(await open(second, origin), FIRST).inputValue(), "Kay and Dani");
    await second.close();
  });

async function pidOf(context: BrowserContext): Promise<number> {
  const session = await context.browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.find(({ type }) => type === "browser")!.id;
}

test("of two tabs none overwrites what the other wrote, and of one field the later stays", async () => {
  await withContext(async (context) => {
    const left = await open(context, origins[0]!);
    // The device's clock is set back meanwhile: what is later is not told by it.
    await context.addInitScript(() => {
      Date.now = () => 0;
    });
    const right = await open(context, origins[0]!);
    await field(left, FIRST).fill("from the left");
    await untilSaved(left);
    await field(right, "In a word?").fill("right");
    await untilSaved(right);
    await right.waitForFunction(() => document.querySelector("textarea")!.value === "from the left");
    await field(right, FIRST).fill("later, from the right");
    await left.waitForFunction(() => document.querySelector("textarea")!.value === "later, from the right");
    await left.reload();
    assert.equal(await field(left, FIRST).inputValue(), "later, from the right");
    assert.equal(await field(left, "In a word?").inputValue(), "right");
  });
});

test("no other site of the host or the disk has the answers", async () => {
  const other = await buildOf(SHEET);
  await withContext(async (context) => {
    for (const origin of origins) {
      const page = await open(context, origin);
      assert.equal(await field(page, FIRST).inputValue(), "", origin.name);
      await field(page, FIRST).fill(origin.name);
      await untilSaved(page);
    }
    for (const origin of [await serve(other, "/other/"), ...(await threeOrigins(other)).slice(2)]) {
      assert.equal(await field(await open(context, origin), FIRST).inputValue(), "");
    }
  });
});

test("a field keeps its answer when its words and its place change", async () => {
  const served = await buildOf(
    SHEET.replace("Whom do you know?", "Which teens do you know by now?").replace(
      "### 1. Teens",
      "### 1. Young people",
    ),
  );
  await withContext(async (context) => {
    const page = await open(context, origins[0]!);
    await field(page, FIRST).fill("Kay");
    await untilSaved(page);
    // The later release, under the same address.
    await context.route("**/worksheets/start.html", (route) =>
      route.fulfill({ path: path.join(served, ADDRESS), contentType: "text/html" }),
    );
    await page.reload();
    assert.equal(await field(page, "Which teens do you know by now?").inputValue(), "Kay");
  });
});

test("where storage is full or forbidden it is said, and the page still holds what was written", async () => {
  for (const failure of ["full", "forbidden"]) {
    await withContext(async (context) => {
      await context.addInitScript((what) => {
        const [owner, name] = what === "full" ? [IDBObjectStore, "put"] : [IDBFactory, "open"];
        Object.defineProperty(owner!.prototype, name!, {
          value() {
            throw new DOMException(what, "QuotaExceededError");
          },
        });
      }, failure);
      const page = await open(context, origins[0]!);
      await field(page, FIRST).fill("Kay");
      await page.getByText("This browser keeps nothing").waitFor();
      const typed = page.locator(".section-body .answer-typed").first();
      assert.equal(await typed.textContent(), "Kay");
      const [word] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Word" }).click(),
      ]);
      const document = unzipSync(await readFile(await word.path()))["word/document.xml"]!;
      assert.match(strFromU8(document), />Kay</);
    });
  }
});

test("poisoned storage breaks nothing and runs nothing", async () => {
  await withContext(async (context) => {
    const page = await open(context, origins[0]!);
    await field(page, FIRST).fill("Kay");
    await untilSaved(page);
    const script = "<img src=x onerror='document.title=1'>";
    await page.evaluate(async (text) => {
      const [database] = await indexedDB.databases();
      const opened = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open(database!.name!);
        request.onsuccess = () => resolve(request.result);
      });
      const transaction = opened.transaction("answers", "readwrite");
      const store = transaction.objectStore("answers");
      const [teens] = await new Promise<string[]>((resolve) => {
        const request = store.getAllKeys();
        request.onsuccess = () => resolve(request.result as string[]);
      });
      store.put(text, teens!);
      store.put({ length: 3 }, teens!.replace("#teens", "#word"));
      store.put([[7]], teens!.replace("#teens", "#count"));
      store.put("no date", teens!.replace("#teens", "#since"));
      store.put("99", teens!.replace("#teens", "#feels.1"));
      store.put("x", "k".repeat(100_000));
      store.put("x", 7);
      store.put("x", ["a", new Date(0)]);
      await new Promise((resolve) => {
        transaction.oncomplete = resolve;
      });
    }, script);
    await page.reload();
    assert.equal(await field(page, FIRST).inputValue(), script);
    for (const name of ["How many?", "Since when?", "In a word?"]) {
      assert.equal(await field(page, name).inputValue(), "");
    }
    assert.equal(await page.getByRole("radio", { checked: true }).count(), 0);
    assert.match(await page.title(), /Worksheet #1/);
  });
});

test("an answer of 100,000 characters is kept, and its field is as high as its text", async () => {
  const long = `${"Kay repairs bicycles. ".repeat(46)}\n`.repeat(100);
  await withContext(async (context) => {
    const page = await open(context, origins[0]!);
    await field(page, FIRST).fill(long);
    await untilSaved(page);
    await page.reload();
    assert.equal(await field(page, FIRST).inputValue(), long);
    const { inner, outer } = await field(page, FIRST).evaluate((area) => ({
      inner: area.scrollHeight,
      outer: area.clientHeight,
    }));
    assert.ok(inner <= outer + 1, `${inner} in ${outer}`);
  });
});

test("paper has the text of a filled field, lines for an empty one, and no control", async () => {
  await withContext(async (context) => {
    const page = await open(context, origins[0]!);
    await field(page, FIRST).fill("Kay\nand Dani");
    await field(page, "Peers, Here").fill("Her cousin");
    await page.emulateMedia({ media: "print" });
    const seen = await page.locator("article").evaluate((article: HTMLElement) => article.innerText);
    assert.match(seen, /Whom do you know\?\s+Kay\nand Dani/);
    assert.match(seen, /Her cousin/);
    assert.doesNotMatch(seen, /Nothing is sent/);
    assert.equal(await page.locator("textarea:visible, button:visible").count(), 0);
    const lines = page.locator(".section-body .answer-room").nth(0).locator("i");
    assert.equal(await lines.first().isVisible(), false, "lines under a text");
    assert.equal(
      await page.locator(".section-body .answer-room").nth(1).locator("i").first().isVisible(),
      true,
    );
  });
});

test("without JavaScript it is the sheet to print", async () => {
  await withContext(
    async (context) => {
      const page = await open(context, origins[0]!);
      assert.equal(await page.locator("textarea, input").count(), 0);
      assert.equal(await page.locator(".section-body .answer-room i").first().isVisible(), true);
    },
    { javaScriptEnabled: false },
  );
});

test("axe finds nothing, empty and filled, in light, in dark and on a narrow screen", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    await withContext(
      async (context) => {
        const page = await open(context, origins[0]!);
        assert.deepEqual(await violations(page), []);
        await field(page, FIRST).fill("Kay");
        await field(page, "I try things, Often").check();
        await untilSaved(page);
        assert.deepEqual(await violations(page), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
      },
      { colorScheme, viewport: { width: 320, height: 700 } },
    );
  }
});

test("each worksheet of the module takes what is written into each of its fields, and weighs at most 20 KB in at most five files", async () => {
  const { folder: module, pages, site } = await buildForTest(CONTENT);
  const origin = await serve(module, "/");
  const sheets = pages.filter((page) => /^worksheets\/(?!index|workbook|record)/.test(page));
  assert.equal(sheets.length, site.course.worksheetPages.length);
  await withContext(async (context) => {
    const page = await context.newPage();
    let asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    for (const sheet of sheets) {
      asked = [];
      await page.goto(origin.base + sheet, { waitUntil: "networkidle" });
      assert.ok(asked.length <= 5, asked.join("\n"));
      const files = asked.map((url) => readFile(path.join(module, new URL(url).pathname)));
      const bytes = (await Promise.all(files)).reduce(
        (sum, file) => sum + gzipSync(file, { level: 9 }).length,
        0,
      );
      assert.ok(bytes <= 20 * 1024, `${sheet} weighs ${bytes} bytes`);
      // A translation has the fields of what it translates.
      if (site.course.byAddress.get(sheet)!.data.translates) continue;
      const areas = page.locator("textarea");
      const count = await areas.count();
      assert.ok(count >= 2, `${sheet}: ${count} fields`);
      for (let index = 0; index < count; index++) await areas.nth(index).fill(`${sheet} ${index}`);
      await untilSaved(page);
      await page.reload();
      const values = await areas.evaluateAll((all) => all.map((area) => (area as HTMLTextAreaElement).value));
      assert.deepEqual(
        values,
        values.map((_, index) => `${sheet} ${index}`),
      );
      const unnamed = await areas.evaluateAll(
        (all) => all.filter((area) => !area.ariaLabel && !area.getAttribute("aria-labelledby")).length,
      );
      assert.equal(unnamed, 0);
    }
  });
});
