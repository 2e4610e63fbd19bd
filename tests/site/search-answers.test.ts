/** Search that forgives: what it answers to words that are there, half typed, mistyped or not there; and its dialog. */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { launchOptions } from "../../scripts/site/bench/browser.ts";
import { violations } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { inContext } from "../support/contexts.ts";
import {
  buildForTest,
  CONTENT,
  type Origin,
  serve,
  temporaryFolder,
  threeOrigins,
} from "../support/sites.ts";

let browser: Browser;
let origins: Origin[];
before(async () => {
  origins = await threeOrigins((await buildForTest(CONTENT)).folder);
  browser = await openBrowser();
});
after(() => browser.close());

const SECTION = "connected-learning/interests.html";

const results = (page: Page) => page.locator(".search-results > li");
const titles = (page: Page) => page.locator(".search-results :is(h2, h3) a");
const field = (page: Page) => page.getByRole("searchbox");
const status = (page: Page) => page.getByRole("status");
const offer = (page: Page) => page.locator("[data-offer] a");
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? "");

/** A section of the module with its dialog open, for one reader. */
async function inSearch(
  use: (page: Page) => Promise<void>,
  { origin = origins[0]!, ...options }: BrowserContextOptions & { origin?: Origin } = {},
): Promise<void> {
  await inContext(
    browser,
    async (context) => {
      const page = await context.newPage();
      await page.goto(origin.base + SECTION);
      await page.keyboard.press("Control+k");
      await field(page).waitFor();
      await use(page);
    },
    options,
  );
}

/** Types words; what is said when all is done. */
async function ask(page: Page, words: string): Promise<string> {
  await field(page).fill(words);
  await status(page)
    .filter({ hasText: /^(?!Searching).*“.*”/ })
    .waitFor();
  // What is said of the words before is no answer to these.
  await page.waitForFunction((words) => {
    const said = document.querySelector("dialog [data-status]")!.textContent!;
    return words.split(" ").every((word) => said.includes(word));
  }, words);
  return (await status(page).textContent())!;
}

test("a word that is there is found in each of its forms, and from its beginning on", async () => {
  await inSearch(async (page) => {
    for (const [words, mark] of [
      ["teen", /^teen/i],
      ["connecting", /^connect/i],
      ["co-learning", /^co-?learning/i],
      ["colearning", /^co-?learning/i],
      ["YOUmedia", /^youmedia/i],
      ["libraries", /^librar/i],
      ["inter", /^inter/i],
      ["facilitator’s", /^facilitat/i],
      ["learning circle", /^(?:(?:co-?)?learn|circle)/i],
    ] as const) {
      assert.match(await ask(page, words), new RegExp(`^\\d+ results? for “${words}”$`));
      const marks = await page.locator(".search-results mark").allTextContents();
      assert.ok(marks.length, words);
      for (const marked of marks) assert.match(marked, mark, words);
    }
  });
});

test("a mistyped word is never answered with part of it, and the word that was meant is offered", async () => {
  for (const origin of origins) {
    await inSearch(
      async (page) => {
        for (const [typed, meant] of [
          ["freind", "friends"],
          ["intrests", "interests"],
          ["relashionships", "relationships"],
          ["intrests relashionships", "interests relationships"],
        ]) {
          const said = await ask(page, typed!);
          assert.equal(said, `Nothing found for “${typed}”. Did you mean “${meant}”?`, origin.name);
          assert.equal(await results(page).count(), 0, typed);
        }
        await offer(page).click();
        await status(page)
          .filter({ hasText: /^\d+ results for “interests relationships”$/ })
          .waitFor();
        assert.equal(await field(page).inputValue(), "interests relationships");
        assert.equal(await focused(page), "site--query");
        assert.ok(await results(page).count());
      },
      { origin },
    );
  }
});

