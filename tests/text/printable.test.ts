/** Names and content never give a terminal or a log an order: what is printed is what is seen. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { FORMATS, formatReport } from "../../scripts/site/check/formats.ts";
import { formatProblem, Problems } from "../../scripts/site/problems/problems.ts";
import { runOf } from "../../scripts/site/project.ts";
import { printable } from "../../scripts/site/text/printable.ts";
import { inFolder, page, writeFiles } from "../support/content.ts";
import { Random } from "../support/random.ts";

/** What a terminal or a log acts on, beside the ends of lines. */
const UNSAFE = /[^\P{Cc}\n]|[\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const ODD = [
  ..."\0\u0007\b\t\n\v\f\r\u001b\u007f\u0085\u009b\u061c\u200e\u200f\u2028\u2029\u202e\u2066\u2069",
  "\ud83d",
  "\udc00",
  "\r\n",
  "\n::error file=x::y",
  "\u001b]0;title\u0007",
  "\u001b[2J",
  "%0A",
  "%0D%0A::warning::x",
  "a",
  "é",
  "😀",
  ":",
  ",",
  "::",
  "; ",
  '"',
  "\\",
];

const command = (name: string, cwd: string, ...words: string[]) =>
  spawnSync(process.execPath, [...runOf(`scripts/${name}.ts`), ...words], { cwd, encoding: "utf8" });

test("signs that act are shown as escapes, all others as they are", () => {
  assert.equal(printable("a\u001b[2J\tb\r\nc\u202ed\ud83de"), "a\\u{1b}[2J\\tb\\r\\nc\\u{202e}d\\u{d83d}e");
  for (const same of ["", "a plan.md", "café 😀 中文 العربية", "a\\nb", "\u200d\u00ad"]) {
    assert.equal(printable(same), same);
  }
});

test("problems with any names and words: each format prints safe lines, GitHub's one to a problem", () => {
  const random = new Random(1);
  const text = () => random.times(6, () => random.pick(ODD)) || "a";
  for (let i = 0; i < 300; i++) {
    const problems = new Problems();
    const line = text();
    const lineOf = () => line;
    for (let j = random.below(4); j >= 0; j--) {
      const place = { file: text(), line: 1 + random.below(3), column: 1 + random.below(120) };
      if (random.below(2)) problems.error("open-code", place, text(), text());
      else problems.warning("link-text", place, text(), text());
    }
    const [plain, json, github] = FORMATS.map((format) => formatReport(problems, format, lineOf));
    for (const output of [
      plain!.replace(/^ {4}.*$/gm, (quote) => quote.replaceAll("\t", "")),
      json!,
      github!,
    ]) {
      assert.doesNotMatch(output, UNSAFE);
    }
    assert.equal(plain!.split("\n").length, 3 * problems.list.length + 1);
    assert.deepEqual(
      JSON.parse(json!).map((one: { file: string; text: string }) => [one.file, one.text]),
      problems.sorted.map((one) => [one.file, line]),
    );
    const annotations = github!.split("\n");
    assert.equal(annotations.length, problems.list.length);
    for (const one of annotations) assert.match(one, /^::(?:error|warning) file=[^:,]*,line=\d+,col=\d+/);
    for (const one of problems.list) assert.doesNotMatch(formatProblem(one), /[\p{Cc}\u2028\u2029]/u);
  }
});

test("the mark under a quoted line stands under the sign that is meant, whatever is escaped before it", () => {
  const problems = new Problems();
  problems.error("open-code", { file: "a.md", line: 1, column: 4 }, "x", "y");
  assert.equal(
    formatReport(problems, "text", () => "\t\u001bab"),
    ["a.md:1:4: error: x; y", "    \t\\u{1b}ab", "    \t       ^", "1 error, 0 warnings"].join("\n"),
  );
});

test("a long line is cut between characters, not in one", () => {
  const problems = new Problems();
  problems.error("open-code", { file: "a.md", line: 1, column: 1 }, "x", "y");
  const quoted = formatReport(problems, "text", () => `a${"😀".repeat(80)}`).split("\n")[1];
  assert.equal(quoted, `    a${"😀".repeat(49)}`);
});

describe("commands, in a folder with names that give orders", { skip: process.platform === "win32" }, () => {
  const name = "a\n::error file=x::y\u001b[2J\u202e.md";

  test("check and build", async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, { [`content/${name}`]: page("[Stripes\u001b](zebra.md)") });
      const shown = "content/a\\n::error file=x::y\\u{1b}[2J\\u{202e}.md:4:1";
      const what =
        'the link "zebra.md" leads to no page and no file; write the path of the file from this page';
      assert.equal(
        command("check", folder).stdout,
        `${shown}: error: ${what}\n    [Stripes\\u{1b}](zebra.md)\n    ^\n1 error, 0 warnings\n`,
      );
      assert.equal(
        command("check", folder, "--format", "github").stdout,
        `::error file=content/a\\n%3A%3Aerror file=x%3A%3Ay\\u{1b}[2J\\u{202e}.md,line=4,col=1::${what}\n`,
      );
      assert.equal(
        command("build", folder, "--quiet").stderr,
        `${shown}: ${what}\n1 error; nothing was written\n`,
      );
    });
  });

  test("new and import", async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, {
        "one\u001b\n/content/basics/01-one.md": page("Text"),
        [`old/${name}`]: page("Text <blink>\u001b</blink>"),
        "old/*_a_* <b>.md": page("Text"),
      });
      const made = command(
        "new",
        folder,
        "section",
        "Two",
        "--module",
        "basics",
        "--content",
        "one\u001b\n/content",
      );
      assert.equal(made.stdout, "one\\u{1b}\\n/content/basics/02-two.md is there to be written\n");
      const imported = command("import", folder, "old", "--content", "one\u001b\n/new");
      assert.equal(imported.stderr, "");
      assert.doesNotMatch(imported.stdout, UNSAFE);
      const refused = command("import", folder, "\u001b[2J", "--content", "x");
      assert.doesNotMatch(refused.stderr, UNSAFE);
      const unknown = command("build", folder, "--\u001b[2J");
      assert.equal(unknown.status, 2);
      assert.doesNotMatch(unknown.stderr, UNSAFE);
    });
  });
});
