/**
 * The promise of `check`: what it passes, a build builds; what it does not pass has a place and a cure. Held over
 * random courses: names, old addresses, worksheets, drafts, settings and Markdown as odd as they come.
 *
 * PROMISE_SEED and PROMISE_COUNT try others; every course is built with PROMISE_BUILDS=all.
 */
import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { load } from "cheerio";
import { fileAddress } from "../scripts/site/addresses.ts";
import { buildSite } from "../scripts/site/build-site.ts";
import { MADE_PAGES } from "../scripts/site/course.ts";
import { loadSite, type Site } from "../scripts/site/site.ts";
import { inFolder } from "./support/content.ts";
import { Random } from "./support/random.ts";

const SEED = Number(process.env.PROMISE_SEED ?? 1);
const COUNT = Number(process.env.PROMISE_COUNT ?? 400);
const BUILDS = process.env.PROMISE_BUILDS === "all" ? COUNT : Number(process.env.PROMISE_BUILDS ?? 25);

const words = (text: string) => text.split(" ");

const NAMES = [
  ...words(
    "plan Plan index search 404 sections layouts scripts assets pagefind worksheets README con AUX nul.a",
  ),
  ...words(
    "ß ss ς σ İ ǅ ① 2 12 2024-01-31 a.b a..b 100% %41 #1 a#b.html a'b a&b [x] {{x}} {%x%} !a (a) a+b ~a $x @",
  ),
  ...words("한국어 日本 العربية हिन्दी 🎉 - _a .a"),
  "café",
  "cafe\u0301",
  "Caf\u00e9",
  "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165",
  "a plan",
  "a ",
  " a",
  "a\nb",
  "a\u001bb",
  "a\u202eb",
  "a\tb",
  'a"b',
  "a<b>",
  "a\\b",
  "a:b",
  "a?b*|",
  "x".repeat(120),
  "é".repeat(120),
  "x".repeat(249),
  "x".repeat(252),
  "\ufdfa".repeat(40),
];
const ENDINGS = words(".md .md .md .md .md .markdown .png .svg .pdf .PNG .txt .html .js .yaml").concat("");
const FOLDERS = [
  "",
  "",
  "01-basics",
  "basics",
  "02-more",
  "worksheets",
  "worksheets",
  "img",
  "assets",
  "pagefind",
];

const ALIASES = [
  ...words(
    "old/ old old.html OLD.html old.htm Old.HTM a/b/c/ a/b a.html/ a.html/index.html index.html / ./ ../x a//b",
  ),
  ...words(
    "img/photo.png assets/site-12345678.css assets/x/ pagefind/pagefind.js pagefind/ .nojekyll _x/ x.js/ x.js",
  ),
  ...words(
    "basics basics/ basics.html basics/index.html worksheets sections.html Sections.html 404.html search/",
  ),
  ...words(
    "caf%C3%A9/ 100%/ %2e%2e/x a%2Fb %00 con.html aux/ a*b a<b> {{x}} {%x%} [a]/ node_modules/x layouts/a",
  ),
  ...words(
    "https://example.org/old a\\b ?x #x a?b a%3Fb a%23b.html p.php ~me/ a'b .. ... a./ plan.html PLAN.html",
  ),
  "café/",
  "cafe\u0301/",
  "a\u0000b",
  "a\u001bb",
  "a\nb",
  " ",
  "a /",
  "\ud800",
  "\u202ea",
  "x".repeat(300),
  "x/".repeat(700),
  `${"x".repeat(251)}.html`,
  "é".repeat(127),
];

const URLS = [
  ...words(
    "https://example.org/a https://docs.google.com/document/d/1/copy https://docs.google.com/ http://x.org",
  ),
  ...words(
    "https://a%20b/x https://host:99999/ https:// http:/// https:/x https://[::1 https://[::1]/ https://%/",
  ),
  ...words(
    "mailto:a@b.org tel:1 //example.org //a:b:c foo:bar https://xn--a/ https://ex\u00e4mple.org/ https://\u202e/",
  ),
  "https://a b/x",
];

const TITLES = [
  ...words("A Café Worksheet 2024 true <b>x</b> {{x}} &amp; 🎉 한국어"),
  "Worksheet #1: Plan",
  "a\u0000b",
  "a\u001b[2Jb",
  "\ud800",
  "\u202eabc",
  'say "so"',
  "x".repeat(300),
];

const HEADINGS = [
  "Two",
  "Café",
  "Cafe\u0301",
  "한국어",
  "",
  "!",
  "Two",
  "a {#b}",
  "<b>x</b>",
  "\u202ea",
  "1",
];

interface Draft {
  files: Map<string, string>;
  random: Random;
}

