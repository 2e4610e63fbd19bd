/** `npm start`: serves on this machine only, follows every save, and survives every mistake. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { PROJECT, runOf } from "../../scripts/site/project.ts";
import { openBrowser } from "../support/browser.ts";
import { copyOfProject } from "../support/project.ts";
import { COURSE, temporaryFolder } from "../support/sites.ts";

const PORT = 18_080 + Math.floor(Math.random() * 2_000);
let copy: string;
let server: ChildProcess;
let output = "";
let browser: Browser;
let page: Page;

before(async () => {
  copy = await copyOfProject();
  const blocker = createServer().listen(PORT, "127.0.0.1");
  await new Promise((resolve) => blocker.once("listening", resolve));
  server = spawn(process.execPath, ["scripts/run.mjs", "scripts/serve.ts", "--port", String(PORT)], {
    cwd: copy,
  });
  server.stdout!.on("data", (chunk) => {
    output += chunk;
  });
  server.stderr!.on("data", (chunk) => {
    output += chunk;
  });
  browser = await openBrowser();
  page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await said(/Serving/);
  blocker.close();
});
after(async () => {
  server.kill("SIGTERM");
  await browser.close();
});

async function said(pattern: RegExp): Promise<void> {
  while (!pattern.test(output)) {
    assert.equal(server.exitCode, null, output);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const change = async (file: string, from: string | RegExp, to: string) => {
  const whole = path.join(copy, file);
  const text = await readFile(whole, "utf8");
  assert.notEqual(text.replace(from, ""), text.replace(from, "x"), `${file} holds ${from}`);
  await writeFile(whole, text.replace(from, to));
};

const base = `http://localhost:${PORT + 1}/`;

test("before there is any content it answers and says so, and the page follows when content comes", async () => {
  const early = await fetch(`${base}first-steps/welcome.html`);
  assert.equal(early.status, 503);
  await early.text();
  await said(/content:1:1: there is no such content folder/);
  assert.equal((await page.goto(`${base}first-steps/welcome.html`))!.status(), 503);
  await page.locator("#live-problems").waitFor();
  await cp(COURSE, path.join(copy, "content"), { recursive: true });
  await page.getByRole("heading", { name: "Welcome", level: 1 }).waitFor();
});

test("a taken port is said, and the next one used", () => {
  assert.match(output, new RegExp(`Port ${PORT} is taken`));
  assert.match(output, new RegExp(`http://localhost:${PORT + 1}/`));
});

test("it answers on this machine only, and to its own name only", async () => {
  const others = Object.values(os.networkInterfaces())
    .flat()
    .filter((one) => one && !one.internal && one.family === "IPv4");
  for (const other of others) {
    await assert.rejects(fetch(`http://${other!.address}:${PORT + 1}/`), `answered on ${other!.address}`);
  }
  const { status } = await fetch(`http://127.0.0.1:${PORT + 1}/`);
  assert.equal(status, 200);
});

test("nothing of a preview is kept for use without a network, and what a site left here takes itself away", async () => {
  await page.goto(`${base}first-steps/welcome.html`, { waitUntil: "networkidle" });
  assert.equal(await page.evaluate("String(navigator.serviceWorker)"), "undefined");
  const worker = await fetch(`${base}sw.js`);
  assert.equal(worker.headers.get("content-type"), "text/javascript");
  assert.match(await worker.text(), /\.unregister\(\).*\.navigate\(/s);
});

test("content, layouts, styles, browser code and scripts are all picked up by the page that is open", async () => {
  await page.goto(`${base}first-steps/welcome.html`);
  await change("content/01-first-steps/01-welcome.md", "An aardvark opens", "A platypus opens");
  await page.getByText("A platypus opens").waitFor();

  await change("layouts/partials/breadcrumbs.liquid", "<ol>", '<ol aria-label="Trail">');
  await page.getByRole("list", { name: "Trail" }).waitFor();

  await change("layouts/words/en.json", '"home": "Home"', '"home": "Start"');
  await page.getByRole("link", { name: "Start" }).waitFor();

  await change("layouts/words/en.json", '"objectives": "Objectives"', '"objectives": "Goals"');
  await page.getByText("Goals", { exact: true }).waitFor();

  await change("assets/css/base.css", "background: var(--paper);", "background: rgb(1, 2, 3);");
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)");

  await change("assets/browser/site.ts", "\nplayCards();", '\nplayCards();\ndocument.title = "Edited";');
  await page.waitForFunction(() => document.title === "Edited");

  await change("scripts/site/html/components/callouts.ts", 'class: "callout-label"', 'class: "aims"');
  await page.locator(".aims").first().waitFor();
});

/** Opens a page that may load again in the same moment, for there are saves that it does not show yet. */
async function open(address: string): Promise<void> {
  for (let isOpen = false; !isOpen; ) {
    isOpen = await page.goto(base + address).then(
      () => true,
      (error: Error) => {
        if (!error.message.includes("ERR_ABORTED")) throw error;
        return false;
      },
    );
  }
}

