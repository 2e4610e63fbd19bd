/** `npm run check`: its forms, its exit status, its silences, and what it asks the network. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { test } from "node:test";
import { checkLinks } from "../../scripts/site/check/external-links.ts";
import { ERRORS, WARNINGS } from "../../scripts/site/problems/rules.ts";
import { PROJECT, runOf } from "../../scripts/site/project.ts";
import { temporaryFolder } from "../support/sites.ts";

const CHECK = runOf("scripts/check.ts");

const check = (cwd: string, ...options: string[]) =>
  spawnSync(process.execPath, [...CHECK, ...options], { cwd, encoding: "utf8" });

async function contentOf(files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, "content", name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}

const PAGE = "---\ntitle: A page\n---\n";
const WITH_WARNING = { "a.md": `${PAGE}Read it [here](b.md).\n`, "b.md": `${PAGE.replace("A", "B")}Text.\n` };

test("a clean folder says so, writes nothing and ends with 0", async () => {
  const folder = await contentOf({ "a.md": `${PAGE}Text.\n` });
  const { status, stdout } = check(folder);
  assert.equal(stdout, "No errors, no warnings\n");
  assert.equal(status, 0);
  assert.deepEqual(await readdir(folder), ["content"]);
});

test("a warning quotes its line with a mark under the place; --strict makes it fail", async () => {
  const folder = await contentOf(WITH_WARNING);
  const expected = [
    'content/a.md:4:9: warning link-text: the link text "here" does not say where the link leads; name what is there: [the annual report](report.pdf)',
    "    Read it [here](b.md).",
    "            ^",
    "0 errors, 1 warning",
    "",
  ].join("\n");
  const plain = check(folder);
  assert.equal(plain.stdout, expected);
  assert.equal(plain.status, 0);
  assert.equal(check(folder, "--strict").status, 1);
});

test("errors and warnings come together, sorted, and end with 1", async () => {
  const folder = await contentOf({
    ...WITH_WARNING,
    "c.md": "---\ntile: C\n---\n",
    "b.md": `${PAGE}[x](nowhere.md)\n`,
  });
  const { status, stdout } = check(folder);
  assert.equal(status, 1);
  assert.deepEqual(
    stdout
      .split("\n")
      .filter((line) => /^content/.test(line))
      .map((line) => line.split(": ")[0]),
    ["content/a.md:4:9", "content/b.md:4:1", "content/c.md:2:1"],
  );
  assert.match(stdout, /\n2 errors, 1 warning\n$/);
});

test("a link to a draft is an error, as it is to a build; what is wrong in the draft is told too", async () => {
  const folder = await contentOf({
    "a.md": `${PAGE}[Plan](b.md)\n`,
    "b.md": "---\ntitle: B\ndraft: true\n---\n[x](nowhere.md)\n",
  });
  const { status, stdout } = check(folder);
  assert.equal(status, 1);
  assert.match(stdout, /content\/a\.md:4:1: error: the link "b\.md" leads to a draft/);
  assert.match(stdout, /content\/b\.md:5:1: error: the link "nowhere\.md" leads to no page and no file/);
  assert.match(stdout, /\n2 errors, 0 warnings\n$/);
});

test("machines get JSON or GitHub's annotations", async () => {
  const folder = await contentOf(WITH_WARNING);
  const message = 'the link text "here" does not say where the link leads';
  const cure = "name what is there: [the annual report](report.pdf)";
  assert.deepEqual(JSON.parse(check(folder, "--format", "json").stdout), [
    {
      file: "content/a.md",
      line: 4,
      column: 9,
      severity: "warning",
      rule: "link-text",
      message,
      cure,
      text: "Read it [here](b.md).",
    },
  ]);
  assert.equal(
    check(folder, "--format", "github").stdout,
    `::warning file=content/a.md,line=4,col=9,title=link-text::${message}; ${cure}\n`,
  );
  assert.equal(check(folder, "--format", "xml").status, 2);
});

test("of a line that is too long to stand in each of its records, the part around the place does", async () => {
  const folder = await contentOf({ ...WITH_WARNING, "a.md": `${PAGE}${"word ".repeat(300)}[here](b.md).\n` });
  const [{ column, text }] = JSON.parse(check(folder, "--format", "json").stdout);
  assert.equal(column, 1501);
  assert.equal(text, `${"word ".repeat(10)}[here](b.md).`);
});

test("a comment with a reason silences a rule on its line or the next; without one it does not", async () => {
  const folder = await contentOf({
    ...WITH_WARNING,
    "a.md": `${PAGE}Read [here](b.md). <!-- allow link-text: quoted from the flyer -->

<!-- allow link-text: quoted too -->
Read [here](b.md).

Read [here](b.md). <!-- allow link-text -->

Text. <!-- allow lnk-text: why not -->
`,
  });
  const { stdout } = check(folder);
  assert.deepEqual(
    stdout.split("\n").filter((line) => /^content/.test(line)),
    [
      'content/a.md:9:6: warning link-text: the link text "here" does not say where the link leads; name what is there: [the annual report](report.pdf)',
      "content/a.md:9:20: warning silenced: the comment allows link-text without a reason; say why: <!-- allow link-text: the reason -->",
      'content/a.md:11:7: warning silenced: the comment allows a rule "lnk-text" that is not there; did you mean "link-text"?',
    ],
  );
});

/** A server that behaves in each way a server can. */
async function manyServers(): Promise<{ base: string; asked: string[]; most: () => number }> {
  const asked: string[] = [];
  let now = 0;
  let most = 0;
  const answer: RequestListener = (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    most = Math.max(most, ++now);
    response.on("close", () => now--);
    const status = Number(/\d{3}/.exec(request.url!)?.[0] ?? 200);
    if (request.url === "/silent") return;
    if (request.url === "/no-head" && request.method === "HEAD") response.writeHead(405).end();
    else if (request.url === "/loop") response.writeHead(302, { location: "/loop" }).end();
    else if (status >= 300 && status < 400) response.writeHead(status, { location: "/new?q=1" }).end();
    else response.writeHead(status).end("text");
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, most: () => most };
}

