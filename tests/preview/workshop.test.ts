/** A site that is made again of what was saved is the site that a clean build makes. */
import assert from "node:assert/strict";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { compile } from "../../scripts/compile.mjs";
import { MARKER } from "../../scripts/site/output/publish.ts";
import type { LiveSite, Standing } from "../../scripts/site/preview/live-site.ts";
import { runBuildOf } from "../support/command.ts";
import { copyOfProject } from "../support/project.ts";
import { Random } from "../support/random.ts";
import { COURSE } from "../support/sites.ts";
import { EDITS } from "./edits.ts";

/** EDITS_SEED=… EDITS_TURNS=… try other edits, and more. */
const seed = Number(process.env.EDITS_SEED ?? 1);
const TURNS = Number(process.env.EDITS_TURNS ?? 16);
/** Between two whole builds in a process of their own. */
const TURNS_OF_A_BUILD = 10;

let project: string;
let content: string;
let Workshop: typeof import("../../scripts/site/preview/workshop.ts").Workshop;
type Workshop = InstanceType<typeof Workshop>;
const epoch = process.env.SOURCE_DATE_EPOCH;

before(async () => {
  process.env.SOURCE_DATE_EPOCH = "1700000000";
  project = await copyOfProject();
  content = path.join(project, "content");
  // The copy's own program, whose layouts and assets are the copy's too.
  const program = path.join(project, ".cache/program");
  await compile(project, ["scripts/site/preview/workshop.ts", ".eleventy.ts"], program);
  const { href } = pathToFileURL(path.join(program, "scripts/site/preview/workshop.js"));
  ({ Workshop } = (await import(href)) as { Workshop: typeof Workshop });
});
after(() => {
  if (epoch === undefined) delete process.env.SOURCE_DATE_EPOCH;
  else process.env.SOURCE_DATE_EPOCH = epoch;
});

const freshContent = async () => {
  await rm(content, { recursive: true, force: true });
  await cp(COURSE, content, { recursive: true });
};

const update = async (workshop: Workshop) => workshop.update(await workshop.look());

async function newWorkshop(): Promise<Workshop> {
  const workshop = new Workshop(content, "test");
  await update(workshop);
  return workshop;
}

/** All that a site has, by address. */
async function allOf(live: LiveSite): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (const address of live.addresses.sort()) {
    const standing = (await live.at(address))!;
    const bytes = await bytesOf(standing);
    all.set(address, bytes.toString("latin1"));
  }
  return all;
}

/** The same of a folder that a build wrote, without search and what only a site that is published has. */
async function allIn(folder: string): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const address = path.relative(folder, file).split(path.sep).join("/");
    if (
      address === MARKER ||
      address === ".nojekyll" ||
      /^(?:pagefind\/|assets\/offline\/|sw\.js$)/.test(address)
    )
      continue;
    all.set(address, await readFile(file, "latin1"));
  }
  return all;
}

function assertSame(found: Map<string, string>, expected: Map<string, string>, what: string): void {
  assert.deepEqual([...found.keys()].sort(), [...expected.keys()].sort(), what);
  for (const [address, text] of expected) {
    if (found.get(address) !== text) assert.equal(found.get(address), text, `${address} ${what}`);
  }
}

async function assertAsBuilt(workshop: Workshop, what: string): Promise<void> {
  const out = path.join(project, "_site");
  const { status, errors } = await runBuildOf(project, "--drafts", "--out", out);
  assert.equal(status, 0, `${what} ${errors}`);
  assertSame(await allOf(workshop.live!), await allIn(out), what);
}

