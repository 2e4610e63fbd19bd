/** Where a reader is, what they have read, and the end of the course: in this browser only, and never in the way. */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { violations } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { writeFiles } from "../support/content.ts";
import { inContext, openPage } from "../support/contexts.ts";
import {
  buildForTest,
  buildOf,
  type Origin,
  serve,
  temporaryFolder,
  threeOrigins,
} from "../support/sites.ts";

const section = (title: string, tags = "") => `---
title: ${title}
${tags}do: 3
---
## A heading

${"Some text. ".repeat(80)}

## Another

${"More text. ".repeat(80)}

## And one more

Text.
`;
const HEAD = "tags: [sectionHead]\n";
const FILES = {
  "index.md": `---
title: A course
description: What it is about.
front:
  promise: You will see
  picture: one/ring.svg
  pictureText: A ring
  lead: one/02-circle.md
---
Welcome.
`,
  "one/index.md": "---\ntitle: One\n---\nThe module.\n",
  "one/ring.svg":
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>',
  "one/01-begin.md": section("Begin", HEAD),
  "one/02-circle.md": section("In a circle"),
  "one/03-end.md": section("End", HEAD),
  "office/index.md": "---\ntitle: For the office\n---\nHours.\n",
  "worksheets/01-start.md": '---\ntitle: "Worksheet #1: Start"\n---\nWhom?\n{: .answer #whom}\n',
  "worksheets/02-plan.md": '---\ntitle: "Worksheet #2: Plan"\n---\nWhat?\n{: .answer #what}\n',
};

let browser: Browser;
let origins: Origin[];
before(async () => {
  origins = await threeOrigins(await buildOf(FILES));
  browser = await openBrowser();
});
after(() => browser.close());

const withContext = (use: (context: BrowserContext) => Promise<void>, options?: BrowserContextOptions) =>
  inContext(browser, use, options);

const markButton = (page: Page) => page.getByRole("button", { name: "Mark as read" });

test("a section says where it stands, and what comes next", async () => {
  await withContext(async (context) => {
    const page = await openPage(context, origins[0]!, "one/circle.html");
    assert.equal(await page.locator(".section-place").innerText(), "Part 1 of 2 · section 2 of 3");
    assert.match(await page.locator(".next").innerText(), /^Next · \d+ min\s+End$/);
    assert.equal(await page.locator(".sidebar [aria-current]").innerText(), "In a circle");
    await page.getByRole("heading", { name: "Another" }).evaluate((heading) => heading.scrollIntoView());
    await page.locator(".contents--beside [aria-current]", { hasText: "Another" }).waitFor();
  });
});

test("what is read is known again: marked by hand, or by having been at its end, from everywhere", async () => {
  for (const origin of origins) {
    await withContext(async (context) => {
      const page = await openPage(context, origin, "one/begin.html");
      assert.equal(await markButton(page).getAttribute("aria-pressed"), "false");
      await markButton(page).focus();
      await page.keyboard.press("Enter");
      assert.equal(await markButton(page).getAttribute("aria-pressed"), "true");
      await page.goto(`${origin.base}one/circle.html`);
      await page.locator(".sidebar a", { hasText: "Begin (read)" }).waitFor({ state: "attached" });
      await markButton(page).scrollIntoViewIfNeeded();
      await page.locator("[aria-pressed=true]").waitFor();

      await page.goto(`${origin.base}index.html`);
      const start = page.locator("[data-start]");
      assert.equal(await start.innerText(), "Continue: End");
      assert.match(await page.locator("[data-progress]").innerText(), /2 of 3 sections read\s+\d+ min left/);
      assert.deepEqual(await violations(page), []);
      await start.click();
      assert.match(page.url(), /one\/end\.html$/);
      await page.goto(`${origin.base}one/index.html`);
      await page.getByRole("link", { name: "Continue: End" }).waitFor();
      await page.getByRole("button", { name: "Forget my progress" }).click();
      await page.getByText("Forget my progress").waitFor({ state: "detached" });
      await page.goto(`${origin.base}index.html`);
      assert.match(await start.innerText(), /^Start · \d+ min$/);
    });
  }
});

