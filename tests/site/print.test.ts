/** Pages to print, as they are built and as a browser prints them: whole, with links that lead, on pages that all say something. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type CheerioAPI, load } from "cheerio";
import type { Browser, Page } from "playwright-core";
import { worksheetsIn } from "../../scripts/site/layout/edition-pages.ts";
import { layOut } from "../../scripts/site/layout/lay-out.ts";
import { pagesToLayOut } from "../../scripts/site/layout/page-data.ts";
import { faultOfShell, shellOf } from "../../scripts/site/layout/page-faults.ts";
import { LONGEST_PRINT, pagesIn, printsOf } from "../../scripts/site/model/print.ts";
import { openBrowser } from "../support/browser.ts";
import { errorsOf, type Files, page, siteOf } from "../support/content.ts";
import { inContext, NOTHING_KEPT } from "../support/contexts.ts";
import { hasText, pagesOf, titlesOf } from "../support/pdf.ts";
import { type BuiltSite, buildForTest, CONTENT, COURSE, serve, temporaryFolder } from "../support/sites.ts";

let browser: Browser;
let sites: BuiltSite[];
before(async () => {
  sites = [await buildForTest(COURSE), await buildForTest(CONTENT)];
  browser = await openBrowser();
});
after(() => browser.close());

const read = (site: BuiltSite, address: string) => readFile(path.join(site.folder, address), "utf8");
const wordsOf = (text: string) => text.replace(/\s+/g, " ").trim();
const printsIn = ({ site }: BuiltSite) =>
  site.course.editions
    .flatMap((edition) => printsOf(edition, worksheetsIn(edition, site)))
    .filter((one) => one.kind === "page");

/** From a disk, as a trainer may have it. */
const fileUrl = (site: BuiltSite, address: string) => pathToFileURL(path.join(site.folder, address)).href;

test("all texts stand on it in their order, each under its title, and the outline has no gap of its own", async () => {
  for (const site of sites) {
    for (const print of printsIn(site)) {
      const $ = load(await read(site, print.address));
      const pages = pagesIn(print).filter((one) => site.site.rendering.of(one).html.trim());
      assert.deepEqual(
        $(".section-body")
          .toArray()
          .map((body) => wordsOf($(body).clone().find(".new-tab").remove().end().text())),
        pages.map((one) => {
          const body = load(site.site.rendering.of(one).html);
          body(".new-tab").remove();
          return wordsOf(body("body").text());
        }),
        print.address,
      );
      const isOfSeveral = print.chapters.length > 1;
      assert.deepEqual(
        titlesIn($, isOfSeveral ? "h3[id]" : "h2[id]").filter(
          (title) => title !== "Contents" && title !== "Contenido",
        ),
        pagesIn(print)
          .filter(({ kind }) => kind === "section" || kind === "worksheet")
          .map(({ title }) => wordsOf(title)),
        print.address,
      );
      assert.deepEqual(titlesIn($, "h1"), [print.title]);
      assert.equal($("details:not([open])").not("[data-menu]").length, 0);
    }
  }
});

/** Those that the page has of its own, and not of an author's. */
const titlesIn = ($: CheerioAPI, selector: string): string[] =>
  $(`main ${selector}`)
    .toArray()
    .filter((element) => !$(element).closest(".section-body").length)
    .map((element) => wordsOf($(element).text()));

test("every id is there once, and what names an id names one that is there", async () => {
  for (const site of sites) {
    for (const { address } of printsIn(site)) {
      const $ = load(await read(site, address));
      const ids = $("[id]").map((_, element) => element.attribs.id);
      assert.equal(new Set(ids.toArray()).size, ids.length, address);
      const known = new Set(ids.toArray());
      const named = $("[aria-labelledby], [headers], [for]")
        .toArray()
        .flatMap(({ attribs }) =>
          `${attribs["aria-labelledby"] ?? attribs.headers ?? attribs.for}`.split(" "),
        );
      const linked = $('a[href^="#"]').map((_, { attribs }) => decodeURIComponent(attribs.href!.slice(1)));
      assert.ok(linked.length > 0);
      for (const id of [...named, ...linked.toArray()]) assert.ok(known.has(id), `${address}: ${id}`);
    }
  }
});

test("links between sections lead within, to pages elsewhere they lead there", async () => {
  const [course] = sites as [BuiltSite];
  const hrefs = async (address: string) => {
    const $ = load(await read(course, address));
    return $(".section-body a:not(.worksheet-actions a)")
      .toArray()
      .map(({ attribs }) => attribs.href);
  };
  const whole = await hrefs("print.html");
  assert.ok(whole.includes("#first-steps.forms:tables"));
  assert.ok(whole.includes("#first-steps.index"));
  assert.ok(whole.includes("worksheets/index.html"));
  const module = await hrefs("spate-ubung/print.html");
  assert.deepEqual(module, [
    "../first-steps/img/square.png",
    "../worksheets/index.html",
    "../first-steps/index.html",
    "https://example.org/sheet",
  ]);
});

