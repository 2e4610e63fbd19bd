/** The search index where Pagefind, a process of its own, ends before its time. */
import assert from "node:assert/strict";
import { chmod, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { fingerprint, runBuild } from "../support/command.ts";
import { inFolder, page, writeFiles } from "../support/content.ts";

const ENDINGS: Record<string, string> = {
  "at once": "exit 1",
  "in the middle of a page": "head -c 1000 >/dev/null; exit 0",
  "without a word, having read all": "cat >/dev/null & sleep 1; exit 0",
  "by a signal": "head -c 1000 >/dev/null; kill -9 $$",
};

for (const [how, script] of Object.entries(ENDINGS)) {
  test(`Pagefind that ends ${how}: one sentence, and the old site stays`, async () => {
    await inFolder(async (folder) => {
      await writeFiles(folder, {
        "content/index.md": page("a", "A"),
        "content/plan.md": page("b\n\n".repeat(900)),
      });
      assert.equal((await runBuild(folder)).status, 0);
      const before = await fingerprint(path.join(folder, "_site"));
      const program = path.join(folder, "pagefind.sh");
      await writeFile(program, `#!/bin/sh\n${script}\n`);
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
      assert.deepEqual((await readdir(folder)).sort(), ["_site", "content", "pagefind.sh"]);
    });
  });
}
