/** Two pieces of work at the same time: both are waited for, and the first fault is the one that is told. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { together } from "../../scripts/site/threads/together.ts";

test("both results come in their order", async () => {
  assert.deepEqual(
    await together(
      async () => pause(5, "a"),
      async () => 1,
    ),
    ["a", 1],
  );
});

for (const isFirst of [true, false]) {
  test(`when the ${isFirst ? "first" : "second"} fails, the other is told, and has ended before the fault is thrown`, async () => {
    let hasEnded = false;
    const fails = async () => {
      throw new Error("the fault");
    };
    const other = async (signal: AbortSignal) => {
      while (!signal.aborted) await pause(1);
      await pause(5);
      hasEnded = true;
      throw new Error("told by the signal");
    };
    await assert.rejects(isFirst ? together(fails, other) : together(other, fails), /the fault/);
    assert.ok(hasEnded);
  });
}
