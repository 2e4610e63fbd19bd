/** Courses of other shapes, brought into this one: by the command itself, into real folders. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { type ImportedCourse, readCourse } from "../../scripts/site/import/import.ts";
import { writeReport } from "../../scripts/site/import/report.ts";
import { formatProblem, Problems } from "../../scripts/site/problems/problems.ts";
import { PROJECT, runOf } from "../../scripts/site/project.ts";
import { loadSite, type Site } from "../../scripts/site/site.ts";
import { type Files, inFolder, writeFiles } from "../support/content.ts";
import { numbers, TITLE_PIECES, textOf } from "../support/random.ts";

const FIXTURES = path.join(PROJECT, "tests/fixtures/import");
/** A course-in-a-box with everything in it that an import answers to. */
const LENDING = path.join(FIXTURES, "lending");

interface Run {
  status: number;
  out: string;
  err: string;
}

/** The command, as `npm run import -- …` runs it, from a folder. */
function runImport(folder: string, ...args: string[]): Promise<Run> {
  const command = [...runOf("scripts/import.ts"), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: folder }, (error, out, err) => {
      resolve({ status: error ? Number(error.code) : 0, out, err });
    });
  });
}

/** Every file below a folder with its bytes, as text. */
async function snapshot(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  const texts = await Promise.all(paths.sort().map((file) => readFile(path.join(folder, file), "latin1")));
  return Object.fromEntries(paths.map((file, index) => [file.split(path.sep).join("/"), texts[index]!]));
}

interface Imported {
  course: ImportedCourse;
  report: string;
  site: Site;
}

/** What becomes of a source with these files: written, and loaded as a build loads it. */
async function imported(files: Files): Promise<Imported> {
  return inFolder(async (folder) => {
    await writeFiles(path.join(folder, "course"), files);
    const problems = new Problems();
    const content = path.join(folder, "content");
    const read = await readCourse(path.join(folder, "course"), content, problems);
    assert.deepEqual(problems.errors.map(formatProblem), []);
    const { course, source } = read!;
    await writeFiles(content, Object.fromEntries(course.texts));
    for (const [target, file] of course.copies) {
      await mkdir(path.dirname(path.join(content, target)), { recursive: true });
      await cp(path.join(source.dir, file), path.join(content, target));
    }
    const site = await loadSite({ content, drafts: false });
    assert.deepEqual(site.problems.errors.map(formatProblem), []);
    return { course, site, report: writeReport(course, { source: "course", content: "content" }).text };
  });
}

/** The body of a page as it was written. */
const bodyOf = ({ course }: Imported, target: string): string =>
  course.texts.get(target)!.replace(/^---\n[\s\S]*?\n---\n/, "");

/** What an import makes of one section's text. */
async function importedBody(markdown: string, more: Files = {}): Promise<{ body: string; report: string }> {
  const result = await imported({ "_data/course.yml": "title: A course\n", ...inPosts(markdown), ...more });
  return { body: bodyOf(result, "one/01-a.md"), report: result.report };
}

const inPosts = (markdown: string): Files => ({
  "modules/one/_posts/2000-01-01-a.md": `---\ntitle: A\n---\n${markdown}`,
});