test("outside links are asked one at a time for each host, and sorted into kinds", async () => {
  const { base, asked, most } = await manyServers();
  const cache = path.join(await temporaryFolder(), "deep/cache.json");
  const paths = [
    "/200",
    "/200#part",
    "/no-head",
    "/302",
    "/301",
    "/308",
    "/404",
    "/410",
    "/403",
    "/429",
    "/500",
    "/loop",
    "/silent",
  ];
  const urls = [...paths.map((one) => base + one), "http://127.0.0.1:1/", "http://no-such-host.invalid/"];
  const options = { cache, timeout: 1500, pause: 1, isRefused: () => false };
  const results = await checkLinks(urls, options);
  assert.deepEqual(
    results.slice(0, paths.length).map(({ outcome, detail }) => `${outcome} ${detail}`),
    [
      "ok status 200",
      "ok status 200",
      "ok status 200",
      "ok status 200",
      `redirected ${base}/new?q=1`,
      `redirected ${base}/new?q=1`,
      "gone status 404",
      "gone status 410",
      "forbidden status 403",
      "forbidden status 429",
      "unreachable status 500",
      "unreachable more than 5 redirections",
      "unreachable no answer within 1.5 seconds",
    ],
  );
  assert.deepEqual(
    results.slice(paths.length).map(({ outcome }) => outcome),
    ["unreachable", "unreachable"],
  );
  assert.ok(asked.includes("HEAD /no-head") && asked.includes("GET /no-head"));
  assert.equal(most(), 1);

  // What was good is remembered for a day; what was not is asked again.
  const before = asked.length;
  const now = Date.now();
  await checkLinks([`${base}/200`, `${base}/404`], { ...options, now });
  assert.deepEqual(asked.slice(before), ["HEAD /404", "GET /404"]);
  await checkLinks([`${base}/200`], { ...options, now: now + 25 * 60 * 60 * 1000 });
  assert.equal(asked.at(-1), "HEAD /200");
});

test("--external reports what became of links, each at its place", async () => {
  const { base } = await manyServers();
  const folder = await contentOf({
    "a.md": `${PAGE}See [the old report](${base}/404), [the new one](${base}/301) and [the good one](${base}/200). <!-- allow local-link: a server of this test -->\n`,
  });
  const child = spawn(process.execPath, [...CHECK, "--external", "--private"], { cwd: folder });
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  await new Promise((resolve) => child.on("close", resolve));
  assert.deepEqual(
    stdout.split("\n").filter((line) => /^content/.test(line)),
    [
      `content/a.md:4:5: warning external-link: the page at ${base}/404 is gone (status 404); link to where it is now, or take the link out`,
      `content/a.md:4:${5 + `[the old report](${base}/404), `.length}: warning external-link: the link ${base}/301 is redirected; write its new address: ${base}/new?q=1`,
    ],
  );
  assert.ok(
    JSON.parse(await readFile(path.join(folder, ".cache/external-links.json"), "utf8"))[`${base}/200`],
  );
});

test("--rules lists each kind of problem with its name", () => {
  const { status, stdout } = check(PROJECT, "--rules");
  assert.equal(status, 0);
  const lines = stdout.trim().split("\n");
  assert.equal(lines.length, Object.keys({ ...ERRORS, ...WARNINGS }).length);
  assert.ok(lines.includes("error    link-target            A link to no page and no file."));
  assert.ok(
    lines.includes("warning  link-text              Link text that says nothing of where the link leads."),
  );
});