/** Marks the page that is open: another one, loaded anew, has no mark. */
const mark = () => page.evaluate(() => Object.assign(globalThis, { isMarked: true }));
const isMarked = () => page.evaluate(() => "isMarked" in globalThis);

test("a style comes in without a reload: the reader's place and what was opened stay", async () => {
  await page.setViewportSize({ width: 600, height: 500 });
  await page.goto(`${base}first-steps/forms.html`);
  await mark();
  await page.locator("details.contents-fold > summary").click();
  const sheets = await page.locator('link[rel="stylesheet"][href*="site-"]').count();
  await page.evaluate(() => scrollTo(0, 700));
  const place = await page.evaluate(() => scrollY);
  assert.ok(place > 0);
  for (const color of ["rgb(4, 5, 6)", "rgb(7, 8, 9)"]) {
    await change("assets/css/base.css", /background: rgb\([^)]*\);/, `background: ${color};`);
    await page.waitForFunction((color) => getComputedStyle(document.body).backgroundColor === color, color);
  }
  assert.equal(await page.locator('link[rel="stylesheet"][href*="site-"]').count(), sheets);
  // The colors of the settings are a part of the style sheet.
  await change("content/site.yaml", /$/, '\ncolors:\n  accent: "#7a1420"\n');
  await page.waitForFunction(
    () => getComputedStyle(document.documentElement).getPropertyValue("--accent-light") === "#7a1420",
  );
  assert.ok(await isMarked());
  assert.equal(await page.evaluate(() => scrollY), place);
  assert.ok((await page.locator("details.contents-fold").getAttribute("open")) !== null);
  // A page that is loaded now has it from the start, and a script is another matter.
  await change("assets/browser/site.ts", /$/, "\nObject.assign(globalThis, { isAnew: true });\n");
  await page.waitForFunction(() => "isAnew" in globalThis);
  assert.ok(!(await isMarked()));
  await page.setViewportSize({ width: 1280, height: 720 });
});

test("what editors keep beside a file, and a save of the same text, changes nothing", async () => {
  await page.goto(`${base}first-steps/welcome.html`);
  await mark();
  const file = path.join(copy, "content/01-first-steps/01-welcome.md");
  const folder = path.dirname(file);
  for (const name of [".01-welcome.md.swp", "01-welcome.md~", "#01-welcome.md#", ".DS_Store"]) {
    await writeFile(path.join(folder, name), "x");
  }
  await writeFile(file, await readFile(file));
  // Vim asks by such a name whether it may write here, and takes it away at once.
  await writeFile(path.join(folder, "4913"), "");
  await rm(path.join(folder, "4913"));
  await change("content/01-first-steps/02-forms.md", "title: All the forms", "title: Every form");
  await page.getByRole("link", { name: "Every form" }).first().waitFor();
  assert.equal(await page.locator("#live-problems").count(), 0);
  await writeFile(file, await readFile(file));
  await mark();
  await change("assets/css/base.css", /background: rgb\([^)]*\);/, "background: rgb(1, 1, 1);");
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(1, 1, 1)");
  assert.ok(await isMarked());
});

test("saves in the middle of a save, and another branch, end in the page as it is on the disk", async () => {
  await page.goto(`${base}first-steps/welcome.html`);
  const file = path.join(copy, "content/01-first-steps/01-welcome.md");
  const text = await readFile(file, "utf8");
  for (let save = 0; save < 30; save++) {
    // As some editors save: emptied first, and written in parts.
    await writeFile(file, "");
    await writeFile(file, text.slice(0, 100));
    await writeFile(file, `${text}\n\nSave number ${save}.\n`);
    await new Promise((resolve) => setTimeout(resolve, 3 * (save % 20)));
  }
  await page.getByText("Save number 29.").waitFor();

  const other = path.join(copy, "other-branch");
  await cp(path.join(copy, "content"), other, { recursive: true });
  for (let number = 10; number < 90; number++) {
    const page = `---\ntitle: Page ${number}\n---\n[Welcome](../01-first-steps/01-welcome.md)\n`;
    await mkdir(path.join(other, "03-branch"), { recursive: true });
    await writeFile(path.join(other, `03-branch/${number}-page-${number}.md`), page);
  }
  await rm(path.join(other, "02-späte-Übung"), { recursive: true });
  await writeFile(path.join(other, "01-first-steps/01-welcome.md"), `${text}\n\nOn a branch.\n`);
  for (let times = 0; times < 2; times++) {
    // Git takes away and writes file by file.
    await rm(path.join(copy, "content/02-späte-Übung"), { recursive: true });
    await cp(other, path.join(copy, "content"), { recursive: true, force: true });
    await page.getByText("On a branch.").waitFor();
    await open("branch/page-89.html");
    await page.getByRole("heading", { name: "Page 89" }).waitFor();
    assert.equal((await fetch(`${base}spate-ubung/letzte.html`)).status, 404);
    await rm(path.join(copy, "content/03-branch"), { recursive: true });
    await cp(path.join(COURSE, "02-späte-Übung"), path.join(copy, "content/02-späte-Übung"), {
      recursive: true,
    });
    await writeFile(file, text);
    await open("first-steps/welcome.html");
    await page.getByText("On a branch.").waitFor({ state: "detached" });
    assert.equal(await page.locator("#live-problems").count(), 0);
  }
});

