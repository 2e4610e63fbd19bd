/** A page over a slow line comes in pieces, and is seen before all of it is there: nothing that is seen moves. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { openBrowser } from "../support/browser.ts";
import { inContext } from "../support/contexts.ts";
import { Host } from "../support/host.ts";
import { buildForTest, CONTENT } from "../support/sites.ts";

/** Of each layout that the module has a page of. */
const PAGES = [
  "index.html",
  "connected-learning/index.html",
  "connected-learning/mistakes.html",
  "worksheets/one-small-try.html",
  "worksheets/es-antes-y-despues.html",
  "worksheets/index.html",
  "worksheets/record/index.html",
  "worksheets/workbook/index.html",
  "facilitate/index.html",
  "facilitate/connected-learning/index.html",
  "facilitate/connected-learning/prompts/index.html",
  "facilitate/connected-learning/co-learning.html",
  "sections.html",
  "search.html",
  "print.html",
  "connected-learning/print.html",
  "about/accessibility/index.html",
  "about/privacy/index.html",
  "404.html",
];
/** Long enough that Chromium shows what has come so far. */
const PAUSE_MS = 60;
/** So many pieces end with one element each: those of the page's head, and of what a reader sees first. */
const SMALL_PIECES = 30;
const LARGE_PIECES = 6;

let browser: Browser;
const host = new Host();
before(async () => {
  const { folder } = await buildForTest(CONTENT);
  host.sites.set("/", folder);
  host.instead = (url, response) => {
    const address = /^\/(.*)\?slow$/.exec(url)?.[1];
    if (address !== undefined) void sendInPieces(path.join(folder, address), response);
    return address !== undefined;
  };
  await host.start();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await host.stop();
});

async function sendInPieces(file: string, response: ServerResponse): Promise<void> {
  const ends = (await readFile(file, "utf8")).split(/(?<=<\/(?!script|template|b|i|em|strong|span)\w+>)/);
  const body = ends.findIndex((piece) => piece.includes("<body"));
  const pieces = [ends.slice(0, body).join(""), ...ends.slice(body, body + SMALL_PIECES)];
  const rest = ends.slice(body + SMALL_PIECES);
  const size = Math.ceil(rest.length / LARGE_PIECES);
  for (let at = 0; at < rest.length; at += size) pieces.push(rest.slice(at, at + size).join(""));
  response.writeHead(200, { "content-type": "text/html" });
  for (const piece of pieces) {
    response.write(piece);
    await pause(PAUSE_MS);
  }
  response.end();
}

/** What moved, and how far, once for each time that anything did. */
const MOVED = `new Promise((resolve) => {
  const nameOf = (node) => (node?.outerHTML ?? String(node?.textContent)).slice(0, 90);
  new PerformanceObserver((list) =>
    resolve(list.getEntries().map(({ sources }) =>
      sources.map(({ node, previousRect: from, currentRect: to }) => nameOf(node) + [": ", from.x, from.y, " → ", to.x, to.y].join(" ")))),
  ).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve([]), 300);
})`;

for (const width of [360, 1280])
  test(`what is seen of a page that comes in pieces stays where it is, ${width} pixels wide`, async () => {
    await inContext(
      browser,
      async (context) => {
        const moved = await Promise.all(
          PAGES.map(async (address) => {
            const page = await context.newPage();
            await page.goto(`${host.base(`/${address}`)}?slow`);
            return [address, await page.evaluate(MOVED)];
          }),
        );
        assert.deepEqual(
          moved,
          PAGES.map((address) => [address, []]),
        );
      },
      { viewport: { width, height: 800 } },
    );
  });
