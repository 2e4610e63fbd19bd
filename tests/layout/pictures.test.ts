/** The pictures that the site makes of its mark: of the sizes that are asked for, and the same each time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { balanced, picturesOf } from "../../scripts/site/layout/pictures.ts";
import { page, siteOf } from "../support/content.ts";

async function picturesFor(settings: string) {
  const site = await siteOf({ "index.md": page("Text."), "site.yaml": settings });
  const { shared, ...pictures } = picturesOf(site);
  return { ...pictures, shared: shared.get(site.course.main.name)! };
}

const sizeOf = (png: Uint8Array) => {
  const bytes = Buffer.from(png);
  assert.equal(bytes.toString("latin1", 1, 4), "PNG");
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
};

const NAMED = "name: Łódź & friends\nurl: https://example.org/\n";

async function sharedFor(settings: string): Promise<Buffer> {
  const { files, shared } = await picturesFor(settings);
  return Buffer.from(await files.get(shared)!());
}

test("icons and the picture of a shared link have their sizes, and no more bytes than such drawings need", async () => {
  const { files, shared } = await picturesFor(NAMED);
  const made = await Promise.all([...files].map(async ([address, make]) => [address, await make()] as const));
  assert.deepEqual(
    made.map(([address, png]) => [address, sizeOf(png)]),
    [
      ["apple-touch-icon.png", "180x180"],
      ["assets/icons/192.png", "192x192"],
      ["assets/icons/512.png", "512x512"],
      ["assets/icons/maskable.png", "512x512"],
      [shared, "1200x630"],
    ],
  );
  for (const [address, png] of made) assert.ok(png.length < 90_000, `${address} has ${png.length} bytes`);
  assert.ok(!(await picturesFor("name: A\n")).files.has(shared));
});

test("the same name gives the same bytes and the same address, another name or color others", async () => {
  const first = await picturesFor(NAMED);
  const same = await picturesFor(`${NAMED}description: Another\n`);
  assert.equal(same.shared, first.shared);
  const other = await picturesFor("name: Another\nurl: https://example.org/\n");
  const colored = await picturesFor(`${NAMED}colors:\n  accent: "#0b2a5b"\n`);
  assert.equal(new Set([first, other, colored].map(({ shared }) => shared)).size, 3);
  const pngs = [await sharedFor(NAMED), await sharedFor("name: Another\nurl: https://example.org/\n")];
  assert.notDeepEqual(pngs[0], pngs[1]);
});

test("a name in letters that the font does not have, or too long for the picture, gives way to the mark", async () => {
  const mark = await sharedFor("name: Связанное обучение\nurl: https://example.org/\n");
  for (const name of ["Teens 🎉", "مكتبة", "x".repeat(300), "and so on ".repeat(40)]) {
    assert.deepEqual(await sharedFor(`name: ${name}\nurl: https://example.org/\n`), mark, name);
  }
  for (const name of ["Đọc sách", "L’été à Ísafjörður", "<b>{mark}</b>", "A  name"]) {
    assert.notDeepEqual(await sharedFor(`name: "${name}"\nurl: https://example.org/\n`), mark, name);
  }
});

test("lines are as even as words allow", () => {
  assert.deepEqual(balanced("Connected Learning for library staff", 2), [
    "Connected Learning",
    "for library staff",
  ]);
  assert.deepEqual(balanced("One", 3), ["One"]);
  assert.deepEqual(balanced("a b c d", 4), ["a", "b", "c", "d"]);
});
