/** Pages to print: which there are, what stands in each, and how what is long is divided. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { worksheetsIn } from "../../scripts/site/layout/edition-pages.ts";
import { LONGEST_PRINT, pagesIn, printsOf } from "../../scripts/site/model/print.ts";
import { errorsOf, type Files, page, siteOf } from "../support/content.ts";

const activity = (heading: string) => `<div class="activity callout" markdown="1">\n## ${heading}\n</div>\n`;

/** Each page to print: its address, and what stands in it or what it leads to. */
async function printsIn(files: Files): Promise<Record<string, string[]>> {
  const site = await siteOf(files);
  const prints = site.course.editions.flatMap((edition) => printsOf(edition, worksheetsIn(edition, site)));
  return Object.fromEntries(
    prints.map((print) => [
      print.address,
      print.kind === "page"
        ? pagesIn(print).map(({ address }) => address)
        : print.entries.map(
            ({ address, title, sections, worksheets }) => `${address} ${title} ${sections} ${worksheets}`,
          ),
    ]),
  );
}

function sections(folder: string, count: number): Files {
  const files: Files = {};
  for (let n = 1; n <= count; n++) files[`${folder}${n}-s${n}.md`] = page("Text.", `S${n}`);
  return files;
}

test("one module has the site's page: its own page, its sections in their order, the worksheets", async () => {
  assert.deepEqual(
    await printsIn({
      "index.md": page("Front.", "Course"),
      "1-basics/index.md": page("Landing.", "Basics"),
      "1-basics/2-b.md": page("B"),
      "1-basics/10-a.md": page("A"),
      "worksheets/1-plan.md": page("Plan"),
    }),
    {
      "print.html": ["basics/index.html", "basics/b.html", "basics/a.html", "worksheets/plan.html"],
    },
  );
  // Of sections at the top of the folder the front page is the introduction.
  assert.deepEqual(await printsIn({ "index.md": page("Front."), "a.md": page("A") }), {
    "print.html": ["index.html", "a.html"],
  });
  assert.deepEqual(await printsIn({}), { "print.html": [] });
});

test("of several modules each has a page besides the site's, with the worksheets that it uses", async () => {
  assert.deepEqual(
    await printsIn({
      "top.md": page(activity("[Worksheet #2: Map](worksheets/2-map.md)"), "Top"),
      "1-basics/a.md": page(activity("[Worksheet #1: Plan](../worksheets/1-plan.md)"), "A"),
      "2-more/b.md": page(activity("[Worksheet #1: Plan](../worksheets/1-plan.md)"), "B"),
      "worksheets/1-plan.md": page("Plan", "Plan"),
      "worksheets/2-map.md": page("Map", "Map"),
      "worksheets/3-own.md": "---\ntitle: Own\nmodule: more\n---\n",
      "worksheets/4-none.md": page("None", "None"),
    }),
    {
      "print.html": [
        "top.html",
        "basics/a.html",
        "more/b.html",
        "worksheets/map.html",
        "worksheets/plan.html",
        "worksheets/own.html",
        "worksheets/none.html",
      ],
      "print/other/index.html": ["top.html", "worksheets/map.html"],
      "basics/print.html": ["basics/a.html", "worksheets/plan.html"],
      "more/print.html": ["more/b.html", "worksheets/plan.html", "worksheets/own.html"],
    },
  );
});

test("what is longer is divided: a course by module, a module into volumes, between its groups", async () => {
  const half = LONGEST_PRINT / 2;
  const files = {
    ...sections("1-one/", half),
    ...sections("2-two/", half),
    "worksheets/1-plan.md": page("", "Plan"),
  };
  assert.deepEqual(Object.keys(await printsIn(sections("1-one/", LONGEST_PRINT))), ["print.html"]);
  const divided = await printsIn(files);
  assert.deepEqual(divided["print.html"], [
    `one/print.html One ${half} 0`,
    `two/print.html Two ${half} 0`,
    "print/worksheets/index.html Other worksheets 0 1",
  ]);
  assert.equal(divided["one/print.html"]!.length, half);
  assert.deepEqual(divided["print/worksheets/index.html"], ["worksheets/plan.html"]);

  const long = sections("", LONGEST_PRINT + 50);
  for (const n of [1, 150]) long[`${n}-s${n}.md`] = `---\ntitle: S${n}\ntags: [sectionHead]\n---\n`;
  const volumes = await printsIn(long);
  assert.deepEqual(volumes["print.html"], [
    "print/1/index.html S1 – S149 149 0",
    "print/2/index.html S150 – S250 101 0",
  ]);
  assert.equal(volumes["print/2/index.html"]![0], "s150.html");

  // A group that is too long by itself is divided all the same.
  for (const n of [1, 150]) long[`${n}-s${n}.md`] = page("", `S${n}`);
  long["0-s0.md"] = `---\ntitle: S0\ntags: [sectionHead]\n---\n`;
  const pieces = Object.values(await printsIn({ ...long, "worksheets/1-plan.md": page("", "Plan") })).slice(
    1,
  );
  assert.deepEqual(
    pieces.map((pages) => pages.length),
    [LONGEST_PRINT, 51, 1],
  );
});

test("each language has its own, in its folder", async () => {
  const inSpanish = (title: string) => `---\ntitle: ${title}\nlang: es\n---\n`;
  assert.deepEqual(
    await printsIn({
      "basics/a.md": page("A"),
      "es/index.md": inSpanish("Un curso"),
      "es/b.md": page("B"),
      "aprender/index.md": inSpanish("Aprender"),
      "aprender/c.md": page("C"),
      "worksheets/d.md": "---\ntitle: D\nmodule: aprender\n---\n",
    }),
    {
      "print.html": ["basics/a.html"],
      "es/print.html": [
        "aprender/index.html",
        "aprender/c.html",
        "es/index.html",
        "es/b.html",
        "worksheets/d.html",
      ],
      "aprender/print.html": ["aprender/index.html", "aprender/c.html", "worksheets/d.html"],
      "es/print/other/index.html": ["es/index.html", "es/b.html"],
    },
  );
});

test("no author's page, file or old address takes the place of a page to print", async () => {
  const taken = "which a page that the site makes itself has already; give it another file name";
  const files = {
    "print.md": page(""),
    "1-basics/print.md": page(""),
    "2-more/a.md": "---\ntitle: A\naliases: [print/2/, more/print/1/, more/print.html, print/plan/]\n---\n",
  };
  assert.deepEqual(errorsOf(await siteOf(files)).sort(), [
    `content/1-basics/print.md:1:1: the page would have the address basics/print.html, ${taken}`,
    'content/2-more/a.md:3:1: the alias "more/print.html" is already the address of a page that the site makes itself; delete the alias',
    ...["more/print/1/", "print/2/"].map(
      (alias) =>
        `content/2-more/a.md:3:1: the alias "${alias}" is an address that the site keeps for itself; delete the alias`,
    ),
    `content/print.md:1:1: the page would have the address print.html, ${taken}`,
  ]);
  // With one module the page is the author's.
  assert.deepEqual(errorsOf(await siteOf({ "1-basics/print.md": page("") })), []);
});

test("authors link to pages to print as to any other", async () => {
  const site = await siteOf({
    "1-basics/a.md": page("[All](../print.html) and [the module](../2-more/print.html)"),
    "2-more/b.md": page(""),
  });
  assert.deepEqual(errorsOf(site), []);
  const { html } = site.rendering.of(site.course.byPath.get("1-basics/a.md")!);
  assert.match(html, /href="\.\.\/print\.html".*href="\.\.\/more\/print\.html"/);
});
