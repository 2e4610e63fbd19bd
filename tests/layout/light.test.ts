/** Pages that stay light in courses of any size: what does not grow, what is divided, and that all of it is reached. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { load } from "cheerio";
import type { Browser } from "playwright-core";
import { layOut } from "../../scripts/site/layout/lay-out.ts";
import type { Site } from "../../scripts/site/layout/site.ts";
import { LOOKED_AT, violationsInTwoLooks } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { errorsOf, type Files, page, siteOf } from "../support/content.ts";
import { faultsOfHtml } from "../support/html.ts";
import { inUrl, temporaryFolder } from "../support/sites.ts";

interface LaidOut {
  site: Site;
  /** Where its pages have been written. */
  folder: string;
  /** The HTML of each page, by its address. */
  pages: Map<string, string>;
}

async function laidOut(files: Files): Promise<LaidOut> {
  const site = await siteOf(files);
  assert.deepEqual(errorsOf(site), []);
  const folder = path.join(await temporaryFolder(), "site");
  await layOut(site, folder);
  const names = await readdir(folder, { recursive: true });
  const addresses = names
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => name.endsWith(".html"));
  const pages = new Map<string, string>();
  for (const address of addresses) pages.set(address, await readFile(path.join(folder, address), "utf8"));
  return { site, folder, pages };
}

/** Short sections in a folder; `isHead` tells which of them are heads of groups. */
function sectionsIn(folder: string, sections: number, isHead: (n: number) => boolean = () => false): Files {
  const files: Files = {};
  for (let n = 1; n <= sections; n++) {
    const title = `Part ${n}${isHead(n) ? "\ntags: [sectionHead]" : ""}`;
    files[`${folder}${n}-part-${n}.md`] = page("Short text.\n", title);
  }
  return files;
}

const worksheet = (heading: string) => `<div class="activity callout" markdown="1">\n## ${heading}\n</div>\n`;
const worksheetsElsewhere = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    worksheet(`[Worksheet #${n + 1}: Plan ${n + 1}](https://example.org/${n + 1})`),
  ).join("\n");

