/**
 * `npm start`: the site at http://localhost:8080, following every save. A process makes it in memory, and again of what
 * was saved; when the program itself was saved, that process gives way to another. Search follows a moment later. The
 * parts are in site/preview/.
 */
import { rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { complain, readOptions, say } from "./site/command/command.ts";
import { Builder } from "./site/preview/builder.ts";
import { makeFolder, removeFolder } from "./site/preview/folder.ts";
import { follow } from "./site/preview/follow.ts";
import { Readers } from "./site/preview/live.ts";
import { lookAt } from "./site/preview/look.ts";
import { whenNpmIsGone } from "./site/preview/npm.ts";
import { Search } from "./site/preview/search.ts";
import { answerFrom, listen, newsOf } from "./site/preview/server.ts";
import { PROJECT, runOf } from "./site/project.ts";

/** What the process that makes the site is made of itself; npm writes the last when it has installed other versions. */
const PROGRAM = [
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

const readers = new Readers();
const builder = new Builder([...programOf("builder-process.ts"), content], path.basename(folder), () => {
  if (!builder.problems) search.follow(builder.site?.id ?? "");
  tellReaders();
});
const search = new Search(
  [...programOf("search-process.ts"), "--content", content, "--drafts", "--quiet"],
  folder,
  tellReaders,
);
const shown = {
  get site() {
    return builder.site;
  },
  get css() {
    return builder.css;
  },
  get problems() {
    return builder.problems;
  },
  search,
};
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
whenNpmIsGone(stop);

const { port } = await listen(answerFrom(shown, readers), wanted).catch((error: Error) =>
  giveUp(error.message),
);
// Every fault that is known is dealt with in its place. One that is not costs a line, not the preview.
process.on("uncaughtException", (error) => complain(`The preview met a fault and goes on: ${error.message}`));
say(`Serving ${content}/ at http://localhost:${port}/ (stop with Ctrl+C)`);
const watched = PROGRAM.map((name) => path.join(PROJECT, name));
await follow(
  () => lookAt(watched),
  async () => builder.start(),
  stopping.signal,
);

function tellReaders(): void {
  readers.tellAll(newsOf(shown));
}

/** How a process of the preview's is started. */
function programOf(name: string): string[] {
  return [process.execPath, ...runOf(`scripts/site/preview/${name}`)];
}

async function stop(): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  await Promise.all([builder.stop(), search.stop()]);
  await removeFolder(folder).catch(() => {});
  process.exit(0);
}

function giveUp(reason: string): never {
  complain(reason);
  process.exit(1);
}
