/**
 * Random texts in the dialect: whatever an author writes, the build survives it, and what comes out is well-formed and
 * runs nothing.
 *
 * FUZZ_SEED and FUZZ_COUNT try others: `FUZZ_SEED=7 FUZZ_COUNT=100000 npm run unit -- tests/html/fuzz.test.ts`.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { load } from "cheerio";
import { PROJECT } from "../../scripts/site/project.ts";
import { errorsOf, page, siteOf } from "../support/content.ts";
import { Random } from "../support/random.ts";

const SEED = Number(process.env.FUZZ_SEED ?? 1);
const COUNT = Number(process.env.FUZZ_COUNT ?? 2_500);
/** Pages of one site. */
const BATCH = 250;
const LONGEST = 400;

/** What pages link to and show. */
const BESIDE = {
  "plan.md": page("## One\n", "Plan"),
  "room.png": "",
  "film.mp4": "",
  "film.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\n<b>One</b> &lt;script>\n",
  "circle.svg":
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title id="t">Dot</title><circle id="c" r="4"/></svg>',
};

const FIXTURES = ["dialect", "kramdown"].flatMap((name) => {
  const folder = path.join(PROJECT, "tests/fixtures", name);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), "utf8"));
});

const words = (text: string) => text.split(" ");

const TAGS = words(
  "a b i p div span table thead tbody tr th td caption colgroup col ul ol li dl dt dd h1 h3 blockquote pre code details summary figure img br hr iframe sup abbr section aside font center u q script style link meta base title form input button select option textarea label object embed param audio video source svg math mi foreignObject circle template noscript plaintext xmp noembed frameset body html head image o:p x-y",
);
const ATTRIBUTES = words(
  "class id title href src alt style name width bgcolor markdown onclick onerror ONLOAD target rel cite action formaction srcdoc srcset data xlink:href background poster http-equiv role lang rows value data-at data-embed is kind srclang label autoplay",
);
const SCHEMES = words(
  "javascript:alert(1) JaVaScript:x java\tscript:x java\nscript:x &#106;avascript:x &#x6A;avascript&colon;x javascript&#58;x vbscript:x data:text/html,x \u0001javascript:x %6aavascript:x //example.org/a https://example.org/ http:x mailto:a@b.org file:///a c:\\a plan.md plan.md#one #one room.png circle.svg film.mp4 film.mp4 film.vtt ../x ? # https://youtu.be/aaaaaaaaaaa",
).concat([" javascript:x", "java\u00adscript:x", "javascript\u0000:x", "\u2028javascript:x"]);
const CLASSES = words(
  "callout activity info trainer reflection colorhighlight color1 color9 answer answers tint frame-card no_toc footnote",
);
const SIGNS = [..."<>/\"'`=&#;:!-[](){}*_|\\~^+.,$%@?0a \n\t“”’", "\n\n", "\r\n", "  \n", "    ", "\\\\\n"];
const ODD = [
  ..."\u0001\u0008\u000b\u000c\u001b\u007f\u0085\u00a0\u00ad\u200b\u200d\u200e\u2028\u2029\ufeff\ufffd\uffff\ue000",
  "é",
  "e\u0301",
  "中文",
  "العربية",
  "👩‍👧",
  "🇩🇪",
  "\u{1d49c}",
  "İ",
  "ſ",
  "K",
  "text",
  "Two words",
  "http://example.org",
  "snake_case_word",
];
const ENTITIES = words(
  "&amp; &lt; &lt;script&gt; &quot; &#60; &#x3c;b&#x3e; &#0; &#13; &#xD800; &#x110000; &#99999999999; &nbsp; &colon; &Tab; &NewLine; &notit; &copy &; &#; &#x;",
);
const MARKS = [
  ...words(
    "# ## ### #x - * + 1. 7) > : | || --- *** === ``` ~~~ ` `` $$ ** __ *** _ ~~ -- ... << >> ^ [^1] [^1]: *[ab]: ab [1] [1]: ![ ][ ]( ) {#id}",
  ),
  "\n- ",
  "\n1. ",
  "\n> ",
  "\n: ",
  "\n    ",
  "\n# ",
  "\n|-|-|\n",
  "\n| a | b |\n",
  "\n***\n",
  "\n```html\n",
  "\n[^1]: ",
  "\n[1]: ",
  "\n*[text]: ",
  "\n^\n",
  "[ ] ",
];
const LIQUID = [
  '{% callout "info" %}',
  '\n{% callout "activity" %}\n### [Worksheet #1: a](plan.md)\n',
  '\n{% callout "trainer" %}\n',
  '{% callout "nothing" %}',
  "{% endcallout %}",
  "\n{% endcallout %}\n",
  "{% endcalout %}",
  "{{ site.baseurl }}",
  "{% raw %}",
  "{{",
  "}}",
  "{%",
  "%}",
  "{::comment}",
  "{:/comment}",
  "{::nomarkdown}",
  "{:/}",
  '{::options a="b" /}',
  "\n{:toc}\n",
  "\n{:a: .b onclick=x}\n",
  "{: a}",
];
const COMMENTS = [
  "<!--",
  "-->",
  "<!-->",
  "<!--->",
  "--!>",
  "<!DOCTYPE html>",
  "<?x",
  "?>",
  "<![CDATA[",
  "]]>",
  "</",
  "<!",
];

