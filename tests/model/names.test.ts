/** Names: in whatever form of Unicode they come, on whatever disk they are to stand. */
import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, test } from "node:test";
import { readSourceFolder } from "../../scripts/site/import/source-files.ts";
import { leadsTo } from "../../scripts/site/model/worksheets.ts";
import { Problems } from "../../scripts/site/problems/problems.ts";
import { buildSite, loadSite } from "../../scripts/site/site.ts";
import {
  errorsOf,
  type Files,
  inFolder,
  inWorkingDirectory,
  page,
  renderedAt,
  siteInFolder,
  siteOf,
  warningsOf,
  writeFiles,
} from "../support/content.ts";

const NFC = "caf\u00e9";
const NFD = "cafe\u0301";
const HANGUL = "\ud55c\uad6d";
const JAMO = HANGUL.normalize("NFD");

const withAliases = (...aliases: string[]) =>
  `---\ntitle: A page\naliases: ${JSON.stringify(aliases)}\n---\nText\n`;

/** Asserts all errors and all warnings of a content folder, but for those of files that no page uses. */
async function assertProblems(files: Files, errors: string[], warnings: string[] = []): Promise<void> {
  const site = await siteInFolder(files);
  assert.deepEqual(errorsOf(site), errors);
  assert.deepEqual(warningsOf(site), warnings);
}

describe("one name, composed or not", () => {
  for (const [disk, typed, han, ja] of [
    [NFD, NFC, JAMO, HANGUL],
    [NFC, NFD, HANGUL, JAMO],
  ] as const) {
    const form = disk === NFD ? "NFD" : "NFC";
    test(`on the disk ${form}, in links the other form: links, pictures, headings, aliases, modules`, async () => {
      const links = [
        `[a](${typed}.md)`,
        `[b](${encodeURIComponent(typed)}.md#${typed}-${ja})`,
        `[c](#${encodeURIComponent(typed)})`,
        `[d](${ja}.md)`,
        `[e](../${ja}.html)`,
        `[f](/alt-${typed}/)`,
        `[g](${typed}.pdf)`,
        `![h](${typed}.png)`,
      ].join("\n\n");
      const site = await siteOf({
        [`01-${disk}/one.md`]: page(`${links}\n\n## ${disk}\n`),
        [`01-${disk}/${disk}.md`]: page(`## ${disk} ${han}\n`),
        [`01-${disk}/${han}.md`]: withAliases(`alt-${disk}/`),
        [`01-${disk}/${disk}.pdf`]: "",
        [`01-${disk}/${disk}.png`]: "",
        [`${han}.md`]: page(""),
        "worksheets/one.md": page("").replace("---\n", `---\nmodule: ${typed}\n`),
      });
      assert.deepEqual(errorsOf(site), []);
      const inLink = (text: string) => encodeURIComponent(text);
      assert.deepEqual(
        [
          ...site.rendering
            .of(site.course.byAddress.get("cafe/one.html")!)
            .html.matchAll(/(?:href|src)="([^"]*)"/g),
        ].map((match) => match[1]),
        [
          "cafe.html",
          `cafe.html#${inLink(`${NFC}-${HANGUL}`)}`,
          `#${inLink(NFC)}`,
          `${inLink(HANGUL)}.html`,
          `../${inLink(HANGUL)}.html`,
          `${inLink(HANGUL)}.html`,
          `${inLink(NFC)}.pdf`,
          `${inLink(NFC)}.png`,
        ],
      );
      assert.deepEqual([...site.course.aliases.keys()], [`alt-${NFC}/index.html`]);
      assert.equal(site.worksheets[0]!.module?.slug, "cafe");
    });
  }

  test("what is written has one form", async () => {
    await inFolder(async (folder) => {
      const content = path.join(folder, "content");
      const out = path.join(folder, "site");
      await writeFiles(content, {
        [`${JAMO}.md`]: `${withAliases(`${NFD}.html`)}[One](<🎉\u0301/${NFD}.pdf>) ![Two](<${NFD} \u0301.png>)\n`,
        [`🎉\u0301/${NFD}.pdf`]: "",
        [`${NFD} \u0301.png`]: "",
      });
      await buildSite({ content, out, drafts: false });
      const written = await readdir(out, { recursive: true });
      assert.deepEqual(
        written.filter((name) => name !== name.normalize("NFC")),
        [],
      );
      for (const name of [`${HANGUL}.html`, `${NFC}.html`, `🎉\u0301/${NFC}.pdf`]) {
        assert.ok(written.includes(path.normalize(name)), name);
      }
    });
  });

  test("two headings that differ in nothing else have two ids", async () => {
    const site = await siteOf({ "a.md": page(`## ${NFC}\n\n## ${NFD}\n\n[x](#${NFC}-1)\n`) });
    assert.deepEqual(errorsOf(site), []);
    assert.deepEqual([...renderedAt(site, "a.md").anchors], [NFC, `${NFC}-1`]);
  });

  // macOS's file system takes them for one already.
  test("two files that differ in nothing else are an error", {
    skip: process.platform === "darwin",
  }, async () => {
    await assertProblems(
      { [`${NFC}.md`]: page(""), [`${NFD}.md`]: page(""), [`${NFC}.png`]: "", [`${NFD}.png`]: "" },
      [
        `content/${NFC}.md:1:1: the page would have the address cafe.html, which content/${NFD}.md has already; give one of them another file name; numbers and dates before the name do not count`,
        `content/${NFC}.png:1:1: the file would have the same address as content/${NFD}.png; give one of them, or its folder, another name`,
      ],
    );
  });
});

