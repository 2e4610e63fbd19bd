/** Pure in the middle: a site is made of content alone. */

import assert from "node:assert/strict";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { test } from "node:test";
import { readContent } from "../../scripts/site/content/read.ts";
import { publishedFiles } from "../../scripts/site/layout/content-files.ts";
import { formatProblem } from "../../scripts/site/problems/problems.ts";
import { makeSite } from "../../scripts/site/site.ts";
import { readWordFiles } from "../../scripts/site/words/words.ts";
import { COURSE } from "../support/sites.ts";

/** Runs `use` where the disk, the working directory, the environment and the clock answer with an error. */
async function inNoPlace<Result>(use: () => Promise<Result>): Promise<Result> {
  const refuse = (what: string) => () => {
    throw new Error(`${what} was asked`);
  };
  const undo: (() => void)[] = [];
  const replace = (target: object, name: string, value: unknown) => {
    const kept = Reflect.get(target, name);
    Reflect.set(target, name, value);
    undo.push(() => Reflect.set(target, name, kept));
  };
  for (const target of [fs, fs.promises]) {
    for (const [name, value] of Object.entries(target)) {
      if (typeof value === "function") replace(target, name, refuse(`fs.${name}`));
    }
  }
  syncBuiltinESMExports();
  replace(process, "cwd", refuse("the working directory"));
  // The package yaml asks whether to log.
  const get = (_: object, name: string) =>
    /^LOG_/.test(name) ? undefined : refuse(`the environment's ${name}`)();
  replace(process, "env", new Proxy({}, { get }));
  replace(globalThis, "Date", new Proxy(Date, { construct: refuse("the clock"), get: refuse("the clock") }));
  try {
    return await use();
  } finally {
    for (const step of undo) step();
    syncBuiltinESMExports();
  }
}

test("a site is made of content without disk, working directory, environment or clock, and twice the same", async () => {
  const content = await readContent(COURSE);
  const options = { drafts: true, words: await readWordFiles(), date: new Date(0) };
  const make = async () => {
    const site = await makeSite(content, options);
    const { rendering, worksheets, problems } = site;
    return {
      html: rendering.all.map((page) => page.html),
      titles: worksheets.map((worksheet) => worksheet.title),
      files: publishedFiles(site),
      problems: problems.sorted.map(formatProblem),
    };
  };
  // The first time the program reads the class names of its own style sheet.
  const first = await make();
  assert.ok(first.html.length > 3 && first.files.length);
  assert.deepEqual(await inNoPlace(make), first);
  assert.deepEqual(content, await readContent(COURSE));
});
