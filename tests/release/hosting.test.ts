/** The configurations of a release, tried with the servers that they are for, at the root and in a sub-folder. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, readdir, readFile } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { load } from "cheerio";
import type { Browser } from "playwright-core";
import { FIRST_PAINT } from "../../scripts/site/layout/first-paint.ts";
import { pagePolicy } from "../../scripts/site/layout/policy.ts";
import { typeOf } from "../../scripts/site/output/static-server.ts";
import {
  ASK_EACH_TIME,
  FOREVER,
  type Hosting,
  hostingOf,
  isHashed,
  PACKABLE,
} from "../../scripts/site/release/hosting/model.ts";
import { serverFiles } from "../../scripts/site/release/hosting/server-files.ts";
import { openBrowser } from "../support/browser.ts";
import { writeFiles } from "../support/content.ts";
import { inContext } from "../support/contexts.ts";
import { programOf, type RunningServer, type ServerName, startServer } from "../support/servers.ts";
import { buildForTest, CONTENT, inUrl, temporaryFolder } from "../support/sites.ts";

let browser: Browser;
let folder: string;
let files: string[];
let notFound: string;
before(async () => {
  folder = (await buildForTest(CONTENT)).folder;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  notFound = await readFile(path.join(folder, "404.html"), "utf8");
  browser = await openBrowser();
});
after(() => browser.close());

const policy = pagePolicy(FIRST_PAINT);
const hostingAt = (base: string, frames: string[] = []): Hosting =>
  hostingOf({ url: `https://library.example.org${base}`, policy, notFound, frames, files });

interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  bytes: number;
}

/** As it comes over the wire: `fetch` unpacks, and keeps what a header said of it to itself. */
function ask(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on("end", () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers as Record<string, string>,
          bytes,
        }),
      );
    })
      .on("error", reject)
      .end();
  });
}

const CONFIGURED: ServerName[] = ["nginx", "apache", "caddy"];
const PLAIN: ServerName[] = ["python"];
const BASES = ["/", "/training/2026/"];

