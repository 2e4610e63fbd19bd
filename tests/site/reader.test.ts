/** What a reader sees and does: search, settings, videos, a phone, no JavaScript, paper. */
import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { NOTHING_KEPT } from "../support/contexts.ts";
import {
  type BuiltSite,
  buildForTest,
  COURSE,
  type Origin,
  serve,
  temporaryFolder,
} from "../support/sites.ts";

let browser: Browser;
let site: BuiltSite;
let origin: Origin;
before(async () => {
  site = await buildForTest(COURSE);
  origin = await serve(site.folder, "/training/");
  browser = await openBrowser();
});
after(() => browser.close());

const WELCOME = "first-steps/welcome.html";

async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage({ ...NOTHING_KEPT, ...options });
  page.setDefaultTimeout(20_000);
  await page.goto(origin.base + address);
  return page;
}

const results = (page: Page) => page.locator(".search-results > li");

test("a page asks for four files, and for nothing of search or of other hosts, before the reader does", async () => {
  const page = await browser.newPage(NOTHING_KEPT);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(origin.base + WELCOME, { waitUntil: "networkidle" });
  assert.ok(asked.length <= 4, asked.join("\n"));
  assert.deepEqual(
    asked.filter((url) => !url.startsWith(origin.base) || /pagefind|search/.test(url)),
    [],
  );
  await page.close();
});

test("the button and the / key open search; Escape closes it and gives the focus back", async () => {
  const page = await open(WELCOME);
  const button = page.getByRole("button", { name: "Search" });
  await button.click();
  const dialog = page.getByRole("dialog", { name: "Search" });
  await dialog.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("type")), "search");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Search");
  await page.keyboard.press("/");
  await dialog.waitFor();
  assert.equal(await page.getByRole("searchbox").inputValue(), "");
  await page.close();
});

test("single keys can be switched off, and the setting stays", async () => {
  const page = await open(WELCOME);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("checkbox", { name: "The / key opens search" }).uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await page.keyboard.press("/");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.close();
});

