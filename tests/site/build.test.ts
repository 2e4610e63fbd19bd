/** `npm run build`: what it writes, what it says, and how it ends. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Progress } from "../../scripts/site/command/progress.ts";
import { compiled, runOf } from "../../scripts/site/project.ts";
import { COURSE, temporaryFolder } from "../support/sites.ts";

function build(cwd: string, ...options: string[]) {
  return spawnSync(process.execPath, [...runOf("scripts/build.ts"), ...options], { cwd, encoding: "utf8" });
}

test("a build says what it wrote", async () => {
  const folder = await temporaryFolder();
  const { status, stdout } = build(folder, "--content", COURSE, "--out", "out");
  assert.equal(status, 0);
  assert.match(
    stdout,
    /^2 modules, 3 sections, 2 worksheets, \d+ search records, [\d,]+ bytes, \d+\.\d seconds\nout\/ is ready\n$/,
  );
});

test("without options it builds content/ into _site/", async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, "content"));
  await writeFile(path.join(folder, "content/only.md"), "---\ntitle: Only\n---\nA page.\n");
  const { status, stdout } = build(folder);
  assert.equal(status, 0);
  assert.match(stdout, /^1 module, 1 section, 0 worksheets, .*\n_site\/ is ready\n$/);
  assert.deepEqual((await readdir(folder)).sort(), ["_site", "content"]);
});

test("an option it does not know ends it with the usage", async () => {
  const { status, stderr } = build(await temporaryFolder(), "--contents", "x");
  assert.equal(status, 2);
  assert.match(
    stderr,
    /'--contents'.*\nusage: npm run build -- \[--content DIR\] \[--out DIR\] \[--drafts\] \[--quiet\]\n$/,
  );
});

test("drafts are built only when asked for", async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, "content"));
  await writeFile(path.join(folder, "content/a.md"), "---\ntitle: A\n---\nText.\n");
  await writeFile(path.join(folder, "content/b.md"), "---\ntitle: B\ndraft: true\n---\nText.\n");
  assert.match(build(folder).stdout, /^1 module, 1 section,/);
  assert.match(build(folder, "--drafts").stdout, /^1 module, 2 sections,/);
});

test("progress is silent for two seconds, then one line on a terminal and plain lines in a log", () => {
  for (const isTerminal of [true, false]) {
    let now = 0;
    let text = "";
    const progress = new Progress({ isTerminal, elapsed: () => now, write: (more) => (text += more) });
    progress.report("reading and checking", 1, 9);
    assert.equal(text, "");
    for (now of [2100, 2200, 4300]) progress.report("laying out", now / 100 - 20, 30);
    progress.report("indexing for search");
    progress.end();
    assert.equal(
      text,
      isTerminal
        ? "\r\u001b[Klaying out, 1 of 30 pages …\r\u001b[Klaying out, 2 of 30 pages …" +
            "\r\u001b[Klaying out, 23 of 30 pages …\r\u001b[Kindexing for search …\r\u001b[K"
        : "2.1 s: laying out, 1 of 30 pages\n4.3 s: laying out, 23 of 30 pages\n4.3 s: indexing for search\n",
    );
  }
});

test("Eleventy can be started by itself, and renders Markdown that is added to it in the dialect", async () => {
  const { default: Eleventy } = await import("@11ty/eleventy");
  const eleventy = new Eleventy("content", path.join(await temporaryFolder(), "out"), {
    configPath: path.relative("", fileURLToPath(compiled(".eleventy.ts"))),
    quietMode: true,
    config: (config) =>
      config.addTemplate("extra.md", 'A *b* [c](https://example.org/){:target="_blank"}.', {}),
  });
  eleventy.disableLogger();
  const pages = await eleventy.toJSON();
  const extra = pages.find((page) => page.inputPath.endsWith("extra.md"));
  assert.match(
    extra!.content,
    /^<p>A <em>b<\/em> <a href="https:\/\/example\.org\/" target="_blank" rel="noopener">c/,
  );
  assert.ok(pages.some((page) => page.url === "/connected-learning/mistakes.html"));
});