const SEVERAL = {
  ...FILES,
  "two/index.md": "---\ntitle: Two\n---\nThe second module.\n",
  "two/01-last.md": section("Last"),
};

test("who has read a section goes on behind it, and a module in which nothing is read is one to start", async () => {
  const origin = await serve(await buildOf(SEVERAL), "/several/");
  await withContext(async (context) => {
    const page = await openPage(context, origin, "one/circle.html");
    const goesOn = async (address: string) => {
      await page.goto(origin.base + address);
      return page.locator("[data-start]").innerText();
    };
    assert.equal(await goesOn("index.html"), "Continue: In a circle");
    await page.goto(`${origin.base}one/circle.html`);
    await markButton(page).click();
    assert.equal(await goesOn("index.html"), "Continue: End");
    assert.equal(await goesOn("one/index.html"), "Continue: End");
    assert.match(await goesOn("two/index.html"), /^Start · \d+ min$/);
    assert.match(await page.locator("[data-progress]").innerText(), /^\d+ min to read 3 min to do$/);
    // The last of a module leads on to the next one.
    await page.goto(`${origin.base}one/end.html`);
    await markButton(page).click();
    assert.equal(await goesOn("index.html"), "Continue: Two");
    await page.goto(`${origin.base}one/end.html`);
    await page.locator("[aria-pressed=true]").click();
    assert.equal(await goesOn("index.html"), "Continue: End");
  });
});

test("a front door goes on with sections of its own language only", async () => {
  const files: Record<string, string> = { ...SEVERAL };
  for (const name of ["uno", "dos"]) {
    files[`${name}/index.md`] = `---\ntitle: ${name}\nlang: es\n---\nTexto.\n`;
    files[`${name}/01-comienzo.md`] = section(`Comienzo ${name}`);
  }
  const origin = await serve(await buildOf(files), "/");
  await withContext(async (context) => {
    const page = await openPage(context, origin, "one/begin.html");
    const start = page.locator("[data-start]");
    await page.goto(`${origin.base}es/index.html`);
    assert.match(await start.innerText(), /^Comenzar · /);
    await page.goto(`${origin.base}index.html`);
    assert.equal(await start.innerText(), "Continue: Begin");
    await page.goto(`${origin.base}dos/comienzo.html`);
    await page.goto(`${origin.base}es/index.html`);
    assert.equal(await start.innerText(), "Continuar: Comienzo dos");
  });
});

test("a page that the Back button brings back shows what has been read since", async () => {
  await withContext(async (context) => {
    const page = await openPage(context, origins[0]!, "one/index.html");
    const words = page.locator("[data-start], [data-progress]");
    const before = await words.allInnerTexts();
    const section = await openPage(context, origins[0]!, "one/begin.html");
    const other = await openPage(context, origins[0]!, "one/circle.html");
    await markButton(other).click();
    // Headless browsers keep no pages for it; so they are told what others would be.
    const bringBack = `dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))`;
    await page.evaluate(bringBack);
    assert.match((await words.allInnerTexts()).join(" "), /Continue: End 1 of 3 sections read/);
    await section.evaluate(bringBack);
    await section.locator(".sidebar a", { hasText: "In a circle (read)" }).waitFor({ state: "attached" });
    await section.evaluate("localStorage.clear()");
    await page.evaluate(bringBack);
    assert.deepEqual(await words.allInnerTexts(), before);
  });
});

