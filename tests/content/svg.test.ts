/** SVG: what is kept, what is a fault, and what a drawing may cost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inlineSvg, isFault, readSvg, SVG_LIMITS, svgFile } from "../../scripts/site/content/svg.ts";
import { errorsOf, page, renderedAt, siteOf, warningsOf } from "../support/content.ts";

const svg = (inside: string, attributes = 'viewBox="0 0 10 10"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`;

const inline = (source: string, description = "") => {
  const drawing = readSvg(source);
  assert.ok(!isFault(drawing), JSON.stringify(drawing));
  return inlineSvg(drawing, "p-", description);
};
const file = (source: string) => {
  const drawing = readSvg(source);
  assert.ok(!isFault(drawing), JSON.stringify(drawing));
  return svgFile(drawing);
};

test("a drawing in a page: ids prefixed, styles as attributes, nothing that reaches out of it", () => {
  assert.equal(
    inline(
      svg(
        '<title id="t">Map</title><defs><path id="a" d="M0 0"/></defs><use xlink:href="#a" style="fill:#abc;position:fixed"/><rect class="x" data-a="b" fill="url(#a)" width="2" height="3"/>',
        'viewBox="0 0 10 10" width="90" height="80" style="position:fixed" transform="scale(99)" class="site-footer"',
      ),
    ),
    '<svg viewBox="0 0 10 10" role="img" aria-labelledby="p-t"><title id="p-t">Map</title><defs><path id="p-a" d="M0 0"></path></defs><use href="#p-a" fill="#abc"></use><rect fill="url(#p-a)" width="2" height="3"></rect></svg>',
  );
});

test("a drawing without a title is named by what its author wrote for it", () => {
  assert.equal(
    inline(svg("<path/>"), 'The <b>"map"</b>'),
    '<svg viewBox="0 0 10 10" role="img" aria-labelledby="p-title"><title id="p-title">The &lt;b&gt;&quot;map&quot;&lt;/b&gt;</title><path></path></svg>',
  );
});

test("programs' own marks are left out, prefixed names understood, text kept", () => {
  assert.equal(
    file(
      '<?xml version="1.0"?><!DOCTYPE svg><svg:svg xmlns:svg="http://www.w3.org/2000/svg" xmlns:inkscape="x" viewBox="0 0 1 1"><!-- a --><inkscape:view a="b"/><metadata><rdf/></metadata><svg:text inkscape:label="x">a &lt; <svg:tspan><![CDATA[b & c]]></svg:tspan></svg:text></svg:svg>',
    ),
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>a &lt; <tspan>b &amp; c</tspan></text></svg>\n',
  );
});

test("more than plain shapes stays a picture", () => {
  for (const inside of [
    "<style>.a{fill:red}</style><path class='a'/>",
    "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter>",
    "<image href='data:image/png;base64,AAAA'/>",
  ]) {
    assert.equal(inline(svg(inside)), undefined, inside);
    assert.match(file(svg(inside)), /<(?:style|filter|image)/);
  }
  assert.equal(inline(svg("<path/>", "")), undefined);
});

test("what runs or loads is told", () => {
  for (const [inside, fault] of [
    ["<script>a</script>", "holds <script>"],
    ["<SCRIPT>a</SCRIPT>", "holds <SCRIPT>"],
    ["<foreignObject><p/></foreignObject>", "holds <foreignObject>"],
    ["<path onclick='a'/>", "holds the attribute onclick, which would run a script"],
    ["<path ONLOAD='a'/>", "holds the attribute ONLOAD, which would run a script"],
    [
      "<image href='https://example.org/a.png'/>",
      "names a file elsewhere, which no browser loads into a picture",
    ],
    ["<use href='other.svg#a'/>", "names a file elsewhere, which no browser loads into a picture"],
    ["<use href='javascript:alert(1)'/>", "names a file elsewhere, which no browser loads into a picture"],
    [
      "<path fill='url(https://example.org/a)'/>",
      "names a file elsewhere, which no browser loads into a picture",
    ],
    ["<path style='fill:URL( //a )'/>", "names a file elsewhere, which no browser loads into a picture"],
    ["<style>@import 'a.css';</style>", "names a file elsewhere, which no browser loads into a picture"],
    [
      "<style>p{background:url( &quot;//a&quot; )}</style>",
      "names a file elsewhere, which no browser loads into a picture",
    ],
    [
      "<style>p{background:u\\72l(//a)}</style>",
      "names a file elsewhere, which no browser loads into a picture",
    ],
  ] as const) {
    const drawing = readSvg(svg(inside));
    assert.ok(isFault(drawing), inside);
    assert.equal(drawing.fault, fault, inside);
    assert.ok(drawing.cure);
  }
  assert.deepEqual(readSvg("<html/>"), { fault: "holds no <svg>", cure: "save it again as SVG" });
});

test("a value that cannot be read for sure is left out", () => {
  assert.equal(
    file(
      svg(
        '<path fill="u\\72l(#a)" stroke="image-set(&quot;a&quot; 1x)" id="a b" class="a{" role="x y" d="M0 0"/>',
      ),
    ),
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0"></path></svg>\n',
  );
});

test("what repeats itself and what is deep has a limit, and no depth ends the program", () => {
  const bomb = (name: string) => (n: number) =>
    `<g id="${name}${n}"><use href="#${name}${n - 1}"/><use href="#${name}${n - 1}"/></g>`;
  const doubling = svg(`<path id="a0"/>${Array.from({ length: 30 }, (_, n) => bomb("a")(n + 1)).join("")}`);
  const patterns = svg(
    Array.from(
      { length: 30 },
      (_, n) => `<pattern id="a${n + 1}"><path fill="url(#a${n})"/><path fill="url('#a${n}')"/></pattern>`,
    ).join(""),
  );
  for (const source of [doubling, patterns, svg("<path/>".repeat(SVG_LIMITS.drawn + 1))]) {
    const drawing = readSvg(source);
    assert.ok(isFault(drawing));
    assert.equal(drawing.fault, "draws more than 50,000 shapes, those counted that repeat others");
  }
  for (const depth of [SVG_LIMITS.depth + 1, 20_000]) {
    const drawing = readSvg(svg("<g>".repeat(depth) + "</g>".repeat(depth)));
    assert.ok(isFault(drawing));
    assert.equal(drawing.fault, "has more than 60 elements inside each other");
  }
  const circles = [
    '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g><use href="#a"/>',
    '<g id="a"><use href="#a"/></g>',
    '<defs><g id="y"><use href="#x"/></g></defs><use href="#y"/><g id="x"><use href="#y"/></g>',
    '<pattern id="p"><path fill="url(#p)"/></pattern>',
  ];
  for (const circle of circles) {
    const drawing = readSvg(svg(circle));
    assert.ok(isFault(drawing), circle);
    assert.equal(drawing.fault, "has a part that repeats itself without end");
  }
  const masks = Array.from(
    { length: 12 },
    (_, n) => `<mask id="m${n}">${`<rect class="c${n - 1}"/>`.repeat(8)}</mask>`,
  ).join("");
  const style = `<style>${Array.from({ length: 12 }, (_, n) => `.c${n}{mask:url(#m${n})}`).join("")}</style>`;
  const blends = Array.from(
    { length: 39 },
    (_, n) => `<feBlend in="r${n}" in2="r${n}" result="r${n + 1}"/>`,
  ).join("");
  for (const heavy of [
    `${style}${masks}<rect class="c11"/>`,
    `<filter id="f"><feOffset result="r0"/>${blends}</filter>`,
  ]) {
    assert.ok(isFault(readSvg(svg(heavy))), heavy);
  }
  const chain = svg(
    Array.from({ length: 20_000 }, (_, n) => `<linearGradient id="a${n}" href="#a${n + 1}"/>`).join(""),
  );
  assert.ok(readSvg(chain));
});

test("a drawing shown two thousand times is in the page a few times, and a file for the rest", async () => {
  const drawing = svg(`<path d="${"M0 0 ".repeat(2000)}"/>`);
  const site = await siteOf({ "index.md": page("![Map](map.svg)\n\n".repeat(2000)), "map.svg": drawing });
  assert.deepEqual([...errorsOf(site), ...warningsOf(site)], []);
  const { html } = renderedAt(site, "index.md");
  assert.ok(html.length < 2000 * 100 + 200_000, `${html.length} characters`);
  assert.match(html, /<svg/);
  assert.match(html, /<img src="map.svg"/);
});

test("what programs draw with stays: arrow heads, styles of their own, entities, prefixes", () => {
  const arrow =
    '<marker id="a" style="overflow:visible" orient="auto"><path d="M0 0"/></marker><path style="marker-end:url(#a);-inkscape-stroke:none"/>';
  assert.equal(
    inline(svg(arrow)),
    '<svg viewBox="0 0 10 10" role="img"><marker id="p-a" orient="auto" overflow="visible"><path d="M0 0"></path></marker><path marker-end="url(#p-a)"></path></svg>',
  );
  for (const style of ["transform:translate(5px,5px)", "font:20px serif", "mix-blend-mode:multiply"]) {
    assert.equal(inline(svg(`<path style="${style}"/>`)), undefined, style);
    assert.match(file(svg(`<path style="${style}"/>`)), new RegExp(`style="${style.replace(/[()]/g, ".")}"`));
  }
  assert.equal(
    file(
      '<!DOCTYPE svg [<!ENTITY red "fill:#f00;"><!ENTITY word "Hello &amp; <b/>">]><ns0:svg xmlns:ns0="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><ns0:text style="&red;">&word;</ns0:text></ns0:svg>',
    ),
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text style="fill:#f00">Hello &amp; </text></svg>\n',
  );
  assert.equal(
    file(svg("<title>A <title>B</title><g/></title>")),
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>A B</title></svg>\n',
  );
  const swelling = `<!DOCTYPE svg [<!ENTITY a "${"x".repeat(10_000)}">]>${svg(`<text>${"&a;".repeat(1000)}</text>`)}`;
  assert.ok(isFault(readSvg(swelling)));
});