test("it stands in no index, and the gate needs no parser for its texts", async () => {
  for (const site of sites) {
    for (const { address, contents } of pagesToLayOut(site.site)) {
      if (!/(?:^|\/)print\.html$/.test(address)) continue;
      const html = await read(site, address);
      const shell = shellOf({ html, contents: contents!() });
      assert.ok(shell && faultOfShell(shell) === undefined, address);
      const attacked = shellOf({
        html: html.replace("</article>", "<p onclick='a()'></article>"),
        contents: contents!(),
      });
      assert.match(faultOfShell(attacked!)!, /onclick/);
    }
    // Search asks for a page by its address.
    const index = await readdir(path.join(site.folder, "pagefind"), { recursive: true });
    for (const file of index.filter((one) => /fragment|\.js$/.test(one) && /\./.test(one))) {
      assert.doesNotMatch(await readFile(path.join(site.folder, "pagefind", file), "latin1"), /print\.html/);
    }
  }
});

test("front door, modules and the list of sections lead to it; a button prints, where scripts are", async () => {
  const [course, shipped] = sites as [BuiltSite, BuiltSite];
  const offers = async (site: BuiltSite, address: string) => {
    const link = load(await read(site, address))(".print-offer a");
    return [link.attr("href"), link.text()];
  };
  const ofCourse = ["print.html", "Print or save the whole course"];
  assert.deepEqual(await offers(course, "index.html"), ofCourse);
  assert.deepEqual(await offers(course, "sections.html"), ofCourse);
  const ofModule = "Print or save the whole module";
  assert.deepEqual(await offers(course, "spate-ubung/index.html"), ["print.html", ofModule]);
  assert.deepEqual(await offers(shipped, "index.html"), ofCourse);
  assert.deepEqual(await offers(shipped, "connected-learning/index.html"), ["print.html", ofModule]);

  for (const javaScriptEnabled of [true, false]) {
    await inContext(
      browser,
      async (context) => {
        const tab = await context.newPage();
        await tab.addInitScript("window.print = () => { window.printed = true }");
        await tab.goto(fileUrl(shipped, "print.html"));
        const button = tab.getByRole("button", { name: "Print, or save as PDF" });
        assert.equal(await button.count(), javaScriptEnabled ? 1 : 0);
        if (!javaScriptEnabled) return;
        await button.click();
        assert.equal(await tab.evaluate("window.printed"), true);
      },
      { javaScriptEnabled },
    );
  }
});

test("the button moves nothing when it comes, takes no room without scripts, and headings have none", async () => {
  const origin = await serve(sites[0]!.folder, "/");
  const top = async (tab: Page) => (await tab.locator(".print-contents").boundingBox())!.y;
  const open = async (javaScriptEnabled: boolean, use: (tab: Page) => Promise<void>) =>
    inContext(
      browser,
      async (context) => {
        await use(await context.newPage());
      },
      { javaScriptEnabled },
    );
  await open(true, async (tab) => {
    await tab.route("**/assets/print-*.js", (route) => route.abort());
    await tab.goto(`${origin.base}print.html`);
    const before = await top(tab);
    await tab.unroute("**/assets/print-*.js");
    await tab.goto(`${origin.base}print.html`);
    await tab.getByRole("button", { name: "Print, or save as PDF" }).waitFor();
    assert.equal(await top(tab), before);
    await tab.goto(`${origin.base}print.html#first-steps.forms:tables`);
    await tab.reload();
    // It has come when the line that tells what was copied is there.
    await tab.locator("main > [aria-live]").waitFor({ state: "attached" });
    assert.equal(await tab.getByRole("button", { name: /^Copy the link/ }).count(), 0);
    await open(false, async (bare) => {
      await bare.goto(`${origin.base}print.html`);
      assert.ok((await top(bare)) < before - 40);
    });
  });
});

/** Only on paper. */
const onPaper = (tab: Page, css: string) =>
  tab.evaluate(`(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(${JSON.stringify(`@media print { ${css} }`)});
    document.adoptedStyleSheets = [sheet];
  })()`);

