/** `scripts/run.mjs`, which every command is run by: it compiles what changed, and only then. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFile, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { before, test } from "node:test";
import { page, writeFiles } from "../support/content.ts";
import { copyOfProject } from "../support/project.ts";

let copy: string;
before(async () => {
  copy = await copyOfProject();
  await writeFiles(copy, { "content/a.md": page("Text.\n") });
});

const compiled = () => readdir(path.join(copy, ".cache/compiled"));

function check(): Promise<{ status: number | null; said: string }> {
  const child = spawn(process.execPath, ["scripts/run.mjs", "scripts/check.ts"], { cwd: copy });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, said })));
}

test("a command is compiled once, by however many processes, and again when a source has changed", async () => {
  const clean = { status: 0, said: "No errors, no warnings\n" };
  assert.deepEqual(await Promise.all([check(), check(), check()]), [clean, clean, clean]);
  assert.equal((await compiled()).length, 1);
  const [name] = await compiled();
  const before = path.join(copy, ".cache/compiled", name!);
  await utimes(before, 0, 0);
  assert.deepEqual(await check(), clean);
  assert.deepEqual(await compiled(), [name]);
  assert.ok((await stat(before)).mtimeMs > 0, "it is as old as its last start");

  const file = path.join(copy, "scripts/site/check/formats.ts");
  const text = await readFile(file, "utf8");
  assert.ok(text.includes("No errors"));
  await writeFile(file, text.replace("No errors", "Not an error"));
  assert.deepEqual(await check(), { status: 0, said: "Not an error, no warnings\n" });
  assert.equal((await compiled()).length, 2);
});

test("what was last started more than a day ago is taken away", async () => {
  const old = new Date(Date.now() - 25 * 60 * 60_000);
  for (const name of await compiled()) await utimes(path.join(copy, ".cache/compiled", name), old, old);
  await appendFile(path.join(copy, "scripts/check.ts"), "\n");
  assert.equal((await check()).status, 0);
  assert.equal((await compiled()).length, 1);
});

test("a mistake is told with its file and line, and nothing is kept of it", async () => {
  const file = path.join(copy, "scripts/check.ts");
  const text = await readFile(file, "utf8");
  await appendFile(file, "const }{ = 1;\n");
  const { status, said } = await check();
  await writeFile(file, text);
  assert.equal(status, 1);
  assert.match(said, /scripts\/check\.ts:\d+:6:/);
  assert.doesNotMatch(said, /\bat .*run\.mjs/);
  assert.equal((await compiled()).length, 1);
});

test("a folder that cannot be written is one sentence", async () => {
  const cache = path.join(copy, ".cache");
  await rm(cache, { recursive: true });
  await writeFile(cache, "");
  const { status, said } = await check();
  assert.equal(status, 1);
  assert.match(said, /compiled: .*cannot be written \((?:ENOTDIR|EEXIST)\); make it a folder that can.*\n$/);
  assert.equal(said.split("\n").length, 2);
});