test("a whole course: its pages, its report word for word, and a site without an error", async () => {
  await inFolder(async (folder) => {
    const run = await runImport(folder, LENDING, "--content", "content");
    assert.equal(run.err, "");
    assert.equal(run.status, 0);
    assert.equal(
      run.out,
      [
        "4 modules, 5 sections, 4 pictures and documents, 30 changes, 17 things left to a person, 3 files not imported",
        "import-report.md says what was changed and what is left to do",
        "next: npm start -- --content content",
        "",
      ].join("\n"),
    );
    const report = await readFile(path.join(folder, "import-report.md"), "utf8");
    assert.equal(report, await readFile(path.join(FIXTURES, "lending-report.md"), "utf8"));
    assert.deepEqual(Object.keys(await snapshot(path.join(folder, "content"))), [
      "01-start/01-what-we-lend.md",
      "01-start/02-borrowing.md",
      "01-start/docs/lending form.pdf",
      "01-start/img/map.svg",
      "01-start/img/tools.png",
      "01-start/index.md",
      "02-repair/01-mending-things.md",
      "02-repair/docs/lending form.pdf",
      "03-extra/01-thanks.md",
      "04-pages/01-contact.md",
      "index.md",
      "site.yaml",
    ]);
    assert.equal(
      await readFile(path.join(folder, "content/site.yaml"), "utf8"),
      "name: A library of things\ndescription: How to lend drills, tents and cake tins\nlanguage: en-GB\n",
    );

    const { course, problems } = await loadSite({ content: path.join(folder, "content"), drafts: true });
    assert.deepEqual(problems.errors.map(formatProblem), []);
    assert.deepEqual(
      course.modules.map((module) => [module.title, module.sections.map((section) => section.title)]),
      [
        ["Getting started", ["What we lend: a list", "Borrowing"]],
        ["Repair", ["Mending Things"]],
        ["Extra", ["Thanks"]],
        ["Pages", ["Ask us"]],
      ],
    );
    assert.deepEqual(
      [...course.aliases].map(([alias, page]) => [alias, page.address]),
      [
        ["modules/start/What-We-Lend/index.html", "start/what-we-lend.html"],
        ["modules/start/borrowing/index.html", "start/borrowing.html"],
        ["modules/start/index.html", "start/index.html"],
        ["modules/repair/mending-things/index.html", "repair/mending-things.html"],
        ["modules/extra/thanks/index.html", "extra/thanks.html"],
        ["contact/index.html", "pages/contact.html"],
      ],
    );
  });
});

test("every line that the report names holds, in both files, what it says", async () => {
  await inFolder(async (folder) => {
    await runImport(folder, LENDING, "--content", "content");
    const report = await readFile(path.join(folder, "import-report.md"), "utf8");
    let checked = 0;
    for (const line of report.split("\n")) {
      const match = /^- (\S+):(\d+) → (\S+):(\d+): `([^`]+)` is now `([^`]+)`/.exec(line);
      if (!match) continue;
      const [, source, before, target, after, was, now] = match;
      const lineOf = async (file: string, number: string) =>
        (await readFile(file, "utf8")).split("\n")[Number(number) - 1]!;
      assert.ok((await lineOf(path.join(LENDING, source!), before!)).includes(was!), line);
      assert.ok((await lineOf(path.join(folder, "content", target!), after!)).includes(now!), line);
      checked++;
    }
    assert.equal(checked, 11);
  });
});

test("a second run changes nothing; a file that would change is refused, but for --force", async () => {
  await inFolder(async (folder) => {
    await runImport(folder, LENDING, "--content", "content");
    const first = await snapshot(folder);
    const again = await runImport(folder, LENDING, "--content", "content");
    assert.equal(again.status, 0);
    assert.match(again.out, /what is left to do \(nothing has changed\)$/m);
    assert.deepEqual(await snapshot(folder), first);

    const edited = path.join(folder, "content/01-start/02-borrowing.md");
    await writeFile(edited, "my own words\n");
    await rm(path.join(folder, "content/index.md"));
    const before = await snapshot(folder);
    const refused = await runImport(folder, LENDING, "--content", "content");
    assert.equal(refused.status, 1);
    assert.equal(
      refused.err,
      "content/01-start/02-borrowing.md:1:1: the file is there already and would change; move it away, or overwrite it with --force\n" +
        "1 error; nothing was written\n",
    );
    assert.deepEqual(await snapshot(folder), before);

    assert.equal((await runImport(folder, LENDING, "--content", "content", "--force")).status, 0);
    assert.deepEqual(await snapshot(folder), first);
  });
});

test("a dry run prints the plan and writes nothing", async () => {
  await inFolder(async (folder) => {
    await writeFiles(folder, {
      "course/one.md": "# One\nText\n",
      "content/01-one.md": "---\ntitle: One\n---\n\nText\n",
      "content/mine.md": "---\ntitle: Mine\n---\n",
    });
    const before = await snapshot(folder);
    const run = await runImport(folder, "course", "--content", "content", "--dry-run");
    assert.equal(
      run.out,
      [
        "same    content/01-one.md",
        "new     content/site.yaml",
        "new     import-report.md",
        "note: content/mine.md was there before and is no part of this import",
        "1 module, 1 section, 0 pictures and documents, 1 change, 2 things left to a person, 0 files not imported",
        "nothing was written: this was a dry run",
        "",
      ].join("\n"),
    );
    assert.equal(run.status, 0);
    assert.deepEqual(await snapshot(folder), before);
  });
});

