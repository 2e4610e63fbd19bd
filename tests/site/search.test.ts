/** What a search costs its reader, and what becomes of it where a file is missing. */
import assert from "node:assert/strict";
import { cp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { makeCourse } from "../../scripts/site/bench/make-course.ts";
import { searchScript } from "../../scripts/site/layout/assets.ts";
import { openBrowser } from "../support/browser.ts";
import { NOTHING_KEPT } from "../support/contexts.ts";
import { servePacked } from "../support/packed.ts";
import { buildForTest, CONTENT, serve, temporaryFolder } from "../support/sites.ts";

/** Bytes from the front door to the first results, all of it, headers too; requests. */
const BUDGET = { bytes: 124_000, requests: 15 };

let browser: Browser;
/** The module that is shipped, and a course of 95 sections. */
let sites: string[];
/** The second of them. */
let folder: string;
before(async () => {
  const content = path.join(await temporaryFolder(), "content");
  await makeCourse(CONTENT, content, { sections: 95 });
  sites = [(await buildForTest(CONTENT)).folder, (await buildForTest(content)).folder];
  folder = sites[1]!;
  browser = await openBrowser();
});
after(() => browser.close());

/** What is kept for later, when nothing else is to be done, is no part of what a search costs. */
async function openPage(): Promise<Page> {
  const page = await browser.newPage(NOTHING_KEPT);
  page.setDefaultTimeout(20_000);
  return page;
}

const results = (page: Page) => page.locator(".search-results > li");
const field = (page: Page) => page.getByRole("searchbox");

/** Types words, and waits until their results are shown and counted. */
async function search(page: Page, words: string): Promise<void> {
  await field(page).fill(words);
  await page.getByText(new RegExp(`results? for “${words}”`)).waitFor();
}

/** The index files that a page asks for, from now on. */
function watch(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const [, name] = /\/pagefind\/([^?]*)/.exec(request.url()) ?? [];
    if (name) asked.push(name);
  });
  return asked;
}

const kinds = (asked: string[]) => asked.map((name) => name.replace(/\/.*/, "")).sort();

test("from the front door to the first results a reader pays no more than is allowed", async () => {
  for (const site of sites) {
    const { base, asked, bytes } = await servePacked(site);
    const page = await openPage();
    await page.goto(base, { waitUntil: "networkidle" });
    await page.keyboard.press("/");
    await search(page, "reflection");
    assert.equal(await results(page).count(), 3);
    assert.ok(bytes() <= BUDGET.bytes, `${bytes()} bytes`);
    assert.ok(asked.length <= BUDGET.requests, asked.join("\n"));
    await page.close();
  }
});

test("search begins to load when a pointer or the focus comes to its button, and is loaded once", async () => {
  for (const approach of ["hover", "focus"] as const) {
    const { base, asked } = await servePacked(folder);
    const page = await openPage();
    await page.goto(base, { waitUntil: "networkidle" });
    assert.deepEqual(
      asked.filter((address) => /pagefind|search/.test(address)),
      [],
    );
    const loaded = page.waitForResponse(/engine\.js/);
    const entered = page.waitForResponse(/entry\.js/);
    await page.getByRole("button", { name: "Search" })[approach]();
    await Promise.all([loaded, entered]);
    assert.equal(await page.locator("dialog").count(), 0);
    await page.keyboard.press("/");
    await search(page, "mentor");
    assert.deepEqual(kinds(asked.filter((address) => /pagefind/.test(address)).map((it) => it.slice(10))), [
      "engine.js",
      "entry.js",
      "fragment",
      "fragment",
      "fragment",
      "index",
    ]);
    await page.close();
  }
});

test("results come when they are scrolled to, and no focus moves", async () => {
  const { base } = await serve(folder, "/");
  const page = await openPage();
  const asked = watch(page);
  await page.goto(base);
  await page.keyboard.press("/");
  await search(page, "reflection");
  assert.match((await page.getByRole("status").textContent())!, /^[1-9]\d results for “reflection”$/);
  assert.equal(asked.filter((name) => name.startsWith("fragment/")).length, 3);
  await page.locator("dialog .search-found").evaluate((place) => place.scrollTo(0, place.scrollHeight));
  await results(page).nth(5).waitFor();
  assert.equal(asked.filter((name) => name.startsWith("fragment/")).length, 6);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("type")), "search");
  await page.close();
});

test("a search in the dialog leaves the results of the search page as they are", async () => {
  const { base } = await serve(folder, "/");
  const page = await openPage();
  await page.goto(`${base}search.html?q=mentor`);
  const own = page.locator(".search-page .search-results > li");
  await own.nth(2).waitFor();
  await page.getByRole("button", { name: "Search" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("searchbox").fill("reflection");
  await dialog.locator(".search-results > li").nth(2).waitFor();
  await page.keyboard.press("Escape");
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await own.nth(5).waitFor();
  for (const result of await own.all()) assert.match(await result.innerText(), /mentor/i);
  await page.close();
});

test("the button shows more to a reader with a keyboard, and leads on to them", async () => {
  const { base } = await serve(folder, "/");
  const page = await openPage();
  await page.goto(base);
  await page.keyboard.press("/");
  await search(page, "reflection");
  await page.getByRole("button", { name: "More results" }).focus();
  // With the focus on it, it waits to be pressed: two frames later nothing has come.
  await page.evaluate(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))));
  assert.equal(await results(page).count(), 3);
  await page.keyboard.press("Enter");
  await results(page).nth(3).waitFor();
  const link = results(page).nth(3).locator("a").first();
  await page.waitForFunction(() => document.activeElement?.closest(".search-results"));
  assert.ok(await link.evaluate((element) => element === document.activeElement));
  await page.close();
});

