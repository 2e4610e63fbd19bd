/** What others are told of a site: descriptions, canonical addresses, Open Graph, sitemap, feed, manifest, wrong addresses. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { type CheerioAPI, load } from "cheerio";
import { shortened } from "../../scripts/site/html/components/opening.ts";
import { layOut } from "../../scripts/site/layout/lay-out.ts";
import { sitemap } from "../../scripts/site/layout/sharing.ts";
import { rootOf, wholeUrl } from "../../scripts/site/text/addresses.ts";
import { errorsOf, type Files, page, renderedAt, siteOf } from "../support/content.ts";
import { faultsOfHtml } from "../support/html.ts";
import { temporaryFolder } from "../support/sites.ts";

const ROOT = "https://training.example.org/teens%20and%20us/";
const LONG = "Teens come to the library for many reasons, and few of them are books. ".repeat(9).trim();

const FILES: Files = {
  "index.md": `---\ntitle: The course\nupdated: 2026-11-02\n---\n${LONG}\n`,
  "01-basics/01-one.md": `---\ntitle: One & “two”\nupdated: 2026-11-20\ndescription: What "one" <is>.\n---\nText.\n`,
  "01-basics/02-two words.md": `---\ntitle: Two\naliases: [old.html]\n---\n> A quotation.\n\n| a |\n|---|\n| b |\n\n## A heading\n\nThe first paragraph[^1], with *emphasis*, and more of it.\n\nAnother.\n\n[^1]: A note.\n`,
  "01-basics/03-empty.md": page("## Only a heading\n", "Empty"),
  "02-more/01-three.md": page("Three.\n", "Three"),
  "worksheets/plan.md": `---\ntitle: The plan\nupdated: 2025-01-31\n---\nWhat now?\n{: .answer #now}\n`,
  "site.yaml":
    `name: A course\nurl: https://training.example.org/teens and us/index.html\ncontact: ask@library.example.org\n`.replace(
      "teens and us",
      "teens%20and%20us",
    ),
};

async function writtenOf(files: Files): Promise<{ folder: string; pages: string[] }> {
  const site = await siteOf(files);
  assert.deepEqual(errorsOf(site), []);
  const folder = path.join(await temporaryFolder(), "site");
  await layOut(site, folder);
  const names = await readdir(folder, { recursive: true });
  const pages = names.map((name) => name.split(path.sep).join("/")).filter((name) => name.endsWith(".html"));
  return { folder, pages };
}

const metaOf = ($: CheerioAPI, name: string) =>
  $(`meta[name="${name}"], meta[property="${name}"]`).attr("content");

describe("a site that knows its address", () => {
  let folder: string;
  let pages: string[];
  before(async () => {
    ({ folder, pages } = await writtenOf(FILES));
  });
  const read = (address: string) => readFile(path.join(folder, address), "utf8");
  const pageAt = async (address: string) => load(await read(address));
  const xmlAt = async (address: string) => load(await read(address), { xml: true });

  test("every page has a description of at most 200 characters, the author's or the beginning of the text", async () => {
    for (const address of pages) {
      const found = (await pageAt(address))('meta[name="description"]');
      assert.equal(found.length, 1, address);
      const text = found.attr("content")!;
      assert.ok(text.length > 10 && text.length <= 200, `${address}: ${text}`);
      assert.doesNotMatch(text, /undefined|\{/, address);
    }
    const of = async (address: string) => metaOf(await pageAt(address), "description");
    assert.equal(await of("basics/one.html"), "What “one” <is>.");
    assert.equal(await of("basics/two-words.html"), "The first paragraph, with emphasis, and more of it.");
    assert.equal(await of("basics/empty.html"), "“Empty”: a page of A course.");
    assert.equal(await of("basics/index.html"), "“Basics”, in 3 sections: a module of A course.");
    assert.equal(await of("old.html"), "The first paragraph, with emphasis, and more of it.");
    assert.equal(await of("index.html"), LONG.slice(0, 141));
  });

  test("each names its one address, and what is to be shown where somebody links to it", async () => {
    const alone = ["404.html", "old.html"];
    const picture = (await readdir(path.join(folder, "assets"))).find((name) => /^share-.*\.png$/.test(name));
    for (const address of pages.filter((one) => !alone.includes(one))) {
      const $ = await pageAt(address);
      const url = ROOT + (address === "index.html" ? "" : address);
      assert.equal($('link[rel="canonical"]').attr("href"), url);
      assert.equal(metaOf($, "og:url"), url);
      assert.ok(metaOf($, "og:title"), address);
      assert.equal(metaOf($, "og:description"), metaOf($, "description"));
      assert.equal(metaOf($, "og:image"), `${ROOT}assets/${picture}`);
      assert.equal(metaOf($, "og:locale"), "en_US");
      assert.equal(metaOf($, "og:site_name"), "A course");
      assert.equal(metaOf($, "og:type"), "website");
      assert.equal(metaOf($, "twitter:card"), "summary_large_image");
      assert.deepEqual(await faultsOfHtml(await read(address), address), []);
    }
    assert.equal(metaOf(await pageAt("basics/one.html"), "og:title"), "One & “two”");
  });

  test("the sitemap has every page that somebody may look for, with the day that its author gave it", async () => {
    const $ = await xmlAt("sitemap.xml");
    const entries = $("url")
      .toArray()
      .map((entry) => [$(entry).find("loc").text(), $(entry).find("lastmod").text()]);
    assert.deepEqual(entries.map(([url]) => url!.replace(ROOT, "")).sort(), [
      "",
      "about/accessibility/index.html",
      "about/privacy/index.html",
      "basics/empty.html",
      "basics/index.html",
      "basics/one.html",
      "basics/two-words.html",
      "more/index.html",
      "more/three.html",
      "sections.html",
      "worksheets/index.html",
      "worksheets/plan.html",
    ]);
    assert.deepEqual(
      entries.filter(([, day]) => day).map(([url, day]) => `${url!.replace(ROOT, "")} ${day}`),
      [" 2026-11-02", "basics/one.html 2026-11-20", "worksheets/plan.html 2025-01-31"],
    );
    // What a reader fills in is nobody else's to find.
    for (const address of ["worksheets/workbook/index.html", "worksheets/record/index.html"]) {
      assert.equal(metaOf(await pageAt(address), "robots"), "noindex", address);
    }
    assert.equal(metaOf(await pageAt("basics/one.html"), "robots"), undefined);
  });

  test("the feed tells of the pages whose authors say when they changed, the latest first", async () => {
    const $ = await xmlAt("feed.xml");
    assert.equal($("feed > id").text(), ROOT);
    assert.equal($("feed > updated").text(), "2026-11-20T00:00:00Z");
    assert.equal($('feed > link[rel="self"]').attr("href"), `${ROOT}feed.xml`);
    assert.equal($("feed > author > name").text(), "A course");
    const entries = $("entry")
      .toArray()
      .map((entry) =>
        ["title", "id", "updated", "summary"].map((part) => $(entry).children(part).text().slice(0, 80)),
      );
    assert.deepEqual(entries, [
      ["One & “two”", `${ROOT}basics/one.html`, "2026-11-20T00:00:00Z", "What “one” <is>."],
      ["The course", ROOT, "2026-11-02T00:00:00Z", LONG.slice(0, 80)],
      [
        "The plan",
        `${ROOT}worksheets/plan.html`,
        "2025-01-31T00:00:00Z",
        "“The plan”: a page of A course. What now?",
      ],
    ]);
    const link = (await pageAt("index.html"))('link[type="application/atom+xml"]');
    assert.equal(link.attr("href"), "feed.xml");
  });

  test("the page for wrong addresses leads home, to sections, worksheets and search", async () => {
    const $ = await pageAt("404.html");
    assert.deepEqual(
      $("a")
        .toArray()
        .map((link) => $(link).attr("href")),
      ["", "sections.html", "worksheets/index.html", "search.html"].map((address) => ROOT + address),
    );
    assert.equal($("script").length, 0);
  });

  test("a page says when it last changed, and asks what is unclear, with its title and its address", async () => {
    const $ = await pageAt("basics/one.html");
    assert.equal($(".page-end").text().trim(), "Updated November 20, 2026 Something unclear on this page?");
    const url = new URL($(".page-end a").attr("href")!);
    assert.equal(url.protocol + url.pathname, "mailto:ask@library.example.org");
    assert.equal(url.searchParams.get("subject"), "One & “two” – A course");
    assert.equal(url.searchParams.get("body")!.trim(), `${ROOT}basics/one.html`);
    assert.equal((await pageAt("index.html"))(".page-end").text().trim(), "Updated November 2, 2026");
    assert.equal((await pageAt("more/index.html"))(".page-end").length, 0);
    assert.equal(
      (await pageAt("basics/two-words.html"))(".page-end").text().trim(),
      "Something unclear on this page?",
    );
  });
});

describe("a site that does not know its address", () => {
  const { "site.yaml": _, ...files } = FILES;
  let folder: string;
  before(async () => {
    ({ folder } = await writtenOf({
      ...files,
      "site.yaml": "contact: https://library.example.org/ask?x=1\nlanguage: es\n",
    }));
  });
  const pageAt = async (address: string) => load(await readFile(path.join(folder, address), "utf8"));

  test("it claims none, and has no sitemap and no feed", async () => {
    const $ = await pageAt("basics/one.html");
    assert.equal($('[property^="og:"], link[rel="canonical"]').length, 0);
    assert.equal(metaOf($, "description"), "What “one” <is>.");
    for (const file of ["sitemap.xml", "feed.xml"]) assert.ok(!existsSync(path.join(folder, file)));
    assert.ok(!(await readdir(path.join(folder, "assets"))).some((name) => name.startsWith("share-")));
    assert.equal((await pageAt("index.html"))('link[type="application/atom+xml"]').length, 0);
  });

  test("its page for wrong addresses links from the root of the host, and says what to try elsewhere", async () => {
    const $ = await pageAt("404.html");
    assert.deepEqual(
      $("a")
        .toArray()
        .map((link) => $(link).attr("href")),
      ["/index.html", "/sections.html", "/worksheets/index.html", "/search.html"],
    );
    assert.match($("main").text(), /Si el sitio está en una carpeta/);
  });

  test("a contact that is a page is linked as it is; days are in the site's language", async () => {
    const $ = await pageAt("basics/one.html");
    assert.equal($(".page-end a").attr("href"), "https://library.example.org/ask?x=1");
    assert.match($(".page-end").text(), /Actualizada el 20 de noviembre de 2026/);
  });

  test("its manifest names everything relatively; only pages on which a course begins ask for it", async () => {
    const manifest = JSON.parse(await readFile(path.join(folder, "manifest.webmanifest"), "utf8"));
    assert.deepEqual([manifest.start_url, manifest.scope, manifest.lang], ["index.html", "./", "es"]);
    assert.equal(manifest.name, "The course");
    for (const { src, sizes } of manifest.icons) {
      const png = await readFile(path.join(folder, src));
      assert.equal(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, sizes);
    }
    assert.equal((await pageAt("index.html"))('link[rel="manifest"]').attr("href"), "manifest.webmanifest");
    assert.equal(
      (await pageAt("basics/index.html"))('link[rel="manifest"]').attr("href"),
      "../manifest.webmanifest",
    );
    assert.equal(
      (await pageAt("basics/index.html"))('link[rel="apple-touch-icon"]').attr("href"),
      "../apple-touch-icon.png",
    );
    assert.equal((await pageAt("basics/one.html"))('link[rel="manifest"]').length, 0);
  });
});

test("each language has its own words, picture and pairs for those who show links to it, and one feed", async () => {
  const { folder } = await writtenOf({
    "index.md": page(LONG, "The course"),
    "es/index.md": page("Una página de bienvenida para todas las personas.", "El curso\nlang: es"),
    "one/index.md": page("The module, told in a few words of its own.", "One"),
    "uno/index.md":
      "---\ntitle: Uno\nlang: es\ntranslates: ../one/index.md\nupdated: 2026-11-20\n---\nEl módulo, contado en pocas palabras propias.\n",
    "site.yaml": "url: https://example.org/\n",
  });
  const pageAt = async (address: string) => load(await readFile(path.join(folder, address), "utf8"));
  const [english, spanish] = [await pageAt("one/index.html"), await pageAt("uno/index.html")];
  assert.deepEqual(
    [english, spanish].map(($) => metaOf($, "og:locale")),
    ["en_US", "es_ES"],
  );
  assert.deepEqual(
    [english, spanish].map(($) => metaOf($, "og:site_name")),
    ["The course", "El curso"],
  );
  assert.notEqual(metaOf(english, "og:image"), metaOf(spanish, "og:image"));
  for (const $ of [english, spanish]) {
    assert.ok(existsSync(path.join(folder, metaOf($, "og:image")!.replace("https://example.org/", ""))));
  }
  assert.equal(english('link[hreflang="es"]').attr("href"), "https://example.org/uno/index.html");
  assert.equal(
    metaOf(await pageAt("es/about/privacy/index.html"), "description")?.slice(0, 22),
    "Qué guarda este sitio ",
  );
  const feed = load(await readFile(path.join(folder, "feed.xml"), "utf8"), { xml: true });
  assert.equal(feed("entry").attr("xml:lang"), "es");
});

test("what a section's page says to those who show links to it costs at most 400 bytes", async () => {
  const bytesOf = async (settings: string) => {
    const { folder } = await writtenOf({ "basics/one.md": page(LONG), "site.yaml": settings });
    return gzipSync(await readFile(path.join(folder, "basics/one.html")), { level: 9 }).length;
  };
  const name = "name: A course for all who work in libraries\n";
  const more = (await bytesOf(`${name}url: https://training.example.org/teens/\n`)) - (await bytesOf(name));
  assert.ok(more > 0 && more <= 400, `${more} bytes`);
});

test("a day that the author gave nowhere makes no feed", async () => {
  const { folder } = await writtenOf({
    "index.md": page("Text."),
    "site.yaml": "url: https://example.org\n",
  });
  assert.ok(existsSync(path.join(folder, "sitemap.xml")));
  assert.ok(!existsSync(path.join(folder, "feed.xml")));
});

test("an author's picture at an address of the site's own is told", async () => {
  const fault = (name: string) =>
    `content/${name}:1:1: the file would have an address that the site keeps for itself; give it, or its folder, another name`;
  const files = ["apple-touch-icon.png", "assets/icons/192.png", "assets/share-0123abcd.png"];
  const site = await siteOf({
    "a.md": page("Text."),
    ...Object.fromEntries(files.map((name) => [name, "x"])),
  });
  assert.deepEqual(errorsOf(site), files.map(fault));
});

test("a sitemap of more addresses than one file may have is an index of several", () => {
  const entries = Array.from({ length: 5 }, (_, n) => ({ url: `${ROOT}${n}.html`, updated: undefined }));
  const one = sitemap(ROOT, entries, 5);
  assert.deepEqual(
    one.map(({ address }) => address),
    ["sitemap.xml"],
  );
  const [index, ...parts] = sitemap(ROOT, entries, 2);
  assert.deepEqual(
    index!.data.urls,
    [1, 2, 3].map((n) => `${ROOT}sitemap-${n}.xml`),
  );
  assert.deepEqual(
    parts.map(({ address }) => address),
    ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"],
  );
  assert.deepEqual(
    parts.flatMap(({ data }) => data.entries),
    entries,
  );
});

test("where a site stands is told by its url, however it is written", () => {
  for (const [written, root] of [
    ["https://example.org", "https://example.org/"],
    ["https://example.org/course", "https://example.org/course/"],
    ["https://example.org/course/index.html?a#b", "https://example.org/course/"],
    ["https://example.org/v1.2/", "https://example.org/v1.2/"],
    ["https://example.org/v1.2", "https://example.org/v1.2/"],
  ] as const) {
    assert.equal(rootOf(written), root);
  }
  assert.equal(
    wholeUrl("https://example.org/", "übung/a b.html"),
    "https://example.org/%C3%BCbung/a%20b.html",
  );
});

test("a beginning ends with a sentence or a word, and in no character's middle", async () => {
  assert.equal(shortened("Short."), "Short.");
  const words = `${"word ".repeat(40)}end.`;
  assert.equal(shortened(words), `${"word ".repeat(31)}word …`);
  assert.equal(shortened(`${"One sentence that is long enough to be. ".repeat(3)}${words}`).at(-1), ".");
  assert.doesNotMatch(shortened("🎉".repeat(200)), /\p{Cs}/u);
  const site = await siteOf({
    "page.md": page(
      '{% callout "info" %}\n### Title\n\nIn a callout.\n{% endcallout %}\n\n<details><summary>a</summary>\n\nFolded\n\n</details>\n',
    ),
  });
  assert.equal(renderedAt(site).opening, "In a callout.");
});