function quoted(random: Random, value: string): string {
  return random.pick([
    `"${value}"`,
    `'${value}'`,
    value,
    `“${value}”`,
    `"${value}`,
    `'${value}`,
    `${value}"`,
    `"${value}"`,
    `"${value}"`,
  ]);
}

function attribute(random: Random): string {
  const name = random.pick(ATTRIBUTES);
  const value =
    name === "markdown"
      ? random.pick(["1", "0", "span", "block"])
      : name === "class"
        ? random.times(4, () => ` ${random.pick(CLASSES)}`)
        : random.pick([random.pick(SCHEMES), piece(random, 4), "x", "color:red", "a b"]);
  return random.pick([`${name}=${quoted(random, value)}`, `${name} = ${quoted(random, value)}`, name]);
}

function startTag(random: Random, name: string): string {
  const spelled = random.below(8) ? name : name.toUpperCase();
  const list = random.times(3, () => random.pick([" ", " ", "\n", "/", ""]) + attribute(random));
  return `<${spelled}${list}${random.pick([">", ">", ">", ">", " />", "/>", "", "\n>", ">\n"])}`;
}

function element(random: Random, depth: number): string {
  const name = random.pick(random.below(3) ? ["div", "p", "table", "td", "b", "a", "span", "details"] : TAGS);
  const end = random.pick([
    `</${name}>`,
    `</${name}>`,
    `</${name}>\n`,
    `\n</${name}>`,
    "",
    `</${random.pick(TAGS)}>`,
  ]);
  const text = random.times(3, () => piece(random, depth + 1));
  return startTag(random, name) + text + end;
}

function attributeList(random: Random): string {
  const list = random.times(3, () =>
    random.pick([` .${random.pick(CLASSES)}`, " #one", ` ${attribute(random)}`, " a", "=", '"']),
  );
  return random.pick(["{:", "{:", "\n{:", "{: ", "{"]) + list + random.pick(["}", "}", "}\n", ""]);
}

function link(random: Random, depth: number): string {
  const text = random.times(2, () => piece(random, depth + 1));
  const address = random.pick(SCHEMES);
  return random.pick([
    `[${text}](${address})`,
    `[${text}](<${address}> "${text}")`,
    `![${text}](${address})`,
    `![${text}](${address} "${text}")`,
    `[${text}][1]`,
    `\n[1]: ${address} "${text}"\n`,
    `<${address}>`,
    `[^1]\n\n[^1]: ${text}\n`,
    `\n*[${text}]: ${text}\n`,
  ]);
}

function wrapped(random: Random, depth: number): string {
  const inner = random.times(3, () => piece(random, depth + 1));
  const mark = random.pick(["*", "**", "_", "__", "`", "``", "~~", "$$", '"', "'"]);
  const prefix = random.pick(["- ", "1. ", "> ", ": ", "    ", "| ", "# ", "  "]);
  return random.pick([
    mark + inner + mark,
    inner.replace(/^/gm, prefix),
    `\n${prefix}${inner}\n`,
    `\n\n${inner}\n\n`,
  ]);
}

/** A piece of what authors write, or half of one. */
function piece(random: Random, depth: number): string {
  const deep = depth < 4 ? random.below(14) : random.below(9);
  if (deep < 2) return random.pick(SIGNS);
  if (deep < 3) return random.pick(ODD);
  if (deep < 4) return random.pick(ENTITIES);
  if (deep < 6) return random.pick(MARKS);
  if (deep < 7) return random.pick(LIQUID);
  if (deep < 8) return random.pick([random.pick(COMMENTS), `</${random.pick(TAGS)}>`]);
  if (deep < 9) return random.pick(["text", "a ", "One\n", "9"]);
  if (deep < 11) return element(random, depth);
  if (deep < 12) return attributeList(random);
  if (deep < 13) return link(random, depth);
  return wrapped(random, depth);
}

