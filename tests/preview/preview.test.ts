/** The parts of `npm start`: any request is answered from inside the site, any save is seen, other sites are kept out. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmod,
  mkdir,
  readdir,
  readlink,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { get, type IncomingMessage, type RequestListener } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { readRange } from "../../scripts/site/output/range.ts";
import { findFile, openAs, readTarget, serveFile } from "../../scripts/site/output/static-server.ts";
import { Builder, type PreviewSite } from "../../scripts/site/preview/builder.ts";
import { makeFolder } from "../../scripts/site/preview/folder.ts";
import { follow } from "../../scripts/site/preview/follow.ts";
import { GUARD_HEADERS, refusalOf } from "../../scripts/site/preview/guard.ts";
import { Readers } from "../../scripts/site/preview/live.ts";
import { lookAt, type Stamps } from "../../scripts/site/preview/look.ts";
import { Search } from "../../scripts/site/preview/search.ts";
import { answerFrom, listen, makeServer, newsOf, type Shown } from "../../scripts/site/preview/server.ts";
import { openBrowser } from "../support/browser.ts";
import { inFolder, writeFiles } from "../support/content.ts";
import { Random } from "../support/random.ts";
import { temporaryFolder } from "../support/sites.ts";

/** Says which requests a failed run made: PREVIEW_SEED=… repeats them. */
const seed = Number(process.env.PREVIEW_SEED) || Date.now() % 1_000_000;
const ODD_REQUESTS = 3_000;
const SWAPS = 200;
const SECRET = "nobody may read this";
const BIG = 64_000_000;

let folder: string;
let shown: Shown;
let port: number;
let readers: Readers;

before(async () => {
  const temporary = await temporaryFolder();
  folder = path.join(temporary, "site");
  await writeFiles(temporary, {
    "secret.txt": SECRET,
    "secrets/index.html": SECRET,
    "site-2/index.html": SECRET,
    "site/index.html": "<html><head></head><body>front door</body></html>",
    "site/404.html": "<html><head></head><body>no such page</body></html>",
    "site/a b.html": "<html><head></head><body>blank</body></html>",
    "site/ü/index.html": "<html><head></head><body>letter</body></html>",
    "site/evil.org/sub/index.html": "<html><head></head><body>inside</body></html>",
    "site/film.mp4": "0123456789",
    "site/empty.txt": "",
    "site/pagefind/engine.js": "globalThis.stolen = true;",
  });
  await writeFile(path.join(folder, "big.mp4"), "");
  await truncate(path.join(folder, "big.mp4"), BIG);
  if (process.platform !== "win32") {
    await symlink("../secret.txt", path.join(folder, "link.txt"));
    await symlink("../secrets", path.join(folder, "links"));
    await symlink("loop", path.join(folder, "loop"));
    spawnSync("mkfifo", [path.join(folder, "pipe")]);
  }
  shown = shownOf(siteIn(folder, "first"));
  readers = new Readers();
  port = await startServer(answerFrom(shown, readers));
});

/** A site that a folder holds. */
const siteIn = (root: string, id: string): PreviewSite => ({
  id,
  find: async (target) => ({ ...(await findFile(root, target)), built: id }),
});

const shownOf = (site: PreviewSite | undefined): Shown => ({
  site,
  css: "",
  problems: "",
  search: { built: site?.id ?? "", problems: "", find: (target) => findFile(folder, target) },
});

/** A server on a free port of this machine, which does not keep the tests from ending. */
async function startServer(listener: RequestListener): Promise<number> {
  const server = makeServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return (server.address() as AddressInfo).port;
}

/** Waits for what must come; long after it should have, it will not. */
async function until(what: string, isSo: () => unknown): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < end, what);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const CONTINUE = /^HTTP\/1\.1 100 Continue\r\n\r\n/;

/** All that a server answers to these bytes, until it closes the connection. */
function exchange(bytes: string | Buffer, to = port): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(to, "127.0.0.1");
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    // A server may close before it has read all; what it said before that counts.
    socket.on("error", () => {});
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1").replace(CONTINUE, "")));
    socket.setTimeout(30_000, () => socket.destroy());
    socket.write(bytes);
  });
}

const ask = (target: string, { method = "GET", headers = [] as string[], to = port } = {}) =>
  exchange(
    [`${method} ${target} HTTP/1.1`, `host: localhost:${to}`, "connection: close", ...headers, "", ""].join(
      "\r\n",
    ),
    to,
  );

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
const bodyOf = (answer: string) => answer.slice(answer.indexOf("\r\n\r\n") + 4);

