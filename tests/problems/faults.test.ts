/**
 * The machine's own faults: at each call to the file system that a build makes, one that fails. The old site stays
 * whole, nothing is left beside it, and what is said is one sentence.
 */
import assert from "node:assert/strict";
import disk, { promises as fs } from "node:fs";
import { readdir } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { sayFault } from "../../scripts/site/problems/faults.ts";
import { buildSite } from "../../scripts/site/site.ts";
import { fingerprint } from "../support/command.ts";
import { errorsOf, inFolder, inWorkingDirectory, page, writeFiles } from "../support/content.ts";
import { temporaryFolder } from "../support/sites.ts";

const CODES = ["EACCES", "EROFS", "ENOSPC", "EMFILE", "ENOENT", "EIO", "EDQUOT", "EBUSY"] as const;
/** What a build changes the disk with, and reads it with. */
const CALLS = ["writeFile", "mkdir", "rename", "copyFile", "rmdir", "readFile", "readdir"] as const;
/** Those for which it waits. */
const CALLS_AT_ONCE = ["writeFileSync", "mkdirSync"] as const;
type Call = (typeof CALLS)[number] | (typeof CALLS_AT_ONCE)[number];

/** Lets the call of a name and number fail once. The answer tells whether it came to that, and ends it. */
function failAt(name: Call, number: number, code: string): () => boolean {
  const isAtOnce = name.endsWith("Sync");
  const calls = (isAtOnce ? disk : fs) as unknown as Record<string, (...args: unknown[]) => unknown>;
  const original = calls[name]!;
  let left = number;
  let isFailed = false;
  calls[name] = (...args: unknown[]) => {
    if (left-- !== 0) return original.apply(calls, args);
    isFailed = true;
    const fault = new Error(`${code}: injected`);
    Object.assign(fault, { code, path: String(args[0]), syscall: name });
    if (isAtOnce) throw fault;
    return Promise.reject(fault);
  };
  syncBuiltinESMExports();
  return () => {
    calls[name] = original;
    syncBuiltinESMExports();
    return isFailed;
  };
}

test("a call that fails anywhere in a build leaves the old site or the new one, whole, and says so in a sentence", async () => {
  await inFolder(async (folder) => {
    const out = path.join(folder, "_site");
    const write = (version: string) =>
      writeFiles(path.join(folder, "content"), {
        "index.md": page(`Version ${version}. [The plan](plan.pdf)`),
        "one.md": page("One"),
        "plan.pdf": version,
      });
    const build = () =>
      inWorkingDirectory(folder, () => buildSite({ content: "content", out: "_site", drafts: false }));
    process.env.SOURCE_DATE_EPOCH = "1700000000";
    await write("b");
    await build();
    await fs.writeFile(path.join(out, "CNAME"), "training.example.org");
    const next = await fingerprint(out);
    await write("a");
    await build();
    const old = await fingerprint(out);
    const kept = path.join(await temporaryFolder(), "site");
    await fs.cp(out, kept, { recursive: true });
    await write("b");

    let turns = 0;
    let faults = 0;
    for (const name of [...CALLS, ...CALLS_AT_ONCE]) {
      for (let number = 0; ; number += 1 + number) {
        const code = CODES[turns++ % CODES.length]!;
        const end = failAt(name, number, code);
        const told: string[] = [];
        try {
          const { site } = await build();
          told.push(...errorsOf(site));
        } catch (error) {
          told.push(sayFault(error));
        }
        if (!end()) break;
        const where = `${name} number ${number}: ${code}`;
        faults += told.length ? 1 : 0;
        for (const sentence of told) {
          assert.doesNotMatch(sentence, /\n|this program failed|building-/, where);
        }
        // What failed while the old site was being cleared away is put right by the next build.
        const prints = [await fingerprint(out), await fingerprint(`${out}.previous`)];
        const isNew = prints[0] !== old;
        if (prints[0] === undefined) assert.equal(prints[1], old, where);
        if (isNew) {
          await build();
          assert.equal(await fingerprint(out), next, where);
          await fs.rm(out, { recursive: true });
          await fs.cp(kept, out, { recursive: true });
        }
        assert.equal(await fs.readFile(path.join(out, "CNAME"), "utf8"), "training.example.org", where);
        assert.equal(await fingerprint(out), old, where);
        const beside = (await readdir(folder)).filter((one) => one !== "content" && one !== "_site");
        assert.deepEqual(beside, [], where);
      }
    }
    assert.ok(faults > 20, `${faults} faults were told`);
  });
});
