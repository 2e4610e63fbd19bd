/** `npm run release`: what it writes, and that it writes it whole, the same each time, or not at all. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import disk, { promises as fs } from "node:fs";
import { chmod, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { strFromU8, unzipSync } from "fflate";
import { sayFault } from "../../scripts/site/problems/faults.ts";
import { isHashed } from "../../scripts/site/release/hosting/model.ts";
import { hasPageNumbers } from "../../scripts/site/release/print.ts";
import { type ReleaseOptions, type ReleaseResult, releaseSite } from "../../scripts/site/release/release.ts";
import { openBrowser } from "../support/browser.ts";
import { fingerprint, runRelease } from "../support/command.ts";
import { type Files, inFolder, inWorkingDirectory, page, writeFiles } from "../support/content.ts";
import { inContext, openPage } from "../support/contexts.ts";
import { titlesOf } from "../support/pdf.ts";
import { COURSE, serve } from "../support/sites.ts";

process.env.SOURCE_DATE_EPOCH = "1700000000";

const VERSIONS: Record<string, Files> = Object.fromEntries(
  ["a", "b", "c"].map((version) => [
    version,
    { "content/index.md": page(`Version ${version}.`), "content/one.md": page(`One of ${version}.`, "One") },
  ]),
);

const release = (folder: string, options: Partial<ReleaseOptions> = {}): Promise<ReleaseResult> =>
  inWorkingDirectory(folder, () =>
    releaseSite({ content: "content", out: "release", pdf: "none", frames: [], ...options }),
  );

/** A folder with content and a release of it, and what `use` makes of them. */
const withRelease = (use: (folder: string, out: string) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    await writeFiles(folder, VERSIONS.a!);
    const { written } = await release(folder);
    assert.ok(written);
    await use(folder, path.join(folder, "release"));
  });

const filesOf = async (out: string) => unzipSync(await readFile(path.join(out, "site.zip")));
const hashedIn = async (out: string) => Object.keys(await filesOf(out)).filter(isHashed);

/** What was said of a release that came to nothing; the one before it is as it was, and nothing stands beside it. */
async function refusal(folder: string, options: Partial<ReleaseOptions> = {}): Promise<string> {
  const before = await fingerprint(path.join(folder, "release"));
  const beside = (await readdir(folder)).sort();
  let told: string | undefined;
  try {
    const { problems } = await release(folder, options);
    told = problems.errors.map(({ message, cure }) => `${message}; ${cure}`).join("\n");
  } catch (error) {
    told = await inWorkingDirectory(folder, async () => sayFault(error));
  }
  assert.equal(await fingerprint(path.join(folder, "release")), before);
  assert.deepEqual((await readdir(folder)).sort(), beside);
  return told;
}

test("a release holds the site, how to host it, configurations, and sums that are right", async () => {
  await withRelease(async (folder, out) => {
    assert.deepEqual((await readdir(out)).filter((name) => !name.startsWith(".")).sort(), [
      "HOSTING.txt",
      "SHA256SUMS",
      "lms",
      "server",
      "site.zip",
    ]);
    const sums = (await readFile(path.join(out, "SHA256SUMS"), "utf8")).trimEnd().split("\n");
    assert.deepEqual(
      sums.map((line) => line.slice(66)),
      [
        "HOSTING.txt",
        "lms/scorm-1.2.zip",
        "lms/scorm-2004.zip",
        "server/Caddyfile",
        "server/_headers",
        "server/apache.htaccess",
        "server/nginx.conf",
        "server/object-storage.sh",
        "server/web.config",
        "site.zip",
      ],
    );
    for (const line of sums) {
      const bytes = await readFile(path.join(out, line.slice(66)));
      assert.equal(createHash("sha256").update(bytes).digest("hex"), line.slice(0, 64), line);
    }
    const files = await filesOf(out);
    assert.match(strFromU8(files["one.html"]!), /One of a\./);
    assert.ok(files["sw.js"] && files[".nojekyll"] && files["404.html"]);
    const guide = await readFile(path.join(out, "HOSTING.txt"), "utf8");
    for (const line of guide.split("\n")) assert.ok(line.length <= 80, line);
    for (const name of await readdir(path.join(out, "server"))) assert.ok(guide.includes(name), name);
    assert.match(guide, /Hosting, 2023-11-14/);
    assert.deepEqual((await readdir(folder)).sort(), ["content", "release"]);
  });
});