test("search follows, and says so until it has", async () => {
  await page.goto(`${base}first-steps/welcome.html`);
  const note = page.locator("#live-search");
  await note.waitFor({ state: "detached" });
  await change("content/01-first-steps/01-welcome.md", "platypus", "thylacine");
  await page.getByText("thylacine").waitFor();
  await page.getByText("Search is being brought up to date").waitFor();
  await note.waitFor({ state: "detached" });
  await page.goto(`${base}search.html?q=thylacine`);
  await page.getByRole("link", { name: "Welcome" }).waitFor();
  // A page that has searched has the index in its memory.
  await change("content/01-first-steps/02-forms.md", "title: Every form", "title: All the forms");
  await page.getByText("Search is being brought up to date").waitFor();
  await page.getByText("Search is up to date once this page is loaded again").waitFor();
  await page.reload();
  await page.fill("input[type=search]", "forms");
  await page.getByRole("link", { name: "All the forms" }).waitFor();
});

test("a mistake in a layout or a style shows, the last good site stays, and the next save recovers", async () => {
  await page.goto(`${base}first-steps/welcome.html`);
  const notice = page.locator("#live-problems");
  await change("layouts/section.liquid", "<article", "{% if %}<article");
  await notice.waitFor();
  assert.equal((await fetch(`${base}first-steps/welcome.html`)).status, 200);
  await change("layouts/section.liquid", "{% if %}<article", "<article");
  await notice.waitFor({ state: "detached" });
  await change("assets/css/base.css", "background: rgb", "background }: rgb");
  await notice.waitFor();
  await change("assets/css/base.css", "background }: rgb", "background: rgb");
  await notice.waitFor({ state: "detached" });
});

test("a mistake shows in the terminal and in the page, and the next good save recovers", async () => {
  await page.goto(`${base}first-steps/welcome.html`);
  await change("content/01-first-steps/01-welcome.md", "title: Welcome", "tile: Welcome");
  const notice = page.locator("#live-problems");
  await notice.waitFor();
  assert.match(
    await notice.innerText(),
    /01-welcome\.md:2:1: the front matter key "tile" is not known; did you mean "title"\?/,
  );
  assert.match(
    output,
    /01-welcome\.md:2:1: the front matter key "tile" is not known; did you mean "title"\?/,
  );
  await page.reload();
  await notice.waitFor();
  await change("content/01-first-steps/01-welcome.md", "tile: Welcome", "title: Welcome back");
  await page.getByRole("heading", { name: "Welcome back" }).waitFor();
  assert.equal(await notice.count(), 0);
});

test("a mistake in a script shows too, and is recovered from", async () => {
  await page.goto(`${base}first-steps/welcome.html`);
  await change("scripts/site/html/components/callouts.ts", 'class: "aims"', "class: }{");
  await page.locator("#live-problems").waitFor();
  await change("scripts/site/html/components/callouts.ts", "class: }{", 'class: "goals"');
  await page.locator(".goals").first().waitFor();
});

test("a content folder that is moved away and comes back, or is made anew, is followed as before", async () => {
  const content = path.join(copy, "content");
  const away = path.join(copy, "away");
  const notice = page.locator("#live-problems", { hasText: "there is no such content folder" });
  await page.goto(`${base}first-steps/welcome.html`);
  await rename(content, away);
  await notice.waitFor();
  await rename(away, content);
  await notice.waitFor({ state: "detached" });
  await change("content/01-first-steps/01-welcome.md", "title: Welcome back", "title: Moved");
  await page.getByRole("heading", { name: "Moved" }).waitFor();

  await rm(content, { recursive: true });
  await notice.waitFor();
  await cp(COURSE, content, { recursive: true });
  await page.getByRole("heading", { name: "Welcome", exact: true }).waitFor();
  await change("content/01-first-steps/01-welcome.md", "title: Welcome", "title: Anew");
  await page.getByRole("heading", { name: "Anew" }).waitFor();
});

