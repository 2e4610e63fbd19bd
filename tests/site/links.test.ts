/** One build, three ways to open it: every link and anchor followed, and search asked for every section, in a browser. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { isOfTests, NOTHING_KEPT } from "../support/contexts.ts";
import {
  type BuiltSite,
  buildForTest,
  CONTENT,
  COURSE,
  inUrl,
  type Origin,
  threeOrigins,
} from "../support/sites.ts";

let browser: Browser;
let sites: BuiltSite[];
before(async () => {
  sites = [await buildForTest(COURSE), await buildForTest(CONTENT)];
  browser = await openBrowser();
});
after(() => browser.close());

/** Each of the three to every form of the dialect; to the shipped module that which forgives least, from a disk. */
const waysTo = async (site: BuiltSite): Promise<Origin[]> =>
  (await threeOrigins(site.folder)).slice(site === sites[0] ? 0 : 2);

test("every link and every anchor leads somewhere, at a root, under a path and from file://", async () => {
  for (const site of sites) {
    for (const origin of await waysTo(site)) {
      const page = await browser.newPage(NOTHING_KEPT);
      const broken: string[] = [];
      const faults = watchFaults(page);
      /** Ids of each page, by its URL. */
      const anchors = new Map<string, Set<string>>();
      const links = new Map<string, string>();
      for (const address of site.pages) {
        const url = origin.base + inUrl(address);
        await page.goto(url, { waitUntil: "load" });
        // An old address has led on by now, or is about to.
        if (site.site.course.aliases.has(address)) {
          await page.waitForURL(origin.base + inUrl(site.site.course.aliases.get(address)!.address));
          continue;
        }
        const found = await page.evaluate(() => ({
          ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
          links: [...document.querySelectorAll<HTMLAnchorElement>("a[href]")].map((link) => link.href),
        }));
        anchors.set(url, new Set(found.ids));
        for (const link of found.links) if (link.startsWith(origin.base)) links.set(link, address);
      }
      assert.ok(links.size > site.pages.length, "there are links to follow");
      for (const [link, from] of links) {
        const [url, fragment] = link.split("#") as [string, string?];
        let ids = anchors.get(url);
        if (/\.docx$/.test(url)) {
          const file = path.join(site.folder, decodeURI(url.slice(origin.base.length)));
          if (!existsSync(file)) broken.push(`${from}: ${link}: no such file`);
          continue;
        }
        if (!ids && !/\.html$/.test(url)) {
          const status = await page.evaluate(async (file) => {
            const image = new Image();
            image.src = file;
            return image.decode().then(() => "ok", String);
          }, url);
          if (status !== "ok") broken.push(`${from}: ${link}: ${status}`);
          continue;
        }
        if (!ids) {
          broken.push(`${from}: ${link}: no such page`);
          ids = new Set();
        }
        if (fragment && !ids.has(decodeURIComponent(fragment)))
          broken.push(`${from}: ${link}: no such anchor`);
      }
      assert.deepEqual(broken, [], origin.name);
      assert.deepEqual(faults, [], origin.name);
      await page.close();
    }
  }
});

test("search finds every section by its own words, in its language, in all three", async () => {
  for (const site of sites) {
    for (const origin of await waysTo(site)) {
      const page = await browser.newPage(NOTHING_KEPT);
      const faults = watchFaults(page);
      for (const { generated, sections } of site.site.course.editions) {
        await page.goto(origin.base + generated.search);
        for (const section of sections) {
          await page.getByRole("searchbox").fill(section.title);
          await page.getByRole("searchbox").press("Enter");
          const link = page.locator(`.search-results h2 a[href$="${inUrl(section.address)}"]`);
          await link.waitFor({ timeout: 20_000 });
          assert.equal(
            await link.evaluate((element: HTMLAnchorElement) => element.href),
            origin.base + inUrl(section.address),
          );
        }
      }
      assert.deepEqual(faults, [], origin.name);
      await page.close();
    }
  }
});

/** What a page complains of: errors of scripts, of the policy, of files that did not load. */
function watchFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (/^(?:error|warning)$/.test(message.type()) && !isOfTests(message)) faults.push(message.text());
  });
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`${request.url()} failed`);
  });
  return faults;
}
