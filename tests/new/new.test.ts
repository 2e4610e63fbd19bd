/** `npm run new`: files that pass the check, with the next number, and room made where it is needed. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, readdir, readFile, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { carryOut, type NewPage, planNewPage, RequestError } from "../../scripts/site/new/new-page.ts";
import { formatProblem } from "../../scripts/site/problems/problems.ts";
import { runOf } from "../../scripts/site/project.ts";
import { loadSite } from "../../scripts/site/site.ts";
import { page, writeFiles } from "../support/content.ts";
import { numbers, TITLE_PIECES, textOf } from "../support/random.ts";
import { CONTENT, COURSE, temporaryFolder } from "../support/sites.ts";

const make = (cwd: string, ...words: string[]) =>
  spawnSync(process.execPath, [...runOf("scripts/new.ts"), ...words], { cwd, encoding: "utf8" });

async function course(): Promise<string> {
  const folder = await temporaryFolder();
  await cp(COURSE, path.join(folder, "content"), { recursive: true });
  return folder;
}

const problemsOf = async (folder: string) =>
  (await loadSite({ content: path.join(folder, "content"), drafts: true })).problems.list.filter(
    (problem) => !/01-welcome|02-forms/.test(problem.file),
  );

test("a section comes at the end of its module", async () => {
  const folder = await course();
  const { status, stdout } = make(folder, "section", "What's next: a plan", "--module", "first-steps");
  assert.equal(stdout, "content/01-first-steps/03-whats-next-a-plan.md is there to be written\n");
  assert.equal(status, 0);
  assert.match(
    await readFile(path.join(folder, "content/01-first-steps/03-whats-next-a-plan.md"), "utf8"),
    /^---\ntitle: "What's next: a plan"\ndo: 5\n---\n/,
  );
  assert.deepEqual(await problemsOf(folder), []);
});

test("a section after another makes room: the later files are renamed, their addresses stay", async () => {
  const folder = await course();
  const { stdout } = make(folder, "section", "Between", "--module", "01-first-steps", "--after", "welcome");
  assert.equal(
    stdout,
    "content/01-first-steps/02-forms.md is now content/01-first-steps/03-forms.md; its address stays\n" +
      "content/01-first-steps/02-between.md is there to be written\n",
  );
  const { course: built } = await loadSite({ content: path.join(folder, "content"), drafts: true });
  assert.deepEqual(
    built.modules[0]!.sections.map((section) => section.address),
    ["first-steps/welcome.html", "first-steps/between.html", "first-steps/forms.html"],
  );
});

test("links to the renamed files lead on: numbers only order", async () => {
  const folder = await temporaryFolder();
  await cp(CONTENT, path.join(folder, "content"), { recursive: true });
  assert.equal(
    make(folder, "section", "Title", "--module", "connected-learning", "--after", "mistakes").status,
    0,
  );
  assert.deepEqual(await problemsOf(folder), []);
});

test("a module and a worksheet have the next number too", async () => {
  const folder = await course();
  assert.equal(
    make(folder, "module", "A third module").stdout,
    "content/03-a-third-module/index.md is there to be written\n",
  );
  assert.equal(
    make(folder, "worksheet", "My week", "--module", "first-steps").stdout,
    "content/worksheets/03-my-week.md is there to be written\n",
  );
  const text = await readFile(path.join(folder, "content/worksheets/03-my-week.md"), "utf8");
  assert.match(text, /^---\ntitle: "Worksheet #3: My week"\ndo: 10\nmodule: first-steps\n---\n/);
  // A new worksheet waits for its section to mention it; nothing else is to be said of either.
  assert.deepEqual(
    (await problemsOf(folder)).map((problem) => problem.rule),
    ["worksheet-unused"],
  );
});

test("what cannot be made is refused, and nothing is changed", async () => {
  const folder = await course();
  const before = (await readdir(folder, { recursive: true })).sort();
  for (const [words, status, message] of [
    [
      ["section", "Welcome", "--module", "first-steps"],
      1,
      "there is a page 01-first-steps/01-welcome.md already, with the same address\n",
    ],
    [
      ["section", "New", "--module", "frist-steps"],
      1,
      "there is no module frist-steps; did you mean first-steps?\n",
    ],
    [
      ["section", "New", "--module", "first-steps", "--after", "welcom"],
      1,
      "there is no section welcom in this module; did you mean welcome?\n",
    ],
    [["section", "New"], 1, "name the section's module: --module first-steps or --module spate-ubung\n"],
    [["module", "First steps"], 1, "there is a folder 01-first-steps already\n"],
    [["worksheet", "!!!"], 1, "the title gives no address: it has no letter or digit\n"],
    [
      ["section", "New", "--module", "first-steps", "--content", "elsewhere"],
      1,
      "there is no such content folder\n",
    ],
  ] as const) {
    const result = make(folder, ...words);
    assert.equal(result.stderr, message);
    assert.equal(result.status, status);
  }
  assert.equal(make(folder, "chapter", "New").status, 2);
  assert.equal(make(folder, "section", "Two", "words", "--module", "first-steps").status, 2);
  assert.deepEqual((await readdir(folder, { recursive: true })).sort(), before);
});

test("names that no folder may have are altered, titles never", async () => {
  const content = await temporaryFolder();
  await writeFiles(content, { "one/01-a.md": page("Text") });
  const long = "On making a plan with teens and the people around them, ".repeat(6).trim();
  for (const [request, file] of [
    [{ kind: "section", title: "Index", module: "one" }, "one/02-index-page.md"],
    [{ kind: "section", title: "CON", module: "one" }, "one/02-con-page.md"],
    [{ kind: "module", title: "Aux" }, "aux-page/index.md"],
    [{ kind: "module", title: "3-2-1" }, "01-2-1/index.md"],
    [
      { kind: "section", title: long, module: "one" },
      "one/02-on-making-a-plan-with-teens-and-the-people-around-them-on-making-a-plan-with-teens-and-the-people.md",
    ],
    [{ kind: "section", title: "x".repeat(300), module: "one" }, `one/02-${"x".repeat(100)}.md`],
    [{ kind: "section", title: "館".repeat(300), module: "one" }, `one/02-${"館".repeat(33)}.md`],
  ] as [NewPage, string][]) {
    const plan = await planNewPage(content, request);
    assert.equal(plan.file, file);
  }
  for (const [kind, title, message] of [
    ["module", "Worksheets", "the folder worksheets is for worksheets; give the module another title"],
    ["module", "Assets", "the folder name assets is the site's own; name the folder for its module"],
    ["module", "02 Pagefind", "the folder name pagefind is the site's own; name the folder for its module"],
    ["worksheet", "Two\nlines", "the title holds a line break; write it in one line"],
    ["module", "A \u0007 bell", "the title holds the sign U+0007; leave it out"],
    ["worksheet", "🐈", "the title gives no address: it has no letter or digit"],
    [
      "worksheet",
      "x ".repeat(33_000),
      "the front matter has 66,034 characters, more than the 64,000 it may have; keep title, description and tags there, and move the rest below the second ---",
    ],
  ] as const) {
    await assert.rejects(planNewPage(content, { kind, title }), { message });
  }
});

test("whatever the title, what is written passes the check and says it, or nothing is written", async () => {
  const content = await temporaryFolder();
  await writeFiles(content, {
    "one/01-a.md": page("Text"),
    "worksheets/01-b.md": page("Text"),
    "02-two/c.md": page("Text"),
  });
  const before = (await readdir(content, { recursive: true })).sort();
  const random = numbers(3);
  let written = 0;
  for (let i = 0; i < 400; i++) {
    const title = textOf(TITLE_PIECES, 8, random).trim();
    if (!title) continue;
    const kind = (["section", "module", "worksheet"] as const)[i % 3]!;
    const request: NewPage = { kind, title, ...(kind === "module" ? {} : { module: "two" }) };
    const plan = await planNewPage(content, request).catch((error) => error as Error);
    if (plan instanceof Error) {
      assert.ok(plan instanceof RequestError, `${JSON.stringify(title)} ${plan.stack}`);
      assert.doesNotMatch(plan.message, /\n/);
      continue;
    }
    await carryOut(content, plan);
    written++;
    const { course, problems } = await loadSite({ content, drafts: true });
    assert.deepEqual(problems.errors.map(formatProblem), [], JSON.stringify(title));
    const own = course.byPath.get(plan.file)?.data.title;
    assert.equal(
      own,
      kind === "worksheet" && !/^\s*worksheet/i.test(title) ? `Worksheet #2: ${title}` : own && title,
      plan.text,
    );
    await rm(path.join(content, plan.file));
    if (kind === "module") await rmdir(path.dirname(path.join(content, plan.file)));
    assert.deepEqual((await readdir(content, { recursive: true })).sort(), before);
  }
  assert.ok(written > 150, String(written));
});

test("a rename that fails leaves all as it was", async () => {
  const content = await temporaryFolder();
  await writeFiles(content, {
    "one/01-a.md": page("Text"),
    "one/02-b.md": page("Text"),
    "one/03-c.md": page("Text"),
  });
  const plan = await planNewPage(content, { kind: "section", title: "New", module: "one", after: "a" });
  assert.equal(plan.renames.length, 2);
  await rm(path.join(content, "one/02-b.md"));
  const before = (await readdir(content, { recursive: true })).sort();
  await assert.rejects(carryOut(content, plan));
  assert.deepEqual((await readdir(content, { recursive: true })).sort(), before);
});
