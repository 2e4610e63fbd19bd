/** Without a network: what a browser keeps of a site, how a new release takes the old one's place, and how it ends. */
import assert from "node:assert/strict";
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { takingAwayWorker, writeOffline } from "../../scripts/site/output/offline.ts";
import {
  bytesOf,
  listAddress,
  type ReleaseList,
  readList,
  releaseIn,
  WORKER,
} from "../../scripts/site/output/release.ts";
import { violations } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type Files, page } from "../support/content.ts";
import { button, inContext } from "../support/contexts.ts";
import { Host } from "../support/host.ts";
import { buildForTest, buildOf, COURSE, temporaryFolder } from "../support/sites.ts";

const SECTION = "connected-learning/mistakes.html";
const FILM = "connected-learning/tour.mp4";

/** A course, and a later release of it, of which every page differs. */
let first: string;
let second: string;
/** Another course, and one that is not to be kept. */
let other: string;
let switchedOff: string;
let browser: Browser;

const release = (version: string): Files => ({
  "site.yaml": `name: Connected Learning\nversion: ${version}\n`,
  ...Object.fromEntries(
    Array.from({ length: 8 }, (_, n) => [
      `connected-learning/0${n}-part-${n}.md`,
      page(`A mentor, and part ${n}.`, `Part ${n}`),
    ]),
  ),
  "connected-learning/09-mistakes.md": page("A mentor makes mistakes.", "Mistakes"),
  "worksheets/plan.md": page("What do you ask a mentor?\n{: .answer}\n", "Plan"),
});

before(async () => {
  first = await buildOf(release("The first release"));
  await writeFile(path.join(first, FILM), "0123456789".repeat(300_000));
  await rm(path.join(first, "assets/offline"), { recursive: true });
  await writeOffline(first, true);
  second = await buildOf(release("The second release"));
  other = (await buildForTest(COURSE)).folder;
  switchedOff = await temporaryFolder();
  await cp(COURSE, switchedOff, { recursive: true });
  await writeFile(path.join(switchedOff, "site.yaml"), "offline: false\n");
  switchedOff = (await buildForTest(switchedOff)).folder;
  browser = await openBrowser();
});
after(() => browser.close());

/** A reader of its own, and a host with these folders. */
async function visit(
  sites: Record<string, string>,
  use: (host: Host, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const host = new Host();
  for (const [prefix, folder] of Object.entries(sites)) host.sites.set(prefix, folder);
  await host.start();
  try {
    await inContext(browser, (context) => use(host, context), { serviceWorkers: "allow" });
  } finally {
    await host.stop();
  }
}

async function open(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(String(error)));
  await page.goto(url);
  return page;
}

const releaseOf = async (folder: string) => releaseIn(await readFile(path.join(folder, WORKER), "utf8"))!;
const listOf = async (folder: string): Promise<ReleaseList> =>
  readList(await readFile(path.join(folder, listAddress(await releaseOf(folder))), "utf8"));
const pagesOf = async (folder: string): Promise<string[]> =>
  (await listOf(folder)).byItself.map(({ url }) => url).filter((url) => url.endsWith(".html"));
