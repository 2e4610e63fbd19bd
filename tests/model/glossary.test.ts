/** Which sections are glossaries, what they say of their terms, and which links lead to one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { glossaryOf } from "../../scripts/site/model/glossary.ts";
import { errorsOf, type Files, page, renderedAt, siteOf } from "../support/content.ts";

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

test("a term is a heading or the name of a definition, and means the plain text right after it", async () => {
  const site = await siteOf({
    "a/glossary.md": page(
      `## Asset

What *is* there.[^1] See [the other](other.md).

- a skill

| a | b |
|---|---|
| no | table |

## Letters

## Asset

{% callout "info" %}
### In a callout

No term.
{% endcallout %}

## Site -- plan
{: .x}

> Quoted.

Asset
Thing
: Another {: #x}
: with

    ## no block {#y}

Film
: ![Film](film.png)

[^1]: A source.
`,
      "Glossary",
    ),
    "a/film.png": "",
    "a/other.md": page(
      '[The term](glossary.md#asset-2), [a tab](glossary.md#asset){:target="_blank"}',
      "Other",
    ),
  });
  assert.deepEqual(errorsOf(site), []);
  const { terms, anchors, html } = renderedAt(site, "a/glossary.md");
  assert.deepEqual(terms, [
    {
      id: "asset",
      title: "Asset",
      html: '<p>What <em>is</em> there.<sup><a href="#fn%3A1" class="footnote">1</a></sup> See <a href="other.html">the other</a>.</p><ul>\n<li>a skill</li>\n</ul>',
    },
    { id: "site-plan", title: "Site – plan", html: "<blockquote>\n<p>Quoted.</p>\n</blockquote>" },
    { id: "asset-2", title: "Asset", html: "<p>Another {: #x}</p>" },
    { id: "thing", title: "Thing", html: "<p>Another {: #x}</p>" },
  ]);
  for (const id of ["asset-2", "thing", "film"])
    assert.ok(anchors.has(id) && html.includes(`<dt id="${id}">`), id);
  assert.match(
    renderedAt(site, "a/other.md").html,
    /<a href="glossary.html#asset-2" data-term="">The term<\/a>, <a href="glossary.html#asset" target="_blank"/,
  );
});

test("definition lists elsewhere have no ids, and links within a glossary are links", async () => {
  const site = await siteOf({
    "a/glossary.md": page("[B](#b)\n\nB\n: Text.\n", "Glossary"),
    "a/other.md": page("B\n: Text.\n", "Other"),
  });
  assert.match(renderedAt(site, "a/glossary.md").html, /<a href="#b">B<\/a>[\s\S]*<dt id="b">/);
  const other = renderedAt(site, "a/other.md");
  assert.match(other.html, /<dt>B/);
  assert.deepEqual(other.terms, []);
});

test("a link to a term that no glossary has is told, with the one that was meant", async () => {
  const site = await siteOf({
    "a/glossary.md": page("Maker space\n: Text.\n", "Glossary"),
    "a/other.md": page("[B](glossary.md#maker-spaces)", "Other"),
  });
  assert.deepEqual(errorsOf(site), [
    'content/a/other.md:4:1: the link "glossary.md#maker-spaces" leads to a heading that content/a/glossary.md does not have; did you mean "#maker-space"?',
  ]);
});
