/** Several threads render what one would. */
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { renderAll } from "../../scripts/site/html/render-all.ts";
import { PROJECT } from "../../scripts/site/project.ts";
import { loadSite } from "../../scripts/site/site.ts";
import { page, siteOf } from "../support/content.ts";

const FOLDERS = ["content", "tests/fixtures/course"];

for (const folder of FOLDERS) {
  test(`${folder}: the same pages, problems and links from two threads as from none`, async () => {
    const { course } = await loadSite({ content: path.join(PROJECT, folder), drafts: true });
    const alone = await renderAll(course, () => {}, 0);
    const done: number[] = [];
    const shared = await renderAll(course, (_page, _rendered, count) => done.push(count), 2);
    assert.deepEqual(shared, alone);
    assert.deepEqual(
      done,
      alone.map((_, index) => index + 1),
    );
    for (const { rendered } of shared) {
      for (const link of rendered.headingLinks) assert.ok(course.pages.includes(link.target));
      for (const worksheet of rendered.worksheets) assert.ok(course.pages.includes(worksheet.page));
    }
  });
}

test("a page that cannot be rendered ends the work with its fault, and no thread stays", async () => {
  const files = Array.from({ length: 60 }, (_, n) => [`p${n}.md`, page(`a ${n}`, `A ${n}`)]);
  const { course } = await siteOf(Object.fromEntries(files));
  for (const { source } of course.pages.slice(8)) Object.defineProperty(source, "text", { value: 5 });
  await assert.rejects(
    renderAll(course, () => {}, 2),
    TypeError,
  );
});
