/** axe-core on every page: WCAG 2.2 A and AA and best practices; narrow and dark where a style sheet can change what is new. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { LOOKED_AT, violations } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { NOTHING_KEPT } from "../support/contexts.ts";
import {
  type BuiltSite,
  buildForTest,
  CONTENT,
  COURSE,
  inUrl,
  type Origin,
  serve,
} from "../support/sites.ts";

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 700 };

let browser: Browser;
let sites: { site: BuiltSite; origin: Origin }[];
before(async () => {
  sites = [];
  for (const content of [COURSE, CONTENT]) {
    const site = await buildForTest(content);
    sites.push({ site, origin: await serve(site.folder, "/") });
  }
  browser = await openBrowser();
});
after(() => browser.close());

/** Pages made of the texts of others: of the shipped module these are looked at where they stand by themselves. */
const OF_OTHERS = /(?:^|\/)(?:print(?:\.html$|\/)|facilitate\/)/;

/** What rules of a style sheet can name: a page that has nothing new of it looks like those before. */
const stylesIn = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll("body, body *")].flatMap(({ localName, classList }) => [
      localName,
      ...classList,
    ]),
  );

test("no page violates a rule or is too wide for 320 pixels, nor one that looks new in dark colors", async () => {
  const page = await browser.newPage({ ...LOOKED_AT, colorScheme: "light", viewport: WIDE });
  const seen = new Set<string>();
  let looks = 0;
  for (const { site, origin } of sites) {
    const { aliases } = site.site.course;
    const pages = site.pages.filter((one) => !aliases.has(one));
    for (const address of site === sites[0]!.site ? pages : pages.filter((one) => !OF_OTHERS.test(one))) {
      await page.goto(origin.base + inUrl(address));
      const styles = await stylesIn(page);
      const isNew = styles.some((one) => !seen.has(one));
      for (const one of styles) seen.add(one);
      // The costliest rule has no more to say of what does not look new.
      const without = isNew ? [] : ["color-contrast"];
      assert.deepEqual(await violations(page, without), [], address);

      await page.setViewportSize(NARROW);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${address} is ${width} pixels wide on a screen of 320`);
      if (isNew) {
        looks++;
        // Colors are the same at any width, and widths in any color.
        await page.emulateMedia({ colorScheme: "dark" });
        assert.deepEqual(await violations(page), [], `${address}, narrow and dark`);
        await page.emulateMedia({ colorScheme: "light" });
      }
      await page.setViewportSize(WIDE);
    }
  }
  assert.ok(looks > 12, `${looks} pages look new`);
  await page.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`search and settings violate no rule in ${colorScheme} colors`, async () => {
    const page = await browser.newPage({
      ...NOTHING_KEPT,
      colorScheme,
      viewport: { width: 400, height: 800 },
    });
    await page.goto(`${sites[0]!.origin.base}first-steps/welcome.html`);
    await page.getByRole("button", { name: "Settings" }).click();
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("searchbox").fill("tables");
    await page.locator(".search-results a").first().waitFor();
    assert.deepEqual(await violations(page), []);
    await page.goto(`${sites[0]!.origin.base}search.html?q=section`);
    await page.locator(".search-results a").first().waitFor();
    assert.deepEqual(await violations(page), []);
    await page.close();
  });
}
