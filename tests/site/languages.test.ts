/** A course in two languages: pairs of pages, the way between them, lists and a search of each; and one from right to left. */
import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { type CheerioAPI, load } from "cheerio";
import type { Browser } from "playwright-core";
import { violationsInTwoLooks } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type Files, page, siteOf, writeFiles } from "../support/content.ts";
import { inContext, openPage } from "../support/contexts.ts";
import {
  type BuiltSite,
  buildForTest,
  buildOf,
  COURSE,
  type Origin,
  serve,
  temporaryFolder,
  threeOrigins,
} from "../support/sites.ts";

const pageIn = (lang: string, title: string, translates: string, markdown = "Texto.", more = "") =>
  `---\ntitle: ${title}\nlang: ${lang}\n${translates && `translates: ${translates}\n`}${more}---\n${markdown}\n`;

const FILES: Files = {
  "index.md": page("Welcome.", "A course"),
  "basics/index.md": page("A module.", "Basics"),
  "basics/01-plan.md": page("A garden needs a plan.\n\n[The idea](02-idea.md)", "Plan"),
  "basics/02-idea.md": page("An idea.", "Idea"),
  "basics/03-cita.md": pageIn(
    "es",
    "Una cita",
    "",
    'Dijo ella.\n\n[Fuera](https://example.org/){:target="_blank"}',
  ),
  "worksheets/01-start.md": page("Write.\n{: .answer #w}", "Start"),
  "es/index.md": pageIn("es", "Un curso", "", "Bienvenida.", "front:\n  promise: Aprender\n"),
  "es/01-glosario.md": pageIn("es", "Glosario", "", "Jardín\n: Un lugar con plantas"),
  "aprender/index.md": pageIn("es", "Aprender", "../basics/index.md"),
  "aprender/01-plan.md": page("Un jardín necesita un plan.", "El plan").replace(
    "title",
    "translates: ../basics/01-plan.md\ntitle",
  ),
  "worksheets/es-start.md": page("Escribe.\n{: .answer #w}", "Comienzo").replace(
    "title",
    "translates: 01-start.md\nmodule: aprender\ntitle",
  ),
};

let built: BuiltSite;
let origins: Origin[];
let browser: Browser;
before(async () => {
  const content = path.join(await temporaryFolder(), "content");
  await writeFiles(content, FILES);
  built = await buildForTest(content);
  origins = await threeOrigins(built.folder);
  browser = await openBrowser();
});
after(() => browser.close());

const htmlOf = async (address: string): Promise<CheerioAPI> =>
  load(await readFile(path.join(built.folder, address), "utf8"));

/** Where the switch of a page leads, as an address from the root. */
async function switchOf(address: string): Promise<string[]> {
  const $ = await htmlOf(address);
  return $(".site-nav [hreflang]")
    .toArray()
    .map((link) => {
      const { pathname } = new URL(link.attribs.href!, `http://site/${address}`);
      return `${link.attribs.lang} ${$(link).text()} ${pathname.slice(1)}`;
    });
}

describe("the switch leads to the same page in the other language, or to its front door", () => {
  const CASES: [from: string, to: string][] = [
    ["basics/plan.html", "aprender/plan.html"],
    ["basics/index.html", "aprender/index.html"],
    ["worksheets/start.html", "worksheets/es-start.html"],
    ["index.html", "es/index.html"],
    ["sections.html", "es/sections.html"],
    ["search.html", "es/search.html"],
    ["worksheets/index.html", "es/worksheets/index.html"],
    ["worksheets/workbook/index.html", "es/worksheets/workbook/index.html"],
  ];
  for (const [english, spanish] of CASES) {
    test(english, async () => {
      assert.deepEqual(await switchOf(english), [`es Español ${spanish}`]);
      assert.deepEqual(await switchOf(spanish), [`en English ${english}`]);
      const $ = await htmlOf(english);
      // Search engines take whole addresses only, which this site does not know.
      assert.equal($("link[hreflang]").length, 0);
      assert.equal($("html").attr("lang"), "en");
      assert.equal((await htmlOf(spanish))("html").attr("lang"), "es");
    });
  }
  test("a page without a pair", async () => {
    assert.deepEqual(await switchOf("basics/idea.html"), ["es Español es/index.html"]);
    assert.deepEqual(await switchOf("es/glosario.html"), ["en English index.html"]);
  });
});

test("each language has its own words, lists, order and front door, and no page of the other", async () => {
  for (const address of built.pages) {
    const $ = await htmlOf(address);
    const language = $("html").attr("lang")!;
    const others =
      language === "es"
        ? /^\/(?:basics\/|index|sections|search|worksheets\/(?!es-))/
        : /^\/(?:es\/|aprender\/|worksheets\/es-)/;
    for (const link of $("a[href]:not([hreflang])").toArray()) {
      const { pathname, host } = new URL(link.attribs.href!, `http://site/${address}`);
      assert.ok(host !== "site" || !others.test(pathname), `${address} → ${pathname}`);
    }
  }
  const plan = await htmlOf("aprender/plan.html");
  assert.equal(plan(".breadcrumbs a").first().text(), "Inicio");
  assert.equal(plan(".breadcrumbs a").first().attr("href"), "../es/index.html");
  assert.equal(plan(".site-long").text(), "Un curso");
  const front = await htmlOf("es/index.html");
  assert.equal(front("h1").text(), "Aprender");
  assert.deepEqual(
    front(".module-card h3")
      .toArray()
      .map((one) => front(one).text()),
    ["Aprender", "Secciones"],
  );
  assert.equal((await htmlOf("worksheets/es-start.html"))(".times").length, 1);
});

