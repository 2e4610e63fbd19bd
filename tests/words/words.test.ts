/** The words of the interface: the same keys in every language, each of use, and in the forms that numbers ask for. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { formatProblem, Problems } from "../../scripts/site/problems/problems.ts";
import { PROJECT } from "../../scripts/site/project.ts";
import { asHtml, say } from "../../scripts/site/words/say.ts";
import { englishOf, ofLanguage, readWordFiles, wordsOf } from "../../scripts/site/words/words.ts";
import { page, siteOf, warningsOf } from "../support/content.ts";

const files = await readWordFiles();
const english = JSON.parse(files[0]!.text);

function faultsOf(language: string, text: string): string[] {
  const problems = new Problems();
  wordsOf([files[0]!, { language, file: `layouts/words/${language}.json`, text }], problems);
  return problems.errors.map(formatProblem);
}

test("every language has the keys of English, and the marks of its texts", () => {
  const problems = new Problems();
  const all = wordsOf(files, problems);
  assert.deepEqual(problems.list, []);
  assert.ok(all.size >= 2);
  assert.notDeepEqual(ofLanguage(all, "es-MX"), englishOf(all));
  assert.equal(ofLanguage(all, "de"), undefined);
});

test("a missing, an unknown and a damaged key are told with place and cure, and are English until they are mended", () => {
  const copy = structuredClone(english);
  delete copy.search.none;
  copy.site.hom = "Start";
  copy.search.found = { one: "{count} Treffer", few: "x", other: "Treffer" };
  copy.search.failed = "Ohne Link";
  copy.times = 3;
  const text = JSON.stringify(copy, null, 2);
  const line = (what: string) => text.slice(0, text.indexOf(what)).split("\n").length;
  const told = faultsOf("de", text);
  assert.deepEqual(
    told.map((fault) => fault.replace(/^layouts\/words\/de\.json:(\d+):\d+: /, "$1: ")),
    [
      `1: the words of "times" are missing; copy the line from en.json, and translate it`,
      `${line('"hom"')}: the words have no use for "site.hom"; take the line out, or write the key as en.json has it`,
      `${line('"times"')}: "times" is no text; write it in quotes`,
      `${line('"search"')}: the words of "search.none" are missing; copy the line from en.json, and translate it`,
      `${line('"few"')}: the words have no use for "search.found.few"; take the line out, or write the key as en.json has it`,
      `${line('"failed"')}: "search.failed" has not the marks of the English text: [ ]; English has: ${english.search.failed}`,
    ],
  );
  const words = ofLanguage(wordsOf([files[0]!, { language: "de", file: "de", text }], new Problems()), "de")!;
  assert.equal(words.search.none, english.search.none);
  assert.match(faultsOf("de", "{")[0]!, /^layouts\/words\/de\.json:1:\d+: the words are not valid JSON/);
  const whole = JSON.stringify(english, null, 2);
  assert.match(
    faultsOf("de", whole.replace("{", '{\n"site": {},'))[0]!,
    /^layouts\/words\/de\.json:3:\d+: the words are not valid JSON/,
  );
  assert.deepEqual(faultsOf("de", whole), []);
  assert.deepEqual(
    faultsOf(
      "ar",
      JSON.stringify({
        ...english,
        search: {
          ...english.search,
          found: {
            zero: "{count}",
            two: "{count}",
            few: "{count}",
            many: "{count}",
            one: "{count}",
            other: "{count}",
          },
        },
      }),
    ),
    [],
  );
});

test("a site in a language without words is told so, and is in English", async () => {
  const site = await siteOf({ "index.md": page("Hallo."), "site.yaml": "language: de-AT\n" });
  assert.deepEqual(warningsOf(site), [
    `content/site.yaml:1:1: the site's own words are not there in the language "de-AT", and are English; copy layouts/words/en.json to layouts/words/de.json, and translate it`,
  ]);
  assert.equal(site.course.main.words, (await siteOf({})).course.main.words);
  const spanish = await siteOf({ "index.md": page("Hola."), "site.yaml": "language: es-MX\n" });
  assert.deepEqual(warningsOf(spanish), []);
  assert.equal(spanish.course.main.words.site.home, "Inicio");
});

test("each key is used, and layouts use none that is not there", async () => {
  const sources = await Promise.all(
    ["layouts", "scripts/site"].map(async (folder) => {
      const names = await readdir(path.join(PROJECT, folder), { recursive: true });
      const texts = names
        .filter((name) => /\.(?:liquid|ts)$/.test(name))
        .map((name) => readFile(path.join(PROJECT, folder, name), "utf8"));
      return (await Promise.all(texts)).join("\n");
    }),
  );
  const [layouts, scripts] = sources as [string, string];
  for (const [, area, key] of layouts.matchAll(/\bwords\.(\w+)\.(\w+)/g)) {
    assert.ok(english[area!]?.[key!] !== undefined, `words.${area}.${key}`);
  }
  for (const [area, keys] of Object.entries<Record<string, unknown>>(english)) {
    // The kinds of callouts are asked for by their names.
    if (area === "callouts") continue;
    for (const key of Object.keys(keys)) {
      const isUsed = layouts.includes(`words.${area}.${key}`) || new RegExp(`\\b${key}\\b`).test(scripts);
      assert.ok(isUsed, `${area}.${key}`);
    }
  }
});

test("numbers take the form of their language; values are no markup", () => {
  const plural = { one: "{count} page", other: "{count} pages" };
  assert.equal(say(plural, { count: 1 }, "en"), "1 page");
  assert.equal(say(plural, { count: 1200 }, "en"), "1,200 pages");
  assert.equal(
    say({ one: "{count} str.", few: "{count} strony", other: "{count} stron" }, { count: 3 }, "pl"),
    "3 strony",
  );
  assert.equal(
    asHtml("In [{title}], **now** {count} & {file}", "a?b&c", { title: "<b>[x]</b> **y** $&" }),
    'In <a href="a?b&amp;c">&lt;b&gt;[x]&lt;/b&gt; **y** $&amp;</a>, <strong>now</strong> <span data-text="count"></span> &amp; <span data-text="file"></span>',
  );
});
