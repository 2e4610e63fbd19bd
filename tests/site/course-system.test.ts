/** The package in a browser, under a course system: started, left, resumed, completed, and what goes wrong meanwhile. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { load } from "cheerio";
import { unzipSync } from "fflate";
import type { Browser, FrameLocator } from "playwright-core";
import { openBrowser } from "../../scripts/site/bench/browser.ts";
import { STANDARDS, type StandardName } from "../../scripts/site/lms/facts.ts";
import { packageName, writePackages } from "../../scripts/site/lms/package.ts";
import { violations } from "../support/axe.ts";
import { writeFiles } from "../support/content.ts";
import { inContext } from "../support/contexts.ts";
import { TestSystem } from "../support/course-system.ts";
import { buildForTest, serve, temporaryFolder } from "../support/sites.ts";

/** Long: a section whose end is in sight would count as read after a while. */
const section = (title: string, text = "") =>
  `---\ntitle: ${title}\n---\n${text}\n\n${"Text.\n\n".repeat(80)}`;
const FILES = {
  "site.yaml": "name: A course\nlms:\n  complete: 60\n",
  "index.md": section("A course"),
  "one/index.md": section("One"),
  "one/01-begin.md": section(
    "Begin",
    "[Elsewhere](http://localhost:9/x) and [mail](mailto:ask@example.org).",
  ),
  "one/02-circle.md": section("Circle"),
  "one/03-end.md": section("End"),
  "worksheets/01-start.md": '---\ntitle: "Worksheet #1: Start"\n---\nWhom?\n{: .answer #whom}\n',
};

let browser: Browser;
let built: string;
const packages = {} as Record<StandardName, string>;
before(async () => {
  const content = path.join(await temporaryFolder(), "content");
  await writeFiles(content, FILES);
  const { folder, site } = await buildForTest(content);
  built = folder;
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)));
  const packed = await temporaryFolder();
  await writePackages(site, folder, files, packed);
  for (const standard of STANDARDS) {
    packages[standard] = await temporaryFolder();
    await writeFiles(packages[standard], unzipSync(await readFile(path.join(packed, packageName(standard)))));
  }
  browser = await openBrowser();
});
after(() => browser.close());

const markButton = (course: FrameLocator) => course.getByRole("button", { name: "Mark as read" });
const heading = (course: FrameLocator, name: string) => course.getByRole("heading", { level: 1, name });
const start = (standard: StandardName) => TestSystem.start(standard, packages[standard]);

/** Reads the section that is open. */
async function read(course: FrameLocator): Promise<void> {
  await markButton(course).click();
  await course.locator("[aria-pressed=true]").waitFor();
}

