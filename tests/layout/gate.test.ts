/**
 * What reaches a reader's page runs nothing and is read by a browser as it was checked: hostile Markdown and SVG, read
 * by a real browser with JavaScript on and without the policy that would stop it there.
 *
 * VECTORS=file.json adds a list of attacks, as a JSON array of strings; GATE_SEED and GATE_COUNT try others.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { load } from "cheerio";
import type { Browser, Page } from "playwright-core";
import { inlineSvg, isFault, readSvg, svgFile } from "../../scripts/site/content/svg.ts";
import { keepIn } from "../../scripts/site/layout/keep-in.ts";
import { faultOfLaidOut, faultOfPage, isSound } from "../../scripts/site/layout/page-faults.ts";
import { type Gate, GateHere, GateInThread } from "../../scripts/site/layout/page-gate.ts";
import { openBrowser } from "../support/browser.ts";
import { runBuildOf } from "../support/command.ts";
import { type Files, page as pageOf, renderedAt, siteOf, writeFiles } from "../support/content.ts";
import { copyOfProject } from "../support/project.ts";
import { Random } from "../support/random.ts";
import { temporaryFolder } from "../support/sites.ts";

const SEED = Number(process.env.GATE_SEED ?? 1);
const COUNT = Number(process.env.GATE_COUNT ?? 400);
const VECTORS: string[] = process.env.VECTORS ? JSON.parse(readFileSync(process.env.VECTORS, "utf8")) : [];

let browser: Browser;
let tab: Page;

before(async () => {
  browser = await openBrowser();
  tab = await browser.newPage();
  await tab.route("**/*", (route) => route.abort());
  // What an attack would call.
  await tab.evaluate(`
    Object.defineProperty(window, "hits", { value: [] });
    for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
      Object.defineProperty(window, name, { value: (text) => hits.push(name + "(" + text + ")") });
    }`);
  // The trap works, or what follows would tell nothing.
  assert.notDeepEqual((await readInBrowser("<script>alert(1)</script>")).ran, []);
});
after(() => browser.close());

/** The tree that the browser makes of a page's text, as HTML; what ran in it; and what it would run at a touch. */
async function readInBrowser(html: string): Promise<{ html: string; ran: string[]; active: string[] }> {
  await tab.setContent(
    `<!DOCTYPE html><html lang="en"><title>t</title><body><div class="section-body">${html}</div><p id="end"></p>`,
    { waitUntil: "domcontentloaded" },
  );
  const read = await tab.evaluate(() => {
    const text = document.querySelector(".section-body")!;
    const active: string[] = [];
    for (const element of document.querySelectorAll("*")) {
      if (/^(?:script|iframe|object|embed|base|meta|link|style|form|foreignobject)$/i.test(element.localName))
        active.push(element.localName);
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) active.push(`${element.localName} ${name}`);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers leave them out of an address
        const address = value.replace(/[\u0000-\u0020]/g, "").toLowerCase();
        if (/^(?:javascript|vbscript|data):/.test(address) && /^(?:xlink:)?(?:href|src|action)$/.test(name))
          active.push(`${element.localName} ${name}`);
      }
    }
    if (text.nextElementSibling?.id !== "end") active.push("text that leaves its place");
    return { html: text.innerHTML, ran: (window as unknown as { hits: string[] }).hits.splice(0), active };
  });
  return { ...read, html: written(read.html) };
}