test("no other site of the host has it; what is damaged is a fresh start, and what is newer stays as it is", async () => {
  const other = await serve(await buildOf(FILES), "/other/");
  await withContext(async (context) => {
    const page = await openPage(context, origins[0]!, "one/begin.html");
    await markButton(page).click();
    assert.equal(
      await (await openPage(context, other, "one/begin.html")).locator("[aria-pressed=true]").count(),
      0,
    );
    const damaged = [
      "{",
      "7",
      '{"version":1,"read":7}',
      '{"version":1,"read":[{}]}',
      '{"version":1,"read":[],"last":"x"}',
    ];
    for (const text of [...damaged, '{"version":2,"read":["one/end.html"],"more":true}']) {
      await page.evaluate((value) => {
        const key = Object.keys(localStorage).find((name) => name.endsWith(" progress"))!;
        localStorage.setItem(key, value);
      }, text);
      await page.reload();
      assert.equal(await markButton(page).getAttribute("aria-pressed"), "false", text);
    }
    await markButton(page).click();
    const kept = await page.evaluate(() =>
      localStorage.getItem(Object.keys(localStorage).find((name) => name.endsWith(" progress"))!),
    );
    assert.equal(kept, '{"version":2,"read":["one/end.html"],"more":true}');
  });
});

test("the front door says in short what the course is, moves nothing when progress comes, and works without scripts", async () => {
  await withContext(
    async (context) => {
      const page = await openPage(context, origins[0]!, "index.html");
      assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "You will see");
      assert.match(
        await page.locator(".front-facts").innerText(),
        /\d+ min, in 3 short sections\s+2 worksheets to keep/,
      );
      assert.ok(await page.getByRole("img", { name: "A ring" }).isVisible());
      assert.equal(
        await page.getByRole("link", { name: "Lead a group" }).getAttribute("href"),
        "one/circle.html",
      );
      assert.deepEqual(await page.locator(".course-route-title").allInnerTexts(), ["Begin", "End"]);
      assert.equal(await page.locator(".progress p").count(), 0);
    },
    { javaScriptEnabled: false },
  );
  for (const width of [320, 390, 1280]) {
    await withContext(
      async (context) => {
        const page = await openPage(context, origins[0]!, "one/begin.html");
        for (const address of ["index.html", "one/index.html"]) {
          await page.goto(origins[0]!.base + address);
          await page.getByText("Forget my progress").waitFor();
          const shift = await page.evaluate(
            () =>
              new Promise((resolve) => {
                new PerformanceObserver((list) => resolve(list.getEntries().length)).observe({
                  type: "layout-shift",
                  buffered: true,
                });
                setTimeout(() => resolve(0), 500);
              }),
          );
          assert.equal(shift, 0, `${address} at ${width}`);
          const lines = await page
            .locator("[data-progress] .times > *")
            .evaluateAll((all) =>
              all
                .map((one) => [getComputedStyle(one, "::before"), getComputedStyle(one, "::after")])
                .map((both) => both.map(({ content }) => content)),
            );
          // A line may begin with what follows a dot, but not with the dot.
          assert.ok(lines.every(([before]) => before === "none"));
        }
      },
      { viewport: { width, height: 800 } },
    );
  }
});