describe("on paper", () => {
  test("the module has a title for each section, all its pictures, and pages that are all numbered and filled", async () => {
    const [, shipped] = sites as [BuiltSite, BuiltSite];
    // Whoever reads in the dark prints on white.
    const tab = await browser.newPage({ ...NOTHING_KEPT, colorScheme: "dark" });
    await tab.goto(fileUrl(shipped, "print.html"));
    const pdf = await tab.pdf({ format: "A4", outline: true, tagged: true });
    const titles = titlesOf(pdf);
    const { sections, worksheetPages } = shipped.site.course.main;
    for (const { title } of [...sections, ...worksheetPages]) {
      assert.ok(titles.has(title.replace(/\s+/g, "")), title);
    }
    const pages = pagesOf(pdf);
    // A section is read in some minutes, and a worksheet has two sheets.
    const most = 5 * sections.length + 3 * worksheetPages.length + 5;
    assert.ok(
      pages.length > sections.length + worksheetPages.length && pages.length <= most,
      `${pages.length} pages`,
    );
    await tab.emulateMedia({ media: "print" });
    const shown = (await tab.evaluate(`[
      getComputedStyle(document.body).color,
      [...document.querySelectorAll("button, .site-header, .site-footer, .worksheet-actions, nav.breadcrumbs")]
        .filter((element) => element.checkVisibility()).length,
      [...document.querySelectorAll("details:not([data-menu])")].every(({ open }) => open),
    ]`)) as unknown[];
    assert.deepEqual(shown, ["rgb(28, 36, 48)", 0, true]);
    await tab.emulateMedia({ media: null });
    // What stands in the margins is on each page; besides it there is something on each.
    assert.ok(pages.every(hasText));
    await onPaper(tab, "@page { @top-center { content: none } @bottom-center { content: none } }");
    const bare = pagesOf(await tab.pdf({ format: "A4" }));
    assert.equal(bare.length, pages.length);
    for (const [index, one] of bare.entries()) {
      assert.ok(hasText(one), `page ${index + 1} says nothing`);
      assert.notEqual(one, pages[index], `page ${index + 1} has neither number nor title`);
    }
    await tab.close();
  });

  test("addresses stand behind links to elsewhere, but not behind themselves or links of the site", async () => {
    const folder = path.join(await temporaryFolder(), "site");
    const links = "[a](https://example.org/a) <https://example.org/b> [c](b.md) [d](mailto:d@example.org)";
    const site = await siteOf({ "a.md": page(links, "A"), "b.md": page("B", "B") });
    assert.deepEqual(errorsOf(site), []);
    await layOut(site, folder);
    const tab = await browser.newPage(NOTHING_KEPT);
    for (const address of ["print.html", "a.html"]) {
      await tab.goto(pathToFileURL(path.join(folder, address)).href);
      await tab.emulateMedia({ media: "print" });
      const behind = await tab.evaluate(
        `[...document.querySelectorAll(".section-body a")].map((link) => {
          const { content } = getComputedStyle(link, "::after");
          return content === "none" || content === "normal" ? "" : content;
        })`,
      );
      assert.deepEqual(behind, ['" (https://example.org/a)"', "", "", '" (mailto:d@example.org)"'], address);
    }
    await tab.close();
  });

  test("no section has a page with nothing on it but the footer, nor a button", async () => {
    for (const site of sites) {
      const tab = await browser.newPage(NOTHING_KEPT);
      for (const { address } of site.site.course.sections) {
        await tab.goto(fileUrl(site, address));
        await tab.emulateMedia({ media: "print" });
        assert.equal(
          await tab.evaluate(`[...document.querySelectorAll("button:not(.frame-card > button)")]
            .filter((element) => element.checkVisibility()).length`),
          0,
          address,
        );
        await tab.emulateMedia({ media: null });
        await onPaper(tab, ".site-footer { visibility: hidden }");
        for (const format of ["A4", "Letter"]) {
          const pages = pagesOf(await tab.pdf({ format }));
          for (const [index, one] of pages.entries()) {
            assert.ok(
              hasText(one),
              `${address}, ${format}: page ${index + 1} of ${pages.length} says nothing`,
            );
          }
        }
      }
      await tab.close();
    }
  });
});

test("a long course is divided; each page has at most so many sections, and weighs little more than their texts", async () => {
  const files: Files = {};
  const count = LONGEST_PRINT * 2 + 10;
  for (let n = 1; n <= count; n++)
    files[`1-long/${n}-s${n}.md`] = page(`## Heading\n\n${"Text. ".repeat(40)}`, `S${n}`);
  const site = await siteOf(files);
  const folder = path.join(await temporaryFolder(), "site");
  await layOut(site, folder);
  const $ = load(await readFile(path.join(folder, "print.html"), "utf8"));
  const links = $("main .section-list a").map((_, { attribs }) => attribs.href);
  assert.deepEqual(
    links.toArray(),
    [1, 2, 3].map((n) => `print/${n}/index.html`),
  );
  let printed = 0;
  for (const link of links) {
    const html = await readFile(path.join(folder, link), "utf8");
    const bodies = load(html)(".section-body");
    const texts = bodies.toArray().reduce((sum, body) => sum + Buffer.byteLength(load(body).html()), 0);
    assert.ok(bodies.length <= LONGEST_PRINT);
    assert.ok(
      Buffer.byteLength(html) <= 12_000 + texts + bodies.length * 450,
      `${link}: ${html.length}, ${texts}`,
    );
    printed += bodies.length;
  }
  assert.equal(printed, count);
});