test("the offer is a link to what was meant, which the arrow keys reach", async () => {
  await inSearch(async (page) => {
    await ask(page, "freind");
    assert.match((await offer(page).getAttribute("href"))!, /search\.html\?q=friends$/);
    await page.keyboard.press("ArrowDown");
    assert.ok(await offer(page).evaluate((link) => link === document.activeElement));
    await page.keyboard.press("Enter");
    await status(page)
      .filter({ hasText: /results for “friends”$/ })
      .waitFor();
    assert.equal(await focused(page), "site--query");
  });
});

test("of several words those that are there are found, and it is said which is not", async () => {
  await inSearch(async (page) => {
    assert.match(
      await ask(page, "teen intrests"),
      /^No text has “intrests”\. Did you mean “teen interests”\? \d+ results for “teen”$/,
    );
    for (const marked of await page.locator(".search-results mark").allTextContents())
      assert.match(marked, /^teen/i);
    assert.match(await ask(page, "teen xyzzy"), /^No text has “xyzzy”\. \d+ results for “teen”$/);
  });
});

test("words are loaded for a word that is not there, and for no other", async () => {
  await inContext(browser, async (context) => {
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(origins[0]!.base + SECTION);
    await page.keyboard.press("/");
    for (const words of ["connecting", "libraries", "inter"]) await ask(page, words);
    assert.equal(asked.filter((url) => /words\.js/.test(url)).length, 0);
    for (const words of ["freind", "intrests"]) await ask(page, words);
    assert.equal(asked.filter((url) => /words\.js/.test(url)).length, 1);
  });
});

test("where the words cannot be had, nothing is offered and all else is as it was", async () => {
  await inSearch(async (page) => {
    await page.route(/words\.js/, (route) => route.abort());
    assert.equal(await ask(page, "freind"), "Nothing found for “freind”. Try fewer or other words.");
  });
});

test("nothing found: the glossary, the worksheets and all sections are offered", async () => {
  await inSearch(async (page) => {
    assert.equal(await ask(page, "xyzzy"), "Nothing found for “xyzzy”. Try fewer or other words.");
    const links = page.locator("dialog [data-elsewhere] a");
    assert.deepEqual(await links.allInnerTexts(), ["Glossary", "Worksheets", "All sections"]);
    assert.ok(await page.getByRole("link", { name: "All results on a page of their own" }).isHidden());
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/glossary\.html$/);
    await page.keyboard.press("Control+k");
    await ask(page, "teen");
    assert.ok(await links.first().isHidden());
  });
});