test("wrong usage ends with status 2, a source that cannot be one with status 1", async () => {
  await inFolder(async (folder) => {
    const usage = "usage: npm run import -- SOURCE --content DIR [--dry-run] [--force]\n";
    await writeFiles(folder, { "course/a.md": "# A\n", "empty/a.txt": "" });
    const runs = await Promise.all([
      runImport(folder, "course"),
      runImport(folder, "--content", "content"),
      runImport(folder, "course", "nowhere", "--content", "content"),
      runImport(folder, "nowhere", "--content", "content"),
      runImport(folder, "empty", "--content", "content"),
      runImport(folder, "course", "--content", "course/content"),
    ]);
    assert.deepEqual(
      runs.map(({ status, err }) => [status, err]),
      [
        [2, `--content is missing: the folder to write to\n${usage}`],
        [2, `the source is missing: the folder of the course to import\n${usage}`],
        [2, `one source at a time, not 2\n${usage}`],
        [
          1,
          "nowhere:1:1: there is no such folder; name the folder that holds the course\n1 error; nothing was written\n",
        ],
        [
          1,
          "empty:1:1: the folder holds no page to import; name the folder of a course: its Markdown files, or the one that holds _config.yml and modules/\n1 error; nothing was written\n",
        ],
        [
          1,
          "course/content:1:1: the content folder and the source stand in each other; name a content folder apart from the source: --content DIR\n1 error; nothing was written\n",
        ],
      ],
    );
    assert.deepEqual(Object.keys(await snapshot(folder)), ["course/a.md", "empty/a.txt"]);
  });
});

test("a plain folder: order by number or name, folders as modules, links between files", async () => {
  const result = await imported({
    "README.md": "# Welcome\n\nGo to [the start](basics/01%20start.md#why) or [all of it](basics).\n",
    "basics/10 end.md": "---\ntitle: The end\n---\n![A plan](pictures/plan.png) [back](../README.md)\n",
    "basics/01 start.md":
      "# The start\n\n## Why\nSee [the end](./10%20end.md) and [the end again][end].\n\n[end]: <10 end.md>\n",
    "basics/pictures/plan.png": "png",
    "more/deep/last.md": "Last words.\n",
  });
  assert.deepEqual(
    [...result.course.texts.keys()],
    ["index.md", "01-basics/01-start.md", "01-basics/02-end.md", "02-more-deep/01-last.md", "site.yaml"],
  );
  assert.equal(
    bodyOf(result, "index.md"),
    "\n\nGo to [the start](01-basics/01-start.md#why) or [all of it](01-basics/index.html).\n",
  );
  assert.equal(
    bodyOf(result, "01-basics/01-start.md"),
    "\n\n## Why\nSee [the end](02-end.md) and [the end again][end].\n\n[end]: <02-end.md>\n",
  );
  assert.equal(bodyOf(result, "01-basics/02-end.md"), "![A plan](pictures/plan.png) [back](../index.md)\n");
  assert.equal(result.course.texts.get("02-more-deep/01-last.md"), "---\ntitle: Last\n---\nLast words.\n");
  assert.equal(result.course.texts.get("site.yaml"), "name: Welcome\n");
});

test("old addresses follow the permalinks of the course", async () => {
  const aliases = async (config: string, front = "") => {
    const { site } = await imported({
      "_config.yml": config,
      "_data/course.yml": "modules: [one]\n",
      "modules/One/_posts/2021-03-04-My_Plan & more.md": `---\ntitle: T\n${front}---\nText\n`,
    });
    return [...site.course.aliases.keys()];
  };
  assert.deepEqual(await aliases("permalink: /:categories/:title/"), [
    "modules/one/My_Plan-&-more/index.html",
  ]);
  assert.deepEqual(await aliases(""), ["modules/one/2021/03/04/My_Plan-&-more.html"]);
  assert.deepEqual(await aliases("permalink: pretty"), ["modules/one/2021/03/04/My_Plan-&-more/index.html"]);
  assert.deepEqual(await aliases("permalink: none"), ["modules/one/My_Plan-&-more.html"]);
  assert.deepEqual(await aliases("", "permalink: /a/b\nredirect_from: /c/\n"), [
    "a/b/index.html",
    "a/b.html",
    "c/index.html",
  ]);
});

