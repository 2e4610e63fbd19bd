/** What helps with a text beyond reading it: terms explained, links of headings, folds that open for a link into them. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { violations } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { inContext, openPage } from "../support/contexts.ts";
import { buildOf, type Origin, threeOrigins } from "../support/sites.ts";

const CIRCLE = `---
title: A circle
---
A [third space](03-glossary.md#third-space) is neither home nor work, and has **[maker spaces](03-glossary.md#maker-space)**.

The [glossary](03-glossary.md) has more, by [letters](03-glossary.md#letters).

## The first idea

Text.

{% callout "activity" %}

### [The plan](../worksheets/plan.md){:target="_blank"}

Write it.

{% endcallout %}

<details markdown="1">
<summary>More</summary>

<details markdown="1">
<summary>Still more</summary>

### Deep down

Here.

</details>

</details>
`;
const GLOSSARY = `---
title: Our words
---
## Letters

### Third space

A place *between* home and work. See [the plan](../worksheets/plan.md#one).

It costs nothing.

![A room](room.png)

More that only the glossary has.

Maker space
Workshop
: A room to build things in.
`;

let browser: Browser;
let origins: Origin[];
before(async () => {
  const folder = await buildOf({
    "one/01-circle.md": CIRCLE,
    "one/03-glossary.md": GLOSSARY,
    "one/room.png": "",
    "two/01-other.md": "---\ntitle: Other\n---\nA [place](../one/03-glossary.md#third-space).\n",
    "worksheets/plan.md": "---\ntitle: The plan\n---\n## One\n",
  });
  origins = await threeOrigins(folder);
  browser = await openBrowser();
});
after(() => browser.close());

async function inPage(
  use: (page: Page, origin: Origin) => Promise<void>,
  { on = origins.slice(0, 1), address = "one/circle.html", ...options }: Options = {},
): Promise<void> {
  for (const origin of on) {
    await inContext(
      browser,
      async (context) => use(await openPage(context, origin, address), origin),
      options,
    );
  }
}
interface Options extends BrowserContextOptions {
  on?: Origin[];
  address?: string;
}

const term = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const box = (page: Page) => page.locator(".term-box");
const hasFocus = (page: Page, selector: string) =>
  page.evaluate((what) => document.activeElement?.matches(what), selector);
/** The first sign of a reader at work. */
async function begin(page: Page): Promise<void> {
  await page.locator(".section-body h2").first().hover();
  await page.locator(".heading-link").first().waitFor({ state: "attached" });
  await page.mouse.move(0, 0);
}

test("a term is explained where it stands, over http and from a disk, from any folder, with links that lead on", async () => {
  for (const [address, name] of [
    ["one/circle.html", "third space"],
    ["two/other.html", "place"],
  ] as const) {
    await inPage(
      async (page, { base }) => {
        await term(page, name).hover();
        await page.locator("[data-term][aria-haspopup=dialog]").first().waitFor();
        await term(page, name).click();
        const dialog = page.getByRole("dialog", { name: "Third space" });
        await dialog.waitFor();
        assert.equal(
          (await dialog.innerText()).replace(/\s+/g, " "),
          "Third space A place between home and work. See the plan. It costs nothing. In the glossary Close",
        );
        const links = await dialog
          .locator("a")
          .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
        assert.deepEqual(links, [`${base}worksheets/plan.html#one`, `${base}one/glossary.html#third-space`]);
        assert.ok(await hasFocus(page, ".term-box"));
        assert.ok(page.url().endsWith(address));
      },
      { on: origins, address },
    );
  }
});

test("Escape, Close, a click elsewhere and a second click take it away; the focus comes back", async () => {
  await inPage(async (page) => {
    await begin(page);
    const link = term(page, "maker spaces");
    const isShown = async (is: boolean) => {
      await box(page).waitFor({ state: is ? "visible" : "hidden" });
    };
    await link.focus();
    await page.keyboard.press("Enter");
    await isShown(true);
    assert.match(await box(page).innerText(), /^Maker space\s+A room to build things in\.\s/);
    await page.keyboard.press("Escape");
    await isShown(false);
    assert.ok(await hasFocus(page, "[data-term]"));
    await link.click();
    await isShown(true);
    await page.getByRole("button", { name: "Close" }).click();
    await isShown(false);
    await link.click();
    await isShown(true);
    await link.click();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    await isShown(false);
    await link.click();
    await isShown(true);
    await page.locator("h1").click();
    await isShown(false);
    // By the keyboard the text goes on behind it.
    await link.focus();
    await page.keyboard.press("Enter");
    await isShown(true);
    for (let stop = 0; stop < 3; stop++) await page.keyboard.press("Tab");
    await isShown(false);
    assert.equal(await page.evaluate(() => document.activeElement!.textContent), "glossary");
  });
});