test("from file:// a query loads what it needs, each once, and the search page works", async () => {
  const page = await openPage();
  const asked = watch(page);
  await page.goto(pathToFileURL(path.join(folder, "index.html")).href);
  await page.getByRole("button", { name: "Search" }).click();
  await search(page, "reflection");
  assert.deepEqual(kinds(asked), ["engine.js", "entry.js", "fragment", "fragment", "fragment", "index"]);
  let bytes = 0;
  for (const name of asked) bytes += (await stat(path.join(folder, "pagefind", name))).size;
  assert.ok(bytes < 150_000, `${bytes} bytes`);

  await search(page, "mentor");
  assert.deepEqual(kinds(asked.slice(6)), ["fragment", "fragment", "fragment", "index"]);
  await search(page, "reflection");
  assert.equal(asked.length, 10, "nothing is loaded twice");

  await search(page, "plan");
  await page.getByLabel("Kind").selectOption("Worksheet");
  await page.waitForFunction(() =>
    /^Worksheet/.test(document.querySelector(".search-type")?.textContent ?? ""),
  );
  const link = results(page).locator("a").first();
  const to = await link.evaluate((element: HTMLAnchorElement) => element.href);
  assert.ok((await stat(fileURLToPath(to.replace(/#.*/, "")))).isFile(), to);

  asked.length = 0;
  await page.goto(`${pathToFileURL(path.join(folder, "search.html")).href}?q=mentor`);
  await results(page).first().waitFor();
  assert.equal(new Set(asked).size, asked.length);
  await page.close();
});

const FAILED = "Search could not be loaded here. See the list of all sections";

test("where a file of the index is missing search says so, and works when it is there again", async () => {
  const { base } = await serve(folder, "/");
  for (const missing of ["engine.js", "entry.js", "index/", "fragment/"]) {
    const page = await openPage();
    const isMissing = (url: URL) => url.pathname.startsWith(`/pagefind/${missing}`);
    await page.route(isMissing, (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(base);
    await page.keyboard.press("/");
    await field(page).fill("reflection");
    await page.getByRole("status").filter({ hasText: FAILED }).waitFor();
    assert.equal(await results(page).count(), 0, missing);
    await page.unroute(isMissing);
    await search(page, "mentor");
    assert.equal(await results(page).count(), 3, missing);
    await page.close();
  }
});

test("from file:// too", async () => {
  const copy = path.join(await temporaryFolder(), "site");
  await cp(folder, copy, { recursive: true });
  await rm(path.join(copy, "pagefind/index"), { recursive: true });
  const page = await openPage();
  await page.goto(pathToFileURL(path.join(copy, "index.html")).href);
  await page.keyboard.press("/");
  await field(page).fill("reflection");
  await page.getByRole("status").filter({ hasText: FAILED }).waitFor();
  assert.equal(await page.getByText("Nothing found").count(), 0);
  await page.close();
});

test("a large course searches in a worker, with the same results and the same word where a file is missing", async () => {
  const copy = path.join(await temporaryFolder(), "site");
  await cp(folder, copy, { recursive: true });
  const assets = path.join(copy, "assets");
  const name = (await readdir(assets)).find((file) => /^search-.*\.js$/.test(file))!;
  await writeFile(path.join(assets, name), await searchScript(true));
  const titles = async (site: string, hasWorker: boolean) => {
    const page = await openPage();
    await page.goto(`${(await serve(site, "/training/")).base}search.html?q=mentor`);
    await page.getByText("results for “mentor”").waitFor();
    assert.equal(page.workers().length, hasWorker ? 1 : 0);
    const links = await results(page)
      .locator("a")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href")!.replace(/^.*?\/training\//, "")));
    await page.close();
    return links.slice(0, 3);
  };
  assert.deepEqual(await titles(copy, true), await titles(folder, false));

  const mistyped = await openPage();
  await mistyped.goto(`${(await serve(copy, "/")).base}search.html?q=intrests`);
  await mistyped.getByText("Nothing found for “intrests”. Did you mean “interests”?").waitFor();
  await mistyped.close();

  await rm(path.join(copy, "pagefind/index"), { recursive: true });
  const page = await openPage();
  await page.goto(`${(await serve(copy, "/")).base}search.html?q=mentor`);
  await page.getByRole("status").filter({ hasText: FAILED }).waitFor();
  await page.close();
});

test("no file of the index but its scripts is written, and each holds text that ends no script", async () => {
  const names = await readdir(path.join(folder, "pagefind"), { recursive: true });
  const files = names.filter((name) => /\.\w+$/.test(name));
  assert.deepEqual(
    files.filter((name) => !name.endsWith(".js")),
    [],
  );
  for (const name of files.filter((name) => /^(?:index|fragment)\b/.test(name))) {
    const text = await readFile(path.join(folder, "pagefind", name), "utf8");
    assert.match(
      text,
      /^\(globalThis\[Symbol\.for\("[\w-]+"\)\]\?\?=new Map\)\.set\("[\w/.-]+","[\w+/=]+"\);\n$/,
    );
  }
});