/** Files below a folder that this process has open; none where the system does not tell. */
async function openFilesIn(root: string): Promise<string[]> {
  if (process.platform !== "linux") return [];
  const links = (await readdir("/proc/self/fd")).map((name) =>
    readlink(`/proc/self/fd/${name}`).catch(() => ""),
  );
  return (await Promise.all(links)).filter((file) => file.startsWith(root));
}

/** Node closes in the end what was forgotten, and says so: that is no way to keep order. */
const forgotten: string[] = [];
process.on("warning", ({ message }) => {
  if (/garbage collection/.test(message)) forgotten.push(message);
});

async function allClosed(): Promise<void> {
  await until("all files are closed", async () => !(await openFilesIn(folder)).length);
  assert.deepEqual(forgotten, []);
}

test(`${ODD_REQUESTS} odd requests are all answered, from inside the folder (seed ${seed})`, async () => {
  const random = new Random(seed);
  for (let done = 0; done < ODD_REQUESTS; ) {
    const requests = Array.from({ length: 30 }, () => oddRequest(random));
    const answers = await Promise.all(requests.map((request) => exchange(request)));
    for (const [index, answer] of answers.entries()) {
      const request = requests[index]!.toString("latin1");
      assert.match(answer, /^HTTP\/1\.1 (?:200|206|301|400|403|404|405|416|417|431|501|505) /, request);
      assert.ok(!answer.includes(SECRET), request);
      const location = /^location: (.*)$/im.exec(answer)?.[1];
      if (location) assert.match(location, /^\/[^/\\]/, request);
    }
    done += answers.length;
  }
  assert.match(await ask("/"), /front door/);
  await allClosed();
});

const words = (text: string) => text.split(" ");

const METHODS = words("GET GET GET GET HEAD POST PUT OPTIONS TRACE CONNECT PROPFIND BREW");
const STARTS = words(
  "/ / / / // /// /\\ \\ * ? # http://localhost/ http://evil.org/ //evil.org/ localhost:80 ",
);
const PARTS = [
  ...words(
    ".. .  %2e%2e %2E. ..%2f %2f %5c ..%5c..%5c \\ ..\\ %00 \0 % %zz %ff %c3%28 %ed%a0%80 %c0%ae%c0%ae %252e%252e a%20b.html %c3%bc \xfc \xc3\xbc index.html film.mp4 evil.org sub empty.txt link.txt links loop pipe site-2 secret.txt secrets : C: C:%5c film.mp4::$DATA CON ~ $ \u007f <script> '\"",
  ),
  "a b.html",
  "x".repeat(300),
  "%41".repeat(2_000),
  "y/".repeat(3_000),
];
const ENDS = words("   / // /. /.. ? ?/../.. # ?a=% ;x %3f %23");
const HEADERS = [
  ...["0-", "-1", "5-2", "99-", "0-0,2-3", "-", `${"9".repeat(400)}-`].map(
    (range) => `range: bytes=${range}`,
  ),
  ...["range: lines=1-2", 'if-range: "x"', "if-none-match: *", "expect: 100-continue", "expect: nothing"],
  ...["upgrade: websocket\r\nconnection: upgrade", "content-length: 5", "content-length: -1"],
  ...["transfer-encoding: chunked", "origin: null", "origin: http://evil.org", "host: evil.org"],
  ...["sec-fetch-site: cross-site", "sec-fetch-site: same-origin", "sec-fetch-dest: iframe"],
  ...["sec-fetch-mode: navigate", `x: ${"z".repeat(20_000)}`, "bad header", ": none"],
];