test(`after each of ${TURNS} edits the site is the one of a clean build (seed ${seed})`, async () => {
  await freshContent();
  const random = new Random(seed);
  const workshop = await newWorkshop();
  const kept = path.join(project, "kept");
  const kinds: string[] = [];
  let good = 0;
  let rendered = 0;
  let pages = 0;
  let turnsToBuild = 0;
  for (let turn = 1; turn <= TURNS; turn++) {
    await rm(kept, { recursive: true, force: true });
    await cp(content, kept, { recursive: true });
    // Each kind before any comes again; now and then several at once, as when git takes another branch.
    const names = Array.from({ length: random.below(8) ? 2 : 5 }, () => {
      if (!kinds.length) kinds.push(...Object.keys(EDITS));
      return kinds.splice(random.below(kinds.length), 1)[0]!;
    });
    for (const name of names) await EDITS[name]!(project, random);
    const what = `after turn ${turn}, ${names.join(", ")} (seed ${seed})`;
    await update(workshop);

    const clean = await newWorkshop();
    assert.equal(workshop.made.report, clean.made.report, what);
    assert.equal(workshop.made.problems, clean.made.problems, what);
    if (clean.live) {
      good++;
      rendered += workshop.pages.renderedAgain.length;
      pages += clean.pages.renderedAgain.length;
      const one = random.pick(clean.live.addresses);
      assert.deepEqual(await textOf(workshop, one), await textOf(clean, one), `${one} ${what}`);
      assertSame(await allOf(workshop.live!), await allOf(clean.live), what);
      if (++turnsToBuild % TURNS_OF_A_BUILD === 0) await assertAsBuilt(workshop, what);
    } else {
      // What is wrong is taken back, as its author would.
      await rm(content, { recursive: true });
      await rename(kept, content);
      await update(workshop);
      assert.equal(workshop.made.problems, "", what);
    }
  }
  assert.ok(good > TURNS / 2, `${good} of ${TURNS} turns made a site`);
  assert.ok(rendered < pages / 2, `${rendered} pages of ${pages} were rendered again`);
  await assertAsBuilt(workshop, "in the end");
});

test("only what depends on a save is rendered again", async () => {
  await freshContent();
  const workshop = await newWorkshop();
  const again = async (...edits: [file: string, from: string, to: string][]) => {
    for (const [file, from, to] of edits) await change(`content/${file}`, from, to);
    await update(workshop);
    assert.equal(workshop.made.problems, "");
    return workshop.pages.renderedAgain.sort();
  };
  const welcome = "01-first-steps/01-welcome.md";
  assert.deepEqual(await again(), []);
  assert.deepEqual(await again([welcome, "An aardvark", "A platypus"]), [welcome]);
  assert.deepEqual(await again([welcome, "title: Welcome", "title: Come in"]), [welcome]);
  // Pages that link to what is left out lose the link, and get it back; what is added to a page is in its layout.
  const leaveOut = "sections: { leaveOut: [forms] }\n";
  assert.deepEqual(await again(["site.yaml", "language: en\n", `language: en\n${leaveOut}`]), [welcome]);
  assert.deepEqual(
    await again(["site.yaml", leaveOut, "local: { welcome: { example: Ours. } }\nlibrary: L\n"]),
    [welcome, "01-first-steps/02-forms.md"],
  );
  assert.deepEqual(await again(["site.yaml", "library: L\n", "sections: { first: [forms] }\n"]), []);
  // Numbers are written as a language does, and the site's own words are in it.
  assert.equal((await again(["site.yaml", "language: en", "language: de"])).length, 6);
  // The page that shows it.
  assert.deepEqual(await again(["01-first-steps/img/circle.svg", 'viewBox="', 'viewBox=" ']), [
    "01-first-steps/02-forms.md",
  ]);
  // The page whose callout has the number.
  assert.deepEqual(await again(["worksheets/02-plan.md", "Worksheet #2", "Worksheet #3"]), [
    welcome,
    "worksheets/02-plan.md",
  ]);
  await writeFile(path.join(content, "01-first-steps/03-new.md"), "---\ntitle: New\n---\nNew.\n");
  assert.deepEqual(await again(), ["01-first-steps/03-new.md"]);
  // Those that link to it by its address stay; it has another place in the order.
  await rename(
    path.join(content, "01-first-steps/02-forms.md"),
    path.join(content, "01-first-steps/04-forms.md"),
  );
  const renamed = await again();
  assert.ok(renamed.includes("01-first-steps/04-forms.md") && renamed.length <= 3, renamed.join());
});

