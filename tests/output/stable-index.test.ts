/** Pagefind's index, made anew of the same pages: the same bytes, and the same found by it. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { close, createIndex } from "pagefind";
import type { IndexFile } from "../../scripts/site/output/split-index.ts";
import { stableIndex } from "../../scripts/site/output/stable-index.ts";

after(() => close());

const LETTERS = [..."abcdefgh"];

/** So many filters and values that Pagefind's own order is never the same twice. */
async function makeIndex(): Promise<IndexFile[]> {
  const { index } = await createIndex();
  for (const language of ["en", "es"]) {
    for (const value of LETTERS) {
      const filters = Object.fromEntries(LETTERS.map((name) => [`by-${name}`, [`${name}${value}`]]));
      const url = `${language}-${value}`;
      await index!.addCustomRecord({
        url,
        content: `A page ${value}`,
        language,
        meta: { title: url },
        filters,
      });
    }
  }
  return (await index!.getFiles()).files;
}

const listed = (files: readonly IndexFile[]) =>
  files.map(({ path, content }) => [path, Buffer.from(content).toString("base64")]);
const byPath = (files: readonly IndexFile[]) => [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
const textOf = (file: IndexFile) => gunzipSync(file.content).toString("latin1");

test("two indexes of the same pages are the same files with the same bytes", async () => {
  const [one, other] = [await makeIndex(), await makeIndex()];
  assert.notDeepEqual(listed(byPath(one)), listed(byPath(other)));
  assert.deepEqual(listed(await stableIndex(one)), listed(await stableIndex(other)));
});

test("each name leads to the file that has it, and no value of a filter is lost", async () => {
  const found = await makeIndex();
  const files = await stableIndex(found);
  const at = (path: string) => files.find((file) => file.path === path);
  const { languages } = JSON.parse(Buffer.from(at("pagefind-entry.json")!.content).toString());
  assert.deepEqual(Object.keys(languages), ["en", "es"]);
  for (const { hash } of Object.values(languages) as { hash: string }[]) {
    const meta = at(`pagefind.${hash}.pf_meta`);
    assert.ok(meta, hash);
    const language = hash.slice(0, 2);
    const named = textOf(meta).match(new RegExp(`(?<=by-..)${language}_[0-9a-f]{7}`, "g"))!;
    assert.equal(named.length, LETTERS.length);
    for (const name of named) assert.ok(at(`filter/${name}.pf_filter`), name);
  }
  const letters = (all: readonly IndexFile[]) =>
    all
      .filter(({ path }) => path.endsWith(".pf_filter"))
      .map((file) => [...textOf(file)].sort().join(""))
      .sort();
  assert.deepEqual(letters(files), letters(found));
  assert.equal(files.length, found.length);
});
