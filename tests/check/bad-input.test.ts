/** What authors get wrong, and what the build tells them: every message word for word. */
import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, test } from "node:test";
import { checkOutput, MARKER } from "../../scripts/site/output/publish.ts";
import { Problems } from "../../scripts/site/problems/problems.ts";
import { buildSite, loadSite, type Site } from "../../scripts/site/site.ts";
import { fingerprint, runBuild } from "../support/command.ts";
import {
  errorsOf,
  type Files,
  inFolder,
  inWorkingDirectory,
  page,
  renderedAt,
  siteOf,
  writeFiles,
} from "../support/content.ts";

/** Asserts all errors of a content folder, in order. */
async function assertErrors(files: Files, expected: string[]): Promise<Site> {
  const site = await siteOf(files);
  assert.deepEqual(errorsOf(site), expected);
  return site;
}

/** A test for a page: its text, and each error without the file's name. */
function wrong(name: string, text: string | Uint8Array, ...expected: string[]): void {
  test(name, async () => {
    await assertErrors(
      { "page.md": text },
      expected.map((error) => `content/page.md:${error}`),
    );
  });
}

const KINDS =
  "activity, objectives, info, videos, case_study, keypoints, reflection, question, trainer, colorhighlight";
const NO_SCRIPTS = "delete it; pages of content run no scripts";
const LIQUID_CURE =
  'delete it, or put it in `backticks` if it is to be read; only {% callout "kind" %}, {% endcallout %} and {{ site.baseurl }} work';

describe("front matter", () => {
  const begin = "begin it with ---, title: and the page's title, and --- again";
  const title = "write title: and the page's title";
  wrong("none at all", "# Hello\n", `1:1: the page has no front matter and so no title; ${begin}`);
  wrong("an empty file", "", `1:1: the file is empty; ${begin}`);
  wrong("a file of empty lines", "\n \n", `1:1: the file is empty; ${begin}`);
  wrong("no title", "---\ntags: [a]\n---\n", `1:1: the front matter has no title; ${title}`);
  wrong("nothing in it", "---\n---\nText\n", `1:1: the front matter has no title; ${title}`);
  wrong("an empty title", "---\ntitle:\n---\n", `2:7: the title is empty; ${title}`);
  wrong("a title of blanks", '---\ntitle: "  "\n---\n', `2:8: the title is empty; ${title}`);
  wrong(
    "a title that is a list",
    "---\ntitle: [a, b]\n---\n",
    `2:8: the value of title is not understood; ${title}, in quotes where it begins with a bracket`,
  );
  wrong(
    "a day that no calendar has",
    "---\ntitle: A\nupdated: 2026-02-29\n---\n",
    "3:10: the value of updated is not understood; write the day as in updated: 2026-11-20",
  );
  wrong(
    "a day written otherwise",
    "---\ntitle: A\nupdated: Nov 20, 2026\n---\n",
    "3:10: the value of updated is not understood; write the day as in updated: 2026-11-20",
  );
  wrong(
    "a key mistyped",
    "---\ntile: Mistakes\n---\n",
    '2:1: the front matter key "tile" is not known; did you mean "title"?',
  );
  wrong(
    "a key of another program",
    "---\ntitle: A\nweightiness: 3\n---\n",
    '3:1: the front matter key "weightiness" is not known; write one of title, description, tags, do, draft, front, lang, translates, updated, aliases, module',
  );
  wrong(
    "values that do not fit",
    "---\ntitle: A\ndo: soon\ndraft: maybe\naliases: {a: b}\n---\n",
    "3:5: the value of do is not understood; write whole minutes from 0 to 600, as in do: 15",
    "4:8: the value of draft is not understood; write draft: true or draft: false",
    "5:10: the value of aliases is not understood; write old addresses in brackets, as in aliases: [modules/basics/]",
  );
  wrong(
    "a colon in a value",
    "---\ntitle: Mistakes: a start\n---\n",
    '2:8: the front matter is not valid YAML: a value holds a colon and a space; put the whole value in quotes, as in title: "Mistakes: a start"',
  );
  wrong(
    "an open quote",
    '---\ntitle: "Mistakes\n---\n',
    "2:17: the front matter is not valid YAML: a quote or a bracket is never closed; close it at the end of its line",
  );
  wrong(
    "a tab",
    "---\ntitle: A\n\ttags: b\n---\n",
    "3:1: the front matter is not valid YAML: a line begins with a tab; begin it with spaces",
  );
  wrong(
    "a key twice",
    "---\ntitle: A\ntitle: B\n---\n",
    "3:1: the front matter is not valid YAML: the same key is there twice; keep one of the two",
  );
  wrong(
    "a sign of YAML's own",
    "---\ntitle: @home\n---\n",
    "2:8: the front matter is not valid YAML: a value begins with a sign that YAML keeps for itself; put the whole value in quotes",
  );
  wrong(
    "an alias of YAML",
    "---\ntitle: *home\n---\n",
    "2:8: the front matter uses a sign that YAML keeps for itself (*, & or ?); put the whole value in quotes",
  );
  wrong(
    "no keys",
    "---\njust text\n---\n",
    "2:1: the front matter is not a list of keys and values; write key: value, one to a line",
  );
  for (const [text, sign] of [
    ["+++\ntitle = 'A'\n+++\n", "+++"],
    ['---json\n{"title": "A"}\n---\n', "---json"],
    ['{\n  "title": "A"\n}\n', "{"],
  ] as const) {
    wrong(
      `not YAML: ${sign}`,
      text,
      `1:1: the front matter is not YAML (it begins with ${sign}); write it between two lines of ---, as key: value`,
    );
  }
  wrong(
    "never closed",
    "---\ntitle: A\n\nText\n",
    "1:1: the front matter is never closed; end it with a line of ---",
  );
  wrong(
    "not at the top",
    "\n\n---\ntitle: A\n---\n",
    "1:1: empty lines stand before the front matter; delete them: --- must be the first line",
  );
  wrong(
    "1 MB of it",
    `---\ntitle: A\ndescription: >\n${"  word word word\n".repeat(62_500)}---\n`,
    "1:1: the front matter has 1,062,527 characters, more than the 64,000 it may have; keep title, description and tags there, and move the rest below the second ---",
  );
});

