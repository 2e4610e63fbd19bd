/** axe-core on every page: WCAG 2.2 A and AA and best practices, light and dark, narrow and wide. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { openBrowser } from "../../scripts/site/bench/browser.ts";
import { violations, violationsAtAnyWidth } from "../support/axe.ts";
import {
  type BuiltSite,
  buildForTest,
  CONTENT,
  COURSE,
  inUrl,
  type Origin,
  serve,
} from "../support/sites.ts";

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

for (const colorScheme of ["light", "dark"] as const) {
  test(`no page violates a rule in ${colorScheme} colors, 320 and 1280 pixels wide`, async () => {
    const page = await browser.newPage({ colorScheme });
    for (const { site, origin } of sites) {
      for (const address of site.pages.filter((one) => !site.site.course.aliases.has(one))) {
        assert.deepEqual(await violationsAtAnyWidth(page, origin.base + inUrl(address)), []);
      }
    }
    await page.close();
  });

  test(`search and settings violate no rule in ${colorScheme} colors`, async () => {
    const page = await browser.newPage({ colorScheme, viewport: { width: 400, height: 800 } });
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
