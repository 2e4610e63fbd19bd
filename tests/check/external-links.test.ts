/** The link check among servers, addresses and files that mean it no good. Nothing but this machine is asked. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import path from "node:path";
import { test } from "node:test";
import { type CheckOptions, checkLinks } from "../../scripts/site/check/external-links.ts";
import { runOf } from "../../scripts/site/project.ts";
import { isPrivate } from "../../scripts/site/text/private-addresses.ts";
import { page, writeFiles } from "../support/content.ts";
import { temporaryFolder } from "../support/sites.ts";

const OPEN = { pause: 1, timeout: 20_000, isRefused: () => false } satisfies CheckOptions;

async function serverOf(answer: RequestListener): Promise<{ base: string; port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { base: `http://127.0.0.1:${port}`, port, asked };
}

/** A server that sends what it likes. */
async function rawServer(speak: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    speak(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function outcomes(urls: string[], options: CheckOptions = OPEN): Promise<string[]> {
  const results = await checkLinks(urls, options);
  return results.map(({ outcome, detail }) => `${outcome} ${detail}`.trim());
}

const PRIVATE =
  `127.0.0.1 127.255.255.254 0.0.0.0 10.1.2.3 100.64.0.1 169.254.169.254 172.16.0.1 172.31.255.255
  192.168.1.1 192.0.2.1 198.18.0.1 224.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:a9fe:a9fe ::ffff:10.0.0.1
  ::7f00:1 64:ff9b::7f00:1 64:ff9b:1::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001:db8::1
  2002:7f00:1:: 2001::1 nonsense`.split(/\s+/);
const PUBLIC =
  `1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 169.253.0.1 192.167.1.1 223.255.255.255
  2606:4700:4700::1111 2a00:1450:4001::1 ::ffff:8.8.8.8 64:ff9b::808:808`.split(/\s+/);

test("addresses are told apart: this machine's and its neighbours', and the open network's", () => {
  assert.deepEqual(
    PRIVATE.filter((address) => !isPrivate(address)),
    [],
  );
  assert.deepEqual(PUBLIC.filter(isPrivate), []);
});

test("no private address is asked, however it is written, nor a name that stands for one", async () => {
  const { port, asked } = await serverOf((_, response) => response.end());
  const hosts =
    "127.0.0.1 127.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 localhost LOCALHOST 0 [::1] [::ffff:127.0.0.1] [::ffff:7f00:1] 127.0.0.1. %31%32%37.0.0.1 １２７.0.0.1";
  const urls = hosts.split(" ").map((host) => `http://${host}:${port}/`);
  const results = await checkLinks(urls, { pause: 1 });
  assert.deepEqual(
    results.filter(({ outcome }) => outcome !== "private"),
    [],
  );
  assert.deepEqual(results[0], { url: urls[0], outcome: "private", detail: "127.0.0.1" });
  assert.match(results[7]!.detail, /^localhost is (?:127\.0\.0\.1|::1)$/);
  assert.deepEqual(asked, []);
});

test("a redirection to a private address is not followed, at whichever step", async () => {
  const { base, asked } = await serverOf((request, response) => {
    const location: Record<string, string> = {
      "/number": "http://2130706434:1/secret",
      "/step": "/number",
    };
    const to = location[request.url!];
    response.writeHead(to ? 302 : 200, to ? { location: to } : {}).end();
  });
  // The server stands for the open network; another address of this machine does not.
  const isRefused = (address: string) => address === "127.0.0.2";
  const results = await outcomes([`${base}/number`, `${base}/step`, `${base}/`], { ...OPEN, isRefused });
  assert.deepEqual(results, [
    "private redirected to 127.0.0.2",
    "private redirected to 127.0.0.2",
    "ok status 200",
  ]);
  assert.ok(!asked.some((one) => one.includes("secret")));
});

test("what is no address of the web is told as that", async () => {
  const urls = [
    "https://",
    "http://a b/",
    "http://example.org:99999/",
    "http://[::1/",
    "http://exa\u0000mple.org/",
    "https://xn--/",
    "http://%zz/",
    "ftp://example.org/",
    "",
    "javascript:alert(1)",
    "\u001b[31mhttp://",
  ];
  const results = await checkLinks(urls, OPEN);
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    urls.map(() => "invalid"),
  );
  assert.equal(results.at(-1)!.url, "\ufffd[31mhttp://");
});

test("user names and passwords are neither sent nor told", async () => {
  const headers: unknown[] = [];
  const { port } = await serverOf((request, response) => {
    headers.push(request.headers.authorization);
    const isEnd = request.url === "/end";
    response
      .writeHead(isEnd ? 200 : 301, isEnd ? {} : { location: `http://eve:word@127.0.0.1:${port}/end` })
      .end();
  });
  const results = await checkLinks([`http://ana:secret@127.0.0.1:${port}/#part`], OPEN);
  assert.deepEqual(results, [
    {
      url: `http://127.0.0.1:${port}/#part`,
      outcome: "redirected",
      detail: `http://127.0.0.1:${port}/end`,
    },
  ]);
  assert.deepEqual(headers, [undefined, undefined]);
});

test("redirections that lead nowhere end, and are quoted without signs that steer a terminal", async () => {
  const steering = await rawServer((socket) =>
    socket.end("HTTP/1.1 302 Found\r\nLocation: http://\u0085\u009b31m x/\r\n\r\n", "latin1"),
  );
  const { base } = await serverOf((request, response) => {
    const to: Record<string, string> = {
      "/file": "file:///etc/passwd",
      "/script": "javascript:alert(1)",
      "/ftp": "ftp://127.0.0.1/",
      "/none": "http://",
      "/long": `http://${"a ".repeat(2000)}/`,
      "/loop": "/loop",
    };
    response.writeHead(302, { location: to[request.url!] }).end();
  });
  const urls = ["/file", "/script", "/ftp", "/none", "/loop"].map((one) => base + one);
  assert.deepEqual(await outcomes([...urls, steering]), [
    "unreachable it redirects to file:///etc/passwd",
    "unreachable it redirects to javascript:alert(1)",
    "unreachable it redirects to ftp://127.0.0.1/",
    "unreachable it redirects to http://",
    "unreachable more than 5 redirections",
    "unreachable it redirects to http://\ufffd\ufffd31m x/",
  ]);
  assert.equal((await outcomes([`${base}/long`]))[0]!.length, "unreachable it redirects to ".length + 200);
});

test("an answer is over when its time is, however slowly it drips, and only its head is read", async () => {
  const drip = (first: string, more: string) => (socket: Socket) => {
    socket.write(first);
    const clock = setInterval(() => socket.write(more), 20);
    socket.on("close", () => clearInterval(clock));
  };
  const silent = await rawServer(() => {});
  const dripping = await rawServer(drip("HTTP/1.1 200 OK\r\n", "x: y\r\n"));
  const hinting = await rawServer(drip("", "HTTP/1.1 103 Early Hints\r\n\r\n"));
  const endless = await rawServer(drip("HTTP/1.1 200 OK\r\n\r\n", "text"));
  const fat = await rawServer((socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}\r\n\r\n`));
  const rude = await rawServer((socket) => socket.destroy());
  const mumbling = await rawServer((socket) => socket.end("\u001b[2Jwhat?\r\n\r\n"));
  const switching = await rawServer((socket) =>
    socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"),
  );
  const results = await outcomes([silent, dripping, hinting, endless, fat, rude, mumbling, switching], {
    ...OPEN,
    timeout: 2000,
  });
  assert.deepEqual(results, [
    "unreachable no answer within 2 seconds",
    "unreachable no answer within 2 seconds",
    "unreachable no answer within 2 seconds",
    "ok status 200",
    "unreachable HPE_HEADER_OVERFLOW",
    "unreachable ECONNRESET",
    "unreachable HPE_INVALID_CONSTANT",
    "ok status 101",
  ]);
});

test("the whole has an end: what was not asked by then is told, what was is remembered", async () => {
  const stop = new AbortController();
  const { base, asked } = await serverOf((request, response) => {
    if (request.url === "/good") response.end();
    else stop.abort();
  });
  const cache = path.join(await temporaryFolder(), "cache.json");
  const urls = [`${base}/good`, `${base}/silent`, `${base}/never`];
  const results = await outcomes(urls, { ...OPEN, cache, signal: stop.signal });
  assert.deepEqual(results, ["ok status 200", "unasked", "unasked"]);
  assert.deepEqual(asked, ["HEAD /good", "HEAD /silent"]);
  assert.deepEqual(Object.keys(JSON.parse(await readFile(cache, "utf8"))), [`${base}/good`]);

  const silent = await rawServer(() => {});
  assert.deepEqual(await outcomes([silent], { ...OPEN, limit: 100 }), ["unasked"]);
});

test("whatever stands in the cache file, or in its place, the check goes on", async () => {
  const { base, asked } = await serverOf((_, response) => response.end());
  const url = `${base}/`;
  const now = 1_700_000_000_000;
  const damaged = [
    "",
    "{",
    "null",
    "[]",
    "7",
    '"text"',
    "\u0000\u0001",
    '{"__proto__": {"checked": 1}, "constructor": 1, "toString": null}',
    ...[
      null,
      1,
      [],
      { checked: "now", outcome: "ok", detail: "status 200" },
      { checked: now, outcome: "gone", detail: "status 404" },
      { checked: now, outcome: "ok", detail: 7 },
      { checked: now, outcome: "ok", detail: "\u001b[31m" },
      { checked: now, outcome: "redirected", detail: "javascript:alert(1)" },
      { checked: now, outcome: "redirected", detail: "http://example.org/\u001b[31m" },
      { checked: now + 1, outcome: "ok", detail: "status 200" },
      { checked: now - 25 * 60 * 60 * 1000, outcome: "ok", detail: "status 200" },
    ].map((entry) => JSON.stringify({ [url]: entry })),
  ];
  const folder = await temporaryFolder();
  for (const [index, text] of damaged.entries()) {
    const cache = path.join(folder, `${index}.json`);
    await writeFile(cache, text);
    const before = asked.length;
    assert.deepEqual(await outcomes([url], { ...OPEN, cache, now }), ["ok status 200"]);
    assert.equal(asked.length, before + 1, text);
    const written = JSON.parse(await readFile(cache, "utf8"));
    assert.deepEqual(written, { [url]: { checked: now, outcome: "ok", detail: "status 200" } });
  }
});

test("a cache that cannot be written is told once, and leaves nothing beside it", async () => {
  const { base } = await serverOf((_, response) => response.end());
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, "folder.json"));
  await writeFile(path.join(folder, "file"), "");
  const faults: string[] = [];
  for (const cache of ["folder.json", "file/cache.json"]) {
    const options = {
      ...OPEN,
      cache: path.join(folder, cache),
      onFault: (code: string) => faults.push(code),
    };
    assert.deepEqual(await outcomes([`${base}/`, `${base}/b`], options), ["ok status 200", "ok status 200"]);
  }
  assert.deepEqual(faults, ["EISDIR", "EEXIST"]);
  assert.deepEqual((await readdir(folder)).sort(), ["file", "folder.json"]);
});

const COMMAND = [...runOf("scripts/check.ts"), "--external"];

function run(cwd: string, ...options: string[]) {
  const child = spawn(process.execPath, [...COMMAND, ...options], { cwd });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<{ status: number | null; output: string[]; errors: string }>((resolve) =>
    child.on("close", (status) =>
      resolve({ status, errors, output: output.split("\n").filter((line) => /^content/.test(line)) }),
    ),
  );
  return { child, ended };
}

test("the command refuses private addresses unless asked, and warns of a cache that it cannot write", async () => {
  const { base, asked } = await serverOf((_, response) => response.end());
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    "content/a.md": page(`See [the desk's report](${base}/) and more.\n`),
    ".cache": "a file where the folder should be",
  });
  const plain = await run(folder).ended;
  assert.deepEqual(
    plain.output.filter((line) => line.includes("external-link")),
    [
      `content/a.md:4:5: warning external-link: the link ${base}/ leads to a private address, which was not asked (127.0.0.1); link to a page that readers can reach; --private asks such addresses too`,
    ],
  );
  assert.equal(plain.errors, "");
  assert.deepEqual(asked, []);
  const allowed = await run(folder, "--private").ended;
  assert.deepEqual(
    allowed.output.filter((line) => line.includes("external-link")),
    [],
  );
  assert.equal(
    allowed.errors,
    "warning: .cache/external-links.json:1:1: the file could not be written (EEXIST); make room for it, or every link is asked again the next time\n",
  );
});

test("stopped by its author, the command keeps what it knows and tells what it did not ask", async () => {
  let isAsked: () => void = () => {};
  const silentAsked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  const { base } = await serverOf((request, response) => {
    if (request.url === "/good") response.end();
    else isAsked();
  });
  const folder = await temporaryFolder();
  await writeFiles(folder, {
    "content/a.md": page(
      `See [the good report](${base}/good), [the other](${base}/silent) and [a third](${base}/3).\n`,
    ),
  });
  const { child, ended } = run(folder, "--private");
  await silentAsked;
  child.kill("SIGINT");
  const { status, output } = await ended;
  assert.equal(status, 130);
  assert.deepEqual(
    output.filter((line) => line.includes("external-link")),
    [
      `content/a.md:4:${5 + `[the good report](${base}/good), `.length}: warning external-link: 2 links, this one the first, were not asked: the check was stopped; run it again: for a day it remembers the links that were good`,
    ],
  );
  const written = await readFile(path.join(folder, ".cache/external-links.json"), "utf8");
  assert.deepEqual(Object.keys(JSON.parse(written)), [`${base}/good`]);
});