test("front matter is read as it was meant", async () => {
  const front = async (text: string) => {
    const { course } = await imported({ "a.md": text });
    return course.texts.get("01-a.md");
  };
  const plain = "---\ntitle: A plan\n---\nText\n";
  assert.equal(await front("---\ntile: A plan\n---\nText\n"), plain);
  assert.equal(await front("---\ntitle: A plan\nText\n"), plain, "never closed");
  assert.equal(await front("\n\n---\ntitle: A plan\n---\nText\n"), plain, "after empty lines");
  assert.equal(await front("\uFEFF---\r\ntitle: A plan\r\n---\r\nText\r\n"), plain);
  assert.equal(await front("---\ntitle: A plan\nweight: 3\nlayout: x\n---\nText\n"), plain);
  assert.equal(await front("A plan\n======\nText\n"), "---\ntitle: A plan\n---\n\nText\n");
  assert.equal(
    await front("---\ntitle: Plans: a start\ntags: [sectionHead]\n---\nText\n"),
    '---\ntitle: "Plans: a start"\ntags: [sectionHead]\n---\nText\n',
  );
  assert.equal(await front("---\n---\n"), "---\ntitle: A\n---\n");
  assert.equal(await front("----\n\nText\n"), "---\ntitle: A\n---\n----\n\nText\n");
});

test("text of front matter and settings is brought in as it was written", async () => {
  const titles = async (front: string, config = "title: A course\n") => {
    const { course, report } = await imported({
      "_config.yml": config,
      "modules/one/_posts/2000-01-01-a.md": `---\n${front}\n---\nText\n`,
    });
    const text = course.texts.get("one/01-a.md")!;
    return { front: text.split("\n").slice(1, -3), settings: course.texts.get("site.yaml"), report };
  };
  for (const [written, ...now] of [
    ["title: 1.10", 'title: "1.10"'],
    ["title: 007: a start", 'title: "007: a start"'],
    ["title: no\ndraft: off", 'title: "no"', "draft: false"],
    ["title: 12:30\npublished: no\ndo: 05", 'title: "12:30"', "do: 5", "draft: true"],
    ["title: Worksheet #7: Your plan", 'title: "Worksheet #7: Your plan"'],
    ["tile: A\ndescription: Of #1 # or two", "title: A", 'description: "Of #1 # or two"'],
    ["title: Plan # to do", "title: Plan"],
    ["title: &a Plan\ndescription: *a", "title: Plan", "description: Plan"],
    ['title: "A\\u0007 plan\\n\\tof mine"', "title: A plan of mine"],
    ["title: A\ntags: [1.0, 'a, b', no]", "title: A", 'tags: ["1.0", "a, b", "no"]'],
  ] as string[][]) {
    const { front } = await titles(written!);
    assert.deepEqual(
      front.filter((line) => !line.startsWith("aliases:")),
      now,
    );
  }
  const { report } = await titles("title: Worksheet #7: Your plan");
  assert.match(report, /: `#7: Your plan`, which YAML took for a comment, is part of the title now$/m);
  assert.match((await titles("title: A # b")).report, /: the comment was taken out: `# b`$/m);
  assert.equal((await titles("title: A", "title: 1.10\nlang: en-USA\n")).settings, 'name: "1.10"\n');
});

test("Liquid gives its value where that is certain, and is else taken out", async () => {
  const cases: [written: string, now: string][] = [
    ["{{ 'docs/a.pdf' | relative_url }}", "docs/a.pdf"],
    ["{{ page.title }} of {{ site.title }}", "A of A course"],
    ["{% comment %}\n[x](y)\n{% endcomment %}Text", "Text"],
    ["{% highlight js %}\na\n{% endhighlight %}", "```js\na\n```"],
    ["{% if page.x %}Yes{% endif %}", "Yes"],
    ["`{{ page.x }}` and <!-- {{ page.x }} -->", "`{{ page.x }}` and <!-- {{ page.x }} -->"],
    ["A {{ that nothing ends", "A &#123;{ that nothing ends"],
    ['{% callout "info" %}\nText\n{% endcallout %}', '{% callout "info" %}\nText\n{% endcallout %}'],
    ["* Contents\n{:toc}\n\nText", "\n\nText"],
  ];
  for (const [written, now] of cases) assert.equal((await importedBody(`${written}\n`)).body, `${now}\n`);
});

