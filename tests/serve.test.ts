/** `npm start`: builds, serves on this machine only, follows every save, and survives every mistake. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "./support/browser.ts";
import { COURSE, PROJECT, temporaryFolder } from "./support/sites.ts";

const PORT = 18_080 + Math.floor(Math.random() * 2_000);
let copy: string;
let server: ChildProcess;
let output = "";
let browser: Browser;
let page: Page;

before(async () => {
  // A copy of the project, so that its layouts and scripts can be changed; what npm installed is shared.
  copy = path.join(await temporaryFolder(), "project");
  const own = /^(?:\.eleventy\.ts|package\.json|tsconfig\.json|layouts|assets|scripts|node_modules)$/;
  await cp(PROJECT, copy, {
    recursive: true,
    filter: (source) => {
      const top = path.relative(PROJECT, source).split(path.sep)[0]!;
      return top === "" || (own.test(top) && top !== "node_modules");
    },
  });
  const { symlink } = await import("node:fs/promises");
  await symlink(path.join(PROJECT, "node_modules"), path.join(copy, "node_modules"), "junction");
  await cp(COURSE, path.join(copy, "content"), { recursive: true });

  const blocker = createServer().listen(PORT, "127.0.0.1");
  await new Promise((resolve) => blocker.once("listening", resolve));
  server = spawn(process.execPath, ["--import", "tsx", "scripts/serve.ts", "--port", String(PORT)], {
    cwd: copy,
  });
  server.stdout!.on("data", (chunk) => {
    output += chunk;
  });
  server.stderr!.on("data", (chunk) => {
    output += chunk;
  });
  await said(/Built in/);
  blocker.close();
  browser = await openBrowser();
  page = await browser.newPage();
  page.setDefaultTimeout(60_000);
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

const change = async (file: string, from: string, to: string) => {
  const whole = path.join(copy, file);
  const text = await readFile(whole, "utf8");
  assert.ok(text.includes(from), `${file} holds ${from}`);
  await writeFile(whole, text.replace(from, to));
};

const base = `http://localhost:${PORT + 1}/`;

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

test("content, layouts, styles, browser code and scripts are all picked up by the page that is open", async () => {
  await page.goto(`${base}first-steps/welcome.html`);
  await change("content/01-first-steps/01-welcome.md", "An aardvark opens", "A platypus opens");
  await page.getByText("A platypus opens").waitFor();

  await change("layouts/partials/breadcrumbs.liquid", ">Home<", ">Start<");
  await page.getByRole("link", { name: "Start" }).waitFor();

  await change("assets/css/base.css", "background: var(--paper);", "background: rgb(1, 2, 3);");
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)");

  await change(
    "assets/browser/site.ts",
    'settingsButton.textContent = "Settings"',
    'settingsButton.textContent = "Choices"',
  );
  await page.getByRole("button", { name: "Choices" }).waitFor();

  await change("scripts/site/callouts.ts", 'objectives: "Objectives"', 'objectives: "Aims"');
  await page.getByText("Aims", { exact: true }).waitFor();
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
  await change("scripts/site/callouts.ts", 'objectives: "Aims"', "objectives: }{");
  await page.locator("#live-problems").waitFor();
  await change("scripts/site/callouts.ts", "objectives: }{", 'objectives: "Goals"');
  await page.getByText("Goals", { exact: true }).waitFor();
});
