/** Browsers' contexts: each a reader of its own, whose storage is empty; and how a test finds what that reader uses. */
import assert from "node:assert/strict";
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  ConsoleMessage,
  Locator,
  Page,
} from "playwright-core";
import type { Origin } from "./sites.ts";

/** Most tests are not about what is kept for use without a network: for each new reader that is the whole site. */
export const NOTHING_KEPT: BrowserContextOptions = { serviceWorkers: "block" };
/** What the console says of that. */
export const isOfTests = (message: ConsoleMessage): boolean =>
  message.text() === "Service Worker registration blocked by Playwright";

export async function inContext(
  browser: Browser,
  use: (context: BrowserContext) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({ ...NOTHING_KEPT, ...options });
  context.setDefaultTimeout(20_000);
  try {
    await use(context);
  } finally {
    await context.close();
  }
}

/** A page in which no script may fail. */
export async function openPage(context: BrowserContext, { base }: Origin, address: string): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(String(error)));
  await page.goto(base + address);
  return page;
}

export const field = (page: Page, name: string): Locator => page.getByLabel(name, { exact: true });
export const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });
export const untilSaved = (page: Page): Promise<void> =>
  page
    .getByRole("status")
    .getByText(/(?:Saved|Guardado)\./)
    .first()
    .waitFor();
