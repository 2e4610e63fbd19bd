/** Browsers' contexts: each a reader of its own, whose storage is empty. */
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";

export async function inContext(
  browser: Browser,
  use: (context: BrowserContext) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(20_000);
  try {
    await use(context);
  } finally {
    await context.close();
  }
}
