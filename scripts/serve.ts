/**
 * `npm start`: the site at http://localhost:8080, built anew at every save. Each build is a process of its own, so
 * that a change of the TypeScript under scripts/ counts at once; it goes to a folder of its own and never to `_site/`.
 * The parts are in site/preview/.
 */
import { rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { complain, readOptions, say } from "./site/command/command.ts";
import { Builder } from "./site/preview/builder.ts";
import { makeFolder, removeFolder } from "./site/preview/folder.ts";
import { follow, lookAt } from "./site/preview/follow.ts";
import { Readers } from "./site/preview/live.ts";
import { whenNpmIsGone } from "./site/preview/npm.ts";
import { answerFrom, listen, newsOf } from "./site/preview/server.ts";

const PROJECT = fileURLToPath(new URL("../", import.meta.url));
/** Beside the content, what a build is made with; npm writes the last when it has installed other versions. */
const PROGRAM = [
  "layouts",
  "assets",
  "scripts",
  ".eleventy.ts",
  "package.json",
  "tsconfig.json",
  "node_modules/.package-lock.json",
];

const { content, port: wanted } = readOptions("usage: npm start -- [--content DIR] [--port N]", [
  "content",
  "port",
]);

// Who reads the terminal may be gone; the preview is still there for the browser.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const folder = await makeFolder().catch((error: Error) =>
  giveUp(
    `The preview needs a folder for what it builds, and none can be made in ${os.tmpdir()}: ${error.message}; name another place: TMPDIR=DIR npm start`,
  ),
);
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const build = path.join(PROJECT, "scripts/build.ts");
const builder = new Builder(
  [
    process.execPath,
    "--import",
    import.meta.resolve("tsx"),
    build,
    "--content",
    content,
    "--drafts",
    "--quiet",
  ],
  folder,
);
const readers = new Readers();
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
whenNpmIsGone(stop);

const { port } = await listen(answerFrom(builder, readers), wanted).catch((error: Error) =>
  giveUp(error.message),
);
// Every fault that is known is dealt with in its place. One that is not costs a line, not the preview.
process.on("uncaughtException", (error) => complain(`The preview met a fault and goes on: ${error.message}`));
say(`Serving ${content}/ at http://localhost:${port}/ (stop with Ctrl+C)`);
const watched = [content, ...PROGRAM.map((name) => path.join(PROJECT, name))];
await follow(
  () => lookAt(watched),
  async () => {
    await builder.build();
    readers.tellAll(newsOf(builder));
  },
  stopping.signal,
);

async function stop(): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  await builder.stop();
  await removeFolder(folder).catch(() => {});
  process.exit(0);
}

function giveUp(reason: string): never {
  complain(reason);
  process.exit(1);
}