test("the command says what it wrote; two runs from one commit are the same bytes, in any time zone", async () => {
  await inFolder(async (folder) => {
    await writeFiles(folder, VERSIONS.a!);
    const git = (...words: string[]) =>
      promisify(execFile)(
        "git",
        ["-C", folder, "-c", "user.name=A", "-c", "user.email=a@example.org", ...words],
        {
          env: { ...process.env, GIT_COMMITTER_DATE: "2024-05-06T07:08:09Z" },
        },
      );
    await git("init", "-q");
    await git("add", "content");
    await git("commit", "-q", "-m", "Begin");
    const prints = new Set<string | undefined>();
    for (const TZ of ["Pacific/Auckland", "America/New_York"]) {
      const { status, output, errors } = await runRelease(folder, { TZ }, "--without-pdf", "--quiet");
      assert.equal(status, 0, errors);
      assert.match(output, /^ *\d{2,3},\d{3} {2}site\.zip$/m);
      assert.match(output, /release\/ is ready\n$/);
      prints.add(await fingerprint(path.join(folder, "release")));
      await rm(path.join(folder, "release"), { recursive: true });
    }
    assert.equal(prints.size, 1);
    const once = await runRelease(folder, {}, "--require-pdf", "--without-pdf");
    assert.equal(once.status, 2);
    assert.match(once.errors, /^PDFs are required and left out at once\nusage: /);
    const frames = await runRelease(folder, {}, "--frames", "lms.example.org'; x");
    assert.match(
      frames.errors,
      /^lms\.example\.org'; is no origin, as https:\/\/lms\.example\.org is\nusage: /,
    );
  });
});

test("hashed files of one earlier release are kept, and a release made again is the same", async () => {
  await withRelease(async (folder, out) => {
    const a = await hashedIn(out);
    await writeFiles(folder, VERSIONS.b!);
    await release(folder);
    const [ab, first] = [await filesOf(out), await fingerprint(out)];
    for (const name of a) assert.ok(ab[name], name);
    const onlyA = a.filter((name) => !ab[".connected-learning-site"]!.toString().includes(name));
    const marker = strFromU8(ab[".connected-learning-site"]!);
    const own = Object.keys(ab).filter((name) => isHashed(name) && marker.includes(`"${name}"`));
    const ofA = a.filter((name) => !own.includes(name));
    assert.ok(ofA.some((name) => name.startsWith("pagefind/fragment/")) && onlyA.length > 0);
    // Nobody is led to them.
    assert.doesNotMatch(
      Object.values(ab)
        .map((bytes) => strFromU8(bytes))
        .join("\n")
        .replace(marker, ""),
      new RegExp(ofA[0]!),
    );
    await release(folder);
    assert.equal(await fingerprint(out), first);
    await writeFiles(folder, VERSIONS.c!);
    await release(folder);
    const abc = await filesOf(out);
    for (const name of own) assert.ok(abc[name], name);
    for (const name of ofA) assert.equal(abc[name], undefined, name);
  });
});

test("a reader in the middle of a search goes on when all files are replaced by a new release", async () => {
  const words = ["apples", "bridges", "candles", "dancers"];
  const pages = (version: string): Files =>
    Object.fromEntries(
      words.map((word) => [`content/${word}.md`, page(`${word} in version ${version}.`, `Of ${word}`)]),
    );
  const browser = await openBrowser();
  try {
    await inFolder(async (folder) => {
      const site = path.join(folder, "site");
      const unpack = async () => {
        await rm(site, { recursive: true, force: true });
        await writeFiles(site, await filesOf(path.join(folder, "release")));
      };
      await writeFiles(folder, pages("one"));
      await release(folder);
      await unpack();
      const { base } = await serve(site, "/");
      await inContext(browser, async (context) => {
        const tab = await openPage(context, { base, name: base }, "search.html");
        await tab.getByRole("searchbox").fill("apples");
        await tab.getByText("apples in version one.").waitFor();
        await writeFiles(folder, pages("two"));
        await release(folder);
        await unpack();
        await tab.getByRole("searchbox").fill("bridges");
        await tab.getByText("bridges in version one.").waitFor();
        await tab.getByRole("link", { name: "Of bridges" }).click();
        await tab.getByText("bridges in version two.").waitFor();
      });
    });
  } finally {
    await browser.close();
  }
});

