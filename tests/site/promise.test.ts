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
import { publishedFiles } from "../../scripts/site/layout/content-files.ts";
import { worksheetsIn } from "../../scripts/site/layout/edition-pages.ts";
import { GENERATED_PAGES } from "../../scripts/site/model/generated-pages.ts";
import { printsOf } from "../../scripts/site/model/print.ts";
import type { Problem } from "../../scripts/site/problems/problems.ts";
import { buildSite, loadSite, type Site } from "../../scripts/site/site.ts";
import { fileAddress } from "../../scripts/site/text/addresses.ts";
import { inFolder } from "../support/content.ts";
import { Random } from "../support/random.ts";

const SEED = Number(process.env.PROMISE_SEED ?? 1);
const COUNT = Number(process.env.PROMISE_COUNT ?? 300);
const BUILDS = process.env.PROMISE_BUILDS === "all" ? COUNT : Number(process.env.PROMISE_BUILDS ?? 25);

const words = (text: string) => text.split(" ");

const NAMES = [
  ...words(
    "plan Plan index search 404 print sections layouts scripts assets pagefind worksheets README con AUX nul.a",
  ),
  ...words(
    "ß ss ς σ İ ǅ ① 2 12 2024-01-31 a.b a..b 100% %41 #1 a#b.html x.html#y a'b a&b [x] {{x}} {%x%} !a (a) a+b ~a $x @",
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
const ENDINGS = words(
  ".md .md .md .md .md .markdown .png .svg .pdf .PNG .mp4 .vtt .txt .html .js .yaml",
).concat("");
const FOLDERS = ["", "", "01-basics", "01-basics", "02-more", "worksheets", "worksheets", "img"];
const SITE_FOLDERS = ["assets", "pagefind", "basics"];

/** Old addresses at which a page can stand, of whatever look. */
const ALIASES = [
  ...words(
    "old/ old OLD.html old.htm Old.HTM a/b/c/ a/b x.html p.php ~me/ a'b con.html aux/ a*b a<b> {{x}} {%x%}",
  ),
  ...words(
    "[a]/ node_modules/x layouts/a 100%/ caf%C3%A9/ a%3Fb a%23b.html a%2Fb x?a=b x/#y scripts/a.html a.b/ a./",
  ),
  ...words("photo/ pagefind.html assets/x/ assets/site.html content/ img/a.html plan/ v1.2/ a..b/"),
  "café/",
  "cafe\u0301.html",
  "a /",
  "\u202ea",
  "한국어.html",
  "x".repeat(250),
  "é".repeat(127),
  "x/".repeat(390),
];
const WRONG_ALIASES = [
  ...words(
    "a.html/ a.html/index.html index.html / ./ ../x a//b img/photo.png assets/site-12345678.css x.js/ x.js",
  ),
  ...words(
    "pagefind/pagefind.js pagefind/ .nojekyll _x/ basics basics/ basics/index.html worksheets sections.html",
  ),
  ...words(
    "Sections.html 404.html %2e%2e/x %00 https://example.org/old a\\b ?x #x .. ... plan.html PLAN.html P1.html",
  ),
  "a\u0000b",
  "a\u001bb",
  "a\nb",
  " ",
  "\ud800",
  "x".repeat(300),
  "x/".repeat(700),
  `${"x".repeat(251)}.html`,
];

const URLS = [
  ...words(
    "https://example.org/a https://docs.google.com/document/d/1/copy https://docs.google.com/ http://x.org",
  ),
  ...words(
    "https:/x https://[::1]/ mailto:a@b.org tel:1 //example.org https://xn--a.org/ https://ex\u00e4mple.org/",
  ),
];
const WRONG_URLS = [
  ...words(
    "https://a%20b/x https://host:99999/ https:// http:/// https://[::1 https://%/ //a:b:c foo:bar https:",
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

/** A course as it is made up: whether its names are odd, and whether what it says may be wrong. */
interface Draft {
  random: Random;
  names: string[];
  isOdd: boolean;
  isWrong: boolean;
}

/** A course that has most of what a course can have, and little that makes sense. */
function course(random: Random): Map<string, string> {
  const [isOdd, isWrong] = [random.below(3) > 0, random.below(4) === 0];
  const names: string[] = [];
  const name = () => (isOdd && random.below(2) ? random.pick(NAMES) : `p${random.below(9)}`);
  const folders = isWrong ? [...FOLDERS, ...SITE_FOLDERS] : FOLDERS;
  for (let i = 1 + random.below(6); i > 0; i--) {
    const folder = isOdd && !random.below(6) ? name() : random.pick(folders);
    const ending = random.below(3) ? ".md" : random.pick(ENDINGS);
    const prefix = random.pick(["", "", "01-", "2-", "2024-01-31-"]);
    names.push(`${folder && `${folder}/`}${prefix}${name()}${ending}`);
  }
  if (random.below(2)) names.push("01-basics/index.md");
  if (!random.below(12)) names.push(random.pick([...SITE_FOLDERS, "worksheets", "basics", "img", "p1"]));
  const draft = { random, names, isOdd, isWrong };
  const files = new Map(names.map((file) => [file, isPage(file) ? page(draft) : fileText(file)]));
  if (!random.below(3)) files.set("site.yaml", settings(random));
  return files;
}

const isPage = (file: string) => /\.(?:md|markdown)$/.test(file);

const fileText = (file: string) =>
  file.endsWith(".svg")
    ? '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Dot</title><circle r="4"/></svg>'
    : file.endsWith(".vtt")
      ? "WEBVTT\n\n00:00.000 --> 00:01.000\nWords\n"
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

function page(draft: Draft): string {
  const { random, isOdd, isWrong } = draft;
  const lines = [`title: ${inYaml(isOdd ? random.pick(TITLES) : "A page")}`];
  if (!random.below(3)) {
    const aliases = Array.from({ length: 1 + random.below(3) }, () =>
      random.pick(isWrong ? WRONG_ALIASES : ALIASES),
    );
    lines.push(`aliases: [${aliases.map(inYaml).join(", ")}]`);
  }
  if (!random.below(8)) lines.push("draft: true");
  if (!random.below(5)) lines.push("tags: [sectionHead]");
  if (!random.below(5)) lines.push(`description: ${inYaml(random.pick(TITLES))}`);
  const body = Array.from({ length: random.below(5) }, () => piece(draft)).join("\n\n");
  return `---\n${lines.join("\n")}\n---\n${body}\n`;
}

/** A path from anywhere, from the content's root, in one of the forms in which it may be typed. */
function linkTo({ random, names, isWrong }: Draft, isMeant: (file: string) => boolean): string {
  const meant = isWrong ? ["nowhere.md", ...names] : names.filter(isMeant);
  if (!meant.length) return "https://example.org/";
  const name = random.pick(meant);
  const form = random.pick([name, name.normalize("NFC"), name.normalize("NFD")]);
  return `/${form.split("/").map(encodeURIComponent).join("/")}`;
}

const isPicture = (file: string) => /\.(?:png|svg)$/i.test(file);
const isFilm = (file: string) => file.endsWith(".mp4");
const isCaptions = (file: string) => file.endsWith(".vtt");
const isPublished = (file: string) => !/\.(?:html|js|yaml)$/.test(file);

function piece(draft: Draft): string {
  const { random, isWrong } = draft;
  const heading = random.pick(HEADINGS);
  const url = random.pick(isWrong ? WRONG_URLS : URLS);
  const id = random.pick(["two", "café", "cafe\u0301", "한국어", "section"]);
  return random.pick([
    "Text, *more* text[^1].\n\n[^1]: A note.",
    `## ${heading}`,
    `<h2 id="${id}">${heading}</h2>\n\n[${heading || "x"} there](#${id.normalize(random.pick(["NFC", "NFD"]))})`,
    `## ${heading}\n\n### ${heading}\n\n## Two\n\n[Two](#two)`,
    `[The plan](${linkTo(draft, isPublished)})`,
    `[The plan](${linkTo(draft, isPage)}${isWrong ? `#${id}` : ""})`,
    `![A room](${linkTo(draft, isPicture)})`,
    `![A film](${linkTo(draft, isFilm)})`,
    `<video poster="${linkTo(draft, isPicture)}"><source src="${linkTo(draft, isFilm)}"><track src="${linkTo(draft, isCaptions)}"></video>`,
    `<div class="activity callout" markdown="1">\n### [Worksheet #${random.below(4)}: ${heading}](<${url}>){:target="_blank"}\n\nText\n</div>`,
    `<div class="activity callout" markdown="1">\n### <a href="${url}">Plan</a>\n</div>`,
    `{% callout "activity" %}\n### [Worksheet #1: a](${linkTo(draft, isPage)})\n{% endcallout %}`,
    `{% callout "info" %}\n### ${heading}\n{% endcallout %}`,
    `[Elsewhere](<${url}>) and ![a picture](<${url}>)`,
    `<iframe src="${isWrong ? url : "https://youtu.be/aaaaaaaaaaa"}" title="a"></iframe>`,
    `<table><tr><th id="${id}">a</th></tr><tr><td headers="${id}">b</td></tr></table>`,
    'What now?\n{: .answer rows="3"}',
    "Term\n: what it means",
    "| a | b |\n|---|---|\n| c | d |",
    "\u0000".repeat(isWrong ? 1 : 0),
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
async function problemsOf(content: string): Promise<Problem[]> {
  const all = await loadSite({ content, drafts: true });
  const published = await loadSite({ content, drafts: false });
  const problems = [...all.problems.list, ...published.problems.list];
  for (const problem of problems) {
    const { file, line, column, message, cure } = problem;
    assert.ok(file && message && cure, JSON.stringify(problem));
    assert.ok(line >= 1 && column >= 1, JSON.stringify(problem));
    assert.doesNotMatch(message + cure, /\bat .*:\d+:\d+|undefined|\[object|Error:/, JSON.stringify(problem));
  }
  return problems;
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
    ...Object.values(GENERATED_PAGES),
    ...course.moduleAddresses,
    ...course.editions.flatMap((edition) =>
      printsOf(edition, worksheetsIn(edition, site)).map(({ address }) => address),
    ),
    ...publishedFiles(site).map(fileAddress),
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
    const drafts = random.below(3) === 0;
    await inFolder(async (folder) => {
      const content = path.join(folder, "content");
      const out = path.join(folder, "site");
      await writeWhatCanBe(content, files);
      try {
        const problems = await problemsOf(content);
        if (built >= BUILDS || problems.some((problem) => problem.severity === "error")) return;
        built++;
        const { site, written } = await buildSite({ content, out, drafts });
        assert.ok(written, "the build says what check does not");
        assert.deepEqual(await faultsOf(site, out), []);
      } catch (error) {
        const { stack } = error as Error;
        assert.fail(`seed ${SEED}, course ${done}: ${stack}\n${JSON.stringify([...files], null, 1)}`);
      }
    });
  }
  assert.ok(built >= Math.min(BUILDS, COUNT / 4), `only ${built} courses were free of errors`);
});