test("it goes on where nobody reads what it says any more", async () => {
  server.stdout!.destroy();
  server.stderr!.destroy();
  await change("content/01-first-steps/01-welcome.md", "title: Anew", "title: Unheard");
  await page.getByRole("heading", { name: "Unheard" }).waitFor();
  assert.equal(server.exitCode, null);
});

interface Started {
  child: ChildProcess;
  url: string;
  said: (pattern: RegExp) => Promise<void>;
  /** What its processes are called by, and its folder. */
  name: string;
}

/** A preview of its own, as a terminal starts it, in a folder for temporary files that shows what it leaves. */
async function startIn(temporary: string, command: readonly string[]): Promise<Started> {
  const args = [...command.slice(1), "--content", COURSE, "--port", String(PORT + 2_100)];
  const child = spawn(command[0]!, args, {
    cwd: PROJECT,
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream!.on("data", (chunk) => {
      text += chunk;
    });
  }
  const said = async (pattern: RegExp) => {
    while (!pattern.test(text)) {
      assert.equal(child.exitCode, null, text);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const before = new Set(await previewsIn(temporary));
  await said(/Serving .* at .*\n/);
  const name = (await previewsIn(temporary)).find((one) => !before.has(one))!;
  return { child, url: /http:\S+/.exec(text)![0], said, name };
}

const previewsIn = async (temporary: string) =>
  (await readdir(temporary)).filter((name) => name.startsWith("connected-learning-"));

/** Waits until nothing of a preview is left: no folder, no process that names one, nobody who answers. */
async function untilNothingIsLeft(temporary: string, { url, name }: Started): Promise<void> {
  const left = async () => [
    ...(await previewsIn(temporary)),
    ...(await processesNaming(name)),
    ...((await isAnswered(Number(new URL(url).port))) ? [url] : []),
  ];
  const end = Date.now() + 30_000;
  for (let found = await left(); found.length; found = await left()) {
    assert.ok(Date.now() < end, found.join("\n"));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isAnswered = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => resolve(false));
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });

/** Command lines of the running processes that have a word in them; none where the system does not tell. */
async function processesNaming(word: string): Promise<string[]> {
  if (process.platform !== "linux") return [];
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""));
  return (await Promise.all(lines)).filter((line) => line.includes(word));
}

const START = [process.execPath, ...runOf("scripts/serve.ts")];
const NPM = ["npm", "start", "--silent", "--"];
const isWindows = process.platform === "win32";

test("ended in the middle of a build by any signal, it leaves no folder and no process", {
  skip: isWindows,
}, async () => {
  const temporary = await temporaryFolder();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    const started = await startIn(temporary, START);
    const status = new Promise((resolve) => started.child.once("exit", resolve));
    started.child.kill(signal);
    assert.equal(await status, 0, signal);
    await untilNothingIsLeft(temporary, started);
  }
});

test("Ctrl+C and a closed terminal, which tell all of its processes at once, leave nothing", {
  skip: isWindows,
}, async () => {
  const temporary = await temporaryFolder();
  for (const [command, signal] of [
    [START, "SIGHUP"],
    [NPM, "SIGINT"],
  ] as const) {
    const started = await startIn(temporary, command);
    // While the search index is being made.
    await started.said(/Built in/);
    process.kill(-started.child.pid!, signal);
    await untilNothingIsLeft(temporary, started);
  }
});

test("what a preview left that was killed outright is removed by the next", { skip: isWindows }, async () => {
  const temporary = await temporaryFolder();
  const killed = await startIn(temporary, START);
  await killed.said(/Built in/);
  const ended = new Promise((resolve) => killed.child.once("exit", resolve));
  killed.child.kill("SIGKILL");
  await ended;
  assert.deepEqual(await previewsIn(temporary), [killed.name]);
  const next = await startIn(temporary, START);
  assert.deepEqual(await previewsIn(temporary), [next.name]);
  next.child.kill("SIGTERM");
  await untilNothingIsLeft(temporary, next);
  // Its own processes ended with it.
  await untilNothingIsLeft(temporary, killed);
});

test("it ends with the npm that started it, however npm is ended", { skip: isWindows }, async () => {
  const temporary = await temporaryFolder();
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    const started = await startIn(temporary, NPM);
    started.child.kill(signal);
    await untilNothingIsLeft(temporary, started);
  }
});
