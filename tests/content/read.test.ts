/** Reading the content folder: what comes out is a plain value, in which each file has been looked into. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { readContent } from "../../scripts/site/content/read.ts";
import { inFolder, inWorkingDirectory, page, writeFiles } from "../support/content.ts";

const PNG = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

test("pages and settings are texts; of every other file it is known what is in it", async () => {
  await inFolder(async (folder) => {
    await writeFiles(path.join(folder, "content"), {
      "index.md": "\ufeff---\r\ntitle: A\r\n---\r\n",
      "site.yaml": "name: A\n",
      "a/one.md": page("One"),
      "a/map.svg": '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
      "a/photo.png": PNG,
      "a/plan.pdf": "<!doctype html><p>A page</p>",
      "a/shot.jpg": "text",
      "a/run.exe": "MZ",
      "_drafts/two.md": page("Two"),
    });
    const content = await inWorkingDirectory(folder, () => readContent("content"));
    assert.equal(content.name, "content");
    assert.deepEqual(content.problems, []);
    assert.deepEqual(content.settings, { path: "site.yaml", file: "content/site.yaml", text: "name: A\n" });
    assert.deepEqual(content.pages, [
      { path: "a/one.md", file: "content/a/one.md", text: page("One") },
      { path: "index.md", file: "content/index.md", text: "---\ntitle: A\n---\n" },
    ]);
    const found = [...content.files].map(([name, { kind, size, drawing, fault, isUnreadable, from }]) => {
      assert.equal(from, path.join(folder, "content", name));
      return [name, kind, size, drawing?.name ?? fault ?? isUnreadable];
    });
    assert.deepEqual(found, [
      ["a/map.svg", "picture", 45, "svg"],
      ["a/photo.png", "picture", 8, false],
      ["a/plan.pdf", "document", 28, "is a web page under another name"],
      ["a/run.exe", undefined, 0, undefined],
      ["a/shot.jpg", "picture", 4, true],
    ]);
  });
});

test("more files than are read at a time keep their order", async () => {
  await inFolder(async (folder) => {
    const names = Array.from({ length: 50 }, (_, index) => `${String(index).padStart(2, "0")}.md`);
    await writeFiles(folder, Object.fromEntries(names.map((name) => [name, page(name.repeat(500))])));
    const { pages } = await readContent(folder);
    assert.deepEqual(
      pages.map((one) => [one.path, one.text]),
      names.map((name) => [name, page(name.repeat(500))]),
    );
  });
});
