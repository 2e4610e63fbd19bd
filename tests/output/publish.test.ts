/** Publishing: whatever happens to a build, a whole site stays. */
import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { checkOutput, MARKER, publish } from "../../scripts/site/output/publish.ts";
import { Problems } from "../../scripts/site/problems/problems.ts";
import { fingerprint, runBuild, startBuild } from "../support/command.ts";
import { inFolder, page, writeFiles } from "../support/content.ts";
import { Random } from "../support/random.ts";

const KILLS = Number(process.env.PUBLISH_KILLS ?? 6);

/** PUBLISH_SEED=… PUBLISH_KILLS=… try other moments, and more. */
const seed = Number(process.env.PUBLISH_SEED ?? 1);

const writeVersion = (folder: string, version: string) =>
  writeFiles(folder, {
    "content/index.md": page(`Version ${version}.`),
    "content/one.md": page("One", "One"),
  });

test(`a build killed at any of ${KILLS} random moments leaves a whole site (seed ${seed})`, async () => {
  await inFolder(async (folder) => {
    const versions = ["b", "a"] as const;
    const site = path.join(folder, "_site");
    const whole: string[] = [];
    let longest = 0;
    for (const version of versions) {
      await writeVersion(folder, version);
      const began = performance.now();
      const { status, errors } = await runBuild(folder);
      assert.equal(status, 0, errors);
      longest = Math.max(longest, performance.now() - began);
      whole.push((await fingerprint(site))!);
    }
    assert.notEqual(whole[0], whole[1]);

    const random = new Random(seed);
    for (let kill = 0; kill < KILLS; kill++) {
      // In the first third of its time a build loads what it is made of.
      const moment = (1 + 2 * random.next()) * (longest / 3);
      await writeVersion(folder, versions[kill % 2]!);
      const { child, ended } = startBuild(folder);
      const timer = setTimeout(() => child.kill("SIGKILL"), moment);
      await ended;
      clearTimeout(timer);
      const [there, aside] = [await fingerprint(site), await fingerprint(`${site}.previous`)];
      // A folder under the site's name is whole; where there is none, the one kept aside is.
      assert.ok(
        whole.includes((there ?? aside)!),
        `killed after ${Math.round(moment)} of ${Math.round(longest)} ms`,
      );
    }
    await writeVersion(folder, "a");
    assert.equal((await runBuild(folder)).status, 0);
    assert.equal(await fingerprint(site), whole[1]);
    assert.deepEqual((await readdir(folder)).sort(), ["_site", "content"]);
  });
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
    await mkdir(`${out}.building-${process.ppid}-abcdef`);
    await begin(folder, out);
    assert.deepEqual((await readdir(folder)).sort(), [
      "_site",
      `_site.building-${process.ppid}-abcdef`,
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

const read = (folder: string, name: string) => readFile(path.join(folder, name), "utf8");

test("what others put into the site's folder moves on with it, and only what a build wrote is deleted", async () => {
  await withSite(async (folder, out) => {
    await publish(out, (building) =>
      writeFiles(building, { "index.html": "old", "basics/a.html": "a", "gone/b.html": "b" }),
    );
    await writeFiles(out, {
      ".git/HEAD": "ref",
      ".git/objects/a": "unpushed",
      CNAME: "training.example.org",
      "basics/notes.txt": "mine",
      "gone/deep/notes.txt": "mine too",
      "empty/": "",
    }).catch(() => mkdir(path.join(out, "empty")));
    await symlink("nowhere", path.join(out, "link"));
    for (const version of ["new", "newer"]) {
      await publishText(out, version);
      assert.equal(await read(out, "index.html"), version);
      assert.deepEqual((await readdir(out)).sort(), [
        ".connected-learning-site",
        ".git",
        "CNAME",
        "basics",
        "empty",
        "gone",
        "index.html",
        "link",
      ]);
      assert.equal(await read(out, ".git/objects/a"), "unpushed");
      assert.deepEqual(
        [await readdir(path.join(out, "basics")), await readdir(path.join(out, "gone"))],
        [["notes.txt"], ["deep"]],
      );
      assert.equal(await read(out, "gone/deep/notes.txt"), "mine too");
      assert.deepEqual((await readdir(folder)).sort(), ["_site", "content"]);
    }
  });
});

test("killed while it moved what others had put there: the next command goes on", async () => {
  await withSite(async (folder, out) => {
    await writeFiles(out, { ".git/HEAD": "ref", CNAME: "a" });
    await rename(out, `${out}.previous`);
    await publishText(`${out}2`, "new");
    await rename(`${out}2`, out);
    await rename(path.join(`${out}.previous`, "CNAME"), path.join(out, "CNAME"));
    await begin(folder, out);
    assert.deepEqual(
      [await read(out, "index.html"), await read(out, ".git/HEAD"), await read(out, "CNAME")],
      ["new", "ref", "a"],
    );
    assert.deepEqual((await readdir(folder)).sort(), ["_site", "content"]);
  });
});

test("nothing that others wrote is written over", async () => {
  await withSite(async (folder, out) => {
    await writeFiles(out, { "plan.html": "mine", "basics/mine.txt": "mine" });
    const before = await fingerprint(out);
    for (const [file, covered] of [
      ["plan.html", "plan.html"],
      ["plan.html/index.html", "plan.html"],
      ["basics", "basics"],
    ] as const) {
      const publishing = publish(out, (building) => writeFiles(building, { [file]: "new" }));
      await assert.rejects(
        publishing,
        new RegExp(
          `${covered}: no build of this site wrote it, and this build would write over it; move it away`,
        ),
      );
      assert.equal(await fingerprint(out), before);
      assert.deepEqual((await readdir(folder)).sort(), ["_site", "content"]);
    }
  });
});

test("a folder of an earlier version, which kept no list, stays as it is", async () => {
  await inFolder(async (folder) => {
    const out = path.join(folder, "_site");
    await writeFiles(out, {
      [MARKER]: "Written by a build of this site.\n",
      "index.html": "old",
      CNAME: "a",
    });
    const before = await fingerprint(out);
    await assert.rejects(
      publishText(out, "new"),
      /wrote it, and kept no list of its files; keep what is yours in it, and delete it/,
    );
    assert.equal(await fingerprint(out), before);
    assert.deepEqual(await readdir(folder), ["_site"]);
  });
});

test("a link that leads nowhere is refused", async () => {
  await inFolder(async (folder) => {
    await mkdir(path.join(folder, "content"));
    await symlink("nowhere", path.join(folder, "dangling"));
    const problems = new Problems();
    await checkOutput(path.join(folder, "dangling"), path.join(folder, "content"), problems);
    assert.deepEqual(
      problems.errors.map(({ message, cure }) => [message, cure]),
      [
        [
          "the output is a symbolic link that leads nowhere",
          "delete the link, or make the folder that it leads to",
        ],
      ],
    );
  });
});

test("a build that a signal ends leaves nothing half-built", {
  skip: process.platform === "win32",
}, async () => {
  await inFolder(async (folder) => {
    await writeVersion(folder, "a");
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      const { child, ended } = startBuild(folder);
      while (child.exitCode === null && !(await readdir(folder)).some((name) => name.includes(".building-")))
        await new Promise((resolve) => setTimeout(resolve, 2));
      child.kill(signal);
      await ended;
      const beside = (await readdir(folder)).filter(
        (name) => name.includes(".building-") || name.includes(".previous"),
      );
      assert.deepEqual(beside, [], signal);
    }
  });
});

test("a list of files names nothing outside of its folder, whatever wrote it", async () => {
  await withSite(async (folder, out) => {
    await writeFiles(folder, { "victim.txt": "mine" });
    const marker = await read(out, MARKER);
    const lines = ["../victim.txt", "/victim.txt", "a/../../victim.txt", "..\\victim.txt", 7, "./CNAME"];
    await writeFile(
      path.join(out, MARKER),
      `${marker.replaceAll("\n", "\r\n")}${lines.map((line) => JSON.stringify(line)).join("\n")}\n../victim.txt\n`,
    );
    await writeFiles(out, { CNAME: "a" });
    await publishText(out, "new");
    assert.deepEqual(
      [await read(folder, "victim.txt"), await read(out, "CNAME"), await read(out, "index.html")],
      ["mine", "a", "new"],
    );
  });
});

test("names with a line's end are on the list as they are, and a folder that only looks half-built stays", {
  skip: process.platform === "win32",
}, async () => {
  await withSite(async (folder, out) => {
    await writeFiles(`${out}.building-2026-add`, { mine: "mine" });
    await writeFiles(folder, { "_site.building-99999999-abcdef": "a file" });
    await publish(out, (building) =>
      writeFiles(building, { "plan\nnotes.txt": "ours", "index.html": "new" }),
    );
    await writeFiles(out, { "notes.txt": "mine" });
    await publishText(out, "newer");
    assert.deepEqual((await readdir(out)).sort(), [MARKER, "index.html", "notes.txt"]);
    assert.equal(await read(folder, "_site.building-2026-add/mine"), "mine");
    assert.equal(await read(folder, "_site.building-99999999-abcdef"), "a file");
  });
});