test("what would stop a build is mended or made harmless, and reported with its text", async () => {
  const cases: [written: string, now: string, report: RegExp][] = [
    ['[a](b.md){:target="_blank"} c', "a c", /the link `b\.md` leads to nothing/],
    ["[![A cat](cat.png)](b.md)", "A cat", /the picture `cat\.png` is not in the course/],
    ["[a](../../../../etc/passwd)", "a", /leads out of the course/],
    ["[a](#none)", "a", /a heading that is not there/],
    ['<a href="b.md">a</a>', "a", /the link `b\.md` leads to nothing/],
    ['<p><img src="x.png" alt="A &amp; b"></p>', "<p>A &amp; b</p>", /`x\.png` is not in the course/],
    ["<style>p { color: red }</style>\nText", "\nText", /<style> was taken out: `<style>p/],
    ['<p><img src="/a.png" alt="A" onerror="x()"></p>', '<p><img src="img/a.png" alt="A"></p>', /onerror/],
    ['<iframe title="The plan" src="/a.pdf"></iframe>', '<a href="docs/a.pdf">The plan</a>', /now a link/],
    [
      "<video title='A'><source src='/a.mp4'></video>",
      "<video title='A'><source src='docs/a.mp4'></video>",
      /`\/a\.mp4` is now `docs\/a\.mp4`/,
    ],
    ["<video><source src='/b.mp4'></video>", "", /the film "\/b\.mp4" is not there.*<source src='\/b\.mp4'>/],
    [
      '<video src="/a.mp4" poster="/x.png" title="A"></video>',
      '<video src="docs/a.mp4" title="A"></video>',
      /the picture `\/x\.png` is not in the course; it was taken out/,
    ],
    ["![A film](x.mp4)", "A film", /`x\.mp4` is not in the course; its description stands in its place/],
    ["Text <!-- open", "Text &#60;!-- open", /the comment is never closed/],
    [
      '<div class="info activity callout" markdown="1">\nText\n</div>',
      '<div class="info callout" markdown="1">\nText\n</div>',
      /2 kinds/,
    ],
    ["{% callout %}\nText\n{% endcallout %}", "\nText\n", /the callout has no kind/],
    ["{% endcallout %}Text", "Text", /ends no callout/],
    [`${"<b>".repeat(200)}x`, /^(?:<b>|&#60;b>)+x$/.source, /elements stand inside each other/],
  ];
  for (const [written, now, expected] of cases) {
    const files: Files = { "a.png": "p", "a.pdf": "p", "a.mp4": "m" };
    const { body, report } = await importedBody(`${written}\n`, files);
    if (written.startsWith("<b>")) assert.match(body.trim(), new RegExp(now));
    else assert.equal(body, `${now}\n`, written);
    assert.match(report, expected);
  }
});

test("text that only looks like links and scripts stays byte for byte", async () => {
  const text = [
    "```\n[a](/modules/one/b/) <script>x()</script>\n```",
    "`[a](/b/)` and \\[a\\](/b/), [a] (/b/), 5 < 6",
    "<!-- [a](/b/) <script> -->",
    "[Out](https://example.org/a b.html) [mail](mailto:a@example.org) <https://example.org/b/>",
    "Trailing spaces  \nand\ttabs, *emphasis*, ümläuts and 🐈.",
    "",
  ].join("\n\n");
  const expected = text.replace("a b.html", "a%20b.html");
  assert.equal((await importedBody(text)).body, expected);
});

test("names with spaces, signs, accents and emoji work, and so does a picture of 5 MB", async () => {
  const picture = new Uint8Array(5_000_000);
  const result = await imported({
    "100% großer #1 Plan 🐈.md":
      "# Plan\n\n![A](<bild #1 (50%) é🐈.png>) ![B](b%C3%BCro.png)\n\n[next](<%.md>)\n",
    "%.md": "Only a sign.\n",
    "bild #1 (50%) é🐈.png": picture,
    "büro.png": "png",
    "_hidden.png": "png",
    "see.md": "![C](_hidden.png)\n",
  });
  assert.deepEqual(
    [...result.course.texts.keys()],
    ["01-section.md", "02-100-großer-1-plan.md", "03-see.md", "site.yaml"],
  );
  assert.deepEqual([...result.course.copies.keys()].sort(), [
    "bild #1 (50%) é🐈.png",
    "büro.png",
    "hidden.png",
  ]);
});

test("what cannot be a page is refused in one line", async () => {
  const refusal = async (files: Files) =>
    inFolder(async (folder) => {
      await writeFiles(path.join(folder, "course"), { "ok.md": "# Fine\n", ...files });
      const problems = new Problems();
      const read = await readCourse(path.join(folder, "course"), path.join(folder, "content"), problems);
      assert.equal(read, undefined);
      return problems.errors.map(({ message, cure }) => `${message}; ${cure}`);
    });
  assert.deepEqual(await refusal({ "big.md": "a line\n".repeat(750_000) }), [
    "the file has 5,250,000 bytes, more than the 2,000,000 a page may have; split it into several sections",
  ]);
  assert.deepEqual(await refusal({ "long.md": "a".repeat(100_001) }), [
    "the line has 100,001 characters, more than the 100,000 a line may have; break it into several lines; an empty line begins a new paragraph",
  ]);
  assert.deepEqual(await refusal({ "picture.md": new Uint8Array([0x89, 0x50, 0, 0, 1]) }), [
    "the file is not text; take it out of the course, or save it again as UTF-8 text",
  ]);
});

test("whatever is on the pages, what is imported can be built", async () => {
  const bits = [
    ...['<div class="info callout" markdown="1">\n', "</div>\n", "<script>x</script>", "<form>", "</form>"],
    ...[
      "<!--",
      "-->",
      "{%",
      "%}",
      "{{ site.baseurl }}",
      "}}",
      "{% raw %}",
      "{% endraw %}",
      "[a](b.md)",
      "[a](#q)",
    ],
    ...[
      "![x](y.png)",
      "[![i](p.png)](q)",
      "<a href=x onclick=y>",
      "</a>",
      "[x](javascript:a)",
      "[r]: z.md\n",
      "[r]",
    ],
    ...[
      "**",
      "_",
      "`",
      "```\n",
      "\n\n",
      "\n",
      "- ",
      "1. ",
      "> ",
      "    ",
      "# H\n",
      "{:target=“_blank”}",
      "{: .x}\n",
    ],
    ...[
      "<iframe src=//a>",
      "<td>",
      "<table>",
      '{% callout "info" %}\n',
      "{% endcallout %}\n",
      "<svg><script>",
      "<b",
    ],
    ...[
      "<aside class='trainer info'>",
      '<div class="foo callout">',
      "<textarea>",
      "<title>",
      "\\",
      '"',
      "'",
      "é🐈 ",
    ],
  ];
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const files: Files = {};
  for (let i = 0; i < 60; i++) {
    const text = Array.from({ length: 1 + random(30) }, () => bits[random(bits.length)]).join("");
    files[`${i}-page.md`] = random(3) ? `---\ntitle: Page ${i}\n---\n${text}` : text;
  }
  const { course, site } = await imported(files);
  assert.equal(course.pages.length, 60);
  assert.equal(site.course.sections.length, 60);
});

