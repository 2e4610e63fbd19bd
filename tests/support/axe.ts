/** axe-core in a page: WCAG 2.2 A and AA and best practices. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { NOTHING_KEPT } from "./contexts.ts";

/** The short form, which a browser reads in half the time. */
const SOURCE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/**
 * For pages that are only looked at, of which there are many: each needs axe anew, and of a script that it loads, which
 * the policy of our pages forbids, the browser keeps the machine code from page to page.
 */
export const LOOKED_AT: BrowserContextOptions = { ...NOTHING_KEPT, bypassCSP: true };

const kept = { "content-type": "text/javascript", "cache-control": "max-age=86400" };
const server = createServer((_request, response) => response.writeHead(200, kept).end(SOURCE));
const listening = new Promise<string>((resolve) => {
  server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
}).finally(() => server.unref());

async function bringAxe(page: Pick<Page, "evaluate">): Promise<void> {
  const isThere = await page.evaluate(
    (url) =>
      "axe" in window ||
      new Promise<boolean>((resolve) => {
        const script = Object.assign(document.createElement("script"), { src: url });
        script.onload = () => resolve(true);
        script.onerror = () => resolve(false);
        document.head.append(script);
        script.remove();
      }),
    await listening,
  );
  if (!isThere) await page.evaluate(SOURCE);
}

/** All that violates a rule, but for rules that are left out. */
export async function violations(
  page: Pick<Page, "evaluate">,
  without: readonly string[] = [],
): Promise<string[]> {
  await bringAxe(page);
  const found = await page.evaluate(async (left) => {
    const result = await (window as unknown as { axe: typeof axe }).axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
      // Nothing that these rules ask has to be fetched again: style sheets, films.
      preload: false,
      rules: Object.fromEntries(left.map((rule) => [rule, { enabled: false }])),
    });
    return result.violations.map(({ id, nodes }) => ({ id, targets: nodes.map((node) => node.target) }));
  }, without);
  return found.map(({ id, targets }) => `${id}: ${targets.map((target) => target.join(" ")).join(", ")}`);
}

/** The same wide in light colors and narrow in dark ones, and whether the page is too wide for the narrow screen. */
export async function violationsInTwoLooks(page: Page, url: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(url);
  const wide = (await violations(page)).map((one) => `${url}, 1280 wide, light: ${one}`);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 320, height: 700 });
  const narrow = (await violations(page)).map((one) => `${url}, 320 wide, dark: ${one}`);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > 320) narrow.push(`${url} is ${width} pixels wide on a screen of 320`);
  return [...wide, ...narrow];
}
