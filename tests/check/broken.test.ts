/**
 * What authors really paste: small broken courses, each with all that `check` says of it, word for word.
 *
 * One text file a case in fixtures/broken:
 *
 *   === basics/01-plan.md             a file of the content folder; the lines below are its text
 *   === bytes basics/02-cafe.md       the same, where \xe9 is the byte E9 and \{3000 word } the text "word " 3000 times
 *   === link basics/out.md            a symbolic link; the line below is its target
 *   === draft-free                    as the build reads it, without drafts (`check` reads them too)
 *   === expect                        the report
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { formatReport } from "../../scripts/site/check/formats.ts";
import { WARNINGS } from "../../scripts/site/problems/rules.ts";
import { PROJECT } from "../../scripts/site/project.ts";
import { loadSite } from "../../scripts/site/site.ts";
import { type Files, inFolder, inWorkingDirectory, writeFiles } from "../support/content.ts";

const FIXTURES = path.join(PROJECT, "tests/fixtures/broken");

interface Case {
  files: Files;
  links: Record<string, string>;
  drafts: boolean;
  expected: string;
}

const cases = new Map(
  readdirSync(FIXTURES)
    .filter((name) => name.endsWith(".txt"))
    .sort()
    .map((name) => [name.replace(/\.txt$/, ""), readCase(readFileSync(path.join(FIXTURES, name), "utf8"))]),
);

function readCase(text: string): Case {
  const found: Case = { files: {}, links: {}, drafts: true, expected: "" };
  for (const part of text.split(/^=== /m).slice(1)) {
    const end = part.indexOf("\n");
    const [header, body] = [part.slice(0, end), part.slice(end + 1)];
    const [kind, name] = /^(?:(bytes|link) )?(.*)$/.exec(header)!.slice(1) as [string?, string?];
    if (header === "expect") found.expected = body.trimEnd();
    else if (header === "draft-free") found.drafts = false;
    else if (kind === "link") found.links[name!] = body.trim();
    else found.files[name!] = kind === "bytes" ? bytesOf(body) : body;
  }
  return found;
}

function bytesOf(text: string): Uint8Array {
  const written = Buffer.from(text)
    .toString("latin1")
    .replace(/\\\{(\d+) ([^}]*)\}/g, (_, times: string, unit: string) => unit.repeat(Number(times)))
    .replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(written, "latin1");
}

/** What `npm run check` prints of a content folder. */
async function reportOn({ files, links, drafts }: Case): Promise<string> {
  return inFolder(async (folder) => {
    const content = path.join(folder, "content");
    await writeFiles(content, files);
    for (const [name, target] of Object.entries(links)) {
      await mkdir(path.dirname(path.join(content, name)), { recursive: true });
      await symlink(target, path.join(content, name));
    }
    return inWorkingDirectory(folder, async () => {
      const { course, problems } = await loadSite({ content: "content", drafts });
      const { pages, settings } = course.folder;
      const lines = new Map([...pages, ...(settings ? [settings] : [])].map((one) => [one.file, one.text]));
      return formatReport(problems, "text", ({ file, line }) => lines.get(file)?.split("\n")[line - 1]);
    });
  });
}

for (const [name, one] of cases) {
  test(`broken: ${name.replace(/-/g, " ")}`, async () => {
    assert.equal(await reportOn(one), one.expected);
  });
}

test("every rule has a case", () => {
  const all = [...cases.values()].map((one) => one.expected).join("\n");
  const seen = new Set([...all.matchAll(/: warning ([\w-]+): /g)].map((match) => match[1]));
  // What only the network can tell is tested with servers, in check.test.ts.
  const expected = Object.keys(WARNINGS).filter((rule) => rule !== "external-link");
  assert.deepEqual([...seen].sort(), expected.sort());
});