/** A course that has most of what a course can have, and little that makes sense. */
function course(random: Random): Map<string, string> {
  const draft: Draft = { files: new Map(), random };
  const isOdd = random.below(3) > 0;
  const name = () => (isOdd && random.below(2) ? random.pick(NAMES) : `p${random.below(9)}`);
  const names: string[] = [];
  for (let i = 1 + random.below(6); i > 0; i--) {
    const folder = random.below(isOdd ? 6 : 20)
      ? random.pick(FOLDERS.slice(0, 7))
      : random.pick([...FOLDERS, name()]);
    const ending = random.below(3) ? ".md" : random.pick(ENDINGS);
    const prefix = random.pick(["", "", "01-", "2-", "2024-01-31-"]);
    names.push(`${folder && `${folder}/`}${prefix}${name()}${ending}`);
  }
  if (random.below(2)) names.push(`${random.pick(["01-basics", "basics"])}/index.md`);
  if (!random.below(12)) names.push(random.pick(["assets", "pagefind", "worksheets", "basics", "img", "p1"]));
  for (const file of names) {
    draft.files.set(file, /\.(md|markdown)$/.test(file) ? page(draft, names, isOdd) : fileText(file));
  }
  if (!random.below(3)) draft.files.set("site.yaml", settings(random));
  return draft.files;
}

const fileText = (file: string) =>
  file.endsWith(".svg")
    ? '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Dot</title><circle r="4"/></svg>'
    : "x";

const inYaml = (text: string) =>
  JSON.stringify(text).replace(/[\u007f-\u009f]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`);

function settings(random: Random): string {
  return [
    `name: ${inYaml(random.pick(TITLES))}`,
    `language: ${random.pick(words("en es pt-BR zh-Hant ar ko"))}`,
    `version: ${random.pick(["1.0", '"<1>"', "2024-01-31"])}`,
    `contact: ${random.pick(["a@b.org", "https://example.org/"])}`,
  ]
    .filter(() => random.below(2))
    .join("\n");
}

function page(draft: Draft, names: string[], isOdd: boolean): string {
  const { random } = draft;
  const lines = [`title: ${inYaml(isOdd ? random.pick(TITLES) : "A page")}`];
  if (!random.below(3)) {
    const aliases = Array.from({ length: 1 + random.below(3) }, () => random.pick(ALIASES));
    lines.push(`aliases: [${aliases.map(inYaml).join(", ")}]`);
  }
  if (!random.below(8)) lines.push("draft: true");
  if (!random.below(5)) lines.push("tags: [sectionHead]");
  if (!random.below(5)) lines.push(`description: ${inYaml(random.pick(TITLES))}`);
  const body = Array.from({ length: random.below(5) }, () => piece(random, names, isOdd)).join("\n\n");
  return `---\n${lines.join("\n")}\n---\n${body}\n`;
}

/** A path from anywhere, from the content's root, in one of the forms in which it may be typed. */
function linkTo(random: Random, names: string[]): string {
  const name = random.pick([...names, ...names, "nowhere.md"]);
  const form = random.pick([name, name.normalize("NFC"), name.normalize("NFD")]);
  return `/${form.split("/").map(encodeURIComponent).join("/")}`;
}

function piece(random: Random, names: string[], isOdd: boolean): string {
  const heading = random.pick(HEADINGS);
  const url = random.below(isOdd ? 2 : 6) ? "https://example.org/a" : random.pick(URLS);
  const id = random.pick(["two", "café", "cafe\u0301", "한국어", "section"]);
  return random.pick([
    "Text, *more* text[^1].\n\n[^1]: A note.",
    `## ${heading}`,
    `## ${heading}\n\n### ${heading}\n\n## Two\n\n[${heading || "x"} there](#${id})`,
    `[The plan](${linkTo(random, names)})`,
    `[The plan](${linkTo(random, names)}#${id})`,
    `![A room](${linkTo(random, names)})`,
    `<div class="activity callout" markdown="1">\n### [Worksheet #${random.below(4)}: ${heading}](<${url}>){:target="_blank"}\n\nText\n</div>`,
    `<div class="activity callout" markdown="1">\n### <a href="${url}">Plan</a>\n</div>`,
    `{% callout "activity" %}\n### [Worksheet #1: a](${linkTo(random, names)})\n{% endcallout %}`,
    `{% callout "info" %}\n### ${heading}\n{% endcallout %}`,
    `[Elsewhere](<${url}>) and ![a picture](<${url}>)`,
    `<iframe src="${random.pick([url, "https://youtu.be/aaaaaaaaaaa"])}" title="a"></iframe>`,
    `<table><tr><th id="${id}">a</th></tr><tr><td headers="${id}">b</td></tr></table>`,
    'What now?\n{: .answer rows="3"}',
    "Term\n: what it means",
    "| a | b |\n|---|---|\n| c | d |",
    "\u0000".repeat(random.below(30) ? 0 : 1),
    "\u001b[2J \u202e \u2028 &#0; &#xD800; &#27;",
    "<p>never closed <b>",
    `<h2 id="${id}">${heading}</h2>`,
  ]);
}

