/** What a command costs, of real processes. At least what they are made to take, and how long they take nobody asks. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { measure, measureAll } from "../../scripts/site/bench/measure.ts";
import { inFolder } from "../support/content.ts";

const node = (script: string) => ({ command: [process.execPath, "-e", script] });
/** Holds the processor for a while that is counted in its own time. */
const BUSY = "while (process.cpuUsage().user < 300_000);";
const onLinux = { skip: process.platform !== "linux" && "only Linux tells" };

test("processor time and memory are those of all processes that a command starts", onLinux, async () => {
  const child = `const held = Buffer.alloc(60 << 20, 1); ${BUSY} setTimeout(() => held, 1000)`;
  const parent = `
    const held = Buffer.alloc(60 << 20, 1);
    require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}]);
    ${BUSY} setTimeout(() => held, 1000)`;
  const cost = await measure(node(parent));
  assert.ok(cost.cpuMs! >= 600, `${cost.cpuMs} ms`);
  assert.ok(cost.peakBytes! > 120 * 2 ** 20, `${cost.peakBytes} bytes`);
  assert.ok(cost.peakBytes! < 500 * 2 ** 20, `${cost.peakBytes} bytes`);
});

test("of a child that outlives its parent the time counts, and it is waited for", onLinux, async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, "done");
    const child = `${BUSY} setTimeout(() => require("fs").writeFileSync(${JSON.stringify(file)}, ""), 1000)`;
    const parent = `
      const { spawn } = require("child_process");
      spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "ignore" }).unref()`;
    const cost = await measure(node(parent));
    assert.ok(cost.cpuMs! >= 300, `${cost.cpuMs} ms`);
    assert.deepEqual(await readdir(folder), ["done"]);
  });
});

test("one command after the other costs the sum of the times and the greater memory", onLinux, async () => {
  const large = "const held = Buffer.alloc(90 << 20, 1); setTimeout(() => held, 1000)";
  const cost = await measureAll([node(large), node(BUSY)]);
  assert.ok(cost.cpuMs! >= 300, `${cost.cpuMs} ms`);
  assert.ok(cost.peakBytes! > 90 * 2 ** 20 && cost.peakBytes! < 300 * 2 ** 20, `${cost.peakBytes} bytes`);
});

test("a command that fails, or is stopped, gives no figures", async () => {
  await assert.rejects(measure(node("process.exit(3)")), /ended with 3$/);
  const stopping = new AbortController();
  const measured = measure(node("setTimeout(() => {}, 60_000)"), stopping.signal);
  stopping.abort();
  await assert.rejects(measured, { name: "AbortError" });
});