function oddRequest(random: Random): Buffer {
  const target = `${random.pick(STARTS)}${random.times(4, () => random.pick(PARTS) + random.pick(["/", "/", "", "%2f", "\\"]))}${random.pick(ENDS)}`;
  const version = random.pick(["HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "HTTQ/1.1", ""]);
  const host = random.pick([
    `host: localhost:${port}`,
    `host: 127.0.0.1:${port}`,
    "host: [::1]",
    "host: evil.org",
    "host:",
    "x: y",
  ]);
  const headers = Array.from({ length: random.below(3) }, () => random.pick(HEADERS));
  const lines = [
    `${random.pick(METHODS)} ${target} ${version}`,
    host,
    ...headers,
    "connection: close",
    "",
    "",
  ];
  return Buffer.from(lines.join("\r\n"), "latin1");
}

test("the path of a target is read as it is meant, or not at all", () => {
  const cases: [string, string | number][] = [
    ["/", "/"],
    ["/a%20b/c.html?d=/../e#f", "/a b/c.html"],
    ["/%C3%BC/", "/ü/"],
    ["/a/?\n", "/a/"],
    ["/..", 404],
    ["/a/../../b", 404],
    ["/%2e%2e/b", 404],
    ["/..%2fb", 404],
    ["/a%5c..%5cb", 404],
    ["/a\\b", 404],
    ["//evil.org/sub", 404],
    ["/a//b", 404],
    ["/%00", 400],
    ["/%ff", 400],
    ["/%", 400],
    ["*", 400],
    ["", 400],
    ["http://localhost/", 400],
  ];
  for (const [target, expected] of cases) assert.equal(readTarget(target), expected, target);
});

test("what is no file of the site is a plain 404 or 400, and a folder is led to by a path of our own", async () => {
  const cases: [string, number][] = [
    ["/link.txt", 404],
    ["/links/", 404],
    ["/links/index.html", 404],
    ["/links", 404],
    ["/loop", 404],
    ["/pipe", 404],
    ["/index.html/", 404],
    [`/${"x".repeat(300)}`, 404],
    [`/${"x/".repeat(4_000)}`, 404],
    ["//evil.org/sub", 404],
    ["/%5cevil.org/sub", 404],
    ["/evil.org/", 404],
    ["/%00", 400],
    ["/%ff", 400],
    ["http://evil.org/sub", 400],
  ];
  for (const [target, status] of cases) assert.equal(statusOf(await ask(target)), status, target);
  assert.match(await ask("/nowhere"), /no such page.*/);
  assert.match(await ask("/evil.org/sub?a"), /^HTTP\/1\.1 301 .*\r\nlocation: \/evil\.org\/sub\/\r\n/s);
  assert.match(await ask("/%C3%BC"), /\r\nlocation: \/%C3%BC\/\r\n/);
});

test("methods other than GET and HEAD are refused by name", async () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE"]) {
    const answer = await ask(method === "CONNECT" ? "localhost:80" : "/", { method });
    assert.match(answer, /^HTTP\/1\.1 405 .*\r\nallow: GET, HEAD\r\n/is, method);
  }
  const head = await ask("/film.mp4", { method: "HEAD" });
  assert.match(head, /\r\ncontent-length: 10\r\n/);
  assert.equal(bodyOf(head), "");
  assert.equal(bodyOf(await ask("/.live", { method: "HEAD" })), "");
});

test("a film can be read from any place in it", async () => {
  const asked = async (range: string, ...headers: string[]) => {
    const answer = await ask("/film.mp4", { headers: [`range: ${range}`, ...headers] });
    return [statusOf(answer), /^content-range: (.*)$/im.exec(answer)?.[1], bodyOf(answer)];
  };
  assert.deepEqual(await asked("bytes=2-4"), [206, "bytes 2-4/10", "234"]);
  assert.deepEqual(await asked("bytes=7-"), [206, "bytes 7-9/10", "789"]);
  assert.deepEqual(await asked("bytes=-3"), [206, "bytes 7-9/10", "789"]);
  assert.deepEqual(await asked("bytes=-99"), [206, "bytes 0-9/10", "0123456789"]);
  assert.deepEqual(await asked("bytes=10-"), [416, "bytes */10", ""]);
  assert.deepEqual(await asked("bytes=2-4", 'if-range: "x"'), [200, undefined, "0123456789"]);
  assert.deepEqual(await asked("bytes=0-1,4-5"), [200, undefined, "0123456789"]);
  assert.equal(readRange("bytes=-0", 10), "none");
  assert.equal(readRange("bytes=0-", 0), "none");
});

test("a download that is broken off, or whose file is cut short, leaves no file open and nobody waiting", async () => {
  const begin = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const request = get(
        { port, host: "127.0.0.1", path: "/big.mp4", headers: { host: "localhost" } },
        resolve,
      );
      request.on("error", reject);
    });
  const broken = await Promise.all(Array.from({ length: 50 }, begin));
  for (const response of broken) {
    response.on("error", () => {});
    response.destroy();
  }
  await allClosed();

  const response = await begin();
  await truncate(path.join(folder, "big.mp4"), 10);
  const ended = new Promise((resolve) => response.on("close", resolve));
  let received = 0;
  response
    .on("error", () => {})
    .on("data", (chunk: Buffer) => {
      received += chunk.length;
    });
  await ended;
  assert.ok(!response.complete && received < BIG);
  await allClosed();
  await truncate(path.join(folder, "big.mp4"), BIG);
});