test("nothing is released that check finds errors in, drafts too", async () => {
  await withRelease(async (folder) => {
    await writeFiles(folder, { "content/two.md": page("[x](nowhere.md)", "Two") });
    assert.match(await refusal(folder), /nowhere\.md/);
    await writeFiles(folder, { "content/two.md": "---\ntitle: Two\ndraft: true\n---\n[x](nowhere.md)" });
    assert.match(await refusal(folder), /nowhere\.md/);
  });
});

test("a folder that is not ours, a site, or one that somebody is in stays as it is", async () => {
  await withRelease(async (folder, out) => {
    await writeFiles(folder, {
      "mine/notes.txt": "mine",
      "_site/.connected-learning-site": "",
      "_site/a.html": "a",
    });
    assert.match(
      await refusal(folder, { out: "mine" }),
      /^the folder holds files that no build of this site wrote, .*--out DIR/,
    );
    assert.equal(
      await refusal(folder, { out: "_site" }),
      "_site: a site stands in it, and a release would replace it; name another folder: --out DIR",
    );
    const content = path.join(folder, "content");
    await assert.rejects(
      inWorkingDirectory(out, async () => {
        const { problems } = await releaseSite({ content, out, pdf: "none", frames: [] });
        throw new Error(problems.errors.map(({ message }) => message).join("\n"));
      }),
      /the output folder holds the folder you are in/,
    );
    await writeFile(path.join(out, "site.zip"), "no ZIP");
    assert.match(
      await refusal(folder),
      /^release\/site\.zip: the earlier release is no ZIP that can be read; delete it;/,
    );
  });
});

/** Lets each call of a name fail for files of a name. */
async function failing<Result>(
  call: "open" | "writeFile" | "rename",
  file: RegExp,
  code: string,
  use: () => Promise<Result>,
) {
  const original = fs[call] as (...args: unknown[]) => Promise<unknown>;
  (fs as unknown as Record<string, unknown>)[call] = (...args: unknown[]) =>
    file.test(String(args[0]))
      ? Promise.reject(Object.assign(new Error(code), { code, path: String(args[0]), syscall: call }))
      : original.apply(fs, args);
  syncBuiltinESMExports();
  try {
    return await use();
  } finally {
    (fs as unknown as Record<string, unknown>)[call] = original;
    syncBuiltinESMExports();
  }
}

test("a disk that is full, or a folder in use, is one sentence, and the earlier release stays", async () => {
  assert.ok(disk.promises === fs);
  await withRelease(async (folder) => {
    for (const [call, file, where] of [
      ["open", /site\.zip$/, "release/site.zip"],
      ["writeFile", /sw\.js$/, "release/site/sw.js"],
      ["writeFile", /HOSTING\.txt$/, "release/HOSTING.txt"],
      ["writeFile", /SHA256SUMS$/, "release/SHA256SUMS"],
    ] as const) {
      assert.equal(
        await failing(call, file, "ENOSPC", () => refusal(folder)),
        `${where}: the disk is full; free some space and run the command again`,
      );
    }
    assert.equal(
      await failing("rename", /release$/, "EBUSY", () => refusal(folder)),
      "release: another program is using it; close that program and run the command again",
    );
  });
});

/** A browser that is a few lines of Node. */
async function browserThat(folder: string, script: string) {
  const executablePath = path.join(folder, "browser.mjs");
  await writeFile(executablePath, `#!${process.execPath}\n${script}`);
  await chmod(executablePath, 0o755);
  return { executablePath, args: [], env: process.env as Record<string, string> };
}

