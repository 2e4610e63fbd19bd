/** What holds in every layout: the order of the keyboard, rings around what has the focus, targets, room for other text. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { pagesToLayOut } from "../../scripts/site/layout/page-data.ts";
import { openBrowser } from "../support/browser.ts";
import { inContext, openPage } from "../support/contexts.ts";
import { cutText, focusIn, type Stop, smallTargets, spaceText } from "../support/in-page.ts";
import { buildForTest, CONTENT, type Origin, serve } from "../support/sites.ts";

let browser: Browser;
let origin: Origin;
let pages: string[];
/** Two of each layout, in each language. */
let samples: string[];
before(async () => {
  const site = await buildForTest(CONTENT);
  const { aliases } = site.site.course;
  pages = site.pages.filter((address) => address !== "404.html" && !aliases.has(address));
  const alike = new Map<string, string[]>();
  for (const { address, data } of pagesToLayOut(site.site)) {
    const look = `${data.layout} ${data.language}`;
    alike.set(look, [...(alike.get(look) ?? []), address].slice(0, 2));
  }
  const some = new Set([...alike.values()].flat());
  samples = pages.filter((address) => some.has(address));
  origin = await serve(site.folder, "/");
  browser = await openBrowser();
});
after(() => browser.close());

const MODULE = "connected-learning/";
const LAYOUTS = [
  "index.html",
  `${MODULE}index.html`,
  `${MODULE}interests.html`,
  `${MODULE}glossary.html`,
  "worksheets/your-starting-point.html",
  "worksheets/index.html",
  "worksheets/workbook/index.html",
  "sections.html",
  "search.html",
  "worksheets/record/index.html",
];

/** Parts of a page, the inner before the outer. */
const REGIONS = [
  ".skip-link",
  ".breadcrumbs",
  ".site-header",
  ".sidebar",
  ".contents",
  ".contents-fold",
  ".section-body",
  ".page-header",
  ".reading-order",
  "main",
  ".site-footer",
];

/** Where Tab leads, from the top of the page to its end. */
async function stopsIn(page: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  // Questions become forms when they are near, which moves what is below them.
  const choices = page.locator("[data-choose]").first();
  if (await choices.count()) {
    await choices.scrollIntoViewIfNeeded();
    await page.locator(".question-form").first().waitFor();
    await page.evaluate(() => scrollTo(0, 0));
  }
  await page.keyboard.press("Tab");
  const hasHeadings = await page.locator(".section-body :is(h2, h3)[id]").count();
  if (hasHeadings) await page.locator(".heading-link").first().waitFor({ state: "attached" });
  for (let stop = await focusIn(page, REGIONS); stop; stop = await focusIn(page, REGIONS)) {
    stops.push(stop);
    assert.ok(stops.length < 250, "the end of the page is never reached");
    await page.keyboard.press("Tab");
  }
  return stops;
}

const regionsOf = (stops: readonly Stop[]) =>
  stops.map(({ region }) => region).filter((region, index, all) => region !== all[index - 1]);

/** The order of reading, by layout and width. */
const ORDERS: [address: string, width: number, regions: string][] = [
  ["index.html", 1280, ".skip-link .site-header main .section-body main .site-footer"],
  [
    `${MODULE}index.html`,
    1280,
    ".skip-link .site-header .breadcrumbs .page-header .section-body main .reading-order .site-footer",
  ],
  [
    `${MODULE}interests.html`,
    1280,
    ".skip-link .site-header .sidebar .breadcrumbs .contents .section-body main .reading-order .site-footer",
  ],
  [
    `${MODULE}interests.html`,
    390,
    ".skip-link .site-header .contents-fold .section-body main .reading-order .site-footer",
  ],
  [
    "worksheets/your-starting-point.html",
    1280,
    ".skip-link .site-header .breadcrumbs .page-header main .section-body main .reading-order .site-footer",
  ],
  ["search.html?q=vouching", 1280, "main .site-footer"],
  ["sections.html", 390, ".skip-link .site-header .breadcrumbs .page-header main .site-footer"],
];