test(`pages asked for while the site is replaced ${SWAPS} times are of the old site or the new, and whole`, async () => {
  await inFolder(async (root) => {
    const build = async (version: number) => {
      const site = path.join(root, `site-${version}`);
      const text = `<html><head></head><body>version ${version} ${"x".repeat(3_000)} end of ${version}</body></html>`;
      await writeFiles(site, { "index.html": text, "other.txt": text, "404.html": "missing" });
      return { site: siteIn(site, String(version)), folder: site };
    };
    let built = await build(0);
    const swapped = shownOf(built.site);
    const to = await startServer(answerFrom(swapped, new Readers()));
    let isDone = false;
    let answered = 0;
    const reader = async (target: string) => {
      while (!isDone) {
        const answer = await ask(target, { to });
        assert.match(answer, /^HTTP\/1\.1 200 .*version (\d+) x+ end of \1</s);
        answered++;
      }
    };
    const reading = Promise.all(["/", "/other.txt"].map(reader));
    for (let version = 1; version <= SWAPS; version++) {
      const old = built.folder;
      built = await build(version);
      swapped.site = built.site;
      await rm(old, { recursive: true });
    }
    await until("pages were asked for all the while", () => answered >= SWAPS);
    isDone = true;
    await reading;
  });
});

test("a page that was looked for in the old site, a moment after it went, is found in the new", async () => {
  let looks = 0;
  const gone = siteIn(path.join(folder, "gone"), "old");
  const replaced: Shown = {
    ...shownOf(undefined),
    get site() {
      return ++looks <= 2 ? gone : shown.site;
    },
  };
  const to = await startServer(answerFrom(replaced, new Readers()));
  assert.match(await ask("/", { to }), /data-built="first".*front door/);
});

test("a file that is gone since its site was made, or is none, is not there", async () => {
  const cases: [from: string, status: number][] = [
    ["film.mp4", 200],
    ["gone.mp4", 404],
    [".", 404],
    ["film.mp4/x", 404],
  ];
  if (process.platform !== "win32") cases.push(["pipe", 404]);
  for (const [from, status] of cases) {
    const found = await openAs("a.mp4", path.join(folder, from));
    assert.equal(found.status, status, from);
    await found.file?.handle.close();
  }
  await allClosed();
});

test("files asked for while their folder is renamed and deleted are whole, or not there", async () => {
  await inFolder(async (root) => {
    const out = path.join(root, "site");
    const fill = (name: string) =>
      writeFiles(path.join(root, name), { "a.txt": "x".repeat(5_000), "404.html": "y" });
    await fill("site");
    const to = await startServer((request, response) => void serveFile(out, request, response));
    let isDone = false;
    let whole = 0;
    const reader = async () => {
      while (!isDone) {
        const answer = await ask("/a.txt", { to });
        if (statusOf(answer) === 200) assert.equal(bodyOf(answer), "x".repeat(5_000));
        else assert.equal(statusOf(answer), 404, answer);
        whole += Number(statusOf(answer) === 200);
      }
    };
    const reading = Promise.all([reader(), reader(), reader()]);
    for (let swap = 0; swap < SWAPS; swap++) {
      await fill("new");
      await rename(out, path.join(root, "old"));
      await rename(path.join(root, "new"), out);
      await rm(path.join(root, "old"), { recursive: true });
    }
    await until("files are answered again", () => whole > 0);
    isDone = true;
    await reading;
  });
});

test("a page asked for before the first build waits, and shows what is wrong", async () => {
  const waiting = shownOf(undefined);
  const to = await startServer(answerFrom(waiting, new Readers()));
  const building = await ask("/any.html", { to });
  assert.match(building, /^HTTP\/1\.1 503 .*<pre>Building \xe2\x80\xa6<\/pre>/s);
  assert.match(building, /<script src="\/\.live\.js" data-built="" defer>/);
  waiting.problems = "a.md:1:1: <b>";
  assert.match(await ask("/", { to }), /<pre>a\.md:1:1: &lt;b&gt;<\/pre>/s);
});

const CLOSED = { status: 403, text: "the preview is closed to other sites" };
const MISNAMED = { status: 403, text: "the preview answers to the name localhost only" };