const linksOf = (html: string) => [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].map((match) => match[1]!);
const idsOf = (html: string) => new Set([...html.matchAll(/ id="([^"]*)"/g)].map((match) => match[1]!));
const wordsOf = (text: string) => text.replace(/\s+/g, " ").trim();

test("a section page is the same, byte for byte, in 3 modules and in 40", async () => {
  const course = (modules: number) => {
    const files: Files = {};
    for (let m = 1; m <= modules; m++) Object.assign(files, sectionsIn(`${m}-module-${m}/`, 2));
    return laidOut(files);
  };
  const few = await course(3);
  const many = await course(40);
  for (const address of ["module-1/part-1.html", "module-2/part-2.html"]) {
    assert.equal(many.pages.get(address), few.pages.get(address));
  }
});

describe("a large course", () => {
  let course: LaidOut;
  let browser: Browser;
  before(async () => {
    // Of a thousand sections the first stand without a head, then many in one group, then in groups of five.
    const files = sectionsIn("1-big/", 1000, (n) => n === 400 || (n > 800 && n % 5 === 0));
    Object.assign(files, sectionsIn("", 61));
    for (let m = 2; m <= 4; m++) {
      files[`${m}-module-${m}/1-one.md`] = page(worksheetsElsewhere(200), `One of ${m}`);
    }
    files["4-module-4/index.md"] = page("A landing page.\n", "The fourth module");
    for (let n = 1; n <= 12; n++) {
      files[`3-module-3/${n + 1}-use-${n}.md`] = page(
        worksheet("[The plan](../worksheets/plan.md)"),
        `Use ${n}`,
      );
    }
    files["worksheets/plan.md"] = page("Write.\n", "The plan");
    files["worksheets/lonely.md"] = page("Write.\n", "Lonely");
    course = await laidOut(files);
    browser = await openBrowser();
  });
  after(() => browser.close());

  const NEW_PAGES = [
    "index.html",
    "sections.html",
    "sections/other/index.html",
    "worksheets/index.html",
    "worksheets/modules/module-3/index.html",
    "worksheets/other/index.html",
    "worksheets/plan.html",
    "big/part-500.html",
    "part-30.html",
  ];
  const html = (address: string) => course.pages.get(address)!;

  test("of a thousand sections in a module each page weighs at most 17,500 bytes", () => {
    for (const section of course.site.course.modulesBySlug.get("big")!.sections) {
      const bytes = Buffer.byteLength(html(section.address));
      assert.ok(bytes <= 17_500, `${section.address} weighs ${bytes} bytes`);
    }
  });

  test("the sidebar leads to the module's full list, and says what it leaves out", () => {
    for (const [address, list, first, count] of [
      ["big/part-500.html", "index.html", "380 earlier sections", 1000],
      ["part-30.html", "sections/other/index.html", "Part 1", 61],
    ] as const) {
      const $ = load(html(address));
      const all = $(".sidebar a:contains(All)");
      assert.equal(all.text(), `All ${count.toLocaleString("en-US")} sections`);
      assert.equal(all.attr("href"), `${list}#site--sections`);
      assert.equal($(".sidebar-list a").first().text(), first);
      assert.ok($(".sidebar [aria-current]").text().endsWith($("h1").text()));
      assert.equal($(".site-menu .sidebar-list").html(), $(".sidebar .sidebar-list").html());
    }
    const more = load(html("big/part-500.html"))(".sidebar .sidebar-more a");
    assert.deepEqual(
      more.toArray().map((element) => [load(element).text(), element.attribs.href]),
      [
        ["380 earlier sections", "index.html#site--sections"],
        ["80 earlier sections", "index.html#site--sections"],
        ["294 later sections", "index.html#site--sections"],
        ["146 later sections", "index.html#site--sections"],
      ],
    );
  });

  test("front page and overviews name each module once, with the size of its list, and list nothing else", () => {
    const linesOf = (address: string, lines: string) =>
      load(html(address))(lines)
        .toArray()
        .map((element) => wordsOf(load(element).text()));
    const modules = [
      "Sections 61 sections 1 h 1 min to read",
      "Big 1,000 sections 16 h 40 min to read",
      "Module 2 1 section 4 min to read",
      "Module 3 13 sections 16 min to read",
      "The fourth module 1 section 4 min to read",
    ];
    assert.deepEqual(linesOf("index.html", ".module-card"), modules);
    assert.deepEqual(linesOf("sections.html", ".section-list > li"), modules);
    assert.deepEqual(linesOf("worksheets/index.html", ".section-list > li"), [
      "Module 2 200 worksheets",
      "Module 3 201 worksheets",
      "The fourth module 200 worksheets",
      "Other worksheets 1 worksheet",
    ]);
  });

  test("breadcrumbs lead from a list to its overview, and from a worksheet to its list", () => {
    const crumbsOf = (address: string) =>
      load(html(address))(".breadcrumbs li")
        .toArray()
        .map((element) => [wordsOf(load(element).text()), load(element)("a").attr("href")]);
    const worksheets = ["Worksheets", "../../index.html"];
    assert.deepEqual(crumbsOf("worksheets/modules/module-3/index.html").slice(1), [
      worksheets,
      ["Worksheets: Module 3", undefined],
    ]);
    assert.deepEqual(crumbsOf("sections/other/index.html").slice(1), [
      ["All sections", "../../sections.html"],
      ["Sections", undefined],
    ]);
    assert.deepEqual(crumbsOf("worksheets/plan.html").slice(1), [
      ["Worksheets", "index.html"],
      ["Module 3", "modules/module-3/index.html"],
      ["The plan", undefined],
    ]);
  });

  test("a worksheet that many sections use leads back to the first, and to its line in the list", () => {
    const links = load(html("worksheets/plan.html"))(".reading-order a").toArray();
    assert.equal(links.length, 11);
    assert.equal(wordsOf(load(links[9]!).text()), "Back to the section Use 10");
    const { href } = links[10]!.attribs;
    assert.match(href!, /^modules\/module-3\/index\.html#site--worksheet-\d+$/);
    const entry = load(html("worksheets/modules/module-3/index.html"))(`#${href!.split("#")[1]}`);
    assert.equal(entry.find("h2").text(), "The plan");
    assert.equal(entry.find(".worksheet-facts a").length, 12);
  });

  test("every link leads somewhere, and the front page to every section and worksheet", () => {
    const ids = new Map([...course.pages].map(([address, text]) => [address, idsOf(text)]));
    const reached = new Set(["index.html"]);
    for (const address of reached) {
      for (const link of linksOf(html(address))) {
        if (/^[a-z]+:/.test(link)) continue;
        const [to = "", fragment] = link.split("#");
        const target = to ? path.posix.join(path.posix.dirname(address), decodeURIComponent(to)) : address;
        assert.ok(ids.has(target), `${address} links to ${link}`);
        if (fragment) assert.ok(ids.get(target)!.has(fragment), `${address} links to ${link}`);
        reached.add(target);
      }
    }
    const missed = course.site.course.pages.filter((one) => !reached.has(one.address));
    assert.deepEqual(missed, []);
    const listed = [...reached]
      .filter((address) => /^worksheets\/.*index/.test(address))
      .reduce((sum, address) => sum + (html(address).match(/class="worksheet-entry"/g)?.length ?? 0), 0);
    assert.equal(listed, course.site.worksheets.length);
  });

  test("its pages are valid HTML", async () => {
    for (const address of NEW_PAGES) assert.deepEqual(await faultsOfHtml(html(address), address), []);
  });

  test("no page violates a rule, wide in light colors and narrow in dark ones", async () => {
    const tab = await browser.newPage(LOOKED_AT);
    const base = pathToFileURL(course.folder).href;
    // The lists of worksheets are as they are in small courses, and long.
    for (const address of NEW_PAGES.filter((one) => !one.startsWith("worksheets/modules/"))) {
      assert.deepEqual(await violationsInTwoLooks(tab, `${base}/${inUrl(address)}`), []);
    }
    await tab.close();
  });
});
