/** A course that a trainer has adapted in site.yaml alone, as a reader sees it. */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { violationsInTwoLooks } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { page as written } from "../support/content.ts";
import { NOTHING_KEPT } from "../support/contexts.ts";
import { buildOf } from "../support/sites.ts";

const SETTINGS = `name: Connected Learning for library staff
shortName: Connected Learning
library: Springfield Public Library
logo: images/logo.svg
notice:
  text: The sessions in "December" are full.
  until: 2098-12-31
  link: teens@library.example.org
sections:
  leaveOut: [mistakes]
  first: [safe]
local:
  safe:
    example: |
      Here it began with <b>a talk</b>.

      And went on.
    contact: https://library.example.org/ask/
`;

let browser: Browser;
let root: string;
before(async () => {
  const folder = await buildOf({
    "site.yaml": SETTINGS,
    "images/logo.svg":
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 100"><path d="M0 0h900v100z" fill="#14457a"/></svg>',
    "index.md": written("Welcome.", "Course"),
    "basics/index.md": written("The basics.", "Basics"),
    "basics/01-about.md": written("About it.", "About"),
    "basics/02-mistakes.md": written("On mistakes.", "Mistakes"),
    "basics/03-safe.md": written(
      '{% callout "trainer" %}\nAsk them.\n{% endcallout %}\n\nBe safe.',
      "Keeping safe",
    ),
    "es/index.md": "---\ntitle: Curso\nlang: es\n---\nHola.\n",
  });
  root = pathToFileURL(`${folder}${path.sep}`).href;
  browser = await openBrowser();
});
after(() => browser.close());

async function open(address: string, options: BrowserContextOptions = {}, day?: Date): Promise<Page> {
  const page = await browser.newPage({ ...NOTHING_KEPT, ...options });
  if (day) await page.clock.setFixedTime(day);
  await page.goto(root + address);
  return page;
}

const SAFE = "basics/safe.html";

test("pages have no barriers, and fit a phone", async () => {
  const page = await open(SAFE);
  for (const address of [SAFE, "index.html", "worksheets/record/index.html"]) {
    assert.deepEqual(await violationsInTwoLooks(page, root + address), []);
  }
  await page.close();
});

test("the logo stands in the header, as high as a line of it, and says the library's name", async () => {
  const page = await open(SAFE);
  const link = page
    .getByRole("banner")
    .getByRole("link", { name: "Springfield Public Library Connected Learning for library staff" });
  const logo = link.getByRole("img");
  assert.ok(await logo.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0));
  const { width, height } = (await logo.boundingBox())!;
  assert.ok(height <= 36 && width <= 144, `${width} by ${height}`);
  await page.close();
});

test("on a phone the name and both buttons stand in one line; on dark pages the logo has light ground", async () => {
  const page = await open(SAFE, { viewport: { width: 320, height: 600 }, colorScheme: "dark" });
  const header = page.getByRole("banner");
  const middles = await Promise.all(
    [
      header.locator(".site-name"),
      header.getByRole("button", { name: "Search" }),
      header.locator("summary"),
    ].map(async (part) => {
      const { y, height } = (await part.boundingBox())!;
      return y + height / 2;
    }),
  );
  assert.ok(Math.max(...middles) - Math.min(...middles) < 2, middles.join());
  assert.equal(
    await header.getByRole("img").evaluate((image) => getComputedStyle(image).backgroundColor),
    "rgb(255, 255, 255)",
  );
  await page.close();
});

test("the notice is there until its last day is over where the reader is, and never on paper", async () => {
  for (const timezoneId of ["Pacific/Honolulu", "Pacific/Auckland"]) {
    const last = new Date(`2098-12-31T23:59:00${timezoneId === "Pacific/Honolulu" ? "-10:00" : "+13:00"}`);
    for (const [day, isShown] of [
      [last, true],
      [new Date(last.getTime() + 120_000), false],
    ] as const) {
      const page = await open(SAFE, { timezoneId }, day);
      const notice = page.getByRole("complementary", { name: "Notice" });
      assert.equal(await notice.isVisible(), isShown, `${timezoneId} ${day.toISOString()}`);
      if (isShown) {
        const link = notice.getByRole("link", { name: "The sessions in “December” are full." });
        assert.equal(await link.getAttribute("href"), "mailto:teens@library.example.org");
        await page.emulateMedia({ media: "print" });
        assert.equal(await notice.isVisible(), false);
      }
      await page.close();
    }
  }
  const withoutScripts = await open("es/index.html", { javaScriptEnabled: false });
  const notice = withoutScripts.getByRole("complementary", { name: "Aviso" });
  assert.equal(await notice.locator("p").getAttribute("lang"), "en");
  await withoutScripts.close();
});

test("a local example stands at the end of its section, for learners, for those who lead, and on paper", async () => {
  const page = await open(SAFE);
  for (const address of [
    SAFE,
    "facilitate/basics/safe.html",
    "facilitate/basics/guide/index.html",
    "print.html",
  ]) {
    await page.goto(root + address);
    const note = page.getByRole("note", { name: "At your library" });
    assert.equal(await note.count(), 1, address);
    assert.deepEqual(await note.locator("p").allTextContents(), [
      "At your library",
      "Here it began with <b>a talk</b>.",
      "And went on.",
      "Ask: library.example.org/ask",
    ]);
    assert.equal(await note.getByRole("link").getAttribute("href"), "https://library.example.org/ask/");
  }
  await page.goto(`${root}basics/about.html`);
  assert.equal(await page.getByRole("note").count(), 0);
  await page.close();
});

test("who offers the course is said in the footer, on the record and on pages to print", async () => {
  const page = await open(SAFE);
  const offered = "Offered by Springfield Public Library";
  await page.getByRole("contentinfo").getByText(offered).waitFor();
  for (const address of ["worksheets/record/index.html", "print.html"]) {
    await page.goto(root + address);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.getByRole("main").getByText(offered).isVisible(), address);
    assert.ok(await page.getByRole("main").locator(".site-logo").isVisible(), address);
  }
  await page.close();
});

test("what is first is where the course begins, and nothing leads to what is left out", async () => {
  const page = await open("index.html");
  await page.getByRole("link", { name: /^Start/ }).click();
  assert.equal(page.url(), root + SAFE);
  assert.equal(await page.locator("nav.reading-order .next").getAttribute("href"), "about.html");
  for (const address of ["index.html", SAFE, "sections.html", "print.html", "basics/index.html"]) {
    await page.goto(root + address);
    assert.equal(await page.locator('[href*="mistakes"]').count(), 0, address);
  }
  await page.close();
});