describe("callouts", () => {
  const start = 'delete it, or begin one with {% callout "kind" %}';
  const inList =
    "a callout stands inside a list; end the list with an empty line and write the callout at the start of a line";
  const shortcode = (kinds: string) => page(`{% callout ${kinds} %}\nText\n{% endcallout %}\n`);
  const div = (classes: string) => page(`<div class="${classes}" markdown="1">\nText\n</div>\n`);
  const meant = `4:1: the callout kind "activty" is not known; did you mean "activity"? The kinds are ${KINDS}`;
  wrong("a kind mistyped, by shortcode", shortcode('"activty"'), meant);
  wrong("a kind mistyped, by div", div("activty callout"), meant);
  const unknown = `4:1: the callout kind "exercise" is not known; write one of ${KINDS}`;
  wrong("an unknown kind, by shortcode", shortcode('"exercise"'), unknown);
  wrong("an unknown kind, by div", div("callout exercise"), unknown);
  const none = `4:1: the callout has no kind; write one of ${KINDS}`;
  wrong("no kind, by shortcode", shortcode(""), none);
  wrong("no kind, by div", div("callout"), none);
  const two = "4:1: the callout has 2 kinds (info, videos); keep exactly one of them";
  wrong("two kinds, by shortcode", shortcode('"info" "videos"'), two);
  wrong("two kinds, by div", div("info callout videos"), two);
  wrong(
    "a shortcode never closed",
    page('{% callout "info" %}\nText\n\n## More\n'),
    "4:1: the callout is never closed; write {% endcallout %} on a line of its own after it",
  );
  wrong(
    "a div never closed",
    page('Text\n\n<div class="info callout" markdown="1">\nText\n'),
    '6:1: the <div markdown="1"> is never closed; write </div> on a line of its own after it',
  );
  wrong(
    "the outer of two divs never closed",
    page('<div class="info callout" markdown="1">\n\n<div markdown="1">\nText\n</div>\n'),
    '4:1: the <div markdown="1"> is never closed; write </div> on a line of its own after it',
  );
  wrong(
    "an end without a start",
    page("Text\n\n{% endcallout %}\n"),
    `6:1: {% endcallout %} ends no callout; ${start}`,
  );
  wrong(
    "right behind a list's mark",
    page('- {% callout "info" %}\n  Text\n  {% endcallout %}\n'),
    `4:3: ${inList}`,
  );
  wrong(
    "in a list item",
    page('- One\n\n  {% callout "info" %}\n  Text\n  {% endcallout %}\n'),
    `6:3: ${inList}`,
  );
  wrong(
    "behind other text",
    page('Text {% callout "info" %}\nText\n{% endcallout %}\n'),
    "4:6: text stands before the callout on its line; begin a new line with {% callout",
  );
});