for (const [address, width, regions] of ORDERS) {
  test(`Tab goes through ${address}, ${width} pixels wide, as it is read, and each stop is seen with its whole ring`, async () => {
    await inContext(
      browser,
      async (context) => {
        const page = await openPage(context, origin, address);
        // Search begins in its field, when that has come.
        if (address.includes("?")) await page.locator(".search-results a").first().waitFor();
        const stops = await stopsIn(page);
        assert.equal(regionsOf(stops).join(" "), regions);
        for (const [index, { name, region, y, fault }] of stops.entries()) {
          assert.equal(fault, "", `${name} in ${region}`);
          const before = stops[index - 1];
          // Two in one line may differ in height; a sidebar stays while its list scrolls.
          if (before?.region === region && region !== ".sidebar")
            assert.ok(y > before.y - 30, `${name} stands above ${before.name}`);
        }
      },
      { viewport: { width, height: 800 } },
    );
  });
}

test("on the narrowest phone the header has one line, with both words of the course's short name", async () => {
  await inContext(
    browser,
    async (context) => {
      const page = await openPage(context, origin, "sections.html");
      const tops = await page
        .locator(".site-name, .search-button, .site-menu")
        .evaluateAll((all) =>
          all.map((one) => one.getBoundingClientRect()).map((box) => box.y + box.height / 2),
        );
      assert.equal(new Set(tops.map(Math.round)).size, 1, `${tops}`);
    },
    { viewport: { width: 320, height: 640 } },
  );
});

test("on pages of every layout the skip link leads to the title, from where Tab goes on into the text", async () => {
  await inContext(browser, async (context) => {
    const page = await openPage(context, origin, "");
    for (const address of samples) {
      await page.goto(origin.base + address);
      const target = await page.locator(".skip-link").getAttribute("href");
      assert.equal(await page.locator(`h1${target}`).count(), 1, address);
      // Its field has the focus as soon as it is there.
      if (address.endsWith("search.html")) continue;
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const at = await page.evaluate(() => {
        const { tagName, id } = document.activeElement!;
        return `${tagName} ${id} ${getComputedStyle(document.activeElement!).outlineStyle}`;
      });
      assert.equal(at, "H1 site--title solid", address);
    }
  });
});

/** Looks at a page as it is, and where `isWhole` says so with each thing open that may lie over it. */
async function lookAt(page: Page, isWhole: boolean, look: (what: string) => Promise<void>): Promise<void> {
  await look("the page");
  if (!isWhole) return;
  await page.locator(".site-menu summary").click();
  await look("the menu");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("dialog").waitFor();
  await look("the settings");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("searchbox").fill("teen intrests");
  await page.locator("dialog .search-results a").first().waitFor();
  await look("search");
  await page.keyboard.press("Escape");
  const term = page.locator("[data-term]").first();
  if (!(await term.count())) return;
  // The pointer that comes to it loads what explains it.
  await term.hover();
  await page.locator("[data-term][aria-haspopup]").first().waitFor();
  await term.click();
  await page.locator(".term-box").waitFor();
  await look("a term");
}

/** Those that differ in their style sheets: what lies over the others is the same. */
const WHOLE = ["index.html", `${MODULE}interests.html`, "worksheets/your-starting-point.html"];

test("on a phone targets have 24 pixels or room around them, also in the menu, in search and in the settings", async () => {
  const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  await inContext(
    browser,
    async (context) => {
      for (const address of LAYOUTS) {
        const page = await openPage(context, origin, address);
        await page.keyboard.press("Tab");
        if (await page.locator(".section-body h2[id]").count())
          await page.locator(".heading-link").first().waitFor();
        await lookAt(page, WHOLE.includes(address), async (what) =>
          assert.deepEqual(await smallTargets(page), [], `${address}, ${what}`),
        );
        await page.close();
      }
    },
    options,
  );
});

test("no text is cut off where a reader spaces it out on a page of 320 by 256 pixels, as at 400 % zoom", async () => {
  await inContext(
    browser,
    async (context) => {
      for (const address of LAYOUTS) {
        const page = await openPage(context, origin, address);
        await spaceText(page);
        await lookAt(page, WHOLE.includes(address), async (what) =>
          assert.deepEqual(await cutText(page), [], `${address}, ${what}`),
        );
        await page.close();
      }
    },
    { viewport: { width: 320, height: 256 } },
  );
});
