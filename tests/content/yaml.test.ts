/**
 * YAML in front matter and in site.yaml: text appears as its author wrote it, or one error says on which line it would
 * not, and how to write it.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseFrontMatter } from "../../scripts/site/content/front-matter.ts";
import type { FrontMatter, Settings } from "../../scripts/site/content/schema.ts";
import { readSettings } from "../../scripts/site/content/settings.ts";
import { formatProblem, Problems } from "../../scripts/site/problems/problems.ts";
import { numbers, textOf } from "../support/random.ts";

interface Read<Data> {
  data: Data | undefined;
  errors: string[];
  warnings: string[];
}

function read<Data>(parse: (problems: Problems) => Data | undefined): Read<Data> {
  const problems = new Problems();
  const data = parse(problems);
  return { data, errors: problems.errors.map(formatProblem), warnings: problems.warnings.map(formatProblem) };
}

/** The first line of the keys is line 2. */
const frontMatter = (keys: string): Read<FrontMatter> =>
  read(
    (problems) =>
      parseFrontMatter({ path: "a.md", file: "a.md", text: `---\n${keys}\n---\nText\n` }, problems)?.data,
  );

const settings = (text: string): Read<Omit<Settings, "places">> =>
  read((problems) => {
    const source = { path: "site.yaml", file: "site.yaml", text };
    const content = { name: "", pages: [], files: new Map(), problems: [], settings: source };
    const { places, ...settings } = readSettings(content, problems);
    return settings;
  });

const inQuotes = "put the whole value in quotes";
const notYaml = "the front matter is not valid YAML:";
const sign = `${notYaml} a value begins with a sign that YAML keeps for itself; ${inQuotes}`;
const ownSign = `the front matter uses a sign that YAML keeps for itself (*, & or ?); ${inQuotes}`;
const behind = `${notYaml} text stands behind a value that has ended; put the whole value in quotes, of the kind that is not in it, as in title: "Ana's plan"`;
const openQuote = `${notYaml} a quote or a bracket is never closed; close it at the end of its line`;
const openBracket = `${notYaml} a bracket is never closed; close it at the end of its line, or put the whole value in quotes`;
const noKey = `${notYaml} a line is no key with a value; write a colon and a space after each key`;
const indent = `${notYaml} a line is indented otherwise than the lines it belongs to; begin it under the first letter of the line above, and close every bracket`;
const escaped = `${notYaml} a backslash stands in double quotes; write \\\\ for it, or use single quotes`;
const endsAtComment = (key: string) =>
  `the value of ${key} ends at #, where YAML begins a comment; ${inQuotes}`;

describe("text is what its author wrote", () => {
  for (const title of [
    ...["1.10", "007", "0x1F", "0o17", "1_000", "1e3", ".5", "+1", "-0", "5.", ".inf", ".NaN"],
    ...["no", "yes", "on", "off", "True", "FALSE", "y", "~", "null", "Null", "<<", "=", "---", "..."],
    ...["2024-01-05", "2024-01-05 12:30:00", "12:30", "190:20:30", "-1", "C#", "a#b", "50%"],
    ...[
      "Ana's “plan”",
      "‘Plans’",
      'say "no"',
      "C:\\new",
      "a\\nb",
      "x:y",
      "?x",
      ":x",
      "-x",
      "a, b",
      "(a) [b] {c}",
    ],
    ...["https://a.org/#b", "a \u2028b", "Ünïcode 🐈", "\u05d0\u05d1", "a\tb", "$x", "/x", "\\x", "^", "_b_"],
  ]) {
    test(title, () => assert.deepEqual(frontMatter(`title: ${title}`), fine({ title })));
  }
  for (const [keys, data] of [
    ["title: |\n  One\n  two\n", { title: "One\ntwo" }],
    ["title: >-\n  One\n  two\n", { title: "One two" }],
    ["title: One\n  two\n\n  three", { title: "One two\nthree" }],
    ["title: 'Ana''s #1: plan' # hers", { title: "Ana's #1: plan" }],
    ['title: "A \\"plan\\" \\\\ \\u00e9"', { title: 'A "plan" \\ é' }],
    ["title:\tA", { title: "A" }],
    ["title: A\ndo: 05 # minutes\ndraft: True # for now", { title: "A", do: 5, draft: true }],
    ['title: A\ndo: "5"\ndraft: "false"', { title: "A", do: 5, draft: false }],
    ["title: A\ndo: null\ndraft: ~\ntags:\naliases: null", { title: "A" }],
    ["title: A\ndescription: null\nmodule: 07", { title: "A", description: "null", module: "07" }],
    ["title: A\ntags: [no, 1.0] # two", { title: "A", tags: ["no", "1.0"] }],
    ["title: A\ntags: sectionHead, other", { title: "A", tags: ["sectionHead", "other"] }],
    ["title: A\ntags: sectionHead other", { title: "A", tags: ["sectionHead", "other"] }],
    ["title: A\naliases: old plan, 1/", { title: "A", aliases: ["old plan, 1/"] }],
  ] as const) {
    test(keys, () => assert.deepEqual(frontMatter(keys), fine(data)));
  }
  test("site.yaml", () => {
    const text =
      "name: 1.10\nversion: 1.0\ndescription: no\nlicence:\n  name: 0x1F\n  url: https://a.org/ # whole\nlanguage: no # Norwegian\n";
    assert.deepEqual(
      settings(text),
      fine({
        name: "1.10",
        version: "1.0",
        description: "no",
        licence: { name: "0x1F", url: "https://a.org/" },
        language: "no",
      }),
    );
  });
});