test("who may ask: the author and the preview's own pages, by what the browser says of them", () => {
  const host = "localhost:8080";
  const cases: [Record<string, string>, object | undefined][] = [
    [{}, MISNAMED],
    [{ host: "evil.org" }, MISNAMED],
    [{ host: "localhost.evil.org:8080" }, MISNAMED],
    [{ host: "evil.org#localhost" }, MISNAMED],
    [{ host }, undefined],
    [{ host: "LOCALHOST" }, undefined],
    [{ host: "[::1]:8080" }, undefined],
    [{ host: "127.0.0.1:8080" }, undefined],
    [{ host, origin: "http://localhost:8080" }, undefined],
    [{ host, origin: "http://localhost:9090" }, CLOSED],
    [{ host, origin: "https://localhost:8080" }, CLOSED],
    [{ host, origin: "http://127.0.0.1:8080" }, CLOSED],
    [{ host, origin: "http://evil.org", "sec-fetch-site": "same-origin" }, CLOSED],
    [{ host, origin: "null" }, CLOSED],
    [
      { host, "sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
      undefined,
    ],
    [
      { host, "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" },
      undefined,
    ],
    [{ host, "sec-fetch-site": "cross-site" }, CLOSED],
    [{ host, "sec-fetch-site": "something new" }, CLOSED],
  ];
  for (const site of ["cross-site", "same-site"]) {
    for (const dest of [
      "script",
      "iframe",
      "frame",
      "embed",
      "object",
      "image",
      "style",
      "worker",
      "empty",
      "video",
    ]) {
      for (const mode of ["no-cors", "cors", "navigate", "websocket"]) {
        cases.push([
          { host, "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest },
          CLOSED,
        ]);
      }
    }
    const link = { "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    cases.push([{ host, ...link }, undefined]);
  }
  for (const [headers, expected] of cases) {
    assert.deepEqual(refusalOf({ method: "GET", headers }), expected, JSON.stringify(headers));
  }
  assert.deepEqual(refusalOf({ method: "POST", headers: { host } }), {
    status: 405,
    text: "the preview answers GET and HEAD only",
  });
});

test("every kind of answer tells browsers to keep it from other sites", async () => {
  const targets = ["/", "/nowhere", "/film.mp4", "/evil.org/sub", "/%00", "/.live.js", "/pagefind/engine.js"];
  const answers = await Promise.all([
    ...targets.map((target) => ask(target)),
    ask("/", { method: "POST" }),
    ask("/", { headers: ["sec-fetch-site: cross-site"] }),
  ]);
  for (const answer of answers) {
    for (const [name, value] of Object.entries(GUARD_HEADERS)) {
      assert.ok(answer.includes(`\r\n${name}: ${value}\r\n`), `${name} in ${answer}`);
    }
  }
});

let browser: Browser | undefined;
after(() => browser?.close());

test("a page of another site reads nothing, frames nothing and hears nothing, but may link here", async () => {
  browser = await openBrowser();
  // As Safari 15.6 asks: without a word on where the request comes from.
  const silent = await startServer((request, response) => {
    for (const name of Object.keys(request.headers)) {
      if (/^(?:sec-|origin$)/.test(name)) delete request.headers[name];
    }
    answerFrom(shown, readers)(request, response);
  });
  const other = await startServer((request, response) => {
    const to = new URL(request.url!, "http://localhost").searchParams.get("to");
    response.writeHead(200, { "content-type": "text/html" }).end(attackOn(`http://127.0.0.1:${to}`));
  });
  for (const to of [port, silent]) {
    const page = await browser.newPage();
    const own = await page.goto(`http://127.0.0.1:${to}/`);
    assert.equal(own!.status(), 200);
    assert.equal(await page.evaluate("fetch('/pagefind/engine.js').then((answer) => answer.status)"), 200);
    // Another port of the same host, and another host: "same-site" and "cross-site".
    for (const host of ["127.0.0.1", "localhost"]) {
      await page.goto(`http://${host}:${other}/?to=${to}`);
      await page.waitForFunction("globalThis.isDone");
      assert.deepEqual(await page.evaluate("report"), { script: "error", fetch: "error", events: "error" });
      assert.equal(await page.evaluate("typeof stolen"), "undefined");
      const [frame] = page.mainFrame().childFrames();
      assert.ok(!(await frame!.content()).includes("front door"), await frame!.content());
      await page.click("a");
      await page.getByText("front door").waitFor();
    }
    await page.close();
  }
});

/** Tries all that a page can, and sets isDone when it has heard of all. */
const attackOn = (base: string) => `<!DOCTYPE html><a href="${base}/">a link</a>
  <script>
    const report = {};
    const heard = (name, what) => {
      report[name] ??= what;
      globalThis.isDone = Object.keys(report).length === 3 && isFrameDone;
    };
    let isFrameDone = false;
    const tell = (name) => ({ onload: () => heard(name, "read"), onerror: () => heard(name, "error") });
    fetch("${base}/", { mode: "no-cors" }).then(() => heard("fetch", "read"), () => heard("fetch", "error"));
    const events = new EventSource("${base}/.live");
    events.onopen = () => heard("events", "read");
    events.onerror = () => heard("events", "error");
    addEventListener("DOMContentLoaded", () => {
      document.body.append(Object.assign(document.createElement("script"), tell("script"), { src: "${base}/pagefind/engine.js" }));
      const frame = document.createElement("iframe");
      frame.onload = () => { isFrameDone = true; heard("script", undefined); };
      frame.src = "${base}/";
      document.body.append(frame);
    });
  </script>`;

/** A connection to the stream of events that reads nothing of it; \`answer\` is for the server's side. */
async function listenToEvents(): Promise<{ leave: () => void }> {
  const before = readers.open.size;
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(`GET /.live HTTP/1.1\r\nhost: localhost:${port}\r\n\r\n`);
  await until("the stream is open", () => readers.open.size > before);
  return { leave: () => socket.destroy() };
}

test("a page that is closed while it is told news, or that sleeps, is let go", async () => {
  const gone = await Promise.all(Array.from({ length: 20 }, () => listenToEvents()));
  for (const one of gone) one.leave();
  const [first] = readers.open;
  // What a closed connection does that the server has not heard of yet.
  first!.socket!.destroy();
  for (let times = 0; times < 20; times++) readers.tellAll(newsOf(shown));
  await until("those who left are forgotten", () => readers.open.size === 0);

  const asleep = await listenToEvents();
  const long = { ...newsOf(shown), problems: "x".repeat(500_000) };
  await until("the one who sleeps is let go", () => {
    readers.tellAll(long);
    return readers.open.size === 0;
  });
  asleep.leave();
  assert.match(await ask("/"), /front door/);
});

test(`any change below a folder is seen, and what editors keep beside files is not (seed ${seed})`, async () => {
  await inFolder(async (root) => {
    const random = new Random(seed);
    const content = path.join(root, "content");
    const away = path.join(root, "away");
    const look = () => lookAt([content, path.join(root, "nothing.ts")]);
    await writeFiles(content, { "a.md": "a", "one/b.md": "b", "one/deep/c.md": "c", "two/d.png": "d" });
    const at = (name: string) => path.join(content, name);
    const changes: (() => Promise<unknown>)[] = [
      () => writeFile(at("a.md"), `text ${random.below(1e9)} ${"x".repeat(random.below(99))}`),
      // As most editors save: a new file takes the name, of the same size and time.
      async () => {
        await writeFile(at("one/new"), "b");
        await utimes(at("one/new"), 1e9, 1e9);
        await rename(at("one/new"), at("one/b.md"));
      },
      () =>
        rename(at("two"), at("three"))
          .then(() => rename(at("three"), at("two/")).catch(() => {}))
          .then(() => writeFile(at(`two/${random.below(1e9)}.md`), "")),
      () =>
        rm(at("one/deep"), { recursive: true }).then(() =>
          writeFiles(content, { "one/deep/c.md": `c${random.below(1e9)}` }),
        ),
      () => mkdir(at(`empty ${random.below(1e9)}`)),
      () =>
        rename(content, away)
          .then(() => rename(away, content))
          .then(() => writeFile(at("a.md"), `back ${random.below(1e9)}`)),
      () =>
        rm(content, { recursive: true }).then(() =>
          writeFiles(content, { "a.md": "anew", "one/b.md": "b", "one/deep/c.md": "c", "two/d.png": "d" }),
        ),
    ];
    for (let turn = 0; turn < 100; turn++) {
      const seen = await look();
      assert.deepEqual(await look(), seen);
      const change = random.pick(changes);
      await change();
      assert.notDeepEqual(await look(), seen, String(change));
    }

    const before = await look();
    await writeFiles(content, {
      ".a.md.swp": "",
      "a.md~": "",
      "#a.md#": "",
      ".git/index": "",
      "node_modules/x/index.js": "",
    });
    assert.deepEqual(await look(), before);

    await rename(content, away);
    const gone = await look();
    assert.notDeepEqual(gone, before);
    await rename(away, content);
    assert.deepEqual(await look(), before);
    await writeFile(path.join(root, "nothing.ts"), "something");
    assert.notDeepEqual(await look(), before);

    if (process.platform === "win32") return;
    await symlink("../outside.md", at("link.md"));
    const dangling = await look();
    await writeFile(path.join(root, "outside.md"), "now there");
    assert.notDeepEqual(await look(), dangling);
    await symlink(".", at("circle"));
    await look();
    const readable = await look();
    await chmod(at("a.md"), 0o400);
    assert.notDeepEqual(await look(), readable);
  });
});

test("what is saved during a build is built after it, and what is being saved is waited for", async () => {
  const stop = new AbortController();
  let content = 0;
  const built: number[] = [];
  let isPasting = 0;
  await follow(
    async () => {
      if (isPasting > 0 && isPasting-- > 0) content++;
      return new Map([["a.md", String(content)]]);
    },
    async () => {
      built.push(content);
      // Saved while the first build is running; of a folder pasted after that, only the end is built.
      if (built.length === 1) content++;
      else if (built.length === 2) isPasting = 5;
      else stop.abort();
    },
    stop.signal,
  );
  assert.deepEqual(built, [0, 1, 6]);
});

test("a build that the machine kept from what it needs is tried again, without another save", async () => {
  const stop = new AbortController();
  const built: Stamps[] = [];
  await follow(
    async () => new Map([["a.md", "as ever"]]),
    async (seen) => {
      built.push(seen);
      if (built.length < 3) return "again";
      stop.abort();
    },
    stop.signal,
  );
  assert.equal(built.length, 3);
});

/** A builder whose process does what a script says, which may ask for the files beside it. */
async function builderOf(root: string, script: string): Promise<{ builder: Builder; news: () => number }> {
  const file = path.join(root, "process.mjs");
  await writeFile(
    file,
    `import fs from "node:fs"; const name = process.argv.at(-1); const isThere = (file) => fs.existsSync(${JSON.stringify(root)} + "/" + file);
     const make = (made) => process.send({ made: { built: "", css: "", problems: "", report: "", ...made }, ms: 1 });
     process.on("disconnect", () => process.exit());
     process.on("message", ({ ask, rest }) => rest ? fs.appendFileSync(${JSON.stringify(root)} + "/rested", name + " ") : process.send({ answered: ask, answer: { built: name, status: 200, found: { name: "a.html", standing: { text: name } } } }));
     ${script}`,
  );
  let heard = 0;
  const builder = new Builder([process.execPath, file], "site", () => heard++);
  return { builder, news: () => heard };
}

const textOf = async (builder: Builder) => (await builder.site!.find("/a.html")).text?.text;

test("another process takes the place of one that answers when it has a site; what ends one is shown", async (t) => {
  t.mock.method(console, "log", () => {});
  t.mock.method(console, "error", () => {});
  t.mock.method(process.stderr, "write", () => true);
  await inFolder(async (root) => {
    const { builder } = await builderOf(
      root,
      `if (isThere("fail")) { console.error("warning: a\\nb.md:1:1: wrong"); process.exit(1); }
       if (isThere("mute")) process.exit(7);
       make(isThere("wrong") ? { problems: "c.md:1:1: wrong" } : { built: name });
       if (isThere("kill")) setTimeout(() => process.kill(process.pid, "SIGKILL"), 100);`,
    );
    try {
      builder.start();
      await until("there is a site", () => builder.site);
      assert.equal(await textOf(builder), "site-1");

      const cases = [
        ["fail", "b.md:1:1: wrong"],
        ["mute", "the build ended with status 7; save again to try again"],
        ["wrong", "c.md:1:1: wrong"],
      ] as const;
      for (const [file, problems] of cases) {
        await writeFile(path.join(root, file), "");
        builder.start();
        await until(file, () => builder.problems === problems);
        assert.equal(await textOf(builder), "site-1");
        await rm(path.join(root, file));
      }
      builder.start();
      await until("the next has a site", () => builder.site!.id === "site-5");
      assert.equal(builder.problems, "");
      assert.equal(await textOf(builder), "site-5");

      // One that was killed is started again by itself.
      if (process.platform === "win32") return;
      await writeFile(path.join(root, "kill"), "");
      builder.start();
      await until("it was killed", () => builder.problems.includes("SIGKILL"));
      assert.equal((await builder.site!.find("/")).status, 503);
      await rm(path.join(root, "kill"));
      await until("it is there again", () => builder.site!.id === "site-7" && !builder.problems);
      assert.equal(await textOf(builder), "site-7");
    } finally {
      await builder.stop();
    }
  });
});

test("a process that cannot be started, or is ended while it is asked, costs an answer and nothing else", async (t) => {
  t.mock.method(console, "error", () => {});
  t.mock.method(console, "log", () => {});
  for (const command of [path.join(folder, "nowhere"), "\0"]) {
    const lost = new Builder([command], "site");
    lost.start();
    await until(command, () => /^the build could not be started: /.test(lost.problems));
    await lost.stop();
  }
  await inFolder(async (root) => {
    const { builder, news } = await builderOf(
      root,
      "make({ built: name }); process.removeAllListeners('message');",
    );
    builder.start();
    await until("there is a site", () => builder.site);
    const asked = builder.site!.find("/a.html");
    await builder.stop();
    assert.equal((await asked).status, 503);
    const heard = news();
    builder.start();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(news(), heard, "none begins after it");
  });
});

test("search follows: given up at the next save, said where it fails, the index before kept for open pages", async (t) => {
  t.mock.method(console, "error", () => {});
  await inFolder(async (root) => {
    const build = path.join(root, "build.mjs");
    const sites = path.join(root, "sites");
    await mkdir(sites);
    await writeFile(
      build,
      `import fs from "node:fs"; import { setTimeout } from "node:timers/promises"; const out = process.argv.at(-1);
       const isThere = (file) => fs.existsSync(${JSON.stringify(root)} + "/" + file);
       fs.mkdirSync(out + ".building");
       if (isThere("wait")) await setTimeout(1e9);
       if (isThere("fail")) { console.error("warning: a\\nwrong"); process.exit(1); }
       fs.mkdirSync(out + "/pagefind", { recursive: true }); fs.writeFileSync(out + "/index.html", "");
       fs.writeFileSync(out + "/pagefind/" + out.at(-1) + ".js", "x"); fs.rmdirSync(out + ".building");
       process.channel?.unref();`,
    );
    const search = new Search([process.execPath, build], sites);
    const find = async (name: string) => {
      const { status, file } = await search.find(`/pagefind/${name}`);
      await file?.handle.close();
      return status;
    };
    search.follow("");
    search.follow("a");
    await until("the first index is there", () => search.built === "a");
    await writeFile(path.join(root, "wait"), "");
    search.follow("b");
    await until("the second has begun", async () => (await readdir(sites)).includes("search-2.building"));
    await rm(path.join(root, "wait"));
    search.follow("c");
    await until("the third index is there", () => search.built === "c");
    assert.deepEqual([await find("1.js"), await find("3.js"), await find("4.js")], [200, 200, 404]);
    await until("nothing else is left", async () => (await readdir(sites)).join() === "search-1,search-3");
    await until(
      "but search",
      async () => (await readdir(path.join(sites, "search-3"))).join() === "pagefind",
    );

    await writeFile(path.join(root, "fail"), "");
    search.follow("d");
    await until("what is wrong is said", () => search.problems === "wrong");
    assert.equal(search.built, "c");
    await rm(path.join(root, "fail"));
    search.follow("d");
    await until("it is tried again", () => search.built === "d");
    await writeFile(path.join(root, "wait"), "");
    search.follow("e");
    await until("another has begun", async () =>
      (await readdir(sites)).some((name) => name.endsWith(".building")),
    );
    await search.stop();
    search.follow("f");
    assert.equal(search.built, "d");
  });
});

test("the folder of a preview that was killed goes at the next start; of one that runs it stays", async () => {
  await inFolder(async (root) => {
    const { pid: dead } = spawnSync(process.execPath, ["--version"]);
    const names = [
      `connected-learning-${dead}-abcdef`,
      `connected-learning-${process.ppid}-abcdef`,
      "connected-learning-abc",
      `connected-learning-${dead}-my-drafts`,
      `connected-learning-${dead}-ABCDEF`,
      `connected-learning-${dead}-ghijkl`,
    ];
    for (const name of names) await writeFiles(path.join(root, name), { "site-1/index.html": "x" });
    // A folder of that name without this file is somebody's own.
    for (const name of names.slice(0, 4)) await writeFiles(path.join(root, name), { ".preview": "" });
    // But for one that a build made anew which outlived its preview by a moment.
    await rm(path.join(root, names[5]!, "site-1"), { recursive: true });
    await writeFiles(path.join(root, names[5]!), {
      "search-3/index.html": "x",
      "search-4.building-1/a": "x",
    });
    const made = await makeFolder(root);
    assert.match(path.basename(made), new RegExp(`^connected-learning-${process.pid}-`));
    assert.deepEqual((await readdir(root)).sort(), [path.basename(made), ...names.slice(1, 5)].sort());
  });
});

test("a port counts as free only where both ways to say localhost lead here; ports end at 65535", async (t) => {
  const said = t.mock.method(console, "log", () => {});
  const taken = createTcpServer();
  const isOpen = await new Promise((resolve) => {
    taken.on("error", () => resolve(false));
    taken.listen({ host: "::1", port: 0, ipv6Only: true }, () => resolve(true));
  });
  if (isOpen) {
    const wanted = (taken.address() as AddressInfo).port;
    const { port: found, close } = await listen(() => {}, wanted);
    assert.ok(found > wanted);
    close();
    assert.deepEqual(said.mock.calls[0]!.arguments, [`Port ${wanted} is taken`]);
    taken.close();
  }
  const last = createTcpServer();
  await new Promise<void>((resolve) => {
    last.on("error", () => resolve());
    last.listen(65_535, "127.0.0.1", resolve);
  });
  await assert.rejects(
    listen(() => {}, 65_535),
    {
      message: "The ports 65535 to 65535 are all taken; name another: npm start -- --port N",
    },
  );
  last.close();
});
