/**
 * `npm start`: the site at http://localhost:8080, built anew at every save. Each build is a process of its own, so
 * that a change of the TypeScript under scripts/ counts at once; it goes to a folder of its own and never to `_site/`.
 */
import { spawn } from "node:child_process";
import { promises as fs } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { watch } from "chokidar";
import { readOptions } from "./site/command.ts";
import { serveFile } from "./site/static-server.ts";
import { escapeHtml } from "./site/text.ts";

const PROJECT = fileURLToPath(new URL("../", import.meta.url));
const PORTS_TO_TRY = 20;
const LIVE_SCRIPT = "/.live.js";
const LIVE_EVENTS = "/.live";

const { content, port: wanted } = readOptions("usage: npm start -- [--content DIR] [--port N]", [
  "content",
  "port",
]);
const folder = await fs.mkdtemp(path.join(os.tmpdir(), "connected-learning-"));
const out = path.join(folder, "site");

let isStopping = false;
/** What is wrong with the content as it is now; "" when nothing is. */
let problems = "";
const readers = new Set<ServerResponse>();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);

const port = await listen();
console.log(`Serving ${content}/ at http://localhost:${port}/ (stop with Ctrl+C)`);
await rebuild();
watchFiles();

async function rebuild(): Promise<void> {
  const began = performance.now();
  const { status, text } = await runBuild();
  if (isStopping) return;
  if (text) console.error(text);
  // In the page only what stops the build; warnings are for the terminal.
  const errors = text.split("\n").filter((line) => !line.startsWith("warning: "));
  problems = status === 0 ? "" : errors.join("\n") || `the build ended with status ${status}`;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (status === 0) console.log(`Built in ${seconds} s`);
  else if (await isBuilt()) console.log("The last good build is still being served");
  for (const reader of readers) tell(reader);
}

function runBuild(): Promise<{ status: number | null; text: string }> {
  const build = path.join(PROJECT, "scripts/build.ts");
  const args = ["--import", "tsx", build, "--content", content, "--out", out, "--drafts", "--quiet"];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
    let text = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    child.on("close", (status) => resolve({ status, text: text.trim() }));
  });
}

/** One build at a time; what changes during one is built after it. */
function watchFiles(): void {
  let isBuilding = false;
  let isChanged = false;
  let timer: NodeJS.Timeout | undefined;
  const build = async () => {
    if (isBuilding) return;
    isBuilding = true;
    while (isChanged) {
      isChanged = false;
      await rebuild();
    }
    isBuilding = false;
  };
  const watched = [
    content,
    ...["layouts", "assets", "scripts", ".eleventy.ts"].map((name) => path.join(PROJECT, name)),
  ];
  watch(watched, { ignoreInitial: true, ignored: /(^|[/\\])(?:node_modules|\.git)([/\\]|$)/ }).on(
    "all",
    () => {
      isChanged = true;
      clearTimeout(timer);
      timer = setTimeout(() => void build(), 60);
    },
  );
}

/** Listens on this machine only, on the first free port; both ways in which "localhost" may resolve. */
async function listen(): Promise<number> {
  for (let port = wanted; port < wanted + PORTS_TO_TRY; port++) {
    if (!(await listenOn("127.0.0.1", port))) {
      console.log(`Port ${port} is taken`);
      continue;
    }
    await listenOn("::1", port);
    return port;
  }
  console.error(
    `The ports ${wanted} to ${wanted + PORTS_TO_TRY - 1} are all taken; name another: npm start -- --port N`,
  );
  process.exit(1);
}

function listenOn(host: string, port: number): Promise<boolean> {
  const server = createServer((request, response) => {
    // Another site's page must not read this one by pointing its own name here.
    if (!/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(request.headers.host ?? "")) {
      response.writeHead(403).end();
    } else if (request.url === LIVE_EVENTS) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
      readers.add(response);
      request.on("close", () => readers.delete(response));
      tell(response, true);
    } else if (request.url === LIVE_SCRIPT) {
      response.writeHead(200, { "content-type": "text/javascript" }).end(liveScript);
    } else {
      void answer(request, response);
    }
  });
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, host, () => resolve(true));
  });
}

async function answer(
  ...[request, response]: Parameters<Parameters<typeof createServer>[1] & object>
): Promise<void> {
  if (await isBuilt()) return serveFile(out, request, response, { transform: addLiveScript });
  response.writeHead(503, { "content-type": "text/html; charset=utf-8" });
  response.end(
    addLiveScript(
      `<!DOCTYPE html><html lang="en"><head><title>Not built yet</title></head><body><pre>${escapeHtml(problems || "Building …")}</pre></body></html>`,
    ),
  );
}

/** A page that stands alone has a policy without scripts: here it has none, so that it can be reloaded too. */
const addLiveScript = (html: string) =>
  html
    .replace(/<meta http-equiv="Content-Security-Policy" content="(?:(?!script-src)[^"])*">/, "")
    .replace("</head>", `<script src="${LIVE_SCRIPT}" defer></script></head>`);

/** Tells a page to reload, or what is wrong. The first word on a new connection never reloads. */
function tell(reader: ServerResponse, isFirst = false): void {
  const message = problems ? { problems } : isFirst ? { problems: "" } : { reload: true };
  reader.write(`data: ${JSON.stringify(message)}\n\n`);
}

const isBuilt = () =>
  fs.access(out).then(
    () => true,
    () => false,
  );

async function stop(): Promise<void> {
  isStopping = true;
  await fs.rm(folder, { recursive: true, force: true });
  process.exit(0);
}

/** In the page: reload after a good build, show what is wrong after a bad one. */
const liveScript = `(() => {
  let notice;
  new EventSource(${JSON.stringify(LIVE_EVENTS)}).onmessage = (event) => {
    const { reload, problems } = JSON.parse(event.data);
    if (reload) return location.reload();
    notice?.remove();
    if (!problems) return;
    notice = document.createElement("pre");
    notice.id = "live-problems";
    notice.setAttribute("role", "alert");
    notice.textContent = problems;
    Object.assign(notice.style, {
      position: "fixed", inset: "auto 0 0 0", zIndex: 9, margin: 0, maxHeight: "60vh", overflow: "auto",
      padding: "1rem 1.5rem", background: "#7a1420", color: "#fff", font: "14px/1.5 monospace", whiteSpace: "pre-wrap",
    });
    document.body.append(notice);
  };
})();`;
