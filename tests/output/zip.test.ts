/** ZIPs as the least capable programs read them, with the same bytes each time. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { unzipSync } from "fflate";
import { writeZip, type ZipEntry } from "../../scripts/site/output/zip.ts";
import { inFolder } from "../support/content.ts";

const FILES: Record<string, Uint8Array<ArrayBuffer>> = {
  "z/último.html": Buffer.from("<p>".repeat(500)),
  "a.png": Buffer.from("picture".repeat(50)),
  "a/empty.txt": Buffer.alloc(0),
};

const inOrder = (names: string[]) => names.map((name): ZipEntry => [name, () => FILES[name]!]);

test("the order in which files are given is no matter; each is there, pictures as they are", async () => {
  await inFolder(async (folder) => {
    const [one, other] = [path.join(folder, "one.zip"), path.join(folder, "other.zip")];
    const date = new Date("2024-05-06T07:08:10Z");
    await writeZip(one, inOrder(Object.keys(FILES)), date);
    await writeZip(other, inOrder(Object.keys(FILES).reverse()), date);
    const zip = await readFile(one);
    assert.deepEqual(zip, await readFile(other));
    assert.deepEqual(
      Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes)]),
      Object.keys(FILES)
        .sort()
        .map((name) => [name, Buffer.from(FILES[name]!)]),
    );
    assert.ok(zip.includes("picture".repeat(50)));
    assert.ok(zip.length < 1_000);
    // Deflated, as programs expect it that read from the beginning; the time is UTC.
    assert.equal(zip.readUInt16LE(8), 8);
    assert.equal(zip.readUInt16LE(10), (7 << 11) | (8 << 5) | 5);
  });
});

test("before 1980 a ZIP knows no time", async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, "old.zip");
    await writeZip(file, inOrder(["a.png"]), new Date(1));
    assert.equal((await readFile(file)).readUInt16LE(12), (1 << 5) | 1);
  });
});
