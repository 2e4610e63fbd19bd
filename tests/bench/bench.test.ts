/** `npm run bench`: what it makes to measure with, how it measures, what it says. No test asks how long anything took. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { compare } from "../../scripts/site/bench/compare.ts";
import { openHost } from "../../scripts/site/bench/host.ts";
import { makeCourse } from "../../scripts/site/bench/make-course.ts";
import { median } from "../../scripts/site/bench/median.ts";
import { readBenchOptions } from "../../scripts/site/bench/options.ts";
import { measureSaves } from "../../scripts/site/bench/saves.ts";
import { saveTable } from "../../scripts/site/bench/table.ts";
import { StageClock } from "../../scripts/site/command/stage-clock.ts";
import { loadSite } from "../../scripts/site/site.ts";
import { allWarningsOf, errorsOf, inFolder, writeFiles } from "../support/content.ts";
import { CONTENT } from "../support/sites.ts";

test("a made course has the size that was asked for, and every link leads somewhere", async () => {
  for (const [size, modules] of [
    [{ sections: 30 }, 4],
    [{ sections: 33, isOneModule: true }, 1],
  ] as const) {
    await inFolder(async (folder) => {
      const made = await makeCourse(CONTENT, path.join(folder, "content"), size);
      const site = await loadSite({ content: path.join(folder, "content"), drafts: false });
      assert.deepEqual([...errorsOf(site), ...allWarningsOf(site)], []);
      assert.equal(site.course.sections.length, size.sections);
      assert.equal(site.course.modules.length, modules);
      assert.deepEqual(made, { sections: size.sections, modules, pages: site.course.pages.length });
    });
  }
});

test("a course cannot be smaller than the module that it is made of", async () => {
  await inFolder((folder) =>
    assert.rejects(makeCourse(CONTENT, path.join(folder, "content"), { sections: 3 }), {
      message:
        "content: its module has 25 sections, whose links lead to each other; make courses of 25 or more",
    }),
  );
});

test("this build and the floor are built of the same course, and everything is left where it was made", async () => {
  await inFolder(async (folder) => {
    const said: string[] = [];
    const { signal } = new AbortController();
    const size = { sections: 25 };
    const say = (line: string) => said.push(line);
    const found = await compare({ content: CONTENT, folder, size, runs: 1, signal, say });
    assert.match(said.join("\n"), /^25 sections, run 1 of 1: \d+\.\d s, the floor \d+\.\d s$/);
    assert.equal(found.modules, 3);
    assert.deepEqual(Object.keys(found.stages).slice(0, 2), ["starting", "reading and checking"]);
    for (const value of [...Object.values(found.stages), ...Object.values(found.weight)]) {
      assert.ok(value > 0);
    }
    assert.ok(found.weight.pageGzipped < found.weight.page && found.weight.page < found.weight.site);
    assert.deepEqual((await readdir(folder)).sort(), [
      "course",
      "floor",
      "floor-site-1",
      "site-1",
      "timings.json",
    ]);
  });
});

test("a save is measured until the served page has it, and nothing is left", async () => {
  await inFolder(async (folder) => {
    const { signal } = new AbortController();
    const found = await measureSaves({ content: CONTENT, folder, size: { sections: 25 }, saves: 1, signal });
    assert.deepEqual([found.sections, found.modules, found.saves], [25, 3, 1]);
    for (const ms of [found.startMs, found.textMs, found.titleMs]) assert.ok(ms > 0);
    assert.match(saveTable([found]), /\| 25 sections, 3 modules, 1 save of each \| \d+\.\d s /);
    assert.deepEqual(await readdir(folder), []);
  });
});

test("a stage's time is what passes until the next report", () => {
  let now = 0;
  const passed: string[] = [];
  const clock = new StageClock(() => now, { report: (...what) => passed.push(what.join(" ")) });
  const at = (time: number, stage: string, done?: number) => {
    now = time;
    clock.report(stage, done, 9);
  };
  at(5, "reading");
  at(10, "reading", 1);
  at(20, "laying out");
  at(21, "indexing", 1);
  at(23, "laying out", 1);
  now = 30;
  assert.deepEqual(clock.end(), { starting: 5, reading: 15, "laying out": 8, indexing: 2 });
  assert.deepEqual(passed[1], "reading 1 9");
});

test("the host compresses text, sends the rest as it is, and counts both", async () => {
  await inFolder(async (folder) => {
    const text = "<p>Again and again.</p>".repeat(100);
    await writeFiles(folder, { "index.html": text, "data.pf_index": text });
    const host = await openHost(folder);
    try {
      const page = await fetch(host.base);
      assert.equal(page.headers.get("content-encoding"), "gzip");
      assert.equal(await page.text(), text);
      const data = await fetch(`${host.base}data.pf_index`);
      assert.equal(data.headers.get("content-encoding"), null);
      assert.equal(await data.text(), text);
      assert.equal((await fetch(`${host.base}none`)).status, 404);
      const [first, second] = host.sent;
      assert.deepEqual([first!.target, second!.target], ["/", "/data.pf_index"]);
      assert.ok(first!.bytes < 500, `${first!.bytes} bytes`);
      assert.ok(second!.bytes > text.length && second!.bytes < text.length + 500, `${second!.bytes} bytes`);
    } finally {
      host.close();
    }
  });
});

test("options: sizes in sections, more runs where they are short", () => {
  const usual = readBenchOptions([]);
  assert.deepEqual(usual.sizes, [
    { sections: 100, isOneModule: false },
    { sections: 1000, isOneModule: false },
    { sections: 10_000, isOneModule: false },
    { sections: 1000, isOneModule: true },
  ]);
  assert.deepEqual(usual.sizes.map(usual.runs), [3, 3, 1, 3]);
  assert.deepEqual(readBenchOptions(["--reader"]).sizes, []);
  assert.deepEqual([readBenchOptions(["--saves"]).isSaves, readBenchOptions(["--saves"]).runs()], [true, 10]);
  assert.throws(() => readBenchOptions(["--saves", "--reader"]), {
    message: "--reader and --saves are two benches",
  });
  assert.equal(readBenchOptions(["--runs", "7"]).runs(), 7);
  assert.throws(() => readBenchOptions(["--sizes", "many"]), {
    message: "“many” is no size; write a number of sections, or one:1000 for one module",
  });
  assert.throws(() => readBenchOptions(["--runs", "0"]), { message: "--runs is no number from 1 on" });
});

test("the median is the middle one, or between the middle two", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
});