test("a browser that hangs is stopped; one that cannot run, or none, leaves the PDFs out, or is an error", async () => {
  await withRelease(async (folder) => {
    await inFolder(async (elsewhere) => {
      const pid = path.join(elsewhere, "pid");
      const hanging = await browserThat(
        elsewhere,
        `import fs from "node:fs"; fs.writeFileSync(${JSON.stringify(pid)}, String(process.pid)); setInterval(() => {}, 1000);`,
      );
      // Long enough to begin in; it would never end.
      assert.equal(
        await refusal(folder, { pdf: "where-possible", browser: async () => hanging, printLimit: 3_000 }),
        "the browser did not print print.html within 3 seconds, and was stopped; run it again with less else to do, name another browser in CHROMIUM_PATH, or leave the PDFs out: --without-pdf",
      );
      const left = await readFile(pid, "utf8").catch(() => undefined);
      if (left) assert.throws(() => process.kill(Number(left), 0), { code: "ESRCH" });

      const broken = await browserThat(
        elsewhere,
        'console.error("error while loading shared libraries: libnss3.so"); process.exit(127);',
      );
      const note = `the browser ${broken.executablePath} cannot print (error while loading shared libraries: libnss3.so)`;
      assert.equal(
        await refusal(folder, { pdf: "required", browser: async () => broken }),
        `${note}; name a browser in CHROMIUM_PATH, or leave --require-pdf out`,
      );
      const { written } = await release(folder, { pdf: "where-possible", browser: async () => broken });
      assert.deepEqual(written?.notes, [
        `PDFs are left out: ${note}; a browser named in CHROMIUM_PATH makes them`,
      ]);
      assert.ok(written?.files.every(([name]) => !name.startsWith("pdf")));
      const none = { browser: async () => undefined };
      assert.match(await refusal(folder, { pdf: "required", ...none }), /^this machine has no browser; /);
      assert.match(
        (await release(folder, { pdf: "where-possible", ...none })).written!.notes[0]!,
        /no browser/,
      );
    });
  });
});

test("PDFs have tags, an outline, a language, page numbers and their text, and nothing of this machine", async (t) => {
  await inFolder(async (folder) => {
    const out = path.join(folder, "release");
    const print = async () => {
      const { written, problems } = await releaseSite({ content: COURSE, out, pdf: "required", frames: [] });
      assert.deepEqual(problems.errors, []);
      return written!.files.flatMap(([name]) => /^pdf\/(.*)/.exec(name)?.[1] ?? []);
    };
    const names = await print();
    assert.ok(
      names.includes("workbook.pdf") && names.some((name) => name.endsWith("-facilitator.pdf")),
      `${names}`,
    );
    const first = await fingerprint(out);
    const site = await filesOf(out);
    for (const name of names) {
      const pdf = await readFile(path.join(out, "pdf", name));
      const text = pdf.toString("latin1");
      assert.match(text, /\/MarkInfo <<[^>]*\/Marked true/, name);
      assert.match(text, /\/StructTreeRoot /, name);
      assert.match(text, /\/Lang \([a-z]{2}/, name);
      assert.ok(titlesOf(pdf).size > 1, name);
      assert.ok(hasPageNumbers(pdf), name);
      assert.match(text, /CreationDate \(D:20231114221320\+00'00'\)/, name);
      assert.doesNotMatch(text, /file:|building-/, name);
    }
    await rm(out, { recursive: true });
    await print();
    assert.equal(await fingerprint(out), first);
    const told = await promisify(execFile)("pdftotext", [path.join(out, "pdf/workbook.pdf"), "-"]).catch(
      () => undefined,
    );
    if (!told) return t.diagnostic("pdftotext is not installed: the texts of PDFs were not looked at");
    const said = told.stdout.replace(/\s+/g, " ");
    const sheets = Object.keys(site).filter((name) => /^worksheets\/(?!index)[^/]+\.html$/.test(name));
    for (const sheet of sheets) {
      const [, title] = /<h1[^>]*>([^<]*)/.exec(strFromU8(site[sheet]!))!;
      assert.ok(said.includes(title!.replaceAll("&amp;", "&").replaceAll("&#39;", "'")), title);
    }
    assert.match(said, /\b1 ?\/ ?\d+\b/);
  });
});
