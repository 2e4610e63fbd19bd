/** The lists by which browsers know what a release is made of. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { listsOf } from "../../scripts/site/output/offline.ts";
import {
  folderOfFile,
  MOST_BY_ITSELF,
  readList,
  releaseIn,
  releaseLine,
  writeList,
} from "../../scripts/site/output/release.ts";

const file = (address: string, bytes: number) => ({
  address,
  url: encodeURI(address),
  bytes,
  hash: createHash("sha256").update(address).digest("hex").slice(0, 16),
});

test("a list is read as it was written, whichever of its parts are empty", () => {
  const files = [file("a b.html", 1), file("c/d.js", 20)].map(({ hash, bytes, url }) => ({
    hash,
    bytes,
    url,
  }));
  const folders = [{ hash: "0123456789abcdef", bytes: 5, name: "größer/", all: 7 }];
  for (const byItself of [files, []]) {
    for (const whenAsked of [files, []]) {
      for (const list of [folders, []]) {
        const release = { byItself, whenAsked, folders: list };
        assert.deepEqual(readList(writeList(release)), release);
      }
    }
  }
});

test("a worker names its release in its first line; one that takes itself away names none", () => {
  assert.equal(releaseIn(`${releaseLine("0123456789abcdef")}\nx();\n`), "0123456789abcdef");
  assert.equal(releaseIn("<title>Log in</title>"), undefined);
});

test("texts come first, then pictures and documents from the smallest on up to the limit; films when asked for", () => {
  const { release, all } = listsOf([
    file("a.html", 1_000),
    file("b.mp4", 10),
    file("c.mp3", 10),
    file("d.pdf", MOST_BY_ITSELF - 2_000),
    file("e.png", 900),
    file("f.png", MOST_BY_ITSELF),
    file("g.docx", 100),
  ]);
  assert.equal(all.size, 1);
  const { byItself, whenAsked, folders } = readList(all.get(release)!);
  assert.deepEqual(
    byItself.map(({ url }) => url),
    ["a.html", "d.pdf", "e.png", "g.docx"],
  );
  assert.deepEqual(
    whenAsked.map(({ url }) => url),
    ["b.mp4", "c.mp3", "f.png"],
  );
  assert.deepEqual(folders, []);
});

test("what is for few waits until it is asked for, and a module of that name does not", () => {
  const files = ["facilitate/a.html", "facilitated/b.html", "index.html"].map((name) => file(name, 10));
  const urls = (keptBack: string[]) => {
    const { release, all } = listsOf(files, keptBack);
    const { byItself, whenAsked } = readList(all.get(release)!);
    return [byItself, whenAsked].map((list) => list.map(({ url }) => url).join(" "));
  };
  assert.deepEqual(urls(["facilitate"]), ["facilitated/b.html index.html", "facilitate/a.html"]);
  assert.deepEqual(urls([]), ["facilitate/a.html facilitated/b.html index.html", ""]);
});

test("of ten thousand pages the list from which all is found stays small, and each folder has its own", () => {
  const files = [file("index.html", 10_000), file("assets/site-01234567.css", 20_000)];
  for (let m = 1; m <= 1_000; m++) {
    for (let n = 1; n <= 10; n++) files.push(file(`module-${m}/section-${n}.html`, 17_000));
    files.push(
      file(`assets/worksheets/module-${m}/section-1.js`, 1_000),
      file(`module-${m}/tour.mp4`, 5_000_000),
    );
    files.push(file(`pagefind/fragment/en_${m}.js`, 3_000));
  }
  const { release, all } = listsOf(files);
  assert.ok(all.get(release)!.length < 60_000);
  assert.equal(all.size, 1_002);
  const { byItself, folders } = readList(all.get(release)!);
  assert.deepEqual(
    byItself.map(({ url }) => url),
    ["index.html", "assets/site-01234567.css"],
  );
  const { hash, ...folder } = folders.find(({ name }) => name === "module-7/")!;
  assert.deepEqual(folder, { name: "module-7/", bytes: 171_000, all: 5_171_000 });
  const inside = readList(all.get(hash)!);
  assert.deepEqual([inside.byItself.length, inside.whenAsked.length], [11, 1]);
  assert.equal(folders.find(({ name }) => name === "pagefind/")!.bytes, 3_000_000);
});

test("a file belongs to its module, as the form of a page does; styles and scripts to all", () => {
  for (const [address, folder] of [
    ["index.html", ""],
    ["basics/one.html", "basics/"],
    ["basics/img/a.png", "basics/"],
    ["assets/worksheets/basics/one.js", "basics/"],
    ["assets/worksheets/one.js", ""],
    ["assets/site-01234567.css", ""],
    ["pagefind/index/en_1.js", "pagefind/"],
  ]) {
    assert.equal(folderOfFile(address!), folder, address);
  }
});