/** Writes what a disk holds: some names are too long for it, some stand where a folder does. */
async function writeWhatCanBe(folder: string, files: Map<string, string>): Promise<void> {
  await mkdir(folder);
  for (const [name, text] of files) {
    const file = path.join(folder, name);
    try {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text, { flag: "wx" });
    } catch (error) {
      assert.match(
        (error as NodeJS.ErrnoException).code!,
        /^(?:ENAMETOOLONG|EEXIST|ENOTDIR|EISDIR|ENOENT|EINVAL)$/,
      );
    }
  }
}

/** As `check` does it: with drafts, and what only fails without them. */
async function problemsOf(content: string): Promise<{ site: Site; isClean: boolean }> {
  const all = await loadSite({ content, drafts: true });
  const site = await loadSite({ content, drafts: false });
  for (const problem of [...all.problems.list, ...site.problems.list]) {
    const { file, line, column, message, cure } = problem;
    assert.ok(file && message && cure, JSON.stringify(problem));
    assert.ok(line >= 1 && column >= 1, JSON.stringify(problem));
    assert.doesNotMatch(message + cure, /\bat .*:\d+:\d+|undefined|\[object|Error:/, JSON.stringify(problem));
  }
  return { site, isClean: !all.problems.errors.length && !site.problems.errors.length };
}

/** What is promised of a built site and is not there. */
async function faultsOf(site: Site, out: string): Promise<string[]> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  const files = new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path
          .relative(out, path.join(entry.parentPath ?? entry.path, entry.name))
          .split(path.sep)
          .join("/"),
      ),
  );
  const { course } = site;
  const promised = [
    ...course.byAddress.keys(),
    ...course.aliases.keys(),
    ...Object.values(MADE_PAGES),
    ...course.modules.map((module) => module.address),
    ...[...course.files].map(fileAddress),
    ".nojekyll",
  ];
  const faults = promised.filter((address) => !files.has(address)).map((address) => `no ${address}`);
  const folded = new Set([...files].map((file) => file.normalize("NFC").toLowerCase()));
  if (folded.size !== files.size) faults.push("two files that are one to some disks");
  const ids = new Map<string, Set<string>>();
  const links: [from: string, to: string, fragment: string][] = [];
  for (const file of files) {
    if (file !== file.normalize("NFC")) faults.push(`${file} is not composed`);
    if (!/\.html?$/i.test(file)) continue;
    const $ = load(await readFile(path.join(out, file), "utf8"));
    ids.set(
      file,
      new Set(
        $("[id]")
          .toArray()
          .map((element) => element.attribs.id!),
      ),
    );
    for (const element of $("[href], [src]").toArray()) {
      const written = (element.attribs.href ?? element.attribs.src)!;
      if (/^[a-z][a-z0-9+.-]*:/i.test(written)) continue;
      const [to = "", fragment = ""] = written.split("#");
      links.push([
        file,
        to ? path.posix.join(path.posix.dirname(file), decodeURIComponent(to)) : file,
        fragment,
      ]);
    }
  }
  for (const [from, to, fragment] of links) {
    if (!files.has(to)) faults.push(`${from} links to ${to}`);
    else if (fragment && ids.get(to)?.has(decodeURIComponent(fragment)) === false)
      faults.push(`${from} links to ${to}#${fragment}`);
  }
  return faults;
}

test(`${COUNT} random courses: what check passes, a build builds, with every address that it promises`, async () => {
  const random = new Random(SEED);
  let built = 0;
  for (let done = 0; done < COUNT; done++) {
    const files = course(random);
    const what = () => `seed ${SEED}, course ${done}: ${JSON.stringify([...files], null, 1)}`;
    await inFolder(async (folder) => {
      const content = path.join(folder, "content");
      const out = path.join(folder, "site");
      await writeWhatCanBe(content, files);
      const { site, isClean } = await problemsOf(content).catch((error: Error) =>
        assert.fail(`${error.stack}\n${what()}`),
      );
      if (!isClean || built >= BUILDS) return;
      built++;
      await buildSite({ content, out, drafts: false }).catch((error: Error) =>
        assert.fail(`${error.stack}\n${what()}`),
      );
      assert.deepEqual(await faultsOf(site, out), [], what());
    });
  }
  assert.ok(built >= Math.min(BUILDS, COUNT / 20), `only ${built} courses were free of errors`);
});