/** A stretch of a fixture, with pieces put in, taken out and moved. */
function mutation(random: Random): string {
  const fixture = random.pick(FIXTURES);
  const start = random.below(2) ? 0 : random.below(fixture.length);
  let text = fixture.slice(start, start + LONGEST);
  for (let change = random.below(6); change >= 0; change--) {
    const at = random.below(text.length + 1);
    const end = at + random.below(12);
    const inserted = random.pick([piece(random, 3), "", text.slice(at, end).repeat(2), random.pick(SIGNS)]);
    text = text.slice(0, at) + inserted + text.slice(end);
  }
  return text;
}

/** One input of 1 to 400 characters. */
function input(random: Random): string {
  let text = "";
  if (random.below(4)) {
    const length = 1 + random.below(LONGEST);
    while (text.length < length) text += piece(random, 0);
  } else {
    text = mutation(random);
  }
  return text.slice(0, LONGEST) || "a";
}

const FORBIDDEN =
  "script, style, link, meta, base, form, input, button, select, textarea, object, embed, applet, iframe, frame, frameset, template, noscript, foreignObject";

const URL_ATTRIBUTE = /^(?:href|src|cite|poster|data-embed|xlink:href|style)$/;

/** What a browser takes an address's scheme from. */
const bare = (address: string) => address.replace(/[\p{Cc}\p{Cf}\s]/gu, "").toLowerCase();

/** What is wrong with the HTML of a page; undefined where nothing is. */
function faultOf(html: string): string | undefined {
  const $ = load(html, null, false);
  if ($.html() !== html) return `not well-formed: read again it is ${$.html()}`;
  const forbidden = $(FORBIDDEN).first();
  if (forbidden.length) return `there is a <${forbidden.prop("tagName")}>`;
  if (/data-at="?\d+:\d/.test(html)) return "a place is left";
  const ids = new Set<string>();
  for (const one of $("*").toArray()) {
    const attributes = $(one).attr() ?? {};
    for (const [name, value] of Object.entries(attributes)) {
      if (/^on/i.test(name)) return `there is an attribute ${name}`;
      if (URL_ATTRIBUTE.test(name) && /^(?:javascript|vbscript|data):/.test(bare(value)))
        return `there is the address ${value}`;
      if (/^(?:srcdoc|srcset|action|formaction|http-equiv|background|ping|is|autoplay|loop)$/.test(name))
        return `there is an attribute ${name}`;
    }
    if (/^(?:video|audio)$/.test($(one).prop("tagName")!.toLowerCase()) && attributes.preload !== "none")
      return "a player loads its file";
    if (attributes.id === undefined) continue;
    if (ids.has(attributes.id)) return `the id ${attributes.id} is there twice`;
    ids.add(attributes.id);
  }
  return undefined;
}

/** The first fault of these inputs, with the input. */
async function firstFault(inputs: string[]): Promise<string | undefined> {
  const names = inputs.map((_, index) => `page-${index}.md`);
  const files = Object.fromEntries(names.map((name, index) => [name, page(inputs[index]!)]));
  let site: Awaited<ReturnType<typeof siteOf>>;
  try {
    site = await siteOf({ ...BESIDE, ...files });
  } catch (error) {
    if (inputs.length === 1) return `${(error as Error).stack}\n${JSON.stringify(inputs[0])}`;
    const half = Math.ceil(inputs.length / 2);
    return (await firstFault(inputs.slice(0, half))) ?? (await firstFault(inputs.slice(half)));
  }
  for (const [index, name] of names.entries()) {
    const known = site.course.byPath.get(name);
    const made = known && site.rendering.of(known);
    // A text with a zero byte is no text: the page is refused.
    const isRefused = !made && errorsOf(site).some((error) => error.startsWith(`content/${name}:`));
    const fault = made ? faultOf(made.html) : isRefused ? undefined : "the page is lost";
    if (fault) return `${fault}\n${JSON.stringify(inputs[index])}\n${made?.html}`;
  }
  return undefined;
}

test(`${COUNT.toLocaleString("en-US")} random texts: no crash, well-formed, nothing runs`, async () => {
  const random = new Random(SEED);
  for (let done = 0; done < COUNT; done += BATCH) {
    const inputs = Array.from({ length: Math.min(BATCH, COUNT - done) }, () => input(random));
    const fault = await firstFault(inputs);
    assert.equal(fault, undefined, `seed ${SEED}: ${fault}`);
  }
});