const fine = <Data>(data: Data): Read<Data> => ({ data, errors: [], warnings: [] });

describe("what YAML would read otherwise is one error, with its place and its cure", () => {
  for (const [keys, ...expected] of [
    [
      "title: Worksheet #7: Your plan",
      `2:18: ${endsAtComment("title")}, as in title: "Worksheet #7: Your plan"`,
    ],
    ["title: a\tb #1", `2:12: ${endsAtComment("title")}, as in title: "a\\tb #1"`],
    ["title: #7", `2:8: ${endsAtComment("title")}, as in title: "#7"`],
    ["title: One\n  two # three", `3:7: ${endsAtComment("title")}`],
    ["title: One # two\n  three", `2:12: ${endsAtComment("title")}, as in title: "One # two"`],
    [
      'title: A\ndescription: Say "hi" #1',
      `3:23: ${endsAtComment("description")}, as in description: "Say \\"hi\\" #1"`,
    ],
    ["title: A\ntags:\n  - b # c\n", `4:7: ${endsAtComment("tags")}, as in - "b # c"`],
    ["title: A\nmodule: plan #2", `3:14: ${endsAtComment("module")}, as in module: "plan #2"`],
    [
      "title: A: b",
      `2:8: ${notYaml} a value holds a colon and a space; ${inQuotes}, as in title: "Mistakes: a start"`,
    ],
    ["title: Why:", `2:8: ${notYaml} a value ends with a colon; ${inQuotes}`],
    [
      "title: - x",
      `2:8: ${notYaml} a value begins with a hyphen and a space; ${inQuotes}, or each - of a list on a line of its own`,
    ],
    ...["@x", "`x`", "%x", ",x", "]x", "}x", "? x", "| x", "> x", "|x"].map((one) => [
      `title: ${one}`,
      `2:8: ${sign}`,
    ]),
    ...["*x*", "**x**", "&x", "&x y", "&x [*x]"].map((one) => [`title: ${one}`, `2:8: ${ownSign}`]),
    ...["* x", "& x", "!", "! x", "!x", "!!str x", "!!binary x", "!<x> y"].map((one) => [
      `title: ${one}`,
      `2:8: ${notYaml} a value begins with ${one[0]}; ${inQuotes}`,
    ]),
    ['title: "A" b', `2:12: ${behind}`],
    ["title: 'Ana's plan'", `2:13: ${behind}`],
    ["title: 'A'# b", `2:11: ${behind}`],
    ["title: [a] b", `2:12: ${behind}`],
    ["title: {a}: b", `2:11: ${behind}`],
    ['title: "A', `2:10: ${openQuote}`],
    ["title: 'A''", `2:12: ${openQuote}`],
    ['title: "A\\"', `2:12: ${openQuote}`],
    ["title: 'A\ndo: 'x'", `2:10: ${openQuote}`],
    ["title: A\ntags: [a, b", `3:12: ${openBracket}`],
    ["title: A\ntags: [a}", `3:10: ${openBracket}`],
    [
      "title: A\ntags: [a, #b]",
      `3:11: ${notYaml} what follows # is a comment, the closing bracket with it; put the value that holds # in quotes`,
    ],
    [
      "title: A\ntags: [a,, b]",
      `3:10: ${notYaml} a comma in brackets has no value before it; write one comma between two values, or put the whole value in quotes`,
    ],
    ...["[- a]", "['a'b]", "[: a]"].map((one, index) => [
      `title: A\ntags: ${one}`,
      `3:${[8, 11, 8][index]}: ${notYaml} the brackets hold what is no list; write words with a comma between them, or put the whole value in quotes`,
    ]),
    ['title: "C:\\dir"', `2:11: ${escaped}`],
    ['title: "C:\\new"', `2:11: ${escaped}`],
    ["title: A\ndo:5", `3:1: ${noKey}`],
    ["title: A\nTwo words", `3:1: ${noKey}`],
    ["title: A\n: b", `3:1: ${noKey}`],
    ["title: A\n%b", `3:1: ${noKey}`],
    ["title:A: b", '2:1: the front matter key "title:A" is not known; write a space after title:'],
    ["title: A\n  do: 5", `3:1: ${indent}`],
    ["title: A\n# b\n  C", `4:1: ${indent}`],
    ["title: A\ntags:\n - a\n  - b", `5:1: ${indent}`],
    ["title: A\ntags:\n  - a\n - b", `5:1: ${indent}`],
    ["title: A\n...\ndo: 5", `3:1: ${notYaml} a line of ... stands in the middle; delete that line`],
    ["%YAML 1.1\ntitle: A", `2:1: ${notYaml} a line begins with %; delete that line`],
    [
      "title: A\n--- b\ndraft: true",
      "3:1: a line of front matter begins with ---; delete it, or put a blank before it where it belongs to a longer text",
    ],
    [
      `title: A\n${"k".repeat(1100)}: b`,
      `3:1: ${notYaml} a key has more than 1,024 characters; write key: value, one to a line`,
    ],
    ["title: a\u0085b", "2:9: the value of title holds the sign U+0085, which no page can show; delete it"],
    ['title: "\\x07"', "2:8: the value of title holds the sign U+0007, which no page can show; delete it"],
    ['title: "\\ud83d"', "2:8: the value of title holds the sign U+D83D, which no page can show; delete it"],
    [
      "title: A\ntitle: B\ntitle: C",
      `3:1: ${notYaml} the same key is there twice; keep one of the two`,
      `4:1: ${notYaml} the same key is there twice; keep one of the two`,
    ],
    [
      "title: [Draft]",
      "2:8: the value of title is not understood; write title: and the page's title, in quotes where it begins with a bracket",
    ],
    [
      "title: A\ndescription: >",
      "3:14: the description is empty; write its text below >, indented by two spaces, or put the whole value in quotes",
    ],
    [
      "title: |\ndo: 5",
      "2:8: the title is empty; write its text below |, indented by two spaces, or put the whole value in quotes",
    ],
    ["title: A\ndraft: yes", "3:8: the value of draft is not understood; write draft: true or draft: false"],
    [
      "title: A\ndo: 0x10",
      "3:5: the value of do is not understood; write whole minutes from 0 to 600, as in do: 15",
    ],
    [
      "title: A\n<<: b",
      '3:1: the front matter key "<<" is not known; write one of title, description, tags, do, draft, front, lang, translates, updated, aliases, module',
    ],
    [
      "title: A\n__proto__: b",
      '3:1: the front matter key "__proto__" is not known; write one of title, description, tags, do, draft, front, lang, translates, updated, aliases, module',
    ],
  ] as string[][]) {
    test(keys!.slice(0, 60), () => {
      assert.deepEqual(
        frontMatter(keys!).errors,
        expected.map((error) => `a.md:${error}`),
      );
    });
  }
  test("brackets without end, at a column that the parser's own stack decides", () => {
    const { errors } = frontMatter(`title: ${"[".repeat(20_000)}${"]".repeat(20_000)}`);
    assert.deepEqual(
      errors.map((error) => error.replace(/^a\.md:2:\d+: /, "")),
      [`${notYaml} values stand too deep in each other; write key: value, one to a line`],
    );
  });
});