describe("Liquid", () => {
  wrong(
    "tags and values",
    page("{% include note.html %} and {{ page.title }}\n\n{% raw\n\n{{ site.baseurl\n"),
    `4:1: the Liquid {% include note.html %} is not understood here; ${LIQUID_CURE}`,
    `4:29: the Liquid {{ page.title }} is not understood here; ${LIQUID_CURE}`,
    `6:1: the Liquid {% is not understood here; ${LIQUID_CURE}`,
    `8:1: the Liquid {{ is not understood here; ${LIQUID_CURE}`,
  );
});

describe("what a page may not do", () => {
  wrong(
    "handlers",
    page('<p onclick="x()">a</p>\n\nText <b OnMouseOver=x>b</b>\n'),
    `4:1: the attribute onclick is not allowed in content; ${NO_SCRIPTS}`,
    `6:6: the attribute onmouseover is not allowed in content; ${NO_SCRIPTS}`,
  );
  const address = "is not allowed in content; link to a page, a file, or an address that begins with https:";
  wrong(
    "addresses that run code",
    page(
      '[a](javascript:x) [b](VBScript:x)\n<a href="java\nscript:x">c</a> <a href="&#106;avascript:x">d</a> <a href=" javascript:x">e</a>\n\n![f](data:image/png;base64,AA) [g](file:///etc/passwd) <iframe src="javascript:x" title="h"></iframe>\n',
    ),
    `4:1: an address that begins with javascript: ${address}`,
    `4:19: an address that begins with vbscript: ${address}`,
    `5:1: an address that begins with javascript: ${address}`,
    `6:17: an address that begins with javascript: ${address}`,
    `6:51: an address that begins with javascript: ${address}`,
    "8:1: an address that begins with data: is not allowed in content; save the picture beside the page and write its path: ![description](file)",
    "8:32: an address that begins with file: is not allowed in content; copy the file into the content folder and write its path from this page",
    `8:56: an address that begins with javascript: ${address}`,
  );
  wrong(
    "scripts, styles, forms and objects",
    page(
      "<script>alert(1)</script>\n\nText <script src=x></script>\n\n<style>p{}</style>\n\n<form action=x></form>\n\n<object></object>\n\n<source src=a.mp4>\n\n<plaintext>\n",
    ),
    `4:1: <script> is not allowed in content; ${NO_SCRIPTS}`,
    `6:6: <script> is not allowed in content; ${NO_SCRIPTS}`,
    "8:1: <style> is not allowed in content; delete it; the site's own style sheet gives pages their look",
    "10:1: <form> is not allowed in content; link to a worksheet instead; pages of content have no forms",
    "12:1: <object> is not allowed in content; write a picture as ![description](file), a video as an <iframe>, anything else as a link",
    "14:1: <source> is not allowed in content; delete it, or write it inside a <video> or an <audio>",
    "16:1: <plaintext> is not allowed in content; delete it, and put text that is to be read as it is in `backticks`",
  );
  wrong(
    "a frame without an address",
    page('<iframe title="a"></iframe>\n\n<iframe src="films/one" title="a"></iframe>\n'),
    '4:1: the frame has no address that can be shown; write src="https://…", or a link instead of the frame',
    '6:1: the frame has no address that can be shown; write src="https://…", or a link instead of the frame',
  );
});