for (const standard of STANDARDS) {
  test(`SCORM ${standard}: a course is started, left, resumed where it was, and completed`, async () => {
    const system = await start(standard);
    await inContext(browser, async (context) => {
      const { page, course } = await system.launch(context, "ana");
      await heading(course, "A course").waitFor();
      await system.until("ana", ({ status, place }) => status === "incomplete" && place === "index.html");
      await course.locator("[data-start]").click();
      await read(course);
      await system.until("ana", ({ kept }) => kept.length === 4 + 4);
      await course.locator("nav > [rel=next]").click();
      await heading(course, "Circle").waitFor();
      await system.until("ana", ({ place }) => place === "one/circle.html");
      await system.leave(page);
      const left = await system.until("ana", () => system.ended.length === 1);
      assert.equal(left.exit, "suspend");
      assert.match(left.time, standard === "1.2" ? /^(?:00)?00:0\d:\d\d(?:\.\d+)?$/ : /^PT0H\dM[\d.]+S$/);
      assert.equal(left.status, "incomplete");
    });
    // At another computer.
    await inContext(browser, async (context) => {
      const { page, course } = await system.launch(context, "ana");
      await heading(course, "Circle").waitFor();
      await course.locator(".sidebar a", { hasText: "Begin (read)" }).waitFor({ state: "attached" });
      await read(course);
      const done = await system.until("ana", ({ status }) => status === "completed");
      assert.equal(done.kept.length, 4 + 8);
      assert.equal(done.measure, standard === "1.2" ? "" : "1");
      // Complete, and still there to be read again.
      await markButton(course).click();
      await system.until("ana", ({ kept }) => kept.length === 4 + 4);
      await system.leave(page);
      const again = await system.launch(context, "ana");
      await heading(again.course, "Circle").waitFor();
      await system.until("ana", ({ entry }) => entry === "resume");
      assert.equal(system.of("ana").status, "completed");
    });
  });

  test(`SCORM ${standard}: while the connection is lost the course goes on, and what was read is told after it`, async () => {
    const system = await start(standard);
    await inContext(browser, async (context) => {
      const { course, launch } = await system.launch(context, "ana");
      const notice = launch.getByRole("status");
      await course.locator("[data-start]").click();
      await system.until("ana", ({ place }) => place === "one/begin.html");
      assert.equal(await notice.innerText(), "");
      system.isDown = true;
      await read(course);
      await notice.getByText("The course system does not answer just now.").waitFor();
      await course.locator("nav > [rel=next]").click();
      await heading(course, "Circle").waitFor();
      assert.equal(system.of("ana").kept.length, 4);
      system.isDown = false;
      await read(course);
      await system.until("ana", ({ status, kept }) => status === "completed" && kept.length === 4 + 8);
      await notice.getByText("The course system").waitFor({ state: "detached" });
    });
  });
}

test("a window that is closed, or torn away, loses nothing that was read", async () => {
  const system = await start("1.2");
  await inContext(browser, async (context) => {
    const { page, course } = await system.launch(context, "ana");
    await course.locator("[data-start]").click();
    await read(course);
    await system.until("ana", ({ kept }) => kept.length === 4 + 4);
    await page.goto("chrome://crash").catch(() => {});
    assert.deepEqual(system.ended, []);
    const again = await system.launch(context, "ana");
    await heading(again.course, "Begin").waitFor();
    await again.course.locator("[aria-pressed=true]").waitFor();
    await again.page.close({ runBeforeUnload: true });
    await system.until("ana", () => system.ended.length === 1);
    const { kept, place, exit } = system.of("ana");
    assert.deepEqual([kept.length, place, exit], [4 + 4, "one/begin.html", "suspend"]);
  });
});

test("in a window of its own a course finds the system that opened it", async () => {
  const system = await start("2004");
  await inContext(browser, async (context) => {
    const { page, course } = await system.launchInWindow(context, "ana");
    await course.locator("[data-start]").click();
    await read(course);
    await system.until("ana", ({ kept }) => kept.length === 4 + 4);
    await page.close({ runBeforeUnload: true });
    await system.until("ana", () => system.ended.length === 1);
    assert.equal(system.of("ana").place, "one/begin.html");
  });
});

test("what was read while the connection was lost to the end is told when the same learner comes back", async () => {
  const system = await start("2004");
  await inContext(browser, async (context) => {
    const { page, course, launch } = await system.launch(context, "ana");
    await course.locator("[data-start]").click();
    await system.until("ana", ({ place }) => place === "one/begin.html");
    system.isDown = true;
    await read(course);
    await launch.getByText("The course system does not answer").waitFor();
    // Of a page that is closed the browser may tell what it told last, once the connection is there again.
    await page.goto("chrome://crash").catch(() => {});
    system.isDown = false;

    // Another learner at the same computer sees nothing of it.
    const other = await system.launch(context, "ben");
    await other.course.getByText("Start ·").waitFor();
    await system.until("ben", ({ kept }) => kept.length === 4);
    await other.page.close();

    const again = await system.launch(context, "ana");
    await again.course.locator("[aria-pressed=true]").waitFor();
    await system.until("ana", ({ kept }) => kept.length === 4 + 4);
    assert.equal(system.of("ben").kept.length, 4);
  });
});