for (const name of [...CONFIGURED, ...PLAIN]) {
  const skip = programOf(name) === undefined && `${name} is not installed`;
  for (const base of BASES) {
    describe(`${name} at ${base}`, { skip }, () => {
      let server: RunningServer;
      before(async () => {
        server = await startServer(name, folder, base, serverFiles(hostingAt(base)));
      });
      after(() => server?.stop());

      if (CONFIGURED.includes(name)) {
        test("each file has its type, its lifetime and the policy, and texts are packed", async () => {
          const { headers: own } = hostingAt(base);
          for (const file of files) {
            const { status, headers, bytes } = await ask(server.base + inUrl(file), {
              "accept-encoding": "gzip",
            });
            assert.equal(status, 200, file);
            assert.equal(headers["content-type"]?.toLowerCase().replace(/;\s*/, "; "), typeOf(file), file);
            assert.equal(headers["cache-control"], isHashed(file) ? FOREVER : ASK_EACH_TIME, file);
            for (const [header, value] of own) assert.equal(headers[header.toLowerCase()], value, file);
            const { length } = await readFile(path.join(folder, file));
            if (PACKABLE.includes(typeOf(file).replace(/;.*/, "")) && length > 600) {
              assert.equal(headers["content-encoding"], "gzip", file);
              assert.ok(bytes < length, file);
            }
          }
        });

        test("what has not changed is not sent again, packed or not", async () => {
          for (const address of ["index.html", "sw.js", "search.html"]) {
            for (const encoding of ["gzip", "identity"]) {
              const asked = { "accept-encoding": encoding };
              const { headers } = await ask(server.base + address, asked);
              const again = await ask(server.base + address, { ...asked, "if-none-match": headers.etag! });
              assert.equal(again.status, 304, `${address}, ${encoding}`);
            }
          }
        });

        test("what is not there is answered with the page for it, which nobody keeps", async () => {
          for (const address of ["nowhere.html", "worksheets/nowhere", "assets/site-00000000.css"]) {
            const response = await fetch(server.base + address);
            assert.equal(response.status, 404, address);
            assert.equal(await response.text(), notFound, address);
            assert.doesNotMatch(response.headers.get("cache-control") ?? "", /max-age=[1-9]/, address);
            for (const [header, value] of hostingAt(base).headers) {
              assert.equal(response.headers.get(header), value, address);
            }
          }
        });
      }

      test("a folder's address leads to its page", async () => {
        for (const address of ["", "worksheets/", "connected-learning/"]) {
          const response = await fetch(server.base + address);
          assert.equal(response.status, 200);
          assert.equal(
            await response.text(),
            await readFile(path.join(folder, address, "index.html"), "utf8"),
          );
        }
        const response = await fetch(`${server.base}worksheets`);
        assert.equal(response.url, `${server.base}worksheets/`);
        assert.equal(
          await response.text(),
          await readFile(path.join(folder, "worksheets/index.html"), "utf8"),
        );
      });

      test("a reader reads, searches, writes and projects, and no policy is in the way", async () => {
        await inContext(browser, async (context) => {
          const page = await context.newPage();
          const faults: string[] = [];
          page.on("console", (message) => {
            if (message.type() === "error") faults.push(message.text());
          });
          page.on("pageerror", (error) => faults.push(String(error)));
          await page.goto(`${server.base}connected-learning/mistakes.html`);
          await page.getByRole("heading", { level: 1 }).waitFor();
          await page.goto(`${server.base}search.html`);
          await page.getByRole("searchbox").fill("mentor");
          await page.getByText(/results? for “mentor”/).waitFor();
          await page.goto(`${server.base}worksheets/my-two-sentences.html`);
          await page.getByRole("textbox").first().fill("What we do here.");
          await page.getByRole("status").getByText("Saved.").first().waitFor();
          await page.goto(`${server.base}facilitate/connected-learning/mistakes.html`);
          await page.getByRole("button", { name: "Project this section" }).click();
          await page.keyboard.press("PageDown");
          const [speaker] = await Promise.all([page.waitForEvent("popup"), page.keyboard.press("s")]);
          await speaker.getByText(/^2 \/ \d+$/).waitFor();
          await speaker.close();
          assert.deepEqual(faults, []);
          const answer = await page.goto(`${server.base}nowhere.html`);
          assert.equal(answer?.status(), 404);
          // Its status is told among the errors too.
          assert.deepEqual(
            faults.filter((fault) => !/status of 404/.test(fault)),
            [],
          );
        });
      });
    });
  }
}

test("what browsers keep for a year is named by what is in it, and nothing else has that right", async () => {
  const hashed = files.filter(isHashed);
  for (const folder of ["assets/", "assets/offline/", "pagefind/index/", "pagefind/fragment/"]) {
    assert.ok(
      hashed.some((file) => path.dirname(file) === folder.slice(0, -1)),
      folder,
    );
  }
  for (const file of hashed) {
    const [, told] = /[-_/]([0-9a-f]{7,})\.\w+$/.exec(file)!;
    // Pagefind's own names of texts are by what it was given to read.
    if (file.startsWith("pagefind/fragment/")) continue;
    const bytes = await readFile(path.join(folder, file));
    const record = /"([\w+/=]+)"\);\s*$/.exec(bytes.toString())?.[1];
    const named = file.startsWith("pagefind/") ? Buffer.from(record!, "base64") : bytes;
    assert.ok(createHash("sha256").update(named).digest("hex").startsWith(told!), file);
  }
  const others = files.filter((file) => /^assets\/[^/]+\.(?:css|js)$|^pagefind\/.*\/.*_/.test(file));
  assert.deepEqual(
    others.filter((file) => !isHashed(file)),
    [],
  );
});