test("links, headings and pictures that are not there", async () => {
  await assertErrors(
    {
      "basics/page.md": page(
        "[a](mistaks.md) [b](../nowhere/zebra.md) [c](#tow) [d](mistakes.md#nothing) [e](../../other.md)\n\n![f](tabel.png) ![g](zebra.png) [h](/basics/mistakes.html) ![i]()\n\n## Two\n",
      ),
      "basics/mistakes.md": page("Text"),
      "table.png": "",
    },
    [
      '4:1: the link "mistaks.md" leads to no page and no file; did you mean "mistakes.md"?',
      '4:17: the link "../nowhere/zebra.md" leads to no page and no file; write the path of the file from this page',
      '4:42: the link "#tow" leads to a heading that content/basics/page.md does not have; did you mean "#two"?',
      '4:52: the link "mistakes.md#nothing" leads to a heading that content/basics/mistakes.md does not have; leave out the # and what follows',
      '4:77: the link "../../other.md" leads out of the content folder; copy the file into the content folder and write its path from this page',
      '6:1: the picture "tabel.png" is not there; did you mean "../table.png"?',
      '6:17: the picture "zebra.png" is not there; write the path of the file from this page',
      "6:60: the picture has no address; write the path of its file: ![description](file)",
    ].map((error) => `content/basics/page.md:${error}`),
  );
});

test("two pages, folders or files at one address", async () => {
  const rename = "give one of them another file name; numbers and dates before the name do not count";
  await assertErrors(
    {
      "01-plan.md": page(""),
      "2024-01-31-Plan.md": page(""),
      "école.md": page(""),
      "ecole.md": page(""),
      "search.md": page(""),
      "01-basics/one.md": page(""),
      "basics/two.md": page(""),
      "01-basics/table.png": "",
      "basics/Table.png": "",
    },
    [
      "content/2024-01-31-Plan.md:1:1: the page would have the address plan.html, which content/01-plan.md has already; " +
        rename,
      "content/basics:1:1: the folder would have the same address as the folder 01-basics; give one of them another name; numbers and dates before the name do not count",
      "content/basics/Table.png:1:1: the file would have the same address as content/01-basics/table.png; give one of them, or its folder, another name",
      "content/search.md:1:1: the page would have the address search.html, which a page that the site makes itself has already; give it another file name",
      `content/école.md:1:1: the page would have the address ecole.html, which content/ecole.md has already; ${rename}`,
    ],
  );
});

describe("files that are no text", () => {
  const cure = "save it again with the encoding UTF-8";
  wrong(
    "Latin-1",
    Buffer.from(page("Caf\u00e9 au lait"), "latin1"),
    `4:4: the file is not UTF-8 text; ${cure}`,
  );
  wrong(
    "UTF-16",
    Buffer.from(`\ufeff${page("Text")}`, "utf16le"),
    `1:1: the file is not UTF-8 text; ${cure}`,
  );
  wrong("a zero byte", page("One\nTwo\0\n"), `5:4: the file is not UTF-8 text; ${cure}`);
});

describe("too much of something", () => {
  const lineCure = "break it into several lines; an empty line begins a new paragraph";
  wrong(
    "a line of 1 MB",
    page("x".repeat(1_000_000)),
    `4:100001: the line has 1,000,000 characters, more than the 100,000 a line may have; ${lineCure}`,
  );
  wrong(
    "a file of over 2 MB",
    page("word word\n".repeat(200_000)),
    "1:1: the file has 2,000,022 bytes, more than the 2,000,000 a page may have; split it into several sections",
  );
  const quoteCure = "take away all but a few of the > at the start of the line";
  for (const [name, mark] of [
    ["a hundred nested block quotes", ">"],
    ["a hundred nested block quotes, with blanks", "> "],
  ] as const) {
    wrong(
      name,
      page(`Text\n\n${mark.repeat(100)} Deep\n`),
      `6:1: block quotes stand more than 12 deep in each other; ${quoteCure}`,
    );
  }
  wrong(
    "two hundred nested elements",
    page(`${"<div>".repeat(200)}Text${"</div>".repeat(200)}\n`),
    "4:751: more than 150 elements stand inside each other here; close each one where it ends",
  );
});

