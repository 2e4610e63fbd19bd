/** Questions for oneself, in a browser: chosen, checked, told beside the choice, kept in this browser only. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { serveFile } from "../../scripts/site/output/static-server.ts";
import { violations } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { inContext } from "../support/contexts.ts";
import { buildOf, type Origin, serve, threeOrigins } from "../support/sites.ts";

const CIRCLE = `---
title: A circle
---
{% callout "question" %}
### Who brokers?

Kay repairs bicycles.

- [ ] Who orders a book

  The book feeds an [interest](#who-brokers).
- [x] Who introduces Kay to the shop

  A person and a next step.
- [ ] Who hangs up a poster

  Nobody reads it.
{% endcallout %}

{% callout "question" %}
Which are interests?

- [x] Anime

  She draws it.
- [x] Fishing

  With her grandfather.
- [ ] A good mark

  That is a result.
{% endcallout %}

{% callout "question" %}
### In your words

What does a broker do?

> Introduces people.
{% endcallout %}
`;
const PLAIN = "---\ntitle: Plain\n---\nNothing is asked here.\n";

let browser: Browser;
let folder: string;
let origins: Origin[];
before(async () => {
  folder = await buildOf({ "one/01-circle.md": CIRCLE, "one/02-plain.md": PLAIN });
  origins = await threeOrigins(folder);
  browser = await openBrowser();
});
after(() => browser.close());

const withContext = (use: (context: BrowserContext) => Promise<void>, options?: BrowserContextOptions) =>
  inContext(browser, use, options);

async function open(context: BrowserContext, { base }: Origin, address = "one/circle.html"): Promise<Page> {
  const page = await context.newPage();
  await page.goto(base + address);
  if (await page.locator(".search-button").evaluate((search) => search instanceof HTMLButtonElement)) {
    await untilMade(page);
  }
  return page;
}

/** A form is made of a question when that is near. */
async function untilMade(page: Page): Promise<void> {
  const questions = await page.locator("[data-choose]").count();
  if (questions)
    await page
      .locator(".question-form")
      .nth(questions - 1)
      .waitFor();
}

const questionAt = (page: Page, index: number) => page.locator("[data-question]").nth(index);
const chosenIn = (page: Page) =>
  page.locator("input:checked").evaluateAll((inputs) => inputs.map((one) => one.parentElement!.textContent));
/** What assistive technology has been told: the texts of all live regions. */
const toldIn = (page: Page, index: number) =>
  questionAt(page, index)
    .getByRole("status")
    .evaluateAll((places) =>
      places.map((place) => (place as HTMLElement).innerText.replace(/\s+/g, " ").trim()),
    );

test("a choice is checked as often as one likes, over http and from a disk", async () => {
  for (const origin of origins) {
    await withContext(async (context) => {
      const page = await open(context, origin);
      const question = questionAt(page, 0);
      const check = question.getByRole("button", { name: "Check" });
      assert.deepEqual(await toldIn(page, 0), ["", "", "", ""], origin.name);

      await check.click();
      assert.deepEqual(await toldIn(page, 0), ["", "", "", "Choose first."]);
      await question.getByLabel("Who orders a book").check();
      await check.click();
      assert.deepEqual(await toldIn(page, 0), ["Not this one The book feeds an interest.", "", "", ""]);

      await question.getByLabel("Who introduces Kay").check();
      assert.deepEqual(await toldIn(page, 0), ["", "", "", ""], "what was told is of another choice");
      await check.click();
      assert.deepEqual(await toldIn(page, 0), ["", "Right A person and a next step.", "", ""]);
    });
  }
});

test("where several choices are right, it is told that one is missing", async () => {
  await withContext(async (context) => {
    const page = await open(context, origins[0]!);
    const question = questionAt(page, 1);
    const check = question.getByRole("button", { name: "Check" });
    await question.getByLabel("Anime").check();
    await check.click();
    assert.deepEqual(await toldIn(page, 1), [
      "Right She draws it.",
      "",
      "",
      "And there is more: another choice is right too.",
    ]);
    await question.getByLabel("Fishing").check();
    await question.getByLabel("A good mark").check();
    await check.click();
    assert.deepEqual(await toldIn(page, 1), [
      "Right She draws it.",
      "Right With her grandfather.",
      "Not this one That is a result.",
      "",
    ]);
  });
});

test("choices are there again after a reload, and on no other site of the host or the disk", async () => {
  const other = await buildOf({ "one/01-circle.md": CIRCLE });
  const others = [await serve(other, "/other/"), ...(await threeOrigins(other)).slice(2)];
  await withContext(async (context) => {
    for (const origin of origins) {
      const page = await open(context, origin);
      assert.deepEqual(await chosenIn(page), [], `${origin.name} before`);
      await page.getByLabel("Who hangs up").check();
      await page.getByLabel("Fishing").check();
      await page.reload();
      await untilMade(page);
      await page.locator(".question-form :checked").nth(1).waitFor({ state: "attached" });
      assert.deepEqual(await chosenIn(page), ["Who hangs up a poster", "Fishing"], origin.name);
      await page.close();
    }
    for (const origin of others) {
      assert.deepEqual(await chosenIn(await open(context, origin)), [], `other: ${origin.name}`);
    }
  });
});

