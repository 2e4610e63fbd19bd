/** In a browser: the manifest and its icons load under the policy, wherever the site stands; wrong addresses lead on. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { inContext, openPage } from "../support/contexts.ts";
import { buildForTest, COURSE, serve } from "../support/sites.ts";

let browser: Browser;
let folder: string;
before(async () => {
  ({ folder } = await buildForTest(COURSE));
  browser = await openBrowser();
});
after(() => browser.close());

test("in a sub-folder too a browser can put the site among a device's programs", async () => {
  const origin = await serve(folder, "/any/sub/path/");
  await inContext(browser, async (context) => {
    const page = await openPage(context, origin, "first-steps/index.html");
    const session = await context.newCDPSession(page);
    const { url, data, errors } = await session.send("Page.getAppManifest");
    assert.deepEqual(errors, []);
    assert.equal(url, `${origin.base}manifest.webmanifest`);
    const manifest = JSON.parse(data!);
    assert.equal(new URL(manifest.start_url, url).href, `${origin.base}index.html`);
    const sizes = await page.evaluate(
      (sources: string[]) =>
        Promise.all(
          sources.map(async (src) => {
            const image = new Image();
            image.src = src;
            await image.decode();
            return `${image.naturalWidth}x${image.naturalHeight}`;
          }),
        ),
      manifest.icons.map(({ src }: { src: string }) => new URL(src, url).href),
    );
    assert.deepEqual(
      sizes,
      manifest.icons.map((icon: { sizes: string }) => icon.sizes),
    );
  });
});

test("at a wrong address of any depth a reader without JavaScript finds the way back", async () => {
  const origin = await serve(folder, "/");
  await inContext(
    browser,
    async (context) => {
      const page = await openPage(context, origin, "first-steps/gone/nowhere.html");
      assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Page not found");
      for (const [link, heading] of [
        ["All sections", "All sections"],
        ["Worksheets", "Worksheets"],
        ["The front page", "A small course"],
      ] as const) {
        await page.getByRole("main").getByRole("link", { name: link }).click();
        assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), heading);
        await page.goBack();
      }
    },
    { javaScriptEnabled: false },
  );
});

test("the foot of every page leads to what the site says of accessibility and privacy", async () => {
  const origin = await serve(folder, "/any/sub/path/");
  await inContext(browser, async (context) => {
    for (const name of ["Accessibility", "Privacy"]) {
      const page = await openPage(context, origin, "first-steps/welcome.html");
      await page.getByRole("contentinfo").getByRole("link", { name }).click();
      assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), name);
    }
    const page = await openPage(context, origin, "about/privacy/index.html");
    await page.getByRole("link", { name: "My workbook" }).click();
    assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "My workbook");
  });
});