wrong(
  "comments that are never closed",
  page("Text <!-- a note\n\nMore text\n"),
  "4:6: the comment is never closed; write --> where it ends",
);

test("site.yaml", async () => {
  await assertErrors(
    {
      "index.md": page(""),
      "site.yaml":
        "nam: A\ncolors:\n  accent: red\n  acent: blue\nlicence: MIT\nurl: example\nlanguage: English\n",
    },
    [
      '1:1: the site.yaml key "nam" is not known; did you mean "name"?',
      '3:11: the value of colors.accent is not understood; write a color in quotes, as in accent: "#1f4fa3"',
      '4:3: the site.yaml key "colors.acent" is not known; did you mean "accent"?',
      "5:10: the value of licence is not understood; write name: and url: below it, indented by two spaces",
      "6:6: the value of url is not understood; write the whole address, as in url: https://training.example.org/",
      "7:11: the value of language is not understood; write a language code, as in language: en",
    ].map((error) => `content/site.yaml:${error}`),
  );
});

test("how much of a course is to be read for a course system", async () => {
  const complete = "write whole per cents from 1 to 100 below lms:, as in complete: 80";
  for (const [text, error] of [
    [
      "lms: 80",
      "1:6: the value of lms is not understood; write complete: and a number below it, indented by two spaces",
    ],
    ...["0", "101", "79.5", "80%", "[80]"].map((value) => [
      `lms:\n  complete: ${value}`,
      `2:13: the value of lms.complete is not understood; ${complete}`,
    ]),
    [
      "lms:\n  completed: 80",
      '2:3: the site.yaml key "lms.completed" is not known; did you mean "complete"?',
    ],
  ] as [string, string][]) {
    await assertErrors({ "index.md": page(""), "site.yaml": text }, [`content/site.yaml:${error}`]);
  }
  await assertErrors({ "index.md": page(""), "site.yaml": "lms:\n  complete: 100\n" }, []);
});

test("names and places that give no page", async () => {
  const letters =
    "the name gives no address: it has no letter or digit; name it in letters, as in 02-mistakes.md";
  await assertErrors(
    {
      "🎉.md": page(""),
      "a/b/c.md": page(""),
      "pagefind/x.md": page(""),
      "worksheets/index.md": page(""),
    },
    [
      "content/a/b/c.md:1:1: the page stands in a folder inside a module's folder; move it up to a/; headings and sectionHead make the levels below",
      "content/pagefind/x.md:1:1: the folder name pagefind is the site's own; name the folder for its module",
      "content/worksheets/index.md:1:1: the list of worksheets is made by the site; delete this file",
      `content/🎉.md:1:1: ${letters}`,
    ],
  );
});

test("names with blanks, signs, accents and emoji are taken as they are", async () => {
  const site = await assertErrors(
    {
      "a plan.md": page(
        "[a](<50% more.md>) [b](50%25%20more.md) [c](<café 🎉.md>) [d](caf%C3%A9%20%F0%9F%8E%89.md) ![e](<photo #1.png>) ![f](photo%20%231.png)\n",
      ),
      "50% more.md": page(""),
      "café 🎉.md": page(""),
      "photo #1.png": "",
    },
    [],
  );
  const html = renderedAt(site, "a plan.md").html;
  assert.deepEqual(
    [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1]),
    ["50-more.html", "50-more.html", "cafe.html", "cafe.html", "photo%20%231.png", "photo%20%231.png"],
  );
  assert.ok(site.course.byAddress.has("a-plan.html"));
});

