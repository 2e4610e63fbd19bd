/** Pagefind's index in pieces, asked by Pagefind's own script: it finds what it found before. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { close, createIndex } from "pagefind";
import { type IndexFile, splitIndex } from "../../scripts/site/output/split-index.ts";
import { CONTENT } from "../support/sites.ts";

let files: IndexFile[];
const words = new Set<string>();
before(async () => {
  const { index } = await createIndex({ forceLanguage: "en" });
  const folder = path.join(CONTENT, "connected-learning");
  for (const name of (await readdir(folder)).filter((name) => name.endsWith(".md"))) {
    const content = await readFile(path.join(folder, name), "utf8");
    await index!.addCustomRecord({ url: name, content, language: "en", meta: { title: name } });
    for (const [word] of content.toLowerCase().matchAll(/\p{L}{3,}/gu)) words.add(word);
  }
  files = (await index!.getFiles()).files;
});
after(() => close());

const ofWords = (all: IndexFile[]) => all.filter((file) => file.path.endsWith(".pf_index"));

interface Engine {
  options(options: Record<string, unknown>): Promise<void>;
  search(words: string): Promise<{ results: { id: string; score: number; words: number[] }[] }>;
}

/** Pagefind's script over files in memory; `number` makes each a module of its own. */
async function open(all: IndexFile[], number: number): Promise<Engine> {
  const byPath = new Map(all.map((file) => [`/${file.path}`, Buffer.from(file.content)]));
  const code = `const fetch = globalThis.fetchOf${number};${byPath.get("/pagefind.js")}`;
  Object.assign(globalThis, {
    [`fetchOf${number}`]: async (address: string) => new Response(byPath.get(address.replace(/\?.*/, ""))),
  });
  const engine = (await import(
    `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`
  )) as Engine;
  await engine.options({ basePath: "/", noWorker: true });
  return engine;
}

test("every word, its beginning from two letters on and its other forms find the same", async () => {
  const pieces = await splitIndex(files, 2_000);
  assert.ok(ofWords(pieces).length > 5 * ofWords(files).length, String(ofWords(pieces).length));
  const [whole, divided] = [await open(files, 1), await open(pieces, 2)];
  const queries = new Set([...words].flatMap((word) => [word, word.slice(0, 2), word.slice(0, 4)]));
  // First those whose word stands elsewhere than they do, while little is loaded.
  for (const query of ["dying", "going", "used", "learning library", "zzz", "café", "…", ...queries]) {
    const [one, other] = await Promise.all([whole.search(query), divided.search(query)]);
    assert.deepEqual(
      other.results.map(({ id, score, words }) => [id, score, words]),
      one.results.map(({ id, score, words }) => [id, score, words]),
      query,
    );
  }
});

test("a file holds what a query needs, not much more, and no file of Pagefind's is left beside its pieces", async () => {
  const sizes = ofWords(await splitIndex(files)).map((file) => file.content.length);
  assert.ok(Math.max(...sizes) < 8_000, sizes.join(" "));
  const total = (all: number[]) => all.reduce((sum, size) => sum + size, 0);
  assert.ok(total(sizes) < 1.2 * total(ofWords(files).map((file) => file.content.length)));
});

test("an index of another form is an error", async () => {
  const meta = files.find((file) => file.path.endsWith(".pf_meta"))!;
  const other = files.map((file) => (file.path.endsWith(".pf_index") ? { ...meta, path: file.path } : file));
  await assert.rejects(splitIndex(other), /the index has/);
});
