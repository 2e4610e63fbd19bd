/**
 * The process that makes a preview's site: `builder-process.ts CONTENT NAME`. It follows what is saved, tells the
 * server how each update went, and answers what the server asks. It lives as long as the server does.
 */
import { endWithServer } from "./end-with-server.ts";
import { follow } from "./follow.ts";
import type { FromBuilder, ToBuilder } from "./messages.ts";
import { Workshop } from "./workshop.ts";

const [content, name] = process.argv.slice(2) as [string, string];
const workshop = new Workshop(content, name);
const resting = new AbortController();

endWithServer();
process.on("message", async (message: ToBuilder) => {
  if ("rest" in message) resting.abort();
  else tell({ answered: message.ask, answer: await workshop.answer(message.target) });
});

await follow(
  workshop.look,
  async (seen) => {
    const began = performance.now();
    const again = await workshop.update(seen);
    tell({ made: workshop.made, ms: performance.now() - began });
    return again;
  },
  resting.signal,
);

function tell(message: FromBuilder): void {
  // A server that is gone is heard of by the end of the connection.
  process.send?.(message, undefined, undefined, () => {});
}
