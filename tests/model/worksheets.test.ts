/** Worksheets as one list: their numbers, in the words of the language that they are in. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { page, siteOf } from "../support/content.ts";

async function listed(titles: string[], settings: string): Promise<string[]> {
  const sheets = titles.map((title, index) => [
    `worksheets/${"abcdefgh"[index]}.md`,
    page("Text.", JSON.stringify(title)),
  ]);
  const site = await siteOf({
    "site.yaml": settings,
    "a/01-b.md": page("Text.", "B"),
    ...Object.fromEntries(sheets),
  });
  return site.worksheets.map(({ number, title }) => `${number}: ${title}`);
}

test("a title has a number by the word for a worksheet, in the page's language or in English", async () => {
  assert.deepEqual(
    await listed(
      [
        "Hoja de trabajo 4: Su mapa",
        "hoja de trabajo #1: Un comienzo",
        "Hoja de trabajo n.º 2 – Otro",
        "Hoja de trabajo núm. 3. Más",
        "Worksheet #5: In English",
        "Hoja de trabajo para 3 personas",
      ],
      "language: es\n",
    ),
    [
      "1: Un comienzo",
      "2: Otro",
      "3: Más",
      "4: Su mapa",
      "5: In English",
      "undefined: Hoja de trabajo para 3 personas",
    ],
  );
  assert.deepEqual(await listed(["Worksheet No. 2: A plan", "Hoja de trabajo 1: Un plan"], ""), [
    "2: A plan",
    "undefined: Hoja de trabajo 1: Un plan",
  ]);
});
