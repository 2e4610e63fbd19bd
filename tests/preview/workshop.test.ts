/** A site that is made again of what was saved is the site that a clean build makes. */
import assert from "node:assert/strict";
import { cp, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { MARKER } from "../../scripts/site/output/publish.ts";
import type { LiveSite } from "../../scripts/site/preview/live-site.ts";
import { runBuildOf } from "../support/command.ts";
import { copyOfProject } from "../support/project.ts";
import { Random } from "../support/random.ts";
import { COURSE } from "../support/sites.ts";
import { EDITS } from "./edits.ts";

/** Says which edits a failed run made: EDITS_SEED=… repeats them. */
const seed = Number(process.env.EDITS_SEED) || Date.now() % 1_000_000;
const TURNS = 100;
/** Between two whole builds in a process of their own. */
const TURNS_OF_A_BUILD = 12;

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
  const program = pathToFileURL(path.join(project, "scripts/site/preview/workshop.ts"));
  ({ Workshop } = (await import(program.href)) as { Workshop: typeof Workshop });
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
    const bytes = "text" in standing ? Buffer.from(standing.text) : await readFile(standing.from);
    all.set(address, bytes.toString("latin1"));
  }
  return all;
}

/** The same of a folder that a build wrote, without search. */
async function allIn(folder: string): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const address = path.relative(folder, file).split(path.sep).join("/");
    if (address === MARKER || address === ".nojekyll" || address.startsWith("pagefind/")) continue;
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
  let good = 0;
  let rendered = 0;
  let pages = 0;
  let turnsToBuild = 0;
  for (let turn = 1; turn <= TURNS; turn++) {
    await rm(kept, { recursive: true, force: true });
    await cp(content, kept, { recursive: true });
    // Now and then several at once, as when git takes another branch.
    const names = Array.from({ length: random.below(8) ? 1 : 5 }, () => random.pick(Object.keys(EDITS)));
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

async function textOf(workshop: Workshop, address: string) {
  const { status, found } = await workshop.answer(`/${address.split("/").map(encodeURIComponent).join("/")}`);
  const standing = found!.standing;
  return [status, "text" in standing ? standing.text : await readFile(standing.from, "latin1")];
}