describe("what no server here reads", () => {
  const texts = () => serverFiles(hostingAt("/training/2026/", ["https://lms.example.org"]));

  test("who may show the site in a frame is said in all of them, and the page's policy is in it whole", () => {
    for (const [name, text] of Object.entries(texts())) {
      assert.match(
        text.replaceAll("&#39;", "'"),
        /default-src 'none';.*frame-ancestors 'self' https:\/\/lms\.example\.org/,
        name,
      );
    }
  });

  test("web.config is XML that names each ending once and each hashed file, or its folder", () => {
    const $ = load(texts()["web.config"], { xml: true });
    assert.equal($("parsererror").length, 0);
    const endings = $("mimeMap").map((_, { attribs }) => attribs.fileExtension);
    assert.equal(new Set(endings.toArray()).size, endings.length);
    for (const file of files) assert.ok(endings.toArray().includes(path.extname(file)), file);
    const places = $("location")
      .map((_, { attribs }) => attribs.path!)
      .toArray();
    for (const file of files) {
      const place = places.find((one) => file === one || file.startsWith(`${one}/`));
      assert.equal(place !== undefined, isHashed(file), file);
    }
    assert.equal($("error").attr("path"), "/training/2026/404.html");
  });

  test("_headers has fewer rules than hosts read, and one lifetime a file", () => {
    const rules = texts()
      ._headers.split("\n")
      .filter((line) => line.startsWith("/"));
    assert.ok(rules.length < 100, `${rules.length}`);
    for (const file of files) {
      const matching = rules.filter((rule) => {
        const [before, after] = rule.split("*");
        return after === undefined
          ? rule === `/training/2026/${file}`
          : `/training/2026/${file}`.startsWith(before!);
      });
      assert.equal(matching.length, isHashed(file) ? 2 : 1, file);
    }
  });

  test("object storage gets each file with its type and lifetime, pages after what they ask for, sw.js last", async (t) => {
    if (process.platform === "win32") return t.skip("no shell");
    const home = await temporaryFolder();
    const log = path.join(home, "calls");
    await writeFiles(home, {
      "object-storage.sh": texts()["object-storage.sh"],
      aws: `#!/bin/sh\nfor one; do printf '%s\\t' "$one" >> "${log}"; done\necho >> "${log}"\n`,
    });
    await chmod(path.join(home, "aws"), 0o755);
    await promisify(execFile)(
      "sh",
      [path.join(home, "object-storage.sh"), folder, "s3://bucket/training/2026"],
      {
        env: { ...process.env, PATH: `${home}:${process.env.PATH}` },
      },
    );
    const copied = new Map<string, { type: string; lifetime: string; at: number }>();
    for (const [at, line] of (await readFile(log, "utf8")).trimEnd().split("\n").entries()) {
      const call = line.split("\t");
      const option = (name: string) => call[call.indexOf(name) + 1]!;
      const what = { type: option("--content-type"), lifetime: option("--cache-control"), at };
      for (const file of copiedBy(call)) copied.set(file, what);
    }
    for (const file of files) {
      const { type, lifetime, at } = copied.get(file) ?? assert.fail(`${file} is not copied`);
      assert.equal(type, typeOf(file), file);
      assert.equal(lifetime, isHashed(file) ? FOREVER : ASK_EACH_TIME, file);
      if (!file.endsWith(".html") && file !== "sw.js") assert.ok(at < copied.get("index.html")!.at, file);
    }
    assert.equal(copied.get("sw.js")!.at, Math.max(...[...copied.values()].map(({ at }) => at)));
  });

  /** As the AWS command line reads them: of all patterns that match, the last one counts, and a star goes over `/`. */
  function copiedBy(call: string[]): string[] {
    if (!call.includes("--recursive")) return [call[3]!.replace("s3://bucket/training/2026/", "")];
    const patterns = call.flatMap((word, index) =>
      /^--(?:in|ex)clude$/.test(word) ? [{ isIn: word === "--include", pattern: call[index + 1]! }] : [],
    );
    const matches = (file: string, pattern: string) =>
      new RegExp(`^${pattern.replace(/[.]/g, "\\.").replaceAll("*", ".*")}$`).test(file);
    return files.filter((file) => patterns.filter(({ pattern }) => matches(file, pattern)).at(-1)?.isIn);
  }
});