test("an old encoding is read, and a person asked to look", async () => {
  const result = await imported({ "a.md": Buffer.from("# Caf\xe9\n", "latin1") });
  assert.equal(result.course.texts.get("01-a.md"), "---\ntitle: Café\n---\n\n");
  assert.match(result.report, /the encoding was not UTF-8; read as Windows-1252, it is now UTF-8/);
});

test("links of the file system that leave the source or the content folder are refused", async () => {
  await inFolder(async (folder) => {
    await writeFiles(folder, {
      "course/a.md": "# A\n\n![A](in.png)\n",
      "course/b.png": "b",
      "secret.md": "x",
    });
    await symlink("b.png", path.join(folder, "course/in.png"));
    assert.equal((await runImport(folder, "course", "--content", "fine")).status, 0);
    assert.equal(await readFile(path.join(folder, "fine/in.png"), "utf8"), "b");
    await rm(path.join(folder, "import-report.md"));

    await mkdir(path.join(folder, "elsewhere"));
    await mkdir(path.join(folder, "content"));
    await symlink("../elsewhere/a.md", path.join(folder, "content/01-a.md"));
    const through = await runImport(folder, "course", "--content", "content", "--force");
    assert.equal(through.status, 1);
    assert.match(
      through.err,
      /^content\/01-a\.md:1:1: content\/01-a\.md is a symbolic link, which an import does not write through; move it away$/m,
    );
    assert.deepEqual(await readdir(path.join(folder, "elsewhere")), []);

    await symlink("../secret.md", path.join(folder, "course/out.md"));
    const out = await runImport(folder, "course", "--content", "other");
    assert.equal(out.status, 1);
    assert.equal(
      out.err,
      "course/out.md:1:1: the symbolic link leads out of the course; copy what it leads to, or delete it\n1 error; nothing was written\n",
    );
  });
});

