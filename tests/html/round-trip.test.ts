/**
 * What is said to be read as it is, is read as it is: of random trees, and of what a parser makes of random tags. And
 * the pages that are shipped are among it, or each would be read once more.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ChildNode, Element, Text } from "domhandler";
import { INLINE_ELEMENTS, SVG_ATTRIBUTES } from "../../scripts/site/content/svg.ts";
import { type AnyNode, bodyOf, htmlOf, parseHtml } from "../../scripts/site/html/dom.ts";
import { ELEMENTS } from "../../scripts/site/html/sanitize/allowlist.ts";
import { roundTrips } from "../../scripts/site/html/sanitize/round-trip.ts";
import { loadSite } from "../../scripts/site/site.ts";
import { Random } from "../support/random.ts";

const COUNT = 10_000;
const HTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";
const DRAWN = [...INLINE_ELEMENTS];
const NAMES = [
  ...ELEMENTS,
  ...DRAWN,
  ..."svg svg nobr font center form button select option template".split(" "),
];
/** Children that make sense, so that there is more to a tree than its first misplaced element. */
const FITTING: Record<string, string> = {
  body: "p p div h2 ul ol dl table table pre blockquote svg",
  ul: "li",
  ol: "li",
  dl: "dt dd div",
  table: "caption colgroup thead tbody tbody tfoot",
  colgroup: "col",
  thead: "tr",
  tbody: "tr",
  tfoot: "tr",
  tr: "td th",
  ruby: "rt rp rb",
  video: "source track a",
  p: "a b i em strong code span br img svg ruby del video audio",
};
const SPANS = "a b i code span br p ul table h3 svg details summary";
const BLANKS = ["", " ", "\n", "\n  ", "\t\n"];
const TEXTS = [
  ...BLANKS,
  "a",
  "a  \nb",
  "&<>\u00a0",
  "\n\na",
  "\r",
  "\r\na",
  "\0",
  "\f",
  "</p>",
  "\ufeff",
  "é",
];
const VALUES = ["", "x", '"', "'", "a\nb", "a  \nb", "&amp;<>", "\u00a0", "\r", "\0", "</p>"];

function element(name: string, namespace: string, attribs: Record<string, string>, children: ChildNode[]) {
  const made = new Element(name, attribs, children);
  made.namespace = namespace;
  for (const child of children) child.parent = made;
  return made;
}

function attributes(random: Random, names: readonly string[]): Record<string, string> {
  const pairs = Array.from({ length: random.below(3) }, () => [random.pick(names), random.pick(VALUES)]);
  return Object.fromEntries(random.below(3) ? [] : pairs);
}

/** A tree that need not be one that a parser makes. */
function tree(random: Random, name: string, depth: number): Element {
  if (name === "svg" || (INLINE_ELEMENTS.has(name) && random.below(20))) return drawing(random, name, depth);
  const isTablePart = /^(?:table|colgroup|thead|tbody|tfoot|tr)$/.test(name);
  const children = Array.from({ length: depth < 7 ? random.below(5) : 0 }, () => {
    if (!random.below(3)) return new Text(random.pick(isTablePart && random.below(40) ? BLANKS : TEXTS));
    const fitting = (FITTING[name] ?? SPANS).split(" ");
    return tree(random, random.below(25) ? random.pick(fitting) : random.pick(NAMES), depth + 1);
  });
  const isVoid = /^(?:br|col|hr|img|source|track|wbr)$/.test(name) && random.below(8);
  const names = [
    "class",
    "id",
    "title",
    "data-x",
    "href",
    ...(random.below(50) ? [] : ["Class", "a:b", "<"]),
  ];
  return element(name, random.below(100) ? HTML : SVG, attributes(random, names), isVoid ? [] : children);
}

function drawing(random: Random, name: string, depth: number): Element {
  const children = Array.from({ length: depth < 7 ? random.below(4) : 0 }, () => {
    if (!random.below(3)) return new Text(random.pick(TEXTS));
    if (!random.below(30)) return tree(random, random.pick(NAMES), depth + 1);
    return drawing(random, random.pick(DRAWN), depth + 1);
  });
  const names = [...SVG_ATTRIBUTES, ...(random.below(20) ? [] : ["viewbox", "xlink:href", "x:y"])];
  return element(name, random.below(200) ? SVG : HTML, attributes(random, names), children);
}

/** What an element holds, with the blanks at the ends of lines gone, as they are from its HTML. */
function shapesIn({ children }: Element): unknown[] {
  const shapes: unknown[] = [];
  for (const child of children) {
    const shape = shapeOf(child);
    if (shape === "") continue;
    if (typeof shape === "string" && typeof shapes.at(-1) === "string") shapes.push(shapes.pop() + shape);
    else shapes.push(shape);
  }
  return shapes.map((shape) => (typeof shape === "string" ? clean(shape) : shape));
}

