/** axe-core in a page: WCAG 2.2 A and AA and best practices. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type axe from "axe-core";
import type { Page } from "playwright-core";

/** The short form, which a browser reads in half the time; each page that is opened reads it again. */
const SOURCE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** All that violates a rule, but for rules that are left out. */
export async function violations(
  page: Pick<Page, "evaluate">,
  without: readonly string[] = [],
): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(SOURCE);
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