test("the same source gives the same bytes, wherever it is imported from", async () => {
  await inFolder(async (folder) => {
    await mkdir(path.join(folder, "deep/er"), { recursive: true });
    await Promise.all([
      runImport(folder, LENDING, "--content", "a/content"),
      runImport(path.join(folder, "deep/er"), LENDING, "--content", path.join(folder, "b/content")),
    ]);
    assert.deepEqual(await snapshot(path.join(folder, "a")), await snapshot(path.join(folder, "b")));
  });
});

test("old addresses that no file can have are left to a person", async () => {
  const { site, report } = await imported({
    "_config.yml": "title: A\npermalink: /:title/\n",
    "_posts/2000-01-01-a.md":
      '---\ntitle: A\nredirect_from: ["/a\\0b/", "/a\\u0007/", "/c/"]\naliases: "\\ud83d/"\n---\n',
    "_posts/2000-01-02-b.md": `---\ntitle: B\nredirect_from:\n  - /${"x".repeat(300)}/\n${Array.from({ length: 2_000 }, (_, index) => `  - /old-address-${index}/\n`).join("")}---\n`,
  });
  assert.deepEqual([...site.course.aliases.keys()].slice(0, 4), [
    "a/index.html",
    "c/index.html",
    "b/index.html",
    "old-address-0/index.html",
  ]);
  assert.match(report, /the old address `a_?U\+0000b\/` cannot be kept: it holds signs that cannot be shown/);
  assert.match(report, /the old address `x{100}` cannot be kept: it is too long/);
  assert.match(report, /the old address `old-address-1999\/` cannot be kept: the page has too many/);
});

test("whatever front matter, settings and names hold, what is imported can be built", async () => {
  const random = numbers(5);
  const value = () => {
    const text = textOf(TITLE_PIECES, 6, random).replace(/\0/g, "");
    return [text, JSON.stringify(text), `'${text.replace(/'/g, "''")}'`, `[${text}]`, `\n  - ${text}`][
      random(5)
    ]!;
  };
  const keys =
    "title tile description tags aliases permalink redirect_from do draft published slug categories date module layout x".split(
      " ",
    );
  const name = () => textOf(TITLE_PIECES, 3, random).replace(/[/\0\n\ud83d]/g, "") || "a";
  const short = (text: string) => {
    let cut = text;
    while (Buffer.byteLength(cut) > 200) cut = cut.slice(0, -1);
    return cut;
  };
  for (let round = 0; round < 12; round++) {
    const files: Files = {
      "_config.yml": `title: ${value()}\nlang: ${value()}\npermalink: ${random(2) ? "/:categories/:title/" : value()}\n`,
      "_data/course.yml": `title: ${value()}\ndescription: ${value()}\nmodules: [one]\n`,
    };
    for (let i = 0; i < 12; i++) {
      const lines = Array.from({ length: 1 + random(5) }, () => `${keys[random(keys.length)]}: ${value()}`);
      const folder = random(3)
        ? "modules/one/_posts"
        : `modules/${short(name()).replace(/^[._]+|\.+$/g, "") || "b"}/_posts`;
      files[`${folder}/2000-01-${10 + i}-${short(name())}.md`] = `---\n${lines.join("\n")}\n---\nText\n`;
    }
    const { course } = await imported(files);
    assert.equal(course.pages.length, Object.keys(files).length - 2);
  }
});