function shapeOf(node: AnyNode): unknown {
  if (node.type === "text") return clean(node.data);
  const { name, namespace, attribs } = node as Element;
  const values = Object.entries(attribs).map(([key, value]) => [key, clean(value)]);
  return [name, namespace, values, shapesIn(node as Element)];
}

const clean = (text: string) => text.replace(/[ \t]+(?=\n)/g, "");

/** Whether a body is said to be read as it is; that it is so is asserted. */
function check(body: Element): boolean {
  if (!roundTrips(body)) return false;
  const { html, read } = reread(body);
  assert.equal(htmlOf(read), html);
  assert.deepEqual(shapesIn(bodyOf(read)), shapesIn(body), html);
  return true;
}

/** The HTML of a body, and what a parser makes of it. */
function reread(body: Element) {
  const $ = parseHtml("");
  bodyOf($).children = body.children;
  const html = htmlOf($);
  return { html, read: parseHtml(html) };
}

test(`${COUNT.toLocaleString("en-US")} random trees`, () => {
  const random = new Random(1);
  let told = 0;
  for (let count = 0; count < COUNT; count++) if (check(tree(random, "body", 0))) told++;
  assert.ok(told > COUNT / 10, `only ${told} are said to be read as they are`);
  assert.ok(told < COUNT, "all are said to be read as they are");
});

test(`what a parser makes of ${COUNT.toLocaleString("en-US")} random texts of tags`, () => {
  const random = new Random(2);
  const names = [...ELEMENTS, ...DRAWN, ..."a a b b p p table td tr svg font nobr math mi form".split(" ")];
  const piece = () => {
    const name = random.pick(random.below(2) ? names : "a b p table tr td li ul div svg".split(" "));
    return random.pick([`<${name}>`, `<${name}>`, `<${name} title=a>`, `</${name}>`, random.pick(TEXTS)]);
  };
  let told = 0;
  for (let count = 0; count < COUNT; count++) {
    const html = random.times(14, piece);
    if (check(bodyOf(parseHtml(html)))) told++;
  }
  assert.ok(told > COUNT / 10, `only ${told} are said to be read as they are`);
});

test("every element and attribute of a drawing", () => {
  for (const name of DRAWN.filter((one) => one !== "svg")) {
    const svg = element("svg", SVG, {}, [element(name, SVG, {}, [])]);
    assert.ok(check(element("body", HTML, {}, [svg])), name);
  }
  for (const name of SVG_ATTRIBUTES) {
    const svg = element("svg", SVG, { [name]: "1" }, []);
    assert.equal(check(element("body", HTML, {}, [svg])), !name.includes(":"), name);
  }
});

test("what a parser reads otherwise than it is", () => {
  const bodies = [
    "<p><b><div></div></b></p>",
    "<a><span><a></a></span></a>",
    "<b x><b><b><b><b></b></b></b></b>a</b>",
    "<h2><h3></h3></h2>",
    "<ul><li><li></li></li></ul>",
    "<dl><dt><dt></dt></dt></dl>",
    "<dl><dd><span><dd></dd></span></dd></dl>",
    "<ruby><rt><rt></rt></rt></ruby>",
    "<ruby><rp><rp></rp></rp></ruby>",
    "<table><tr></tr></table>",
    "<table>a</table>",
    "<table><svg></svg></table>",
    "<br>a</br>",
    "<pre>\na</pre>",
    "<svg><p></p></svg>",
    "<svg><title><b></b></title></svg>",
    "<math></math>",
  ];
  for (const html of bodies) {
    const body = written(html);
    assert.ok(!roundTrips(body), html);
    assert.notDeepEqual(shapesIn(bodyOf(reread(body).read)), shapesIn(body), html);
  }
  const ofNoNamespace = element("body", HTML, {}, [element("span", "", {}, [])]);
  assert.ok(!roundTrips(ofNoNamespace));
});

/** The tree as it is written, whatever a parser would make of it. */
function written(html: string): Element {
  const body = element("body", HTML, {}, []);
  let at = body;
  for (const [, slash, name, attribute, text] of html.matchAll(/<(\/?)(\w+)(?: (\w+))?>|([^<]+)/g)) {
    if (slash) at = at.parent as Element;
    else if (!name) at.children.push(new Text(text!));
    else {
      const namespace = name === "svg" ? SVG : at.namespace!;
      const made = element(name, namespace, attribute ? { [attribute]: "" } : {}, []);
      made.parent = at;
      at.children.push(made);
      at = made;
    }
  }
  return body;
}

test("all pages that are shipped", async () => {
  const site = await loadSite({ content: "content", drafts: true });
  for (const { html } of site.rendering.all) assert.ok(roundTrips(bodyOf(parseHtml(html))), html);
});