test("a byte order mark and Windows line ends are accepted, and lines keep their numbers", async () => {
  const site = await assertErrors(
    { "page.md": "\ufeff---\r\ntitle: A\r\n---\r\nText\r\n\r\nMore *text*.\r\n\r\n[a](zebra.md)\r\n" },
    [
      'content/page.md:8:1: the link "zebra.md" leads to no page and no file; write the path of the file from this page',
    ],
  );
  assert.match(renderedAt(site).html, /^<p>Text<\/p>\n<p>More <em>text<\/em>.<\/p>/);
});

test("symbolic links must stay inside the content folder", async () => {
  await inFolder(async (folder) => {
    await writeFiles(folder, {
      "secret.md": page("Secret"),
      "private/secret.md": page("Secret"),
      "content/page.md": page("Text"),
      "content/pictures/table.png": "",
    });
    await symlink("../secret.md", path.join(folder, "content/out.md"));
    await symlink("../private", path.join(folder, "content/private"));
    await symlink("nowhere.md", path.join(folder, "content/lost.md"));
    await symlink("pictures", path.join(folder, "content/photos"));
    await symlink("page.md", path.join(folder, "content/same.md"));
    const site = await inWorkingDirectory(folder, () => loadSite({ content: "content", drafts: false }));
    assert.deepEqual(errorsOf(site), [
      "content/lost.md:1:1: the symbolic link leads nowhere; copy the file here, or delete the link",
      "content/out.md:1:1: the symbolic link leads out of the content folder; copy the file into the content folder",
      "content/photos:1:1: the symbolic link leads to a folder; copy the folder, or link single files",
      "content/private:1:1: the symbolic link leads out of the content folder; copy the file into the content folder",
    ]);
    assert.deepEqual([...site.course.byPath.keys()], ["page.md", "same.md"]);
  });
});

describe("the output folder", () => {
  /** What speaks against writing to `out`, in a folder with these files. */
  async function faults(files: Files, out: string, content = "content"): Promise<string[]> {
    return inFolder(async (folder) => {
      await writeFiles(folder, { "content/page.md": page("Text"), "here/x": "", ...files });
      return inWorkingDirectory(path.join(folder, "here"), async () => {
        const problems = new Problems();
        await checkOutput(path.join("..", out), path.join("..", content), problems);
        return problems.errors.map(
          (one) => `${one.file}:${one.line}:${one.column}: ${one.message}; ${one.cure}`,
        );
      });
    });
  }
  const other = "name an empty or a new folder: --out DIR, or empty this one";

  test("new, empty or ours: nothing speaks against it", async () => {
    assert.deepEqual(await faults({}, "_site"), []);
    assert.deepEqual(await faults({}, "deep/down/_site"), []);
    assert.deepEqual(await faults({ [`_site/${MARKER}`]: "", "_site/index.html": "" }, "_site"), []);
  });
  test("not ours", async () => {
    const notOurs = "the folder holds files that no build of this site wrote, and a build would replace it";
    assert.deepEqual(await faults({ "_site/thesis.doc": "" }, "_site"), [
      `../_site:1:1: ${notOurs}; ${other}`,
    ]);
    assert.deepEqual(await faults({ "_site.previous/thesis.doc": "" }, "_site"), [
      `../_site.previous:1:1: ${notOurs}; ${other}`,
    ]);
  });
  test("a file", async () => {
    const file = "this is a file, and the output must be a folder; name a folder: --out DIR";
    assert.deepEqual(await faults({ _site: "" }, "_site"), [`../_site:1:1: ${file}`]);
    assert.deepEqual(await faults({ site: "" }, "site/below"), [`../site:1:1: ${file}`]);
  });
  test("around the content, inside it, or around the working folder", async () => {
    assert.deepEqual(await faults({}, "", "content"), [
      "..:1:1: the content folder stands inside the output folder, which a build replaces; name another folder: --out DIR",
    ]);
    assert.deepEqual(await faults({}, "content", "content"), [
      "../content:1:1: the content folder stands inside the output folder, which a build replaces; name another folder: --out DIR",
    ]);
    assert.deepEqual(await faults({}, "content/_site"), [
      "../content/_site:1:1: the output folder stands inside the content folder; name a folder outside it: --out DIR",
    ]);
    assert.deepEqual(await faults({}, "here"), [
      ".:1:1: the output folder holds the folder you are in, which a build would replace; name another folder: --out DIR",
    ]);
  });
});