test("a page is laid out when it is asked for, and then kept as long as the site", async () => {
  await freshContent();
  await cp(
    path.join(content, "01-first-steps/01-welcome.md"),
    path.join(content, "01-first-steps/03-late.md"),
  );
  await change("content/01-first-steps/03-late.md", /aliases.*\n/, "");
  const workshop = await newWorkshop();
  const layout = path.join(project, "layouts/section.liquid");
  const text = await readFile(layout, "utf8");
  const asked = await textOf(workshop, "first-steps/welcome.html");
  try {
    await writeFile(layout, "{% if %}");
    assert.deepEqual(await textOf(workshop, "first-steps/welcome.html"), asked);
    const { status, fault } = await workshop.answer("/first-steps/late.html");
    assert.equal(status, 503);
    assert.ok(fault);
    await update(workshop);
    assert.ok(workshop.made.problems);
    assert.deepEqual(await textOf(workshop, "first-steps/welcome.html"), asked);
  } finally {
    await writeFile(layout, text);
  }
  await update(workshop);
  assert.equal(workshop.made.problems, "");
  assert.equal((await workshop.answer("/first-steps/late.html")).status, 200);
});

test("files that come, go and change while they are read end as they are on the disk", async () => {
  await freshContent();
  const workshop = await newWorkshop();
  const random = new Random(seed);
  const files = [
    "01-first-steps/05-a.md",
    "01-first-steps/06-b.md",
    "04-new/01-c.md",
    "01-first-steps/img/d.png",
  ];
  let isDone = false;
  const saving = (async () => {
    while (!isDone) {
      const file = path.join(content, random.pick(files));
      const text = `---\ntitle: ${random.below(1e6)}\n---\n`;
      const folder = path.dirname(file);
      if (random.below(9) === 0) await rm(path.join(content, "04-new"), { recursive: true, force: true });
      else if (random.below(3) === 0) await rm(file, { force: true });
      else
        await mkdir(folder, { recursive: true })
          .then(() => writeFile(file, text))
          .catch(() => {});
    }
  })();
  for (let turn = 0; turn < 40; turn++) await update(workshop);
  isDone = true;
  await saving;
  await rm(path.join(content, "01-first-steps/img/d.png"), { force: true });
  await update(workshop);
  assert.equal(workshop.made.problems, "");
  assertSame(await allOf(workshop.live!), await allOf((await newWorkshop()).live!), `seed ${seed}`);
});

test("whatever is asked for is answered, from inside the site", async () => {
  await freshContent();
  await writeFile(path.join(project, "secret.txt"), "secret");
  await writeFile(path.join(content, "unused.txt"), "secret");
  const workshop = await newWorkshop();
  const cases: [target: string, status: number][] = [
    ["/", 200],
    ["/index.html?a#b", 200],
    ["/first-steps/", 200],
    ["/first-steps", 301],
    ["/first-steps/img/square.png", 200],
    ["/spate-ubung/letzte.html", 200],
    ["/modules/first/welcome/", 200],
    ["/404.html", 200],
    ["/nowhere", 404],
    ["/index.html/", 404],
    ["/../secret.txt", 404],
    ["/%2e%2e/secret.txt", 404],
    ["//secret.txt", 404],
    ["/unused.txt", 404],
    ["/constructor", 404],
    ["/__proto__", 404],
    ["/site.yaml", 404],
    ["/01-first-steps/01-welcome.md", 404],
    ["/%00", 400],
    ["/%ff", 400],
    ["*", 400],
    ["", 400],
  ];
  for (const [target, status] of cases) {
    const answer = await workshop.answer(target);
    assert.equal(answer.status, status, target);
    assert.ok(!JSON.stringify(answer).includes("secret"), target);
  }
  assert.equal((await workshop.answer("/first-steps?a")).location, "/first-steps/");
  const [, missing] = await textOf(workshop, "404.html");
  assert.deepEqual((await workshop.answer("/nowhere")).found?.standing, { text: missing });
});

async function change(file: string, from: string | RegExp, to: string): Promise<void> {
  const whole = path.join(project, file);
  const text = await readFile(whole, "utf8");
  assert.notEqual(text.replace(from, "x"), text.replace(from, "y"), `${file} holds ${from}`);
  await writeFile(whole, text.replace(from, to));
}

async function textOf(workshop: Workshop, address: string) {
  const { status, found } = await workshop.answer(`/${address.split("/").map(encodeURIComponent).join("/")}`);
  const standing = found!.standing;
  return [status, "text" in standing ? standing.text : (await bytesOf(standing)).toString("latin1")];
}

async function bytesOf(standing: Standing): Promise<Buffer> {
  if ("text" in standing) return Buffer.from(standing.text);
  return "from" in standing ? readFile(standing.from) : Buffer.from(standing.base64, "base64");
}