test("with a key held down, without popovers, without the script and where nothing is explained the link is followed", async () => {
  await inPage(async (page) => {
    await begin(page);
    // What a tab of its own does when it comes is the browser's.
    await page.evaluate(`addEventListener("click", (event) => {
      document.title = String(event.defaultPrevented);
      event.preventDefault();
    })`);
    for (const key of ["Control", "Meta", "Shift", "Alt"] as const) {
      await term(page, "third space").click({ modifiers: [key] });
      assert.equal(await page.title(), "false", key);
      assert.equal(await box(page).count(), 0);
    }
    await term(page, "third space").click();
    assert.equal(await page.title(), "true");
    await box(page).waitFor();
    await page.keyboard.press("Escape");
    await term(page, "letters").click();
    await page.waitForURL(/glossary\.html#letters$/);
    await page.goBack();
    await begin(page);
    await page.route(/assets\/terms/, (route) => route.abort());
    await term(page, "third space").click();
    await page.waitForURL(/glossary\.html#third-space$/);
  });
  await inContext(browser, async (context) => {
    await context.addInitScript("delete HTMLElement.prototype.popover");
    const page = await openPage(context, origins[0]!, "one/circle.html");
    await begin(page);
    await term(page, "third space").click();
    await page.waitForURL(/glossary\.html#third-space$/);
  });
  await inPage(
    async (page) => {
      await term(page, "third space").click();
      await page.waitForURL(/glossary\.html#third-space$/);
    },
    { javaScriptEnabled: false },
  );
});

test("a finger's first touch on a term explains it too, when what does so has come, or else follows the link", async () => {
  for (const comes of [true, false]) {
    await inContext(
      browser,
      async (context) => {
        const page = await openPage(context, origins[0]!, "one/circle.html");
        let release = () => {};
        const touched = new Promise<void>((resolve) => {
          release = resolve;
        });
        await page.route(/assets\/reading-[^/]*\.js/, async (route) => {
          await touched;
          await (comes ? route.continue() : route.abort());
        });
        await term(page, "third space").tap();
        assert.match(page.url(), /one\/circle\.html$/);
        release();
        if (comes) await box(page).waitFor();
        else await page.waitForURL(/glossary\.html#third-space$/);
      },
      { hasTouch: true },
    );
  }
});

test("a page asks for nothing of it before its reader is at work, and for the terms only when one is wanted", async () => {
  await inContext(browser, async (context) => {
    const asked: string[] = [];
    const page = await context.newPage();
    // The page's own: what is kept for use without a network, a worker asks for.
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${origins[0]!.base}one/circle.html`);
    const of = (what: RegExp) => asked.filter((url) => what.test(url)).length;
    assert.equal(asked.length, 3);
    await begin(page);
    assert.deepEqual([of(/assets\/reading/), of(/assets\/terms/)], [3, 0]);
    for (const name of ["third space", "maker spaces"]) {
      await term(page, name).click();
      await box(page).waitFor();
      await page.keyboard.press("Escape");
    }
    assert.equal(of(/assets\/terms/), 1);
  });
});

test("what explains a term is near it, and on a phone at the foot of the screen; paper has nothing of it", async () => {
  for (const width of [1280, 390, 320]) {
    await inPage(
      async (page) => {
        await begin(page);
        await term(page, "maker spaces").click();
        const [link, shown] = [await term(page, "maker spaces").boundingBox(), await box(page).boundingBox()];
        assert.ok(shown!.x >= 0 && shown!.x + shown!.width <= width, `${width}: ${JSON.stringify(shown)}`);
        if (width > 640) assert.ok(Math.abs(shown!.y - link!.y - link!.height) < 16);
        else assert.equal(Math.round(shown!.y + shown!.height), 700);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
        await page.emulateMedia({ media: "print" });
        assert.ok(await box(page).isHidden());
        assert.equal(await page.locator(".heading-link").first().isVisible(), false);
      },
      { viewport: { width, height: 700 } },
    );
  }
});

test("headings have a button that copies their link and says so; their names stay as they are", async () => {
  await inPage(
    async (page, { base }) => {
      await begin(page);
      const names = await page
        .locator(".heading-link")
        .evaluateAll((all) => all.map((one) => one.textContent!.trim()));
      assert.deepEqual(names, [
        "Copy the link to “The first idea”",
        "Copy the link to “The plan”",
        "Copy the link to “Deep down”",
      ]);
      const heading = page.getByRole("heading", { name: "The first idea", exact: true });
      const button = page.getByRole("button", { name: "Copy the link to “The first idea”" });
      const opacity = () => button.evaluate((one) => getComputedStyle(one).opacity);
      assert.equal(await opacity(), "0");
      await heading.hover();
      assert.equal(await opacity(), "1");
      await page.locator("h1").hover();
      await button.focus();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Shift+Tab");
      assert.equal(await opacity(), "1");
      await page.keyboard.press("Enter");
      await page.locator("[aria-live]").getByText("Link copied").waitFor();
      assert.equal(
        await page.evaluate("navigator.clipboard.readText()"),
        `${base}one/circle.html#the-first-idea`,
      );
      assert.ok(page.url().endsWith("one/circle.html"));
    },
    { on: [origins[1]!], permissions: ["clipboard-read", "clipboard-write"] },
  );
});

test("where nothing may be copied, the address bar has the link", async () => {
  for (const clipboard of ["undefined", "{ writeText: () => Promise.reject(new Error('no')) }"]) {
    await inContext(browser, async (context) => {
      await context.addInitScript(`Object.defineProperty(navigator, "clipboard", { value: ${clipboard} })`);
      const page = await openPage(context, origins[2]!, "one/circle.html");
      await begin(page);
      await page.getByRole("button", { name: "Copy the link to “The first idea”" }).press("Enter");
      await page.locator("[aria-live]").getByText("The link is in the address bar").waitFor();
      assert.ok(page.url().endsWith("#the-first-idea"));
    });
  }
});

test("a heading's button stands behind its last word, and moves no text", async () => {
  const options: Options[] = [
    { viewport: { width: 1280, height: 800 } },
    { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true },
  ];
  for (const one of options) {
    await inPage(async (page) => {
      const places = () =>
        page
          .locator(".section-body > *:not(.heading-link)")
          .evaluateAll((all) => all.map((part) => part.getBoundingClientRect().y));
      const before = await places();
      if (one.hasTouch) await page.locator("h1").tap();
      else await begin(page);
      const heading = page.getByRole("heading", { name: "The first idea" });
      await page.waitForFunction(() => document.querySelector<HTMLElement>(".heading-link")?.style.transform);
      assert.deepEqual(await places(), before);
      const [button, text] = await heading.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const { right, top, bottom } = range.getBoundingClientRect();
        const { x, y, width, height } = element.nextElementSibling!.getBoundingClientRect();
        return [
          { x, middle: y + height / 2, width, height },
          { right, top, bottom },
        ] as const;
      });
      assert.ok(button.x >= text.right && button.x < text.right + 8);
      assert.ok(button.middle > text.top && button.middle < text.bottom);
      assert.ok(button.width >= 24 && button.height >= 24);
      if (one.hasTouch)
        assert.equal(
          await heading.evaluate((element) => getComputedStyle(element.nextElementSibling!).opacity),
          "1",
        );
    }, one);
  }
});

test("folds open for a link into them, also where the browser leaves them closed", async () => {
  // As Safari 15 and Firefox 115 do.
  const closing = `for (const sign of ["hashchange", "load"]) addEventListener(sign, () => {
    for (const fold of document.querySelectorAll("details")) fold.open = false;
  })`;
  await inContext(browser, async (context) => {
    await context.addInitScript(closing);
    for (const origin of origins) {
      const page = await openPage(context, origin, "one/circle.html#deep-down");
      const heading = page.getByRole("heading", { name: "Deep down" });
      await heading.waitFor();
      assert.ok(await heading.evaluate((one) => one.getBoundingClientRect().y < innerHeight));
      await page.goto(`${origin.base}one/circle.html#the-first-idea`);
      await heading.waitFor({ state: "hidden" });
      await page.evaluate(() => location.assign("#deep-down"));
      await heading.waitFor();
      await page.goto(`${origin.base}one/circle.html#%E0%A4%A`);
      await page.close();
    }
  });
});

for (const [colorScheme, width] of [
  ["light", 1280],
  ["dark", 320],
] as const) {
  test(`axe finds nothing in ${colorScheme} colors while a term is explained and links are offered`, async () => {
    await inPage(
      async (page) => {
        await begin(page);
        await page.locator(".heading-link").first().focus();
        assert.deepEqual(await violations(page), []);
        await page.keyboard.press("Enter");
        await page.locator("[aria-live]").getByText("link").waitFor();
        assert.deepEqual(await violations(page), []);
        await term(page, "third space").click();
        await box(page).waitFor();
        assert.deepEqual(await violations(page), []);
      },
      { colorScheme, viewport: { width, height: 700 } },
    );
  });
}