/** What the command would say, started in a folder, but for the line that counts it. */
const errorsOfBuild = (folder: string, options: { content?: string; out?: string } = {}): Promise<string[]> =>
  inWorkingDirectory(folder, async () =>
    errorsOf((await buildSite({ content: "content", out: "_site", drafts: false, ...options })).site),
  );

describe("the command", () => {
  test("reports all errors of all files together, sorted and counted, and leaves the old site as it was", async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, { "content/index.md": page("The old text.") });
      assert.equal((await runBuild(folder)).status, 0);
      const before = await fingerprint(path.join(folder, "_site"));

      await writeFiles(folder, {
        "content/index.md": page('{% callout "info" %}\n\n[The stripes](zebra.md) <b onclick="x">b</b>\n'),
        "content/b.md": "",
        "content/a.md": "---\ntile: A\n---\n",
        "content/site.yaml": "name:\n  - A\n",
      });
      const { status, output, errors } = await runBuild(folder);
      assert.equal(status, 1);
      assert.equal(output, "");
      assert.equal(
        errors,
        [
          'content/a.md:2:1: the front matter key "tile" is not known; did you mean "title"?',
          "content/b.md:1:1: the file is empty; begin it with ---, title: and the page's title, and --- again",
          "content/index.md:4:1: the callout is never closed; write {% endcallout %} on a line of its own after it",
          'content/index.md:6:1: the link "zebra.md" leads to no page and no file; write the path of the file from this page',
          `content/index.md:6:25: the attribute onclick is not allowed in content; ${NO_SCRIPTS}`,
          "content/site.yaml:2:3: the value of name is not understood; write name: and the site's name",
          "6 errors; nothing was written\n",
        ].join("\n"),
      );
      assert.equal(await fingerprint(path.join(folder, "_site")), before);
    });
  });

  test("a content folder that is empty, a file, or not there", async () => {
    await inFolder(async (folder) => {
      await mkdir(path.join(folder, "content"));
      await writeFile(path.join(folder, "file"), "");
      assert.deepEqual(await errorsOfBuild(folder), [
        "content:1:1: the content folder holds no Markdown file; write a first page, for example index.md with a title between two lines of ---",
      ]);
      for (const content of ["nowhere", "file"]) {
        assert.deepEqual(await errorsOfBuild(folder, { content }), [
          `${content}:1:1: there is no such content folder; name a folder that holds Markdown files: --content DIR`,
        ]);
      }
      assert.equal(await fingerprint(path.join(folder, "_site")), undefined);
    });
  });

  test("an output folder that is not ours stays as it was", async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, { "content/index.md": page("Text"), "thesis/chapter.doc": "Years of work." });
      const before = await fingerprint(folder);
      assert.deepEqual(await errorsOfBuild(folder, { out: "thesis" }), [
        "thesis:1:1: the folder holds files that no build of this site wrote, and a build would replace it; name an empty or a new folder: --out DIR, or empty this one",
      ]);
      assert.equal(await fingerprint(folder), before);
    });
  });
});

describe("one mistake is one error", () => {
  test("links to a page whose front matter is wrong are not errors of their own", async () => {
    await assertErrors(
      { "a.md": page("[B](b.md) and [B's part](b.md#part)"), "b.md": "---\ntile: B\n---\n" },
      ['content/b.md:2:1: the front matter key "tile" is not known; did you mean "title"?'],
    );
  });

  test("a link to a draft says that it is one", async () => {
    await assertErrors({ "a.md": page("[B](b.md)"), "b.md": "---\ntitle: B\ndraft: true\n---\n" }, [
      'content/a.md:4:1: the link "b.md" leads to a draft, which is not part of the site; take the link out until that page is published',
    ]);
  });
});