describe("two things at one address", () => {
  test("files where the site puts its own", async () => {
    await assertProblems(
      {
        "01-basics/one.md": page(""),
        "01-pagefind/pagefind-entry.json": "",
        "01-assets/icon-0123abcd.svg": "",
        "01-assets/photo.png": "",
      },
      [
        "content/01-assets/icon-0123abcd.svg:1:1: the file would have an address that the site keeps for itself; give it, or its folder, another name",
        "content/01-pagefind/pagefind-entry.json:1:1: the file would have an address that the site keeps for itself; give it, or its folder, another name",
      ],
    );
  });

  test("names that some file systems take for one", async () => {
    await assertProblems(
      {
        "ος.md": page(""),
        "οσ.md": page(""),
        "A.png": "",
        "02-more/ı.png": "",
        "02-more/S.png": "",
        "02-more/ſ.png": "",
        "02-more/i.png": "",
      },
      [
        "content/02-more/ſ.png:1:1: the file would have the same address as content/02-more/S.png; give one of them, or its folder, another name",
        "content/οσ.md:1:1: the page would have the address οσ.html, and to many file systems that is the one of content/ος.md; give one of them another file name",
      ],
    );
  });

  test("aliases", async () => {
    const cure = "delete the alias";
    const root = "write it from the site's root, as in modules/basics/interests/";
    const faults: [alias: string, what: string][] = [
      ["mistakes.html", `is already the address of content/mistakes.md; ${cure}`],
      ["mistakes.html?x#y", `is already the address of content/mistakes.md; ${cure}`],
      ["Mistakes.html", `is to many file systems the address of content/mistakes.md; ${cure}`],
      ["MISTAKES.HTML", `is to many file systems the address of content/mistakes.md; ${cure}`],
      ["basics", `is already the address of a page that the site makes itself; ${cure}`],
      ["Basics/", `is to many file systems the address of a page that the site makes itself; ${cure}`],
      ["404.html", `is already the address of a page that the site makes itself; ${cure}`],
      ["pagefind/pagefind.html", `is an address that the site keeps for itself; ${cure}`],
      ["assets/site-0123abcd.css/x", `is an address that the site keeps for itself; ${cure}`],
      ["worksheets/modules/Basics/", `is an address that the site keeps for itself; ${cure}`],
      ["worksheets/other", `is an address that the site keeps for itself; ${cure}`],
      ["sections/other/", `is an address that the site keeps for itself; ${cure}`],
      ["x".repeat(256), `is an address with a name of 256 bytes, more than the 255 a name may have; ${cure}`],
      ["é".repeat(128), `is an address with a name of 256 bytes, more than the 255 a name may have; ${cure}`],
      ["x/".repeat(400), `is an address of 810 bytes, more than the 800 it may have; ${cure}`],
      ...[
        ...["img/photo.png", "plan.pdf/", "assets/site-0123abcd.css", "pagefind/pagefind.js", ".nojekyll"],
        ...["a//b", "a/./b", "../a", "%2e%2e/a", "a/%00", "a%0Ab", "a\\b", "https://example.org/"],
        ...[" ", "/", "?x", "a/%20/b", "a.html/", "_a/"],
      ].map((alias): [string, string] => [alias, `is no address of a page; ${root}`]),
    ];
    for (const [alias, what] of faults) {
      const shown = [...alias].length > 60 ? `${alias.slice(0, 59)}…` : alias.trim();
      const site = await siteOf({
        "a.md": withAliases(alias),
        "mistakes.md": page(""),
        "basics/one.md": page(""),
      });
      assert.deepEqual(
        errorsOf(site),
        [`content/a.md:3:1: the alias "${shown}" ${what}`],
        JSON.stringify(alias),
      );
    }
  });

  test("aliases of odd looks at which a page can stand", async () => {
    const site = await siteOf({
      "a.md": withAliases("a%3Fb", "caf%C3%A9/", "100%/", "/x/?y", "v1.2", "p.php", "OLD.HTML", "{{x}}/"),
    });
    assert.deepEqual(errorsOf(site), []);
    assert.deepEqual(
      [...site.course.aliases.keys()],
      [
        "a?b/index.html",
        "café/index.html",
        "100%/index.html",
        "x/index.html",
        "v1.2/index.html",
        "p.php/index.html",
        "OLD.HTML",
        "{{x}}/index.html",
      ],
    );
  });

  test("an address too long for any disk", async () => {
    await assertProblems(
      { [`${"x".repeat(252)}.md`]: page(""), [`${"x".repeat(250)}.md`]: page("") },
      [
        `content/${"x".repeat(252)}.md:1:1: the page would have the address ${"x".repeat(59)}…, with a name of 257 bytes, more than the 255 a name may have; give the file, or its folder, a shorter name`,
      ],
      [
        `content/${"x".repeat(250)}.md:1:1: the address has 255 characters, more than the 200 that Windows holds for sure; give the file, or its folder, a shorter name`,
        `content/${"x".repeat(252)}.md:1:1: the address has 257 characters, more than the 200 that Windows holds for sure; give the file, or its folder, a shorter name`,
      ],
    );
  });
});