test("colors follow the device until the reader chooses", async () => {
  const page = await open(WELCOME, { colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("radio", { name: "Light" }).check();
  const light = await ground();
  assert.notEqual(light, dark);
  await page.reload();
  assert.equal(await ground(), light);
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  assert.equal(await ground(), dark);
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "dark");
  await page.close();
});

test("theme and size of the text that a reader chose are there at the first paint, whatever else is kept", async () => {
  const page = await open(WELCOME);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByLabel("Dark").check();
  await page.getByLabel("Very large").check();
  const bodySize = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  const large = await bodySize();
  // Without the site's script, whose work it is not.
  await page.route("**/site-*.js", (route) => route.abort());
  await page.reload();
  const chosen = () =>
    page.evaluate(() => {
      const { theme, size } = document.documentElement.dataset;
      return `${theme ?? ""} ${size ?? ""}`.trim();
    });
  assert.equal(await chosen(), "dark huge");
  assert.equal(await bodySize(), large);
  const keep = (kept: string) =>
    page.evaluate((value) => {
      const key = Object.keys(localStorage).find((name) => name.endsWith(" settings"))!;
      localStorage.setItem(key, value);
    }, kept);
  await page.unroute("**/site-*.js");
  for (const kept of ["{", "7", '{"theme":"<b>","size":7}', "null", '"dark"']) {
    await keep(kept);
    await page.reload();
    assert.equal(await chosen(), "", kept);
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("dialog").waitFor();
    assert.equal(await page.getByRole("radio", { checked: true }).count(), 2, kept);
  }
  // The Back button brings a page back as it was left. Headless browsers keep none for it: so it is told.
  await keep('{"theme":"light","size":"large"}');
  await page.evaluate(`dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))`);
  assert.equal(await chosen(), "light large");
  await page.close();
});

test("settings are those of one site: no other one of the host has them, nor loses what it calls so", async () => {
  const page = await open(WELCOME);
  await page.evaluate(() => localStorage.setItem("site-settings", "of another program"));
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByLabel("Dark").check();
  assert.equal(await page.evaluate(() => localStorage.getItem("site-settings")), "of another program");
  for (const [folder, theme] of [
    ["first-steps/forms.html", "dark"],
    ["index.html", "dark"],
  ] as const) {
    await page.goto(origin.base + folder);
    assert.equal(await page.locator("html").getAttribute("data-theme"), theme);
  }
  // The same site in another folder of the host.
  await page.route("**/elsewhere/**", async (route) => {
    const url = route.request().url().replace("/elsewhere/", "/training/");
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  await page.goto(`${new URL(origin.base).origin}/elsewhere/${WELCOME}`);
  assert.equal(await page.locator("html").getAttribute("data-theme"), null);
  await page.close();
});

test("an accent color of site.yaml is for light pages; dark ones keep theirs", async () => {
  const content = path.join(await temporaryFolder(), "content");
  await mkdir(content);
  await writeFile(path.join(content, "site.yaml"), 'colors:\n  accent: "#0b2a5b"\n');
  await writeFile(path.join(content, "a.md"), "---\ntitle: A\n---\n[A link](a.md)\n");
  const { folder } = await buildForTest(content);
  for (const [colorScheme, color] of [
    ["light", "rgb(11, 42, 91)"],
    ["dark", "rgb(134, 205, 216)"],
  ] as const) {
    const page = await browser.newPage({ ...NOTHING_KEPT, colorScheme });
    await page.goto(pathToFileURL(path.join(folder, "a.html")).href);
    const link = page.getByRole("link", { name: "A link" });
    assert.equal(await link.evaluate((element) => getComputedStyle(element).color), color);
    await page.close();
  }
});

test("results are sections with their matching headings and the words marked", async () => {
  const page = await open(WELCOME);
  await page.keyboard.press("/");
  await page.getByRole("searchbox").fill("ibis");
  await results(page).first().waitFor();
  assert.equal(await page.getByRole("status").textContent(), "1 result for “ibis”");
  const result = results(page).first();
  assert.equal(await result.locator("h3 a").textContent(), "All the forms");
  // Of a module that has no parts.
  assert.equal(await result.locator(".search-type").innerText(), "Section");
  const heading = result.locator("ul a").first();
  assert.equal(await heading.textContent(), "Tables");
  assert.equal(
    await heading.evaluate((link: HTMLAnchorElement) => link.href),
    `${origin.base}first-steps/forms.html#tables`,
  );
  assert.equal(
    (await result.locator("mark").first().textContent())?.toLowerCase().replace(/\W/g, ""),
    "ibis",
  );

  await page.keyboard.press("ArrowDown");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "All the forms");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${origin.base}first-steps/forms.html#tables`);
  await page.close();
});

test("a worksheet is found where it can be filled in, and one that is a link only on its callout", async () => {
  const page = await open("search.html?type=worksheet");
  await page.getByText("2 results", { exact: true }).waitFor();
  const links = await page
    .locator(".search-results h2 a")
    .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  const onCallout = links.find((link) => link.includes("#"))!;
  assert.deepEqual(
    links.filter((link) => link !== onCallout),
    [`${origin.base}worksheets/plan.html`],
  );
  await page.goto(onCallout);
  assert.ok(await page.locator("aside.callout--activity").isVisible());
  await page.keyboard.press("/");
  await page.getByRole("searchbox").fill("pangolin");
  await results(page).first().waitFor();
  assert.deepEqual(await page.locator(".search-results h3 a").allInnerTexts(), ["Welcome"]);
  await page.close();
});

test("results are filtered by module and kind, and the query stands in the address", async () => {
  const page = await open("search.html?q=section");
  await results(page).first().waitFor();
  const all = await results(page).count();
  await page.getByLabel("Module").selectOption("First steps");
  await page.waitForURL(/q=section&module=First\+steps/);
  await page.waitForFunction(
    (before) => document.querySelectorAll(".search-results > li").length < before,
    all,
  );
  await page.getByLabel("Kind").selectOption("Worksheet");
  await page.waitForURL(/type=worksheet/);
  await page.reload();
  await page.waitForFunction(() => document.querySelector("select[name=type]") !== null);
  assert.equal(await page.getByLabel("Kind").inputValue(), "worksheet");
  assert.equal(await page.getByRole("searchbox").inputValue(), "section");
  await page.close();
});

test("a kind or a module chosen without words lists all of it", async () => {
  const page = await open("search.html?type=worksheet");
  await page.getByText("2 results", { exact: true }).waitFor();
  assert.equal(await results(page).count(), 2);
  await page.close();
});

test("excerpts keep the space around marked words, and Escape in the field closes the dialog at once", async () => {
  const page = await open(WELCOME);
  await page.keyboard.press("/");
  await page.getByRole("searchbox").fill("aardvark");
  await results(page).first().waitFor();
  assert.match(await page.locator(".search-results p").nth(1).innerText(), /An aardvark opens the section\./);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.close();
});

test("what nobody should find is not found: navigation, footers, facilitators' notes", async () => {
  const page = await open("search.html");
  for (const words of ["wombat", "breadcrumbs", "Previous", "Version"]) {
    await page.getByRole("searchbox").fill(words);
    await page.getByRole("searchbox").press("Enter");
    await page.getByText(`Nothing found for “${words}”`).waitFor();
  }
  await page.close();
});

test("a server that refuses Pagefind's files does not stop search", async () => {
  const page = await browser.newPage(NOTHING_KEPT);
  await page.route(/\.pf_|\.pagefind$/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(`${origin.base}search.html?q=aardvark`);
  await results(page).first().waitFor({ timeout: 20_000 });
  assert.equal(await page.locator(".search-results h2 a").first().textContent(), "Welcome");
  await page.close();
});

test("a video plays in its card when asked; from file:// the card opens the video's own page", async () => {
  const page = await browser.newPage(NOTHING_KEPT);
  const elsewhere: string[] = [];
  await page.route(/^https:/, (route) => {
    elsewhere.push(route.request().url());
    return route.fulfill({ contentType: "text/html", body: "<title>video</title>" });
  });
  await page.goto(origin.base + WELCOME);
  assert.deepEqual(elsewhere, []);
  const elsewhereLink = page.getByRole("link", {
    name: /^Open it on its own page instead ?: Tools for teens \(opens in a new tab\)/,
  });
  assert.equal(await elsewhereLink.getAttribute("href"), "https://www.youtube.com/watch?v=u6rguxNk8kY&t=10s");
  assert.equal(await elsewhereLink.getAttribute("rel"), "noopener");
  await page.getByRole("button", { name: "Tools for teens Play on YouTube", exact: true }).click();
  const frame = page.locator("iframe[title='Tools for teens']");
  await frame.waitFor();
  assert.equal(
    await frame.getAttribute("src"),
    "https://www.youtube-nocookie.com/embed/u6rguxNk8kY?start=10&autoplay=1",
  );
  await page.waitForTimeout(200);
  assert.equal(elsewhere[0], "https://www.youtube-nocookie.com/embed/u6rguxNk8kY?start=10&autoplay=1");

  await page.goto(pathToFileURL(path.join(site.folder, WELCOME)).href);
  assert.equal(await page.getByRole("button", { name: "Tools for teens" }).count(), 0);
  const link = page.getByRole("link", { name: "Tools for teens" });
  assert.equal(await link.getAttribute("href"), "https://www.youtube.com/watch?v=u6rguxNk8kY&t=10s");
  await page.close();
});

test("without JavaScript nothing is missing but search, and its button leads to all sections", async () => {
  const page = await open(WELCOME, { javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const menu = page.locator(".site-menu");
  const current = menu.locator(".sidebar-list a[aria-current=page]");
  assert.equal(await current.isVisible(), false);
  await menu.locator("summary").click();
  assert.equal(await current.textContent(), "Welcome");
  assert.ok(await current.isVisible());
  assert.ok(await menu.getByRole("link", { name: "Worksheets" }).isVisible());
  await menu.locator("summary").click();
  const html = await readFile(path.join(site.folder, WELCOME), "utf8");
  assert.ok(html.includes("Write the plan of the pangolin."));
  assert.ok(await page.getByRole("link", { name: "Tools for teens" }).isVisible());
  await page.getByRole("link", { name: "Search" }).click();
  assert.ok(page.url().endsWith("/sections.html"));
  assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "All sections");
  await page.close();
});

test("the keyboard reaches the text at once, and every stop shows where it is", async () => {
  const page = await open(WELCOME);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "site--title");
  for (let stop = 0; stop < 12; stop++) {
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement!);
      return style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
    });
    assert.ok(outline, `stop ${stop} shows no outline`);
  }
  await page.close();
});

