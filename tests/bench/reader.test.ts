/** What a reader pays is counted in a real browser; here on a good line, for nobody asks how long it takes. */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { openBrowser } from "../../scripts/site/bench/browser.ts";
import { measureReader } from "../../scripts/site/bench/reader.ts";
import { inFolder } from "../support/content.ts";
import { buildForTest, CONTENT } from "../support/sites.ts";

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const GOOD = {
  network: { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
  slower: 1,
};

test("a section and a search cost requests, bytes and time", async () => {
  await inFolder(async (folder) => {
    const out = path.join(folder, "site");
    const cost = await measureReader(browser, { content: CONTENT, out, runs: 1, conditions: GOOD });
    assert.equal(cost.sections, (await buildForTest(CONTENT)).site.course.sections.length);
    assert.match(cost.section, /^connected-learning\/[\w-]+\.html$/);
    for (const { requests, bytes, ms } of [cost.text, cost.search]) {
      assert.ok(requests > 0 && bytes > 1000 && ms > 0);
    }
  });
});
