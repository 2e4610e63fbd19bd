/** Which section is a course's glossary. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { glossaryOf } from "../../scripts/site/model/glossary.ts";
import { type Files, page, siteOf } from "../support/content.ts";

const glossaryIn = async (files: Files) => glossaryOf((await siteOf(files)).course.main)?.address;

test("a section is the glossary by its title or by its file's name, in the site's language or in English", async () => {
  const spanish = { "site.yaml": "language: es\n", "a/01-b.md": page("Text.", "B") };
  assert.equal(await glossaryIn({ "a/16-glossary.md": page("Text.", "Our words") }), "a/glossary.html");
  assert.equal(await glossaryIn({ "a/words.md": page("Text.", "Glossary") }), "a/words.html");
  assert.equal(
    await glossaryIn({ ...spanish, "a/palabras.md": page("Texto.", "GLOSARIO") }),
    "a/palabras.html",
  );
  assert.equal(
    await glossaryIn({ ...spanish, "a/glossary.md": page("Texto.", "Palabras") }),
    "a/glossary.html",
  );
  assert.equal(await glossaryIn(spanish), undefined);
});

test("of several glossaries, one a module, none is the course's", async () => {
  const files = { "a/glossary.md": page("Text.", "Glossary"), "b/glossary.md": page("Text.", "Glossary") };
  assert.equal(await glossaryIn(files), undefined);
});
