/** What every page of a built site is made of: valid HTML, light, relative, alone with its own files. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { load } from "cheerio";
import { FIRST_PAINT } from "../../scripts/site/layout/first-paint.ts";
import { pagePolicy } from "../../scripts/site/layout/policy.ts";
import { faultsOfHtml } from "../support/html.ts";
import { type BuiltSite, buildForTest, CONTENT, COURSE } from "../support/sites.ts";

let sites: BuiltSite[];
before(async () => {
  sites = [await buildForTest(COURSE), await buildForTest(CONTENT)];
});

const read = (site: BuiltSite, address: string) => readFile(path.join(site.folder, address), "utf8");

test("every page is valid HTML", async () => {
  for (const site of sites) {
    for (const address of site.pages) {
      assert.deepEqual(await faultsOfHtml(await read(site, address), address), []);
    }
  }
});

test("a section page weighs at most 11 KB beside its text, and 14 KB in the shipped course, in at most four requests, and only style sheets block it", async () => {
  for (const site of sites) {
    for (const section of site.site.course.sections) {
      const html = await read(site, section.address);
      const $ = load(html);
      const here = new URL(`http://site/${section.address}`);
      const parts = [
        ...$("link[rel=stylesheet]").map((_, element) => $(element).attr("href")),
        ...$("script[src]").map((_, element) => $(element).attr("src")),
      ];
      // What is filled in on the page is as heavy as a worksheet, and loads what that needs.
      const extra = $("[data-field]").length ? 5_000 : 0;
      assert.ok(
        parts.length <= (extra ? 5 : 3),
        `${section.address} asks for ${parts.length} files beside itself`,
      );
      let scripts = 0;
      const text = gzipSync($(".section-body").html()!, { level: 9 }).length;
      let bytes = gzipSync(html, { level: 9 }).length;
      for (const part of parts) {
        const file = path.join(site.folder, decodeURI(new URL(part, here).pathname));
        const packed = gzipSync(await readFile(file), { level: 9 }).length;
        if (part?.endsWith(".js")) scripts += packed;
        bytes += packed;
      }
      assert.ok(
        bytes - text <= 11 * 1024 + extra,
        `${section.address}: ${bytes} bytes, ${text} of them text`,
      );
      // Of the course that is shipped we are the authors too.
      if (site === sites[1]) assert.ok(bytes <= 14 * 1024, `${section.address} weighs ${bytes} bytes`);
      assert.ok(scripts <= 3 * 1024 + extra, `${section.address} has scripts of ${scripts} bytes`);
      // But for a line that sets the reader's theme before the first paint.
      assert.equal($("script:not([defer])").length, 1);
      assert.equal($("script:not([defer])").text(), FIRST_PAINT);
      assert.doesNotMatch(html, /pagefind\.js/);
    }
  }
});

test("the markup of what scripts show is in the page, each kind only where there is something for it", async () => {
  for (const site of sites) {
    for (const address of site.pages.filter((one) => !site.site.course.aliases.has(one))) {
      if (address === "404.html") continue;
      const $ = load(await read(site, address));
      const isWorkbook = $("[data-workbook]").length > 0;
      const templates = $("template[id]").map((_, element) => $(element).attr("id"));
      assert.deepEqual(
        templates.toArray().sort(),
        [
          "site--search-button",
          "site--settings-button",
          ...($("[data-section]").length > 0 ? ["site--read"] : []),
          ...($("[data-embed]").length > 0 ? ["site--video"] : []),
          ...($("article [data-field]").length > 0 && !isWorkbook ? ["site--worksheet"] : []),
          ...($("[data-note]").length > 0 ? ["site--note"] : []),
          ...($("article[data-goes-on]").length > 0 ? ["site--slides"] : []),
          ...($("[data-session]").length > 0 ? ["site--clock"] : []),
          ...($("[data-choose]").length > 0 ? ["site--questions"] : []),
          ...(isWorkbook || $("main [data-worksheet]").length > 0 ? ["site--workbook"] : []),
        ].sort(),
        address,
      );
      assert.equal($(".note-variants").length > 0, $("[data-variant]").length > 0, address);
    }
  }
});

test("every page names its files relatively, asks nothing of another host, and carries the policy", async () => {
  for (const site of sites) {
    for (const address of site.pages) {
      const $ = load(await read(site, address));
      for (const element of $("[src], link[href], a[href]").toArray()) {
        const url = $(element).attr("src") ?? $(element).attr("href")!;
        const isOutside = /^(?:https?|mailto|tel):/.test(url);
        // Nobody knows from where the page for wrong addresses is shown.
        if (address === "404.html") assert.match(url, /^\/[\w/.-]+\.html$|^data:,$/);
        else if (element.name === "a") assert.doesNotMatch(url, /^\//, `${address}: ${url}`);
        else assert.ok(!isOutside && !url.startsWith("/"), `${address} loads ${url}`);
        if (!isOutside)
          assert.doesNotMatch(url, /(?:^|\/)(?:$|[?#])(?<!^#.*)/, `${address}: ${url} names no file`);
      }
      for (const element of $('a[target="_blank"]').toArray()) {
        assert.equal($(element).attr("rel"), "noopener", `${address}: ${$(element).attr("href")}`);
        const says =
          $("html").attr("lang") === "es" ? /se abre en una pestaña nueva/ : /opens .*in a new tab/;
        assert.match($(element).text(), says, `${address}: ${$(element).attr("href")}`);
      }
      if (address === "404.html") continue;
      assert.equal(
        $('meta[http-equiv="Content-Security-Policy"]').attr("content"),
        pagePolicy(FIRST_PAINT),
        address,
      );
    }
  }
});

test("the output keeps its contracts: addresses, names, the marks for servers", async () => {
  const [course] = sites as [BuiltSite];
  assert.deepEqual(course.pages, [
    "404.html",
    "about/accessibility/index.html",
    "about/privacy/index.html",
    "facilitate/first-steps/forms.html",
    "facilitate/first-steps/guide/index.html",
    "facilitate/first-steps/prompts/index.html",
    "facilitate/first-steps/welcome.html",
    "facilitate/index.html",
    "first-steps/forms.html",
    "first-steps/index.html",
    "first-steps/print.html",
    "first-steps/welcome.html",
    "index.html",
    "modules/first/welcome/index.html",
    "old-welcome.html",
    "print.html",
    "search.html",
    "sections.html",
    "spate-ubung/index.html",
    "spate-ubung/letzte.html",
    "spate-ubung/print.html",
    "worksheets/index.html",
    "worksheets/plan.html",
    "worksheets/record/index.html",
    "worksheets/workbook/index.html",
  ]);
  for (const site of sites) {
    const files = await readdir(site.folder, { recursive: true });
    for (const file of [".nojekyll", "manifest.webmanifest", "apple-touch-icon.png"])
      assert.ok(files.includes(file));
    // These need to know where the site stands.
    for (const file of ["sitemap.xml", "feed.xml"]) assert.ok(!files.includes(file));
    assert.deepEqual(
      files.filter((file) => path.basename(file).startsWith("_")),
      [],
    );
  }
});

test("no page tells a learner what a facilitator's note says", async () => {
  const [course] = sites as [BuiltSite];
  for (const address of await readdir(course.folder, { recursive: true })) {
    if (!/\.(?:html|js|json)$/.test(address) || /^facilitate\b/.test(address)) continue;
    assert.doesNotMatch(await read(course, address), /wombat/i, address);
  }
});

test("the section's body is one element, and what the site added in it says so", async () => {
  const [course] = sites as [BuiltSite];
  const $ = load(await read(course, "first-steps/welcome.html"));
  assert.equal($("main > article").length, 1);
  assert.equal($(".section-body").length, 1);
  $(".section-body [data-added]").remove();
  const words = $(".section-body").text().replace(/\s+/g, " ").trim();
  assert.equal(
    words,
    "An aardvark opens the section. Read more, or write to us. You will see a list see a link to elsewhere " +
      "Worksheet #2: A plan to keep Write the plan of the pangolin. A film Tools for teens A talk on play",
  );
});

test("the worksheets index merges callouts and pages by module and number", async () => {
  const [course] = sites as [BuiltSite];
  const $ = load(await read(course, "worksheets/index.html"));
  $(".visually-hidden").remove();
  const entries = $(".worksheet-entry").map((_, element) => $(element).text().replace(/\s+/g, " ").trim());
  assert.deepEqual(entries.toArray(), [
    "2 A plan to keep 10 min Fill in here Print Word document Original document Make a copy " +
      "The original opens Google Docs in a new tab; copying asks for an account In section Welcome",
    "1 Only elsewhere Write here Original document The original opens example.org in a new tab " +
      "In section The last section “with quotes” & <signs>",
  ]);
  const welcome = load(await read(course, "first-steps/welcome.html"));
  const authored = welcome(".callout--activity h2 a");
  assert.equal(authored.attr("href"), "https://docs.google.com/document/d/abc/edit");
  assert.equal(welcome(".worksheet-actions a").attr("href"), "../worksheets/plan.html");
});

test("an old address leads on without a server", async () => {
  const [course] = sites as [BuiltSite];
  const $ = load(await read(course, "modules/first/welcome/index.html"));
  assert.equal($('meta[http-equiv="refresh"]').attr("content"), "0; url=../../../first-steps/welcome.html");
});
