/** The search index where Pagefind, a process of its own, ends before its time. */
import assert from "node:assert/strict";
import { chmod, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { publish } from "../../scripts/site/output/publish.ts";
import { fingerprint, runBuild } from "../support/command.ts";
import { inFolder, page, writeFiles } from "../support/content.ts";

const PLATFORM = process.platform === "win32" ? "windows" : process.platform;
const PAGEFIND = createRequire(import.meta.resolve("pagefind")).resolve(
  `@pagefind/${PLATFORM}-${process.arch}/bin/pagefind_extended`,
);

/** Programs in Pagefind's place. */
const ENDINGS: Record<string, string> = {
  "at once": "process.exit(1);",
  "in the middle of the first word": 'process.stdin.once("data", () => process.exit(0));',
  "after some pages": `
    import { spawn } from "node:child_process";
    const pagefind = spawn(${JSON.stringify(PAGEFIND)}, process.argv.slice(2), { stdio: ["inherit", "pipe", "inherit"] });
    let answers = 0;
    pagefind.stdout.on("data", (text) => {
      process.stdout.write(text);
      answers += String(text).split(",").length - 1;
      if (answers < 10) return;
      pagefind.kill("SIGKILL");
      process.exit(0);
    });`,
};

/** In a site of 400 pages it is a thread that speaks to Pagefind. */
const CASES: [how: string, pages: number][] = [
  ...Object.keys(ENDINGS).map((how): [string, number] => [how, 20]),
  ["after some pages", 400],
];

for (const [how, size] of CASES) {
  test(`Pagefind that ends ${how}, of ${size} pages: one sentence, and the old site stays`, async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, {
        "content/index.md": page("a", "A"),
        ...Object.fromEntries(
          Array.from({ length: size }, (_, n) => [`content/p${n}.md`, page(`a ${n}`, `A ${n}`)]),
        ),
      });
      const out = path.join(folder, "_site");
      await publish(out, (building) => writeFile(path.join(building, "index.html"), "The old site."));
      const before = await fingerprint(out);
      const program = path.join(folder, "pagefind.mjs");
      await writeFile(program, `#!${process.execPath}\n${ENDINGS[how]}\n`);
      await chmod(program, 0o755);
      process.env.PAGEFIND_EXTENDED_BINARY_PATH = program;
      try {
        const { status, errors } = await runBuild(folder, "--quiet");
        assert.equal(
          errors,
          "Pagefind, which makes the search index, ended before it was done; run the command again; where memory is short, close other programs first\n",
        );
        assert.equal(status, 1);
      } finally {
        delete process.env.PAGEFIND_EXTENDED_BINARY_PATH;
      }
      assert.equal(await fingerprint(path.join(folder, "_site")), before);
      assert.deepEqual((await readdir(folder)).sort(), ["_site", "content", "pagefind.mjs"]);
    });
  });
}