test("a section has its place: breadcrumbs, current section, contents, previous and next across modules", async () => {
  const page = await open("first-steps/forms.html");
  assert.equal(
    await page
      .locator(".breadcrumbs")
      .innerText()
      .then((text) => text.replace(/\s+/g, " ")),
    "Home First steps All the forms",
  );
  assert.equal(await page.locator(".sidebar a[aria-current=page]").textContent(), "All the forms");
  assert.deepEqual(await page.locator(".contents--beside a").allTextContents(), [
    "A heading as large as the title",
    "Tables",
    "A card",
    "Pictures",
    "Text",
  ]);
  assert.equal(await page.locator(".previous").getAttribute("href"), "welcome.html");
  assert.equal(await page.locator(".next").getAttribute("href"), "../spate-ubung/letzte.html");
  assert.match(await page.locator(".page-header .times").innerText(), /^\d+ min to read$/);
  assert.match(await page.locator(".site-footer").innerText(), /CC BY 4\.0/);
  await page.close();
});

test("where the reader's own colors rule, no tint lies under the text", async () => {
  const page = await open("first-steps/forms.html", { forcedColors: "active" });
  const grounds = await page
    .locator(".callout, .card, .tint")
    .evaluateAll((all) => all.map((element) => getComputedStyle(element).backgroundImage));
  assert.deepEqual([...new Set(grounds)], ["none"]);
  await page.close();
});

test("on paper stand the text, the room to write and the addresses, not the navigation", async () => {
  const page = await open("worksheets/plan.html");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const gone of [".site-nav", ".breadcrumbs", ".reading-order"]) {
    assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  }
  const room = await page.locator(".section-body .answer-room").boundingBox();
  assert.ok(room!.height > 120, "there is room for five lines");
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(28, 36, 48)");
  await page.goto(origin.base + WELCOME);
  await page.emulateMedia({ media: "print" });
  const address = await page
    .locator(".callout--objectives a")
    .evaluate((link) => getComputedStyle(link, "::after").content);
  assert.match(address, /https:\/\/example\.org\//);
  assert.ok(await page.getByText("https://vimeo.com/12345").isVisible());
  assert.ok((await page.pdf()).length > 1000);
  await page.close();
});
