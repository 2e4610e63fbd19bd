/** What hosts run of the project: workflows and the container name what is there. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { PROJECT } from "../../scripts/site/project.ts";

const WORKFLOWS = path.join(PROJECT, ".github/workflows");

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { steps: { run?: string; uses?: string }[] }>;
}

const read = (file: string) => readFile(path.join(PROJECT, file), "utf8");
const scriptsIn = (text: string) =>
  [...text.matchAll(/npm run (?:--silent )?(\w+)/g)].map(([, name]) => name!);

test("workflows ask for few rights, and run commands that the project has", async () => {
  const { scripts } = JSON.parse(await read("package.json")) as { scripts: Record<string, string> };
  const names = await readdir(WORKFLOWS);
  assert.deepEqual(names.sort(), ["check.yml", "publish.yml", "release.yml"]);
  for (const name of names) {
    const { permissions, jobs } = parse(await readFile(path.join(WORKFLOWS, name), "utf8")) as Workflow;
    assert.ok(permissions.contents, name);
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const runs = steps.flatMap(({ run }) => run ?? []).join("\n");
    const run = scriptsIn(runs);
    assert.ok(run.length > 0, name);
    for (const script of run) assert.ok(scripts[script], `${name}: ${script}`);
    // An author's words reach no shell.
    assert.doesNotMatch(runs, /\$\{\{/, name);
  }
  assert.match(scriptsIn(await read(".github/workflows/check.yml")).join(), /^check$/);
});

test("the container is made of files that are there, and its server is the one of the release", async () => {
  const lines = (await read("scripts/container/Containerfile")).split("\n");
  const copied = lines
    .filter((line) => /^COPY (?!--from)/.test(line))
    .flatMap((line) => line.split(" ").slice(1, -1));
  assert.ok(copied.length > 5);
  for (const file of copied) assert.ok(existsSync(path.join(PROJECT, file)), file);
  assert.match(
    await read("scripts/container/server.conf"),
    /listen 8080;[\s\S]*include snippets\/training\.conf;/,
  );
});