test("where a browser keeps nothing for a page in a frame, the course system still learns what is read", async () => {
  const system = await start("1.2");
  await inContext(browser, async (context) => {
    await context.addInitScript(`Object.defineProperty(window, "localStorage", {
      configurable: true,
      get() { throw new DOMException("denied", "SecurityError") },
    })`);
    const { page, course } = await system.launch(context, "ana");
    await course.locator("[data-start]").click();
    await system.until("ana", ({ place }) => place === "one/begin.html");
    await read(course);
    await system.until("ana", ({ kept }) => kept.length === 4 + 4);
    await course.locator("nav > [rel=next]").click();
    await course.locator(".sidebar a", { hasText: "Begin (read)" }).waitFor({ state: "attached" });
    await system.until("ana", ({ place }) => place === "one/circle.html");
    await read(course);
    await system.until("ana", ({ status }) => status === "completed");
    await system.leave(page);
    const again = await system.launch(context, "ana");
    await again.course.locator("[aria-pressed=true]").waitFor();
  });
});

test("links that lead elsewhere open a window of their own, and none of the site does", async () => {
  const system = await start("1.2");
  await inContext(browser, async (context) => {
    const { page, course } = await system.launch(context, "ana");
    await course.locator("[data-start]").click();
    await system.until("ana", ({ place }) => place === "one/begin.html");
    const opened = context.waitForEvent("page");
    await course.getByRole("link", { name: "Elsewhere" }).click();
    assert.notEqual(await opened, page);
    await heading(course, "Begin").waitFor();
    await course.locator("nav > [rel=next]").click();
    await heading(course, "Circle").waitFor();
    assert.equal(context.pages().length, 2);
  });
});

test("the page on privacy says what the course system learns, and no more that nothing is sent", async () => {
  const inSite = await readFile(path.join(built, "about/privacy/index.html"), "utf8");
  const inPackage = await readFile(path.join(packages["1.2"], "about/privacy/index.html"), "utf8");
  const textOf = (html: string) => load(html)("main").text();
  assert.match(
    textOf(inSite),
    /It sends nothing of yours to anyone\.[\s\S]*not sent anywhere[\s\S]*without a network/,
  );
  assert.doesNotMatch(inPackage, /It sends nothing|mark here is not sent anywhere|without a network/);
  assert.match(
    textOf(inPackage),
    /The course system learns which page you are on, which sections you have read/,
  );
  assert.equal(
    await readFile(path.join(packages["1.2"], "one/begin.html"), "utf8"),
    await readFile(path.join(built, "one/begin.html"), "utf8"),
  );
});

test("without a course system it is the site, with one line that says so, from a host and from a disk", async () => {
  const hosted = await serve(packages["1.2"], "/any/");
  for (const base of [hosted.base, `${pathToFileURL(packages["1.2"]).href}/`]) {
    await inContext(browser, async (context) => {
      const page = await context.newPage();
      page.on("pageerror", (error) => assert.fail(String(error)));
      const asked: string[] = [];
      page.on("response", (response) => {
        if (response.status() >= 400) asked.push(response.url());
      });
      await page.goto(`${base}lms.html`);
      const course = page.frameLocator("iframe");
      await page.getByRole("status").getByText("No course system answers here.").waitFor();
      await heading(course, "A course").waitFor();
      await course.locator("[data-start]").click();
      await read(course);
      await course.getByRole("link", { name: "A course" }).first().click();
      await course.locator("[data-progress]").getByText("1 of 3 sections read").waitFor();
      assert.deepEqual(asked, []);
      if (base === hosted.base) {
        // The frame first: what a page has in it counts for the page, but not from a disk.
        assert.deepEqual(await violations(page.frames()[1]!), []);
        assert.deepEqual(await violations(page), []);
      }
      // Nor does it begin to keep the site for use without a network.
      const wish = `JSON.parse(Object.entries(localStorage).find(([name]) => name.endsWith(" offline"))[1])`;
      assert.equal(await page.evaluate(wish), false);
    });
  }
});