const portable = (file: string, what: string, why: string, cure: string) =>
  `content/${file}: Windows and many USB sticks cannot hold the ${what}: ${why}; ${cure}`;

test("names that Windows and USB sticks cannot hold", async () => {
  const file = "give the file another name";
  const folder = "give the folder another name";
  await assertProblems(
    {
      "con.md": withAliases("old/a%3Fb"),
      "01-aux/one.md": page(""),
      "01-aux/two.md": page(""),
      "01-aux/lpt1.tar.png": "",
      "console.md": page(""),
      'a"b.png': "",
      "a\u0007.png": "",
      "02-more/pictures/nul.pdf": "",
      "_con/nul.png": "",
      "prn.html.yaml": "",
    },
    [],
    [
      portable("01-aux:1:1", 'site\'s folder "aux"', "aux is the name of a device there", folder),
      portable(
        "01-aux/lpt1.tar.png:1:1",
        'site\'s file "lpt1.tar.png"',
        "lpt1 is the name of a device there",
        file,
      ),
      portable(
        "02-more/pictures/nul.pdf:1:1",
        'site\'s file "nul.pdf"',
        "nul is the name of a device there",
        file,
      ),
      portable("a\\u{7}.png:1:1", 'site\'s file "a\\u{7}.png"', "it holds a control character", file),
      portable('a"b.png:1:1', 'site\'s file "a"b.png"', 'it holds "', file),
      portable("con.md:1:1", 'site\'s file "con.html"', "con is the name of a device there", file),
      portable(
        "con.md:3:1",
        'alias\'s name "a?b"',
        "it holds ?",
        "delete the alias, unless the site is for servers only",
      ),
      "content/prn.html.yaml:1:1: the file is not published: only Markdown, pictures and documents are; write it as Markdown, or take it out of the content folder",
    ],
  );
});

describe("names that are not UTF-8", { skip: process.platform !== "linux" }, () => {
  const bytes = (folder: string, name: string) =>
    Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, "latin1")]);
  const named = "the name is not UTF-8 text; give it another name, in plain letters";

  test("are errors, shown with escapes", async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, { "content/page.md": page("") });
      await mkdir(bytes(`${folder}/content`, "b\u00e9"));
      await writeFile(bytes(`${folder}/content`, "caf\u00e9.md"), page(""));
      await writeFile(bytes(`${folder}/content`, "_caf\u00e9.md"), page(""));
      const site = await inWorkingDirectory(folder, () => loadSite({ content: "content", drafts: false }));
      assert.deepEqual(errorsOf(site), [`content/b\\xe9:1:1: ${named}`, `content/caf\\xe9.md:1:1: ${named}`]);
      const problems = new Problems();
      await inWorkingDirectory(folder, () => readSourceFolder("content", problems));
      assert.equal(problems.errors.length, 3);
    });
  });
});

describe("a worksheet's address that is none", () => {
  const none = (address: string) =>
    `no browser finds a page at "${address}"; write the address as the browser's address bar shows it, as in https://example.org/page`;
  const slashes = (address: string) =>
    `the address "${address}" does not have two slashes behind its colon; write it as in https://example.org/page`;
  for (const [address, fault] of [
    ["https://a b/x", none],
    ["https://host:99999/", none],
    ["https://", none],
    ["https://[::1", none],
    ["http:///", slashes],
    ["https:", slashes],
  ] as const) {
    test(address, async () => {
      const activity = `<div class="activity callout" markdown="1">\n### <a href="${address}">Worksheet #1: Plan</a>\n</div>\n`;
      const site = await siteOf({ "a.md": page(activity) });
      assert.deepEqual(errorsOf(site), [`content/a.md:5:5: ${fault(address)}`]);
      assert.equal(site.worksheets[0]!.external, undefined);
    });
  }

  test("no address makes the words about it fail", async () => {
    const { words } = (await siteOf({})).course.main;
    for (const url of ["", "x", "https://", "mailto:a@b.org", "https://a b/"]) {
      assert.equal(leadsTo(url, words), "The original opens in a new tab");
    }
    assert.equal(leadsTo("https://www.example.org/a", words), "The original opens example.org in a new tab");
  });
});
