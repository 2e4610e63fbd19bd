/** axe-core in a page: WCAG 2.2 A and AA and best practices. */
import axe from "axe-core";
import type { Page } from "playwright-core";

export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const result = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return result.violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`,
  );
}

/** The same at 320 and at 1280 pixels of width, and whether the page is too wide for the narrow one. */
export async function violationsAtAnyWidth(page: Page, url: string): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto(url);
  const narrow = (await violations(page)).map((one) => `${url}, 320 wide: ${one}`);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > 320) narrow.push(`${url} is ${width} pixels wide on a screen of 320`);
  await page.setViewportSize({ width: 1280, height: 900 });
  return [...narrow, ...(await violations(page)).map((one) => `${url}, 1280 wide: ${one}`)];
}