test("the last section ends the course, with a record of it to print", async () => {
  await withContext(async (context) => {
    const page = await openPage(context, origins[0]!, "one/end.html");
    const end = page.getByRole("region", { name: "You have reached the end" });
    assert.deepEqual(await end.getByRole("link").allInnerTexts(), [
      "Worksheet #2: Plan",
      "Worksheet #1: Start",
      "My workbook",
      "Record of completion",
    ]);
    assert.equal(await page.locator(".next").count(), 0);
    await end.getByRole("link", { name: "Record of completion" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Dani");
    assert.match(await page.locator("article").innerText(), /“A course”: 3 sections, about \d+ min/);
    assert.match(await page.locator("[data-today]").innerText(), /20\d\d/);
    await page.emulateMedia({ media: "print" });
    assert.match(await page.locator("article").innerText(), /Dani[\s\S]*nobody has checked it/);
    assert.equal(await page.locator("button:visible, input:visible").count(), 0);
    await page.emulateMedia({ media: "screen" });
    assert.deepEqual(await violations(page), []);
  });
});

test("of several modules each has its end, and the record says which were worked through", async () => {
  const origin = await serve(
    await buildOf({
      ...SEVERAL,
      "worksheets/other.md": '---\ntitle: "Worksheet #1: Other"\nmodule: two\n---\nWho?\n{: .answer #who}\n',
    }),
    "/several/",
  );
  await withContext(async (context) => {
    const page = await openPage(context, origin, "one/end.html");
    const end = page.locator(".course-end");
    assert.equal(await end.locator("h2").innerText(), "You have reached the end of this module");
    assert.match(await page.locator(".next").innerText(), /Two/);
    await page.goto(`${origin.base}two/last.html`);
    assert.equal(await end.locator("h2").innerText(), "You have reached the end");
    assert.equal(await end.getByRole("link").first().innerText(), "Worksheet #1: Other");
    assert.equal(await page.locator(".next").count(), 0);

    await end.getByRole("link", { name: "Record of completion" }).click();
    const boxes = page.getByRole("checkbox");
    assert.equal(await boxes.count(), 2);
    await page.getByLabel("Two").check();
    assert.match(await page.locator(".record-module").first().innerText(), /One\s+3 sections \d+ min/);
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await boxes.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).checked)), [
      false,
      true,
    ]);
    await page.emulateMedia({ media: "screen" });
    assert.deepEqual(await violations(page), []);
  });
});

test("a page beside the modules is no part of the way: the front door leads to it, and no list has it", async () => {
  const [origin] = origins as [Origin];
  await withContext(async (context) => {
    const page = await openPage(context, origin, "index.html");
    assert.deepEqual(await page.locator(".course-route-title").allInnerTexts(), ["Begin", "End"]);
    const toPrint = page.getByRole("link", { name: "Print or save the whole module" });
    assert.equal(await toPrint.getAttribute("href"), "print.html");
    await page.getByRole("link", { name: "For the office" }).click();
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "For the office");
    for (const part of [".reading-order", ".module-sections", "[data-progress]", ".times"]) {
      assert.equal(await page.locator(part).count(), 0, part);
    }
    await page.goto(`${origin.base}sections.html`);
    assert.equal(await page.getByText("For the office").count(), 0);
    await page.goto(`${origin.base}one/end.html`);
    assert.equal(await page.getByRole("region", { name: "You have reached the end" }).count(), 1);
  });
});

test("a narrow screen has one line of header, whose menu leads everywhere and closes by Escape", async () => {
  await withContext(
    async (context) => {
      const page = await openPage(context, origins[0]!, "one/circle.html");
      const header = await page.locator(".site-header").boundingBox();
      assert.ok(header!.height <= 64, `${header!.height}`);
      const menu = page.locator(".site-menu");
      await menu.locator("summary").click();
      assert.ok(await menu.getByRole("link", { name: "End" }).isVisible());
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press("Escape");
      assert.equal(await menu.getByRole("link", { name: "End" }).isVisible(), false);
      assert.equal(await page.evaluate(() => document.activeElement!.tagName), "SUMMARY");
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    },
    { viewport: { width: 320, height: 700 } },
  );
});

test("what the front page cannot show is told with its place and its cure", async () => {
  const content = path.join(await temporaryFolder(), "content");
  await writeFiles(content, {
    ...FILES,
    "index.md": "---\ntitle: A course\nfront:\n  picture: one/rang.svg\n  lead: one/02-cirle.md\n---\n",
    "one/03-end.md": "---\ntitle: End\nfront:\n  promise: x\n---\n",
  });
  await assert.rejects(buildForTest(content), (error: Error) => {
    for (const line of [
      /index\.md:4:3: .*"one\/rang\.svg".*did you mean/,
      /index\.md:5:3: .*"one\/02-cirle\.md".*did you mean/,
      /03-end\.md:3:1: front: is for the front page, which is index\.md beside the modules, or in the folder of a language's code; move it there, or delete it/,
    ]) {
      assert.match(error.message, line);
    }
    return true;
  });
});