test("a worksheet is one result, whether its page or its section is asked for", async () => {
  await inSearch(async (page) => {
    for (const words of ["starting point", "map", "worksheet", "one small try"]) {
      await ask(page, words);
      const links = await page
        .locator(".search-results a")
        .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
      assert.deepEqual(
        links.filter((link) => /#worksheet-\d/.test(link)),
        [],
        words,
      );
    }
    await ask(page, "starting point");
    assert.equal(await titles(page).first().textContent(), "Worksheet #1: Your Starting Point");
    // What is asked of a reader in the section is found there still.
    await ask(page, '"rate the same six rows"');
    assert.ok((await titles(page).allTextContents()).includes("About this module"));
  });
});

test("a result says which part it belongs to, and a part's own page which part it is", async () => {
  await inSearch(async (page) => {
    const kindOf = (title: string) =>
      page
        .locator(".search-results > li", { has: page.getByRole("link", { name: title, exact: true }) })
        .locator(".search-type")
        .innerText();
    await ask(page, "interests");
    assert.equal(await kindOf("Interests"), "Section · Part 2: What connected learning is");
    assert.equal(
      await kindOf("Worksheet #3: Listening for Interests"),
      "Worksheet · Part 2: What connected learning is",
    );
    await ask(page, "about this module");
    assert.equal(await kindOf("About this module"), "Section · Part 1");
  });
});

test("no excerpt says again what stands above it, and none is what the site adds", async () => {
  await inSearch(async (page) => {
    for (const words of ["interests", "map", "glossary", "look-back"]) {
      await ask(page, words);
      const pairs = await page
        .locator(".search-results [data-excerpt]")
        .evaluateAll((all) =>
          all.map((excerpt) => [
            excerpt.parentElement!.querySelector("a")!.textContent!,
            excerpt.textContent!,
          ]),
        );
      for (const [heading, excerpt] of pairs) {
        assert.ok(!excerpt!.startsWith(heading!), `${heading}: ${excerpt}`);
        assert.doesNotMatch(excerpt!, /Fill in here|opens in a new tab|^$/);
      }
    }
  });
});

test("Spanish: with and without accents, other forms, and the word that was meant", async () => {
  const content = path.join(await temporaryFolder(), "content");
  await mkdir(path.join(content, "curso"), { recursive: true });
  await writeFile(path.join(content, "site.yaml"), "name: Curso\nlanguage: es\n");
  const write = (name: string, title: string, text: string) =>
    writeFile(path.join(content, "curso", name), `---\ntitle: ${title}\n---\n${text}\n`);
  await write(
    "01-interes.md",
    "El interés",
    "Los intereses de los niños cambian.\n\n## Conexión y práctica\n\nLa señal.",
  );
  await write("02-glosario.md", "Glosario", "Biblioteca\n: Un lugar.");
  const origin = await serve((await buildForTest(content)).folder, "/");
  await inContext(browser, async (context) => {
    const page = await context.newPage();
    await page.goto(`${origin.base}curso/interes.html`);
    await page.keyboard.press("Control+k");
    const said = async (words: string, answer: string) => {
      await field(page).fill(words);
      await page.getByText(answer, { exact: true }).waitFor();
    };
    for (const words of ["interés", "interes", "intereses", "practica", "conexión", "niño"])
      await said(words, `1 resultado para «${words}»`);
    for (const [typed, meant] of [
      ["intres", "interés"],
      ["conexoin", "conexión"],
      ["biblotecas", "biblioteca"],
    ]) {
      await said(typed!, `No se encontró nada para «${typed}». ¿Quiso decir «${meant}»?`);
    }
    assert.deepEqual(await page.locator("dialog [data-elsewhere] a").allInnerTexts(), [
      "Glosario",
      "Todas las secciones",
    ]);
  });
});

test("field, filter and Close stay in sight while results scroll, and the page behind stays where it is", async () => {
  for (const viewport of [
    { width: 1200, height: 800 },
    { width: 375, height: 667 },
  ]) {
    await inContext(
      browser,
      async (context) => {
        const page = await context.newPage();
        await page.goto(origins[0]!.base + SECTION);
        await page.evaluate(() => scrollTo(0, 300));
        await page.keyboard.press("Control+k");
        await ask(page, "interests");
        for (let i = 0; i < 9; i++) await page.keyboard.press("ArrowDown");
        for (const part of [
          field(page),
          page.getByLabel("Kind"),
          page.getByRole("button", { name: "Close" }),
        ]) {
          const box = (await part.boundingBox())!;
          assert.ok(box.y >= 0 && box.y + box.height <= viewport.height);
        }
        const link = (await page.locator("dialog a:focus").boundingBox())!;
        const head = (await page.locator("dialog form").boundingBox())!;
        assert.ok(link.y >= head.y + head.height, "what has the focus is not below the head");
        await page.mouse.move(viewport.width / 2, 80);
        await page.mouse.wheel(0, 2_000);
        await page.mouse.move(viewport.width / 2, viewport.height / 2);
        for (let i = 0; i < 5; i++) await page.mouse.wheel(0, 20_000);
        await page.keyboard.press("PageDown");
        await page.waitForTimeout(300);
        assert.equal(await page.evaluate(() => scrollY), 300);
        await page.keyboard.press("Escape");
        await page.mouse.wheel(0, 200);
        await page.waitForFunction(() => scrollY > 300);
      },
      { viewport },
    );
  }
});

test("on a phone the dialog is the whole screen, and nothing is wider than it", async () => {
  await inSearch(
    async (page) => {
      await ask(page, "intrests");
      assert.deepEqual(await page.getByRole("dialog").boundingBox(), { x: 0, y: 0, width: 320, height: 640 });
      assert.ok(await page.evaluate(() => document.querySelector("dialog")!.scrollWidth <= 320));
    },
    { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true },
  );
});

test("opening the dialog does not move the page, whose scroll bar goes", async () => {
  // The bars that a reader with a mouse has; they are hidden from tests otherwise.
  const withBars = await chromium.launch({
    ...(await launchOptions()),
    ignoreDefaultArgs: ["--hide-scrollbars"],
  });
  await inContext(withBars, async (context) => {
    const page = await context.newPage();
    await page.goto(origins[0]!.base + SECTION);
    assert.ok(await page.evaluate(() => innerWidth > document.documentElement.clientWidth));
    const at = () => page.locator("h1").boundingBox();
    const before = await at();
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    assert.equal(
      await page.evaluate(() => innerWidth),
      await page.evaluate(() => document.documentElement.clientWidth),
    );
    assert.deepEqual(await at(), before);
  });
  await withBars.close();
});

test("Enter leads from the dialog to the search page with the same words and filters", async () => {
  for (const origin of origins) {
    await inSearch(
      async (page) => {
        await ask(page, "map");
        await page.getByLabel("Kind").selectOption("Worksheet");
        await field(page).press("Enter");
        await page.waitForURL(/search\.html\?q=map&type=worksheet$/);
        await results(page).first().waitFor();
        assert.equal(await field(page).inputValue(), "map");
        await field(page).fill("mentor");
        await field(page).press("Enter");
        await page.getByText(/results? for “mentor”/).waitFor();
        assert.equal(await page.locator("dialog[open]").count(), 0);
      },
      { origin },
    );
  }
});

test("Enter without words stays where it is", async () => {
  await inSearch(async (page) => {
    await field(page).press("Enter");
    assert.ok(page.url().endsWith(SECTION));
    assert.ok(await page.getByRole("dialog").isVisible());
  });
});

test("Ctrl K and ⌘ K open search from anywhere, single keys on or off; Escape gives the focus back", async () => {
  await inContext(browser, async (context) => {
    const page = await context.newPage();
    await page.goto(`${origins[0]!.base}worksheets/your-starting-point.html`);
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("checkbox", { name: "The / key opens search" }).uncheck();
    await page.keyboard.press("Escape");
    await page.reload();
    const room = page.locator("textarea").first();
    await room.fill("answer");
    for (const keys of ["Control+k", "Meta+k", "Control+K"]) {
      await room.focus();
      await page.keyboard.press(keys);
      await page.getByRole("dialog").waitFor();
      assert.equal(await focused(page), "site--query");
      await page.keyboard.press(keys);
      assert.equal(await page.locator("dialog[open]").count(), 1);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      assert.ok(await room.evaluate((element) => element === document.activeElement));
    }
    assert.equal(await room.inputValue(), "answer");
    const button = page.getByRole("button", { name: "Search" });
    assert.equal(await button.getAttribute("aria-keyshortcuts"), "Control+K Meta+K");
  });
});

test("typing on a result goes on in the field; other keys do what they do", async () => {
  await inSearch(async (page) => {
    await ask(page, "intere");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.type("sts");
    await page.getByText(/results for “interests”/).waitFor();
    assert.equal(await field(page).inputValue(), "interests");
    assert.equal(await focused(page), "site--query");
    await page.keyboard.press("ArrowDown");
    for (const key of ["Shift", "Control+c", "Space", "/"]) await page.keyboard.press(key);
    assert.ok(await page.locator("dialog a:focus").count());
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(page), "site--query");
  });
});

for (const [colorScheme, viewport] of [
  ["light", { width: 1280, height: 800 }],
  ["dark", { width: 320, height: 640 }],
] as const) {
  test(`results, an offer and nothing found violate no rule in ${colorScheme} colors`, async () => {
    await inSearch(
      async (page) => {
        for (const words of ["interests", "freind", "teen intrests", "xyzzy"]) {
          await ask(page, words);
          assert.deepEqual(await violations(page), [], words);
        }
        const targets = page.locator("dialog :is(a, button, input, select):visible");
        for (const target of await targets.all()) assert.ok((await target.boundingBox())!.height >= 24);
      },
      { colorScheme, viewport },
    );
  });
}