test("choices are kept under a name that does not change: the page and the id of the question's title", async () => {
  await withContext(async (context) => {
    const page = await open(context, origins[0]!);
    assert.deepEqual(
      await page
        .locator("[data-question]")
        .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.question)),
      ["who-brokers", "2", "in-your-words"],
    );
    await page.getByLabel("Who orders a book").check();
    const kept = await page.evaluate(() =>
      Object.entries(localStorage).filter(([key]) => key.includes("question")),
    );
    assert.deepEqual(kept, [
      [`site ${origins[0]!.base} question one/circle.html#who-brokers`, '["Who orders a book"]'],
    ]);
    await page.getByRole("note", { name: "Check yourself Who brokers?", exact: true }).waitFor();
  });
});

test("a choice is known again by its words when a new release has changed their order", async () => {
  const served = { folder };
  const later = await buildOf({
    "one/01-circle.md": CIRCLE.replace(
      "- [ ] Who orders a book",
      "- [ ] Who waits\n\n  Long.\n- [ ] Who orders a book",
    ),
  });
  const server = createServer(
    (request, response) => void serveFile(served.folder, request, response, { prefix: "/" }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await withContext(async (context) => {
    const page = await open(context, { base: `http://127.0.0.1:${port}/`, name: "/" });
    await page.getByLabel("Who orders a book").check();
    served.folder = later;
    await page.reload();
    await untilMade(page);
    assert.equal(await page.getByRole("radio").count(), 4);
    assert.deepEqual(await chosenIn(page), ["Who orders a book"]);
  });
  server.close();
});

test("what is kept may be anything, and storage may be off", async () => {
  for (const poison of ["{", "7", '{"length":3}', '["<img src=x onerror=alert(1)>"]', '[[["Anime"]]]']) {
    await withContext(async (context) => {
      await context.addInitScript((value) => {
        Storage.prototype.getItem = () => value;
      }, poison);
      const page = await open(context, origins[0]!);
      page.on("pageerror", (error) => assert.fail(`${poison}: ${error}`));
      assert.deepEqual(await chosenIn(page), [], poison);
      await page.getByLabel("Anime").check();
    });
  }
  await withContext(async (context) => {
    await context.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new DOMException("forbidden", "SecurityError");
        },
      });
    });
    const page = await open(context, origins[0]!);
    await page.getByLabel("Who introduces Kay").check();
    await questionAt(page, 0).getByRole("button", { name: "Check" }).click();
    assert.equal((await toldIn(page, 0))[1], "Right A person and a next step.");
  });
});

test("the keyboard is enough", async () => {
  await withContext(async (context) => {
    const page = await open(context, origins[0]!);
    await page.getByLabel("Who orders a book").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal((await toldIn(page, 0))[1], "Right A person and a next step.");
    // The button keeps the focus, to check again.
    assert.equal(await page.evaluate(() => document.activeElement!.textContent), "Check");
  });
});

test("without JavaScript the answers are folded below, by the letters of the choices", async () => {
  await withContext(
    async (context) => {
      const page = await open(context, origins[0]!);
      assert.equal(await page.getByRole("button", { name: "Check" }).count(), 0);
      const answer = page.getByText("A person and a next step.");
      assert.equal(await answer.isVisible(), false);
      await page.getByText("Answers", { exact: true }).first().click();
      assert.equal(await answer.isVisible(), true);
      await page.getByText("An answer to compare with").click();
      assert.equal(await page.getByText("Introduces people.").isVisible(), true);
    },
    { javaScriptEnabled: false },
  );
});

test("paper has the choices and the answers below, each once, and no button", async () => {
  await withContext(async (context) => {
    const page = await open(context, origins[0]!);
    await page.getByLabel("Who introduces Kay").check();
    await questionAt(page, 0).getByRole("button", { name: "Check" }).click();
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    const seen = await questionAt(page, 0).evaluate((question: HTMLElement) => question.innerText);
    assert.equal(seen.split("A person and a next step.").length - 1, 1);
    assert.match(seen, /Who hangs up a poster[\s\S]*Answers[\s\S]*Nobody reads it\./);
    assert.doesNotMatch(seen, /Check$/m);
  });
});

test("axe finds nothing, before and after, in light, in dark and on a narrow screen", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    await withContext(
      async (context) => {
        const page = await open(context, origins[0]!);
        assert.deepEqual(await violations(page), []);
        await page.getByLabel("Who orders a book").check();
        await page.getByLabel("Anime").check();
        for (const button of await page.getByRole("button", { name: "Check" }).all()) await button.click();
        await page.getByText("An answer to compare with").click();
        assert.deepEqual(await violations(page), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
      },
      { colorScheme, viewport: { width: 320, height: 700 } },
    );
  }
});

test("search tells no answer, and a page without a question loads nothing of it", async () => {
  await withContext(async (context) => {
    const asked: string[] = [];
    context.on("request", (request) => asked.push(request.url()));
    const page = await open(context, origins[0]!, "one/plain.html");
    assert.equal(asked.filter((url) => url.includes("questions")).length, 0);
    await page.goto(`${origins[0]!.base}search.html?q=grandfather`);
    await page.getByText("Nothing found").waitFor();
  });
});