test("a single page in another language is marked where it stands, and says its own words in it", async () => {
  const $ = await htmlOf("basics/cita.html");
  assert.equal($("html").attr("lang"), "en");
  assert.equal($("article").attr("lang"), "es");
  assert.equal($(".sidebar [aria-current]").attr("lang"), "es");
  assert.match($(".section-body").text(), /se abre en una pestaña nueva/);
  assert.equal($(".sidebar a:not([lang])").length, 3);
});

test("two editions in forms of one language have a search each, with the endings of their words", async () => {
  const folder = await buildOf({
    "site.yaml": "language: pt-PT\n",
    "a/1-um.md": page("O autocarro e as bibliotecas.", "Um"),
    "b/index.md": pageIn("pt-BR", "B", ""),
    "b/1-dois.md": page("O ônibus e as bibliotecas.", "Dois"),
  });
  const origin = await serve(folder, "/");
  for (const [address, title] of [
    ["a/um.html", "Um"],
    ["b/dois.html", "Dois"],
  ] as const) {
    await inContext(browser, async (context) => {
      const tab = await openPage(context, origin, address);
      await tab.keyboard.press("Control+k");
      await tab.getByRole("searchbox").fill("biblioteca");
      await tab.locator(".search-results h3 a").first().waitFor();
      assert.deepEqual(await tab.locator(".search-results h3 a").allTextContents(), [title]);
    });
  }
});

test("search finds what is in the language of the page, and offers its words", async () => {
  for (const origin of origins) {
    await inContext(browser, async (context) => {
      const page = await openPage(context, origin, "aprender/plan.html");
      const requests: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      await page.keyboard.press("Control+k");
      await page.getByRole("searchbox").fill("necesita");
      const titles = page.locator(".search-results h3 a");
      await titles.first().waitFor();
      assert.deepEqual(await titles.allTextContents(), ["El plan"], origin.name);
      assert.ok(!requests.some((url) => /pagefind\/(?:engine|entry)\.js|\/en_/.test(url)), requests.join());
      await page.getByRole("searchbox").fill("jardim");
      assert.equal(await page.locator("[data-offer] a").textContent(), "«jardín»");

      const english = await openPage(context, origin, "basics/cita.html");
      await english.keyboard.press("Control+k");
      await english.getByRole("searchbox").fill("plan");
      await english.locator(".search-results h3 a").first().waitFor();
      assert.deepEqual(await english.locator(".search-results h3 a").allTextContents(), ["Plan"]);
      // What stands in a page of the edition is found there, in whatever language it is.
      await english.getByRole("searchbox").fill("cita");
      await english.locator(".search-results h3 a", { hasText: "Una cita" }).waitFor();
    });
  }
});

test("no page of two languages is faulty or too wide", async () => {
  await inContext(browser, async (context) => {
    const page = await context.newPage();
    for (const address of ["es/index.html", "aprender/plan.html", "basics/cita.html", "es/search.html"]) {
      assert.deepEqual(await violationsInTwoLooks(page, origins[0]!.base + address), []);
    }
  });
});

test("a pair whose draft is not built stays alone, without a fault", async () => {
  const site = await siteOf({
    ...FILES,
    "basics/01-plan.md": `---\ntitle: Plan\ndraft: true\n---\nText.`,
  });
  assert.deepEqual(site.problems.errors, []);
  assert.deepEqual(site.course.byPath.get("aprender/01-plan.md")!.translations, []);
});

test("a course from right to left: every page of every layout says so, stands so, and fits", async () => {
  const content = path.join(await temporaryFolder(), "content");
  await cp(COURSE, content, { recursive: true });
  const settings = path.join(content, "site.yaml");
  const written = await readFile(settings, "utf8");
  await writeFiles(content, { "site.yaml": `${written.replace(/^language:.*\n/m, "")}\nlanguage: ar\n` });
  const { folder, pages } = await buildForTest(content);
  const ofLayouts: string[] = [];
  for (const address of pages) {
    const $ = load(await readFile(path.join(folder, address), "utf8"));
    assert.equal($("html").attr("dir"), "rtl", address);
    assert.equal($("html").attr("lang"), "ar", address);
    if (address.includes("/") && $("main#site--main").length) ofLayouts.push(address);
  }
  const [origin] = await threeOrigins(folder);
  await inContext(browser, async (context) => {
    const page = await context.newPage();
    const layouts = ["index.html", "sections.html", "search.html", "worksheets/index.html"];
    for (const address of [...layouts, ...ofLayouts.slice(0, 8)]) {
      await page.setViewportSize({ width: 320, height: 700 });
      await page.goto(origin!.base + address);
      const narrow = (await page.evaluate("document.documentElement.scrollWidth")) as number;
      assert.ok(narrow <= 320, `${address} is ${narrow} pixels wide`);
      await page.setViewportSize({ width: 1280, height: 900 });
      const wide = (await page.evaluate("document.documentElement.scrollWidth")) as number;
      assert.ok(wide <= 1280, `${address} is ${wide} pixels wide`);
      const name = (await page.locator(".site-name").boundingBox())!;
      const search = (await page.locator(".search-button").first().boundingBox())!;
      assert.ok(name.x > search.x, `${address}: the name stands at the right`);
      const sidebars = page.locator(".sidebar");
      const sidebar = (await sidebars.count()) ? await sidebars.boundingBox() : null;
      const main = (await page.locator("main").boundingBox())!;
      for (const title of await page.locator(".course-route > li").all()) {
        const [stop, link] = [
          (await title.boundingBox())!,
          (await title.locator("a").first().boundingBox())!,
        ];
        assert.ok(stop.x + stop.width - link.x - link.width > 30, `${address}: beside its number`);
      }
      if (sidebar) assert.ok(sidebar.x > main.x, `${address}: the sidebar stands at the right`);
    }
  });
});