test("any line of printable signs is the text, or one error on its line that speaks of quotes", () => {
  const random = numbers(7);
  const signs = [..." !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", ..."ab10é“”’🐈\u05d0\u00a0\u2028", " "];
  const words = [": ", " #", "- ", "Plan", "null", "yes", "---", "...", "''", '\\"'];
  const places: [before: string, after: string, line: number, reading: (text: string) => Read<string>][] = [
    ["title: ", "\ndo: 5", 2, (text) => only(frontMatter(text), (data) => data.title)],
    ["title: A\ndescription: ", "", 3, (text) => only(frontMatter(text), (data) => data.description)],
    ["name: ", "\nlanguage: en", 1, (text) => only(settings(text), (data) => data.name)],
    ["licence:\n  name: ", "", 2, (text) => only(settings(text), (data) => data.licence?.name)],
  ];
  for (let i = 0; i < 6_000; i++) {
    const text = Array.from({ length: 1 + random(9) }, () =>
      random(4) ? signs[random(signs.length)] : words[random(words.length)],
    ).join("");
    const [before, after, line, reading] = places[i % places.length]!;
    const written = text.trim();
    const { data, errors } = reading(before + text + after);
    if (errors.length) {
      assert.equal(errors.length, 1, text);
      assert.match(errors[0]!, new RegExp(`^[\\w.]+:${line}:`), text);
      if (!/the \S+ is empty;/.test(errors[0]!)) assert.match(errors[0]!, /quote/, text);
    } else if (/^["']/.test(written)) {
      // In quotes of its author's own.
      assert.ok(written.includes(data ?? ""), text);
    } else {
      assert.equal(data ?? "", written);
    }
    if (written) assert.deepEqual(reading(before + JSON.stringify(text) + after), fine(written));
  }
});

function only<Data>({ data, errors }: Read<Data>, pick: (data: Data) => string | undefined): Read<string> {
  return { data: errors.length || !data ? undefined : pick(data), errors, warnings: [] };
}

test("whatever a file holds, what is wrong with it has a place and a cure", () => {
  const random = numbers(11);
  const bits = [
    ...["title", "tags", "do", "draft", "name", "colors", "licence", "a", "1", "#1f4fa3"],
    ...[
      ": ",
      ":",
      "\n",
      "\n  ",
      "\n- ",
      "\n\t",
      " #",
      "# ",
      "- ",
      "? ",
      "| ",
      ">\n  ",
      "---\n",
      "...\n",
      "%YAML\n",
    ],
    ...[
      "[",
      "]",
      "{",
      "}",
      ", ",
      '"',
      "'",
      "\\",
      "*a",
      "&a ",
      "!!map ",
      "!",
      "@",
      "`",
      "<<",
      "\u0085",
      "\u0000",
    ],
  ];
  for (let i = 0; i < 6_000; i++) {
    const text = textOf(bits, 14, random);
    const lines = text.split("\n").length;
    for (const { data, errors } of [frontMatter(`title: A\n${text}`), settings(text)]) {
      if (data && !errors.length) continue;
      assert.ok(errors.length, text);
      for (const error of errors) {
        assert.match(error, /^[\w.]+:\d+:\d+: the? .+; .+|^[\w.]+:\d+:\d+: .+; .+/, text);
        assert.ok(Number(error.split(":")[1]) <= lines + 3, `${text}\n${error}`);
        if (/a quote or a bracket is never closed/.test(error)) assert.match(text, /["']/, text);
        assert.doesNotMatch(error, /undefined|implicit|token|scalar|collection/i, text);
      }
    }
  }
});

test("a mistake in one value is one error, on its line, and touches no other key", () => {
  const random = numbers(13);
  const signs = [
    ..." !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    ...": | #|- |[a]|{a}|'a'|\"a\"|true|null|a|1".split("|"),
  ];
  const good = {
    title: "A",
    description: "B",
    tags: "[c, d]",
    do: "5",
    draft: "false",
    aliases: "[e/]",
    module: "f",
  };
  const keys = Object.keys(good) as (keyof typeof good)[];
  for (let i = 0; i < 4_000; i++) {
    const odd = keys[i % keys.length]!;
    const value = textOf(signs, 6, random);
    const text = keys.map((key) => `${key}: ${key === odd ? value : good[key]}`).join("\n");
    const { data, errors } = frontMatter(text);
    assert.ok(errors.length <= 1, `${text}\n${errors.join("\n")}`);
    if (errors[0]) assert.match(errors[0], new RegExp(`^a.md:${keys.indexOf(odd) + 2}:`), text);
    else
      assert.deepEqual(
        { ...data, [odd]: "" },
        {
          title: "A",
          description: "B",
          tags: ["c", "d"],
          do: 5,
          draft: false,
          aliases: ["e/"],
          module: "f",
          [odd]: "",
        },
      );
  }
});

test("a settings file has a limit, as front matter has", () => {
  assert.deepEqual(settings(`name: A\n# ${"x".repeat(64_000)}\n`).errors, [
    "site.yaml:1:1: the site.yaml has 64,011 characters, more than the 64,000 it may have; keep the settings in it, and nothing else",
  ]);
});

test("the place of each key and of each item of a list is kept with the data", () => {
  const text = "---\ntitle: A\naliases:\n  - a/\n  - b/\ntags: [one, two]\n---\n";
  const parsed = parseFrontMatter({ path: "a.md", file: "a.md", text }, new Problems());
  const places = [...parsed!.places].map(([name, { line, column }]) => `${name} ${line}:${column}`);
  assert.deepEqual(places, [
    ...["title 2:1", "aliases 3:1", "aliases.0 4:5", "aliases.1 5:5"],
    ...["tags 6:1", "tags.0 6:8", "tags.1 6:13"],
  ]);
});