const SVG = (inside: string, attributes = 'viewBox="0 0 10 10"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`;

/** Attacks of each class; each stands in every context below. */
const ATTACKS = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<!--><script>alert(1)</script>-->",
  "<!-- --!><script>alert(1)</script><!-- -->",
  "<title><![CDATA[</title><script>alert(1)</script>]]></title>",
  "<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>",
  "<desc><![CDATA[</desc></svg><meta http-equiv=refresh content=0;url=//example.org>]]></desc>",
  '<text x="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">t</text>',
  "<style><![CDATA[</style><script>alert(1)</script>]]></style>",
  "<?xml-stylesheet href='javascript:alert(1)'?><?a ?><script>alert(1)</script>?>",
  "<!DOCTYPE svg [<!ENTITY x '<script>alert(1)</script>'>]>&x;",
  '<SCRIPT xmlns="http://www.w3.org/2000/svg">alert(1)</SCRIPT>',
  '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
  '<a xlink:href="javascript:alert(1)"><text y="5">Click</text></a>',
  '<a HREF="javascript:alert(1)"><text y="5">Click</text></a>',
  '<use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>alert(1)</script></svg>#x"/>',
  '<animate attributeName="href" values="javascript:alert(1)"/>',
  '<set attributeName="onmouseover" to="alert(1)"/>',
  '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"/></foreignObject>',
  '<rect style="position:fixed;inset:0;background:url(javascript:alert(1))" class="site-footer" data-search-here="" width="9" height="9"/>',
  '<rect fill="u\\72l(https://example.org/a)" width="9" height="9"/>',
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
  '<a href="java&#10;script&colon;alert(1)">a</a>',
  "<p>a<table><td><p></table><a><div><a>b",
];

/** Markdown that holds an attack, in the places where authors write. */
const CONTEXTS: ((attack: string) => string)[] = [
  (attack) => attack,
  (attack) => `<div class="info callout" markdown="1">\n### A\n${attack}\n</div>`,
  (attack) => `A [link ${attack}](plan.md){: title="${attack.replace(/"/g, "'")}"} and *${attack}*`,
  (attack) => `| a |\n|---|\n| ${attack.replace(/[|\n]/g, "")} |`,
  (attack) => `<table><tr><td bgcolor="#abc">${attack}</td></tr></table>`,
  (attack) => `Text[^1]\n\n[^1]: ${attack}`,
  (attack) => `![${attack.replace(/[[\]]/g, "")}](room.svg)`,
];

/** Random pieces of the grammars that parsers disagree about. */
function randomMarkup(random: Random): string {
  const names =
    "svg math title desc style script p table tr td a b i div select option template noscript foreignObject mtext mglyph annotation-xml use text rect g image set animate h1 li br xmp plaintext textarea iframe html body head form".split(
      " ",
    );
  const values = [
    "",
    "x",
    "javascript:alert(1)",
    "#a",
    "--><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "url(#a)",
    "url(//x)",
  ];
  const piece = (): string => {
    const name = random.pick(names);
    const attribute = () =>
      ` ${random.pick(["id", "class", "href", "xlink:href", "HREF", "style", "onload", "fill", "src", "title", "encoding", "xmlns", "data-a"])}="${random.pick(values)}"`;
    switch (random.below(9)) {
      case 0:
        return `</${name}>`;
      case 1:
        return random.pick([
          "<!--",
          "-->",
          "--!>",
          "<!-->",
          "<![CDATA[",
          "]]>",
          "<?a",
          "?>",
          "<!x",
          "&lt;",
          "&#60;",
          "\n\n",
        ]);
      case 2:
        return `<${name}${random.times(2, attribute)}/>`;
      case 3:
        return "alert(1)";
      default:
        return `<${name}${random.times(2, attribute)}>`;
    }
  };
  return random.times(12, piece);
}

/** Many pages in one site: what each one's text became, errors or not. */
async function textsOf(bodies: readonly string[]): Promise<string[]> {
  const files: Files = { "plan.md": pageOf("", "Plan"), "room.svg": SVG("<circle r='4'/>") };
  for (const [index, body] of bodies.entries()) files[`p${index}.md`] = pageOf(body, `P${index}`);
  const site = await siteOf(files);
  return bodies.map((_, index) => renderedAt(site, `p${index}.md`).html);
}

/** Written one way: Chromium escapes more in attributes than the standard asks for. */
const written = (html: string) => load(html, null, false).html();

async function holdAgainstBrowser(texts: readonly string[], sources: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    const read = await readInBrowser(text);
    const source = JSON.stringify(sources[index]);
    assert.deepEqual(read.ran, [], `nothing runs of ${source}`);
    assert.deepEqual(read.active, [], `nothing acts in what became of ${source}`);
    assert.equal(read.html, text, `a browser reads what became of ${source} as it is written`);
  }
}

test("attacks in every place where authors write", async () => {
  const bodies = [...ATTACKS, ...VECTORS].flatMap((attack) => CONTEXTS.map((context) => context(attack)));
  await holdAgainstBrowser(await textsOf(bodies), bodies);
});

