/** What stands on every page by the settings: addresses that are links, a language that everything knows. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, test } from "node:test";
import type { z } from "zod";
import { settingsSchema } from "../../scripts/site/content/schema.ts";
import { readSettings } from "../../scripts/site/content/settings.ts";
import { unwrap } from "../../scripts/site/content/yaml-values.ts";
import { formatProblem, Problems } from "../../scripts/site/problems/problems.ts";
import { loadSite, type Site } from "../../scripts/site/site.ts";
import { errorsOf, type Files, inFolder, page, siteOf, warningsOf, writeFiles } from "../support/content.ts";
import { buildForTest, CONTENT, temporaryFolder } from "../support/sites.ts";

const withSettings = (text: string, more: Files = {}): Promise<Site> =>
  siteOf({ "index.md": page("Text"), "site.yaml": text, ...more });

describe("contact", () => {
  for (const contact of [
    ...["ask@library.example.org", "o'brien+cl@lib.org", "ana@bücher.example", "ask@intranet"],
    ...["https://lib.org/ask?a=b#c", "HTTP://LIB.ORG", "mailto:ask@lib.org?subject=A%20question"],
    ...["tel:+1-555-0100", "tel:5550100", "ask@lib.org # Ana"],
  ]) {
    test(contact, async () => assert.deepEqual(errorsOf(await withSettings(`contact: ${contact}`)), []));
  }
  for (const contact of [
    ...[
      "javascript:alert(1)",
      "JavaScript:alert(1)//@lib.org",
      " javascript:alert@lib.org",
      "vbscript:a@lib.org",
    ],
    ...[
      "data:text/html,a",
      "java\\tscript:alert(1)@lib.org",
      "file:///etc/passwd",
      "//lib.org",
      "https:/lib.org",
    ],
    ...["https://", "https://a b", "https://ana:secret@lib.org", "https://lib.org:99999", "https://a..b/"],
    ...[
      "Ana <ask@lib.org>",
      "ask at lib.org",
      "www.lib.org",
      "help.md",
      "555-0100",
      "a@b@c",
      "@lib.org",
      "ask@",
    ],
    ...[
      "mailto:",
      "mailto:ask",
      "tel:",
      "tel:ask",
      "ask@lib.org?bcc=x",
      "a%0Ab@lib.org",
      '\\"a\\"@lib.org',
      "\u202eask@lib.org",
    ],
    ...[`https://lib.org/${"a".repeat(2_000)}`],
  ]) {
    test(contact.slice(0, 60), async () => {
      assert.deepEqual(errorsOf(await withSettings(`contact: "${contact.replace("\\t", "\t")}"`)), [
        "content/site.yaml:1:10: the value of contact is not understood; write an e-mail address or a whole web address, as in contact: ask@library.example.org",
      ]);
    });
  }
});

test("url and the licence's url are whole web addresses", async () => {
  for (const url of [
    "https://a.org",
    "http://localhost:8080/x/",
    "https://[::1]/",
    "https://bücher.example/ü?a=b#c",
  ]) {
    assert.deepEqual(
      errorsOf(await withSettings(`url: ${url}\nlicence:\n  name: A\n  url: ${url}`)),
      [],
      url,
    );
  }
  for (const url of [
    ...[
      "https:/one-slash",
      "https:a.org",
      "https://",
      "https:///a.org",
      "https://a b/",
      "https://u@a.org/",
      "https://u:p@a.org/",
    ],
    ...[
      "https://a.org:70000/",
      "https://a.org:x/",
      "ftp://a.org",
      "a.org",
      "https://http://a.org",
      "https://0x7f.1/",
      "https://a..b/",
    ],
    ...[
      "https://a.org/<b>",
      "https://a.org\\\\b",
      "https://a.org/\u202eb",
      `https://a.org/${"b".repeat(2_000)}`,
      "https://.",
      "https://-%20/",
    ],
  ]) {
    assert.deepEqual(
      errorsOf(await withSettings(`url: "${url}"\nlicence:\n  name: A\n  url: "${url}"`)),
      [
        "content/site.yaml:1:6: the value of url is not understood; write the whole address, as in url: https://training.example.org/",
        "content/site.yaml:4:8: the value of licence.url is not understood; write the whole address, as in url: https://creativecommons.org/licenses/by/4.0/",
      ],
      url,
    );
  }
});

test("words of the settings are text on the page", async () => {
  const words = `</title><script>"'&{{ 1 }}{% x %}`;
  const folder = await temporaryFolder();
  const keys = ["name", "version", "description"].map((key) => `${key}: '${words.replace(/'/g, "''")}'\n`);
  await writeFiles(folder, {
    "index.md": page("Text"),
    "site.yaml": `${keys.join("")}licence:\n  name: '${words.replace(/'/g, "''")}'\ncontact: o'brien@lib.org\n`,
  });
  const { folder: built } = await buildForTest(folder);
  for (const file of ["index.html", "404.html", "sections.html"]) {
    const html = await readFile(path.join(built, file), "utf8");
    assert.doesNotMatch(html, /<\/title><script>/);
    assert.match(
      html,
      /&lt;\/title&gt;&lt;script&gt;&quot;&#39;&amp;\{\{ 1 \}\}\{% x %\}|&lt;\/title&gt;&lt;script&gt;&#34;&#39;&amp;\{\{ 1 \}\}\{% x %\}/,
    );
  }
});

describe("licence", () => {
  const written = (key: string, name = "CC BY 4.0") =>
    `${key}:\n  name: ${name}\n  url: https://creativecommons.org/licenses/by/4.0/\n`;

  test("is license too", async () => {
    const [one, other] = [await withSettings(written("licence")), await withSettings(written("license"))];
    assert.deepEqual([errorsOf(one), errorsOf(other)], [[], []]);
    assert.equal(other.course.settings.licence?.name, "CC BY 4.0");
    const [settings, same] = [one, other].map(({ course }) => ({ ...course.settings, places: undefined }));
    assert.deepEqual(same, settings);
  });

  test("is there in one spelling", async () => {
    assert.deepEqual(errorsOf(await withSettings(written("licence") + written("license"))), [
      "content/site.yaml:4:1: the site.yaml has both licence and license, which are the same; keep one of the two",
    ]);
  });

  test("is called in messages as its author spells it, and proposed in one spelling", async () => {
    assert.deepEqual(errorsOf(await withSettings("license: MIT\nlicens: MIT\n")), [
      "content/site.yaml:1:10: the value of license is not understood; write name: and url: below it, indented by two spaces",
      'content/site.yaml:2:1: the site.yaml key "licens" is not known; did you mean "licence"?',
    ]);
    assert.deepEqual(errorsOf(await withSettings("license:\n  url: nowhere\n")), [
      "content/site.yaml:1:1: the site.yaml has no license.name; write name: and the license's name below license:, indented by two spaces",
      "content/site.yaml:2:8: the value of license.url is not understood; write the whole address, as in url: https://creativecommons.org/licenses/by/4.0/",
    ]);
  });
});

describe("language", () => {
  test("what is no language is an error", async () => {
    for (const language of [
      "en-USA",
      "en-a",
      "sgn-BE-FR",
      "English",
      "en_US",
      "EN",
      "e",
      "en-",
      "root",
      "i-klingon",
      "en--US",
    ]) {
      assert.deepEqual(
        errorsOf(await withSettings(`language: ${language}`)),
        [
          "content/site.yaml:1:11: the value of language is not understood; write a language code, as in language: en",
        ],
        language,
      );
    }
  });
  for (const [language, date] of [
    ["es", "14 de noviembre de 2023"],
    ["zh-Hant", "2023年11月14日"],
    ["tlh", "November 14, 2023"],
    ["en-x-ours", "November 14, 2023"],
  ] as const) {
    test(`what is one can be built: ${language}`, async () => {
      const before = process.env.SOURCE_DATE_EPOCH;
      process.env.SOURCE_DATE_EPOCH = "1700000000";
      try {
        const folder = await temporaryFolder();
        await writeFiles(folder, {
          "site.yaml": `language: ${language}\n`,
          "a/index.md": page("图书馆 library"),
          "a/one.md": page(
            '{% callout "activity" %}\n### [Worksheet #1: A](https://a.org/)\n{% endcallout %}\n',
          ),
        });
        const { folder: built } = await buildForTest(folder);
        const html = await readFile(path.join(built, "a/one.html"), "utf8");
        assert.match(html, new RegExp(`<html lang="${language}"[ >]`));
        assert.match(html, new RegExp(`<time datetime="2023-11-14">${date}</time>`));
      } finally {
        if (before === undefined) delete process.env.SOURCE_DATE_EPOCH;
        else process.env.SOURCE_DATE_EPOCH = before;
      }
    });
  }
});

test("published: false keeps a page back, as Jekyll does", async () => {
  const words = ["false", "False", "no", "Off", '"false"', "true", "yes"];
  const files = Object.fromEntries(
    words.map((word, index) => [`${index}.md`, `---\ntitle: A\npublished: ${word}\ndraft: false\n---\n`]),
  );
  const site = await siteOf(files);
  assert.deepEqual([...site.course.byPath.keys()], ["5.md", "6.md"]);
  assert.deepEqual(errorsOf(site), []);
  assert.deepEqual(
    warningsOf(site).filter((warning) => /published/.test(warning)),
    words.map((word, index) =>
      index < 5
        ? `content/${index}.md:3:1: "published: ${word.replace(/"/g, "")}" is Jekyll's; the page is kept back as a draft; write draft: true instead`
        : `content/${index}.md:3:1: the front matter key "published" has no effect here; delete it: write draft: true to keep a page back`,
    ),
  );
  await inFolder(async (folder) => {
    await writeFiles(folder, files);
    const { course, problems } = await loadSite({ content: folder, drafts: true });
    assert.deepEqual(problems.errors.map(formatProblem), []);
    assert.equal(course.pages.filter((one) => one.isDraft).length, 5);
  });
});

describe("the shipped site.yaml", () => {
  const text = readFileSync(path.join(CONTENT, "site.yaml"), "utf8");
  /** With all its examples in use. */
  const inUse = text.replace(/^#(?=\w| {2})/gm, "");

  test("names every key", () => {
    const { places } = readSettings(
      {
        name: "",
        pages: [],
        files: new Map(),
        problems: [],
        settings: { path: "site.yaml", file: "site.yaml", text: inUse },
      },
      new Problems(),
    );
    const withoutNames = (key: string) =>
      key.replace(/^(local|plans)\.[^.]+/, "$1.*").replace(/(\.sessions)\.[^.]+/, "$1.*");
    const named = new Set([...places.keys()].map(withoutNames));
    const keys = keysOf(settingsSchema).filter((key) => !key.startsWith("license"));
    assert.ok(
      keys.includes("licence.url") && keys.includes("local.*.contact") && keys.includes("sections.leaveOut"),
    );
    assert.deepEqual(
      keys.filter((key) => !named.has(key)),
      [],
    );
  });

  test("has examples that can be used, of sections and worksheets that are there", async () => {
    const stubs = readdirSync(CONTENT, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".md"))
      .map((file) => [file.split(path.sep).join("/"), page(file.includes("about") ? NOTE : "Text.", file)]);
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>';
    for (const settings of [inUse, inUse.replace("facilitate: false", "")]) {
      const site = await siteOf({ ...Object.fromEntries(stubs), "logo.svg": drawing, "site.yaml": settings });
      assert.deepEqual(errorsOf(site), []);
      assert.ok(site.notice && site.course.logo && site.course.localNotes.size);
    }
  });
});

/** Of a section: its module has pages for those who lead it. */
const NOTE = '{% callout "trainer" %}\nAsk.\n{% endcallout %}\n';

/** The keys of a schema by their paths; `*` stands for a name that is a trainer's. */
function keysOf(type: z.ZodType, path = ""): string[] {
  const { def, shape } = unwrap(type) as {
    def?: { valueType?: z.ZodType };
    shape?: Record<string, z.ZodType>;
  };
  const below = Object.entries(
    shape ?? (def?.valueType && isObject(def.valueType) ? { "*": def.valueType } : {}),
  );
  return below.flatMap(([key, inner]) => {
    const at = path ? `${path}.${key}` : key;
    return [at, ...keysOf(inner, at)];
  });
}

const isObject = (type: z.ZodType): boolean => "shape" in unwrap(type);
