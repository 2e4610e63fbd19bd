/** Lists of all sections and of all worksheets: whole up to 500 lines, divided by module beyond. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Module } from "../../scripts/site/model/course.ts";
import { sectionListsOf, worksheetListsOf } from "../../scripts/site/model/lists.ts";
import type { Worksheet } from "../../scripts/site/model/worksheets.ts";
import { type Files, page, siteOf } from "../support/content.ts";

test("sections: divided at 501, not at 500", async () => {
  const files: Files = { "basics/one.md": page("") };
  for (let n = 1; n < 500; n++) files[`${n}-top-${n}.md`] = page("");
  const addresses = async () => {
    const { isDivided, all } = sectionListsOf((await siteOf(files)).course.main);
    return [isDivided, ...all.map(({ module, address }) => `${module.title}: ${address}`)];
  };
  assert.deepEqual(await addresses(), [false, "Sections: sections.html", "Basics: basics/index.html"]);
  files["basics/two.md"] = page("");
  assert.deepEqual(await addresses(), [
    true,
    "Sections: sections/other/index.html",
    "Basics: basics/index.html",
  ]);
});

function worksheetsOf(count: number, module?: Module): Worksheet[] {
  const worksheet = {
    id: "",
    form: undefined,
    number: undefined,
    title: "",
    module,
    local: undefined,
    external: undefined,
    callouts: [],
  };
  return Array.from({ length: count }, () => ({ ...worksheet }));
}

test("worksheets: divided at 501, not at 500; what belongs to no named module stands together", async () => {
  const { main } = (await siteOf({})).course;
  const unnamed = new Module("", "", "en", "Sections");
  const basics = new Module("01-basics", "basics", "en");
  const listsOf = (...worksheets: Worksheet[]) => {
    const { isDivided, all } = worksheetListsOf(worksheets, main);
    return [isDivided, ...all.map((list) => `${list.name}: ${list.address}, ${list.worksheets.length}`)];
  };
  const some = [...worksheetsOf(200, unnamed), ...worksheetsOf(200, basics)];
  assert.deepEqual(listsOf(...some, ...worksheetsOf(100)), [false, "Worksheets: worksheets/index.html, 500"]);
  assert.deepEqual(listsOf(...some, ...worksheetsOf(101)), [
    true,
    "Basics: worksheets/modules/basics/index.html, 200",
    "Other worksheets: worksheets/other/index.html, 301",
  ]);
  assert.deepEqual(listsOf(...worksheetsOf(501, unnamed)), [
    true,
    "All worksheets: worksheets/other/index.html, 501",
  ]);
  assert.deepEqual(listsOf(), [false, "Worksheets: worksheets/index.html, 0"]);
});