test(`random markup (seed ${SEED})`, async () => {
  const random = new Random(SEED);
  const bodies = Array.from({ length: COUNT }, () => random.pick(CONTEXTS)(randomMarkup(random)));
  await holdAgainstBrowser(await textsOf(bodies), bodies);
});

test("an SVG in the page is what was checked, and so is the file", async () => {
  const random = new Random(SEED);
  const sources = [
    ...[...ATTACKS, ...VECTORS].flatMap((attack) => [
      SVG(attack),
      SVG(`<g>${attack}</g><text>a</text>`),
      attack,
    ]),
    ...Array.from({ length: COUNT }, () => SVG(randomMarkup(random))),
  ];
  let drawn = 0;
  for (const source of sources) {
    const drawing = readSvg(source);
    if (isFault(drawing)) continue;
    drawn++;
    const inline = inlineSvg(drawing, "site--d1-", 'A <b>"map"</b> --> ]]>');
    if (inline !== undefined) {
      const { active, ran, html } = await readInBrowser(inline);
      assert.deepEqual([...active, ...ran], [], source);
      assert.equal(html, written(inline), source);
    }
    // As a document of its own, in which a browser would run scripts.
    const file = await tab.evaluate((text) => {
      const read = new DOMParser().parseFromString(text, "image/svg+xml");
      return {
        isWellFormed: !read.querySelector("parsererror"),
        names: [...read.querySelectorAll("*")].map((element) => element.nodeName),
        attributes: [...read.querySelectorAll("*")].flatMap((element) =>
          [...element.attributes].map(({ name, value }) => `${name}=${value}`),
        ),
      };
    }, svgFile(drawing));
    assert.ok(file.isWellFormed, source);
    for (const name of file.names) assert.doesNotMatch(name, /script|foreignObject|iframe|:/i, source);
    for (const one of file.attributes)
      assert.doesNotMatch(
        one,
        /^on|^(?:xlink:)?href=(?!#|data:image\/)|javascript:alert.*\)$|^data-/i,
        source,
      );
  }
  assert.ok(drawn > 20, "some of them are drawings");
});

const POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">';
const wholePage = (body: string, head = "") =>
  `<!DOCTYPE html><html><head>${POLICY}${head}</head><body><div class="section-body">${body}</div></body></html>`;

test("the last look at a page finds what should not be there", () => {
  assert.equal(
    faultOfPage(wholePage("<p>a</p>", '<script src="../assets/site-1.js" defer></script>'), ["<p>a</p>"]),
    undefined,
  );
  for (const [html, fault] of [
    [`<script src="assets/a.js"></script>${POLICY}`, "<script> stands before the policy"],
    [wholePage("<script>alert(1)</script>"), "a <script> stands in its text"],
    [wholePage('<script src="assets/a.js"></script>'), "a <script> stands in its text"],
    [wholePage("<template><script>alert(1)</script></template>"), "a <script> stands in its text"],
    [wholePage("", "<script>alert(1)</script>"), "its policy does not know a <script>"],
    [
      wholePage("", '<script src="https://example.org/a.js"></script>'),
      "it would run the script https://example.org/a.js",
    ],
    [wholePage("", '<script src="docs/a.js"></script>'), "it would run the script docs/a.js"],
    [wholePage("", "<style>p{}</style>"), "its policy does not know a <style>"],
    [wholePage("<img src=x onerror=alert(1)>"), "<img> has the attribute onerror"],
    [
      wholePage('<a href="java&#10;script&colon;alert(1)">a</a>'),
      "<a> has the address java\nscript:alert(1)",
    ],
    [wholePage("<meta http-equiv=refresh content='0; url=a.html'>"), "<meta> stands outside the head"],
    [wholePage("", "<meta http-equiv=refresh content='0; url=//example.org'>"), '<meta http-equiv="refresh"'],
    [wholePage("", "<base href='a/'>"), "it holds <base>"],
    [wholePage("<iframe src='https://example.org/'></iframe>"), "it holds <iframe>"],
    [wholePage("<svg><foreignObject></foreignObject></svg>"), "it holds <foreignObject>"],
    [wholePage("</div><div class='section-body'>"), "its text stands in two places"],
  ] as const) {
    assert.ok(faultOfPage(html)?.includes(fault), `${fault}: ${faultOfPage(html)}`);
  }
  assert.equal(faultOfPage("<p>a</p>", ["<p>a</p>"]), "it has no policy");
  assert.equal(
    faultOfPage(wholePage("<p>a</p></div><p>b</p>"), ["<p>a</p></div><p>b</p>"]),
    "a browser would read its text otherwise than it was checked",
  );
});

const SHELLS: Record<string, (text: string) => string> = {
  "as the layouts have it": (text) => wholePage(text),
  "after a tag that is still open": (text) =>
    wholePage("").replace("<div", "<b><div").replace("></div>", `>${text}</div>`),
  "in a paragraph": (text) =>
    wholePage("").replace("<div", "<p><span").replace("></div>", `>${text}</span></p>`),
  "in a link": (text) =>
    wholePage("").replace("<div", '<a href="#a"><div').replace("></div>", `>${text}</div></a>`),
  "in a table": (text) =>
    wholePage("").replace("<div", "<table><div").replace("></div>", `>${text}</div></table>`),
  "in a list": (text) =>
    wholePage("").replace("<div", "<ul><li><div").replace("></div>", `>${text}</div></ul>`),
  "beside other text": (text) => wholePage(`${text}<p>b</p>`),
  twice: (text) => wholePage(text) + text,
  "before the place that is kept for it": (text) => wholePage("").replace("<div", `${text}<div`),
  nowhere: () => wholePage(""),
  "in an attribute": (text) => wholePage("").replace("<div", `<div title="${text}"`),
};

/** The same without the place of an author's part. */
const OTHER_PLACES: Record<string, (part: string) => string> = Object.fromEntries(
  [
    "<div>|</div>",
    "<nav>|</nav>|",
    "<p>|</p>",
    "<b>|</b>",
    "<table>|</table>",
    "<table><tr><td>|</td></tr></table>",
    "<select><option>|</option></select>",
    "<template>|</template>",
    "<svg><title>|</title></svg>",
    "<textarea>|</textarea>",
    "<!-- | -->",
    '<i title="|"></i>',
    "<i title='|'></i>",
    "<i id='a' title='|' title='|'></i>",
    "|</body>",
  ].map((place) => [
    place,
    (part: string) =>
      wholePage("").replace(
        /<div class="section-body"><\/div>/,
        place.replaceAll("|", () => part),
      ),
  ]),
);

test("of a page in its layout the last look says what a look at all of it says", async () => {
  const bodies = [...ATTACKS, "a", "<p>a</p>", "- a\n- b", "| a |\n|---|\n| b |", "[a](#b)"].slice(0, 60);
  for (const text of await textsOf(bodies)) {
    for (const [where, shell] of Object.entries(SHELLS)) {
      const html = shell(text);
      const says = JSON.stringify([where, text]);
      assert.equal(faultOfLaidOut({ html, contents: [text] }), faultOfPage(html, [text]), says);
      const attacked = html.replace("</body>", "<img src=x onerror=alert(1)></body>");
      assert.equal(faultOfLaidOut({ html: attacked, contents: [text] }), faultOfPage(attacked, [text]), says);
    }
  }
});

/** What layouts may put into many pages. */
const PARTS = [
  "a",
  '<nav><ul>\n<li><a href="a.html">A</a></li>\n<li><a href="b.html">B</a></li>\n</ul></nav>',
  "<template><dialog><form><input></form></dialog></template>",
  "<table><tr><td>a</td></tr></table>",
];
const UNSOUND_PARTS = [
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  '<a href="javascript:alert(1)">a</a>',
  '<meta http-equiv="refresh" content="0; url=a.html">',
  '<link rel="stylesheet" href="a.css">',
  '<div class="section-body"></div>',
  '<body onload="alert(1)">',
  "<b>a",
  "<p>a",
  "<div>a",
  "a</div>",
  "</nav><nav>",
  "</details>a",
  "<table><tr><td>a",
  "<table><p>a</p>",
  "<template>a",
  "<textarea>a",
  "<select>a",
  "<!-- a",
  "<a title='",
  "<frameset>",
];

test("of a page in its layout, parts that many pages share are seen in their places too", () => {
  for (const part of UNSOUND_PARTS) assert.equal(isSound(part), false, part);
  const content = "<p>b</p>";
  for (const part of PARTS) {
    assert.equal(isSound(part), true, part);
    for (const [where, shell] of Object.entries({ ...SHELLS, ...OTHER_PLACES })) {
      for (const inPlace of [part, part.replace('"a.html"', '"a.html" aria-current="page"')]) {
        const html = shell(inPlace).replace("</body>", `<div class="section-body">${content}</div></body>`);
        for (const attack of ["", "<img src=x onerror=alert(1)>", '"><img src=x onerror=alert(1)>']) {
          for (const attacked of [
            html.replace("</body>", `${attack}</body>`),
            html.replace("<body>", `<body>${attack}`),
          ]) {
            const says = JSON.stringify([where, inPlace, attack]);
            const page = { html: attacked, contents: [content], shared: [part] };
            assert.equal(faultOfLaidOut(page), faultOfPage(attacked, [content]), says);
          }
        }
      }
    }
  }
});

for (const [where, open] of [
  ["here", (folder) => new GateHere(keepIn(folder))],
  ["in a thread", (folder) => new GateInThread(folder)],
] as [string, (folder: string) => Gate][]) {
  test(`the gate ${where} keeps all pages but the one that is not fit, and refuses that, in its layout or in its place`, async () => {
    const content = "<p>a</p>";
    const fit = wholePage(content);
    const folder = await temporaryFolder();
    const takeInto = async (folder: string, html: string, shared: string[] = []) => {
      const gate = open(folder);
      try {
        for (let n = 0; n < 40; n++) {
          const page = { html: n === 20 ? html : fit, contents: [content], shared: shared.slice(0, n) };
          gate.take(`pages/p${n}.html`, page);
        }
      } finally {
        await gate.end();
      }
    };
    const looked = (html: string, shared?: string[]) => takeInto(folder, html, shared);
    await looked(fit);
    assert.equal((await readdir(path.join(folder, "pages"))).length, 40);
    assert.equal(await readFile(path.join(folder, "pages/p39.html"), "utf8"), fit);
    const refusal = (fault: string) =>
      new Error(`the page pages/p20.html is not fit to be published: ${fault}`);
    await rm(path.join(folder, "pages"), { recursive: true });
    await assert.rejects(
      looked(fit.replace("</body>", "<img src=x onerror=alert(1)></body>")),
      refusal("<img> has the attribute onerror"),
    );
    await assert.rejects(readFile(path.join(folder, "pages/p20.html")), { code: "ENOENT" });
    const [sound, unsound] = ["<nav>b</nav>", "<nav onclick='a()'>b</nav>"];
    await looked(fit.replace("</body>", `${sound}</body>`), ["<p>c</p>", sound]);
    await assert.rejects(
      looked(fit.replace("</body>", `${unsound}</body>`), [sound, unsound]),
      refusal("<nav> has the attribute onclick"),
    );
    const misplaced = refusal("a browser would read its text otherwise than it was checked");
    await assert.rejects(looked(wholePage("").replace("<div", `${content}<div`)), misplaced);
    await assert.rejects(looked(wholePage("<p>b</p>")), misplaced);
    // And a folder that takes no page is told as what it is.
    const file = path.join(folder, "file");
    await writeFile(file, "");
    await assert.rejects(takeInto(file, fit), { code: "ENOTDIR", path: path.join(file, "pages") });
  });
}

test("a build says which page was refused, and leaves nothing behind", async () => {
  const project = await copyOfProject();
  const layout = path.join(project, "layouts/section.liquid");
  await writeFile(layout, `${await readFile(layout, "utf8")}<p onclick="alert(1)">Text.</p>\n`);
  await writeFiles(path.join(project, "content"), { "a.md": pageOf("Text.", "A") });
  const before = await readdir(project);
  const { status, errors } = await runBuildOf(project);
  assert.equal(status, 1, errors);
  assert.match(errors, /the page a\.html is not fit to be published: .*onclick/);
  assert.doesNotMatch(errors, /ENOENT/);
  // The program itself, compiled.
  assert.deepEqual((await readdir(project)).sort(), [".cache", ...before].sort());
});