const sizeOf = (files: readonly { bytes: number }[]) =>
  `${(bytesOf(files) / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
const textAt = (folder: string, address: string) =>
  readFile(path.join(folder, decodeURIComponent(address)), "utf8");

const noted = (site: string, note: string) =>
  `caches.match(${JSON.stringify(`${site}?${note}=`)}).then((found) => found?.text())`;
const ACTIVE = "navigator.serviceWorker.getRegistration().then((one) => one?.active?.state)";

/** Whether nothing is kept any more, and no worker is there. */
const GONE =
  "Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then((all) => !all.flat().length)";

/** For a message: the worker's states, and what is noted. */
const STATE = `Promise.all([navigator.serviceWorker.getRegistration(), caches.keys()]).then(async ([one, names]) => {
  const keys = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)));
  const states = [one?.active, one?.waiting, one?.installing].map((worker) => worker?.state);
  return JSON.stringify([document.readyState, states, keys.flat().filter((url) => !url.includes("file=")), keys.flat().length]);
})`;

/** Waits for something in a page, which may load again meanwhile. */
async function until(page: Page, expression: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await page.evaluate(expression).catch(() => false))) {
    if (Date.now() > end) assert.fail(`in vain: ${expression}; there is ${await page.evaluate(STATE)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Until the page's worker has all of a release. */
async function untilKept(page: Page, site: string, folder: string): Promise<void> {
  const release = JSON.stringify(await releaseOf(folder));
  await until(
    page,
    `Promise.all([${noted(site, "newest")}, ${ACTIVE}]).then(([one, state]) => one === ${release} && state === "activated")`,
  );
}

/** The hashes of all files that a browser keeps of a site. */
const hashesIn = (page: Page, site: string): Promise<string[]> =>
  page.evaluate(
    `caches.open(${JSON.stringify(`site ${site} offline`)}).then((cache) => cache.keys()).then((keys) => keys.map(({ url }) => new URL(url).searchParams.get("file")).filter(Boolean).sort())`,
  );

/** The text at an address, as a page gets it. */
const fetched = (page: Page, url: string, options = "{}"): Promise<string> =>
  page.evaluate(`fetch(${JSON.stringify(url)}, ${options}).then((answer) => answer.text())`);

async function search(page: Page, words: string): Promise<void> {
  await page.keyboard.press("/");
  await page.getByRole("searchbox").fill(words);
  await page.locator("dialog[open] [data-results] > li").first().waitFor();
}

/** Opens every page of a release, or one of so many, and compares it with what was built. */
async function assertPages(page: Page, site: string, folder: string, oneOf = 1): Promise<void> {
  const pages = await pagesOf(folder);
  for (const address of pages.filter((_, index) => index % oneOf === 0)) {
    const expected = await textAt(folder, address);
    // Such a page is left before it could be looked at.
    if (/http-equiv="refresh"/.test(expected)) assert.equal(await fetched(page, site + address), expected);
    else assert.equal(await (await page.goto(site + address))!.text(), expected, address);
  }
}

test("once visited, every page, worksheet and the search work without the server", async () => {
  await visit({ "/course/": first }, async (host, context) => {
    const site = host.base("/course/");
    const page = await open(context, site + SECTION);
    await untilKept(page, site, first);
    await host.stop();

    // The page that was open before there was a worker, too.
    await search(page, "mentor");
    await assertPages(page, site, first);
    await page.goto(site + SECTION);
    await search(page, "mentor");
    await page.keyboard.press("Enter");
    await page.waitForURL(/search\.html\?q=mentor/);
    await page.locator("[data-results] > li").first().waitFor();
    for (const { url } of (await listOf(first)).byItself) {
      const status = await page.evaluate(`fetch(${JSON.stringify(site + url)}).then(({ status }) => status)`);
      assert.equal(status, 200, url);
    }
  });
});

test("pages are found as servers call them; of what is not there the site's own page says so", async () => {
  await visit({ "/course/": first }, async (host, context) => {
    const site = host.base("/course/");
    const page = await open(context, site);
    await untilKept(page, site, first);
    await host.stop();
    for (const [asked, found, title] of [
      ["?from=mail#top", "?from=mail#top", "Connected Learning"],
      ["connected-learning/mistakes", "connected-learning/mistakes", "Mistakes"],
      ["connected-learning/mistakes.html?print", "connected-learning/mistakes.html?print", "Mistakes"],
      ["worksheets?x=1", "worksheets/?x=1", "Worksheets"],
      ["worksheets/", "worksheets/", "Worksheets"],
    ] as const) {
      const answer = await page.goto(site + asked);
      // A page whose address differs in its query only is another one for a worker, and the same for a test.
      assert.equal(answer?.status() ?? 200, 200);
      assert.equal(page.url(), site + found);
      assert.ok((await page.title()).startsWith(title), await page.title());
    }
    for (const address of ["connected-learning/nowhere", "nowhere/at/all.html", "%E0%A4%A"]) {
      const answer = await page.goto(site + address).catch(() => undefined);
      if (address.startsWith("%")) assert.equal(answer, undefined);
      else assert.deepEqual([answer!.status(), await answer!.text()], [404, await textAt(first, "404.html")]);
    }
  });
});

test("a second visit asks the server for nothing", async () => {
  await visit({ "/course/": first }, async (host, context) => {
    const site = host.base("/course/");
    const page = await open(context, site + SECTION);
    await untilKept(page, site, first);
    await page.close();
    host.asked = [];
    const again = await context.newPage();
    await again.goto(site + SECTION, { waitUntil: "networkidle" });
    await again.goto(site, { waitUntil: "networkidle" });
    await search(again, "mentor");
    assert.deepEqual(host.asked, []);
  });
});

test("a new release is there after one reload, whole; what is open stays of the old one until it is left", async () => {
  await visit({ "/course/": first }, async (host, context) => {
    const site = host.base("/course/");
    const early = await open(context, site + SECTION);
    await untilKept(early, site, first);
    await early.goto(site + SECTION);
    const page = await open(context, site);
    host.sites.set("/course/", second);
    host.asked = [];
    await page.reload();
    await page.getByText("The second release").waitFor();
    await untilKept(page, site, second);
    // Of what was the same in both nothing is fetched again.
    const [before, now] = [await listOf(first), await listOf(second)];
    const same = new Set(before.byItself.map(({ hash }) => hash));
    const fetchedAgain = now.byItself.filter(
      ({ hash, url }) => same.has(hash) && host.asked.includes(`/course/${url}`),
    );
    assert.deepEqual(fetchedAgain, []);
    assert.ok(host.asked.length < now.byItself.length);

    await host.stop();
    const entry = `${site}pagefind/entry.js`;
    assert.equal(await fetched(early, entry), await textAt(first, "pagefind/entry.js"));
    assert.equal(await fetched(page, entry), await textAt(second, "pagefind/entry.js"));
    await search(early, "mentor");
    await early.locator("dialog[open] [data-results] a").first().click();
    await early.getByText("The second release").waitFor();

    await assertPages(page, site, second);
    const hashes = [...now.byItself, { hash: await releaseOf(second) }].map(({ hash }) => hash);
    await until(
      page,
      `caches.match(${JSON.stringify(`${site}?tidied=`)}).then((found) => found?.text()).then((text) => text === ${JSON.stringify(await releaseOf(second))})`,
    );
    assert.deepEqual(await hashesIn(page, site), [...new Set(hashes)].sort());
  });
});

test("a release that is not whole on the server, or a server that answers with something else, changes nothing", async () => {
  const half = path.join(await temporaryFolder(), "half");
  await cp(first, half, { recursive: true });
  await cp(path.join(second, WORKER), path.join(half, WORKER));
  await cp(path.join(second, "assets/offline"), path.join(half, "assets/offline"), { recursive: true });
  await visit({ "/course/": first }, async (host, context) => {
    const site = host.base("/course/");
    const page = await open(context, site + SECTION);
    await untilKept(page, site, first);

    host.sites.set("/course/", half);
    await page.reload();
    await untilKept(page, site, first);
    await assertPages(page, site, first, 8);

    host.sites.set("/course/", second);
    for (const answer of [
      { status: 500, headers: {}, text: "out of order" },
      { status: 200, headers: { "content-type": "text/html" }, text: "<title>Log in</title>" },
      { status: 302, headers: { location: "/login" }, text: "" },
    ]) {
      host.instead = (url, response) => {
        if (url.startsWith("/login")) response.end("<title>Log in</title>");
        else response.writeHead(answer.status, answer.headers).end(answer.text);
        return true;
      };
      await page.goto(site + SECTION);
      await page.reload();
      await untilKept(page, site, first);
      await assertPages(page, site, first, 8);
    }
    host.instead = () => false;
    await page.goto(site + SECTION);
    await page.reload();
    await page.getByText("The second release").waitFor();
  });
});

test("what is broken off goes on where it was; no page is shown before all are there", async () => {
  await visit({ "/course/": first }, async (host, context) => {
    const site = host.base("/course/");
    const MOST = 40;
    let isBroken = true;
    host.instead = (_url, response) => {
      if (!isBroken || host.asked.length < MOST) return false;
      response.destroy();
      return true;
    };
    const page = await open(context, site + SECTION);
    await until(page, `${noted(site, "coming")}.then(Boolean)`);
    await until(
      page,
      "navigator.serviceWorker.getRegistration().then((one) => !one?.installing && !one?.active)",
    );
    assert.ok((await hashesIn(page, site)).length > 10);
    isBroken = false;
    await page.goto(site + SECTION);
    await untilKept(page, site, first);
    const asked = new Map<string, number>();
    for (const url of host.asked.filter((one) => one.includes("pagefind/")))
      asked.set(url, (asked.get(url) ?? 0) + 1);
    // Those that were under way, and no other, are asked for twice or more.
    assert.ok([...asked.values()].filter((times) => times > 1).length <= 3);
  });
});

test("two sites on one host, one in the other's folder, know nothing of each other; one is switched off for good", async () => {
  await visit({ "/": first, "/other/": other }, async (host, context) => {
    const [site, inside] = [host.base("/"), host.base("/other/")];
    const page = await open(context, site);
    await untilKept(page, site, first);
    const within = await open(context, inside);
    await untilKept(within, inside, other);
    await host.stop();
    await assertPages(within, inside, other);
    await assertPages(page, site, first, 8);
    await host.start();

    await within.goto(inside);
    host.sites.set("/other/", switchedOff);
    await within.reload();
    const LEFT = `Promise.all([caches.keys(), navigator.serviceWorker.getRegistration().then((one) => one?.scope)])`;
    const names = [`site ${site} offline`, `site ${site} offline pages`];
    // The worker of the site around it answers for no page of this one that is asked for; none is left here.
    await until(
      within,
      `${LEFT}.then(([names, scope]) => names.sort().join() === ${JSON.stringify(names.join())} && scope === ${JSON.stringify(site)})`,
    );
    host.asked = [];
    await within.goto(`${inside}index.html`, { waitUntil: "networkidle" });
    assert.ok(host.asked.includes("/other/index.html"));
    assert.equal(await within.evaluate(`${LEFT}.then(([, scope]) => scope)`), site);
    await host.stop();
    await assertPages(page, site, first, 8);
  });
});

test("a page that is done only when its site is switched off brings nothing back", async () => {
  await visit({ "/course/": other }, async (host, context) => {
    const site = host.base("/course/");
    const page = await open(context, site);
    await untilKept(page, site, other);
    await page.addInitScript("requestIdleCallback = (callback) => { window.whenIdle = callback; }");
    await page.reload();
    host.sites.set("/course/", switchedOff);
    await page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())");
    await until(page, GONE);
    await page.evaluate("whenIdle()");
    for (let looks = 0; looks < 10; looks++) {
      assert.ok(await page.evaluate(GONE));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
});

test("a site that is gone from its server, or has moved, is let go", async () => {
  for (const status of [404, 302]) {
    await visit({ "/course/": other }, async (host, context) => {
      const site = host.base("/course/");
      const page = await open(context, site);
      await untilKept(page, site, other);
      host.instead = (_url, response) => {
        response.writeHead(status, status === 302 ? { location: "http://127.0.0.1:9/" } : {}).end();
        return true;
      };
      // Once a day it looks; a day ago is as good as never.
      await page.evaluate(
        `caches.open("site ${site} offline").then((cache) => cache.delete("${site}?asked="))`,
      );
      await page.goto(site);
      await until(page, GONE);
    });
  }
});

test("a reader sees in the settings what is kept, keeps all of it, and lets it go for good", async () => {
  await visit({ "/course/": first }, async (host, context) => {
    const site = host.base("/course/");
    const page = await open(context, site + SECTION);
    await untilKept(page, site, first);
    await page.goto(site + SECTION);
    await button(page, "Settings").click();
    const group = page.getByRole("group", { name: "Without a network" });
    const status = group.getByRole("status");
    const { byItself, whenAsked } = await listOf(first);
    const [some, rest, all] = [byItself, whenAsked, [...byItself, ...whenAsked]].map(sizeOf);
    const kept = `Of this course, ${some} of ${all} are kept on this device and work without a network.`;
    await status.getByText(kept).waitFor();
    assert.ok(!host.asked.some((url) => url.endsWith(FILM.split("/").pop()!)));
    assert.deepEqual(await violations(page), []);
    await group.getByRole("button", { name: `Keep everything: ${rest} to fetch` }).click();
    await status
      .getByText(`The whole course is kept on this device, ${all}, and works without a network.`)
      .waitFor();
    assert.equal(await page.evaluate("document.activeElement.textContent"), "Delete from this device");

    await host.stop();
    const range = (text: string) =>
      page.evaluate(
        `fetch(${JSON.stringify(site + FILM)}, { headers: { range: ${JSON.stringify(text)} } }).then(async (answer) => [answer.status, answer.headers.get("content-range"), await answer.text()])`,
      );
    assert.deepEqual(await range("bytes=2-4"), [206, "bytes 2-4/3000000", "234"]);
    assert.deepEqual(await range("bytes=3000000-"), [416, "bytes */3000000", ""]);
    await host.start();

    await group.getByRole("button", { name: "Delete from this device" }).click();
    await status.getByText("Nothing of this course is kept on this device.").waitFor();
    assert.deepEqual(await page.evaluate("caches.keys()"), []);
    // For good: no page begins again.
    await page.goto(site, { waitUntil: "networkidle" });
    await page.goto(site + SECTION, { waitUntil: "networkidle" });
    assert.deepEqual(await page.evaluate("caches.keys()"), []);
    assert.equal(await page.evaluate(`navigator.serviceWorker.getRegistration().then(String)`), "undefined");
    await button(page, "Settings").click();
    await group.getByRole("button", { name: `Keep everything: ${all} to fetch` }).waitFor();
    await group.getByRole("button", { name: `Keep pages and search: ${some} to fetch` }).click();
    await status.getByText(kept).waitFor();
    await untilKept(page, site, first);
  });
});

test("of a film, a player gets the parts it asks for, kept or not", async () => {
  await visit({ "/course/": first }, async (host, context) => {
    const site = host.base("/course/");
    const page = await open(context, site + SECTION);
    await untilKept(page, site, first);
    await page.goto(site + SECTION);
    host.asked = [];
    const part = `fetch(${JSON.stringify(site + FILM)}, { headers: { range: "bytes=2-4" } }).then(async (answer) => [answer.status, await answer.text()])`;
    assert.deepEqual(await page.evaluate(part), [206, "234"]);
    assert.deepEqual(host.asked, [`/course/${FILM}`]);
  });
});

test("without room for it nothing is kept, nothing is fetched twice, and pages are as without it", async () => {
  await visit({ "/course/": first }, async (host, context) => {
    const site = host.base("/course/");
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const quota = (bytes?: number) =>
      session.send("Storage.overrideQuotaForOrigin", {
        origin: new URL(site).origin,
        ...(bytes && { quotaSize: bytes }),
      });
    await quota(bytesOf((await listOf(first)).byItself) / 2);
    await page.goto(site + SECTION);
    await until(page, `${noted(site, "too-large")}.then(Boolean)`);
    assert.deepEqual(await hashesIn(page, site), []);
    host.asked = [];
    await page.goto(site + SECTION, { waitUntil: "networkidle" });
    await until(
      page,
      "navigator.serviceWorker.getRegistration().then((one) => !one?.installing && !one?.active)",
    );
    assert.ok(host.asked.length <= 4, host.asked.join("\n"));
    await search(page, "mentor");
    await page.keyboard.press("Escape");
    await button(page, "Settings").click();
    const group = page.getByRole("group", { name: "Without a network" });
    await group.getByRole("button", { name: /^Keep everything/ }).click();
    await group.getByText(/^Not all of it could be kept/).waitFor();
    assert.deepEqual(await hashesIn(page, site), []);
    await quota();
    await group.getByRole("button", { name: /^Keep everything/ }).click();
    await group.getByText(/^The whole course/).waitFor();
  });
});

test("nothing begins where a reader saves data, or from a disk; there the settings say nothing of it", async () => {
  await visit({ "/course/": other }, async (host, context) => {
    await context.addInitScript(
      'Object.defineProperty(navigator, "connection", { value: { saveData: true, effectiveType: "4g" } })',
    );
    const page = await open(context, host.base("/course/"));
    await page.waitForLoadState("networkidle");
    assert.equal(await page.evaluate("navigator.serviceWorker.getRegistration().then(String)"), "undefined");
    await button(page, "Settings").click();
    await page.getByText("Nothing of this course is kept on this device.").waitFor();
    await page.getByRole("button", { name: /^Keep everything/ }).click();
    await untilKept(page, host.base("/course/"), other);

    const onDisk = await open(context, pathToFileURL(path.join(other, "index.html")).href);
    await button(onDisk, "Settings").click();
    await onDisk.getByRole("dialog", { name: "Settings" }).waitFor();
    assert.equal(await onDisk.locator("[data-offline]").isVisible(), false);
  });
});

test("a course with much text is kept as far as it is read; its reader may ask for the rest", async () => {
  const large = path.join(await temporaryFolder(), "large");
  await cp(other, large, { recursive: true });
  await rm(path.join(large, "assets/offline"), { recursive: true });
  const some = await readFile(path.join(large, "first-steps/welcome.html"), "utf8");
  // Two modules more: one of three million bytes, one of six.
  for (const [name, pages] of [
    ["many", 30],
    ["too-many", 60],
  ] as const) {
    await cp(path.join(large, "first-steps"), path.join(large, name), { recursive: true });
    for (let n = 1; n <= pages; n++)
      await writeFile(
        path.join(large, name, `${n}.html`),
        `${some}<!-- ${name} ${n} -->${" ".repeat(100_000 - some.length)}`,
      );
  }
  await writeOffline(large, true);
  const list = await listOf(large);
  assert.ok(list.folders.some(({ name }) => name === "many/") && list.byItself.length < 40);
  await visit({ "/course/": large }, async (host, context) => {
    const site = host.base("/course/");
    const page = await open(context, site);
    await untilKept(page, site, large);
    assert.ok(!host.asked.some((url) => url.includes("many/")));

    await page.goto(`${site}many/1.html`);
    const { hash } = list.folders.find(({ name }) => name === "many/")!;
    await until(page, `caches.match("${site}?whole=${hash}").then(Boolean)`);
    await page.goto(`${site}too-many/1.html`);
    const { hash: tooMany } = list.folders.find(({ name }) => name === "too-many/")!;
    await until(page, `caches.match("${site}?file=${tooMany}").then(Boolean)`);
    await page.goto(`${site}too-many/2.html`);
    await host.stop();
    assert.ok(await page.goto(`${site}many/30.html`));
    assert.ok(await page.goto(`${site}many/first-steps/../1`));
    // Of the largest one, the page that was read since its list was there; of others it is not said that there are none.
    await page.goto(`${site}too-many/2.html`);
    await assert.rejects(page.goto(`${site}too-many/3.html`));
    await assert.rejects(page.goto(`${site}first-steps/welcome.html`));
    await host.start();

    const again = await open(context, site);
    await button(again, "Settings").click();
    const group = again.getByRole("group", { name: "Without a network" });
    await group.getByRole("button", { name: /^Keep everything/ }).click();
    await group.getByText(/^The whole course/).waitFor();
    await host.stop();
    await again.goto(`${site}too-many/3.html`);
    await again.goto(site);
    await search(again, "welcome");
  });
});

test("a preview at the address of a site that was kept takes its place at once", async () => {
  await visit({ "/": other }, async (host, context) => {
    const page = await open(context, host.base("/"));
    await untilKept(page, host.base("/"), other);
    const worker = await takingAwayWorker(true);
    host.instead = (url, response) => {
      if (url === `/${WORKER}`) response.writeHead(200, { "content-type": "text/javascript" }).end(worker);
      else response.writeHead(200, { "content-type": "text/html" }).end("<title>The preview</title>");
      return true;
    };
    await page.goto(host.base("/index.html"));
    await until(page, 'document.title === "The preview"');
    assert.deepEqual(await page.evaluate("caches.keys()"), []);
  });
});
