/** Publishing: whatever happens to a build, a whole site stays. */
import assert from "node:assert/strict";
import { mkdir, readdir, rename, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { Problems } from "../scripts/site/problems.ts";
import { checkOutput, MARKER, publish } from "../scripts/site/publish.ts";
import { fingerprint, fingerprintOfSite, runBuild, startBuild } from "./support/command.ts";
import { inFolder, page, writeFiles } from "./support/content.ts";
import { Random } from "./support/random.ts";

const KILLS = 50;
/** As many builds as the machine that runs the tests can be trusted to have cores. */
const AT_ONCE = 2;

/** Says which moments a failed run took: PUBLISH_SEED=… repeats them. */
const seed = Number(process.env.PUBLISH_SEED) || Date.now() % 1_000_000;

const writeVersion = (folder: string, version: string) =>
  writeFiles(folder, {
    "content/index.md": page(`Version ${version}.`),
    "content/one.md": page("One", "One"),
  });

/** The site of a version, by its fingerprint, and how many milliseconds its build took. */
async function measure(version: string): Promise<{ print: string; milliseconds: number }> {
  return inFolder(async (folder) => {
    await writeVersion(folder, version);
    const began = performance.now();
    const { status, errors } = await runBuild(folder);
    assert.equal(status, 0, errors);
    const milliseconds = performance.now() - began;
    return { print: (await fingerprintOfSite(path.join(folder, "_site")))!, milliseconds };
  });
}

test(`a build killed at any of ${KILLS} random moments leaves a whole site (seed ${seed})`, async () => {
  const versions = ["a", "b"] as const;
  const [a, b] = [await measure("a"), await measure("b")];
  const whole = [a.print, b.print];
  assert.notEqual(a.print, b.print);
  const longest = Math.max(a.milliseconds, b.milliseconds);
  const random = new Random(seed);
  const moments = Array.from({ length: KILLS }, () => random.next() * longest);

  async function worker(): Promise<void> {
    await inFolder(async (folder) => {
      await writeVersion(folder, "a");
      assert.equal((await runBuild(folder)).status, 0);
      for (let turn = 1; moments.length; turn++) {
        const moment = moments.pop()!;
        await writeVersion(folder, versions[turn % 2]!);
        const { child, ended } = startBuild(folder);
        const timer = setTimeout(() => child.kill("SIGKILL"), moment);
        await ended;
        clearTimeout(timer);
        const prints = [
          await fingerprintOfSite(path.join(folder, "_site")),
          await fingerprintOfSite(path.join(folder, "_site.previous")),
        ];
        const where = `killed after ${Math.round(moment)} of ${Math.round(longest)} ms`;
        // A folder under the site's name is whole; where there is none, the one kept aside is.
        assert.ok(prints[0] === undefined ? whole.includes(prints[1]!) : whole.includes(prints[0]), where);
      }
      await writeVersion(folder, "a");
      assert.equal((await runBuild(folder)).status, 0);
      assert.equal(await fingerprintOfSite(path.join(folder, "_site")), a.print);
      assert.deepEqual((await readdir(folder)).sort(), ["_site", "content"]);
    });
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
});

/** A folder `_site` that was published, beside a content folder; and what `use` makes of it. */
async function withSite(use: (folder: string, out: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    const out = path.join(folder, "_site");
    await mkdir(path.join(folder, "content"));
    await publishText(out, "old");
    await use(folder, out);
  });
}

const publishText = (out: string, text: string) =>
  publish(out, (building) => writeFile(path.join(building, "index.html"), text));

/** What a command does before it builds. */
async function begin(folder: string, out: string): Promise<void> {
  const problems = new Problems();
  await checkOutput(out, path.join(folder, "content"), problems);
  assert.deepEqual(problems.errors, []);
}

test("killed between the two renames: the next command puts the old site back", async () => {
  await withSite(async (folder, out) => {
    const before = await fingerprint(out);
    await rename(out, `${out}.previous`);
    await begin(folder, out);
    assert.equal(await fingerprint(out), before);
    assert.deepEqual((await readdir(folder)).sort(), ["_site", "content"]);
  });
});

test("killed before the old site was deleted: the next command deletes it", async () => {
  await withSite(async (folder, out) => {
    await rename(out, `${out}.previous`);
    await publishText(`${out}2`, "new");
    await rename(`${out}2`, out);
    const after = await fingerprint(out);
    await begin(folder, out);
    assert.equal(await fingerprint(out), after);
    assert.deepEqual((await readdir(folder)).sort(), ["_site", "content"]);
  });
});

test("what a killed build was building goes, what a running one builds stays", async () => {
  await withSite(async (folder, out) => {
    // Higher than any process number that Linux gives.
    await mkdir(`${out}.building-99999999-abcdef/assets`, { recursive: true });
    await mkdir(`${out}.building-${process.pid}-abcdef`);
    await begin(folder, out);
    assert.deepEqual((await readdir(folder)).sort(), [
      "_site",
      `_site.building-${process.pid}-abcdef`,
      "content",
    ]);
  });
});

test("a build that fails leaves the old site and nothing else", async () => {
  await withSite(async (folder, out) => {
    const before = await fingerprint(out);
    const failing = publish(out, async (building) => {
      await writeFile(path.join(building, "index.html"), "new");
      throw new Error("no space left");
    });
    await assert.rejects(failing, /no space left/);
    assert.equal(await fingerprint(out), before);
    assert.deepEqual((await readdir(folder)).sort(), ["_site", "content"]);
  });
});

test("a new site takes the place of the old one and is marked as ours", async () => {
  await withSite(async (folder, out) => {
    await publishText(out, "new");
    assert.deepEqual((await readdir(out)).sort(), [MARKER, "index.html"]);
    assert.deepEqual((await readdir(folder)).sort(), ["_site", "content"]);
  });
});

test("an empty folder and a symbolic link to our own are written to", async () => {
  await inFolder(async (folder) => {
    await mkdir(path.join(folder, "content"));
    await mkdir(path.join(folder, "empty"));
    await begin(folder, path.join(folder, "empty"));
    await publishText(path.join(folder, "empty"), "new");
    await symlink("empty", path.join(folder, "link"));
    await begin(folder, path.join(folder, "link"));
    await publishText(path.join(folder, "link"), "newer");
    assert.equal(await fingerprint(path.join(folder, "link")), await fingerprint(path.join(folder, "empty")));
    assert.deepEqual((await readdir(folder)).sort(), ["content", "empty", "link"]);
  });
});
