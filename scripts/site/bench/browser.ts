/** The browser of tests and `npm run bench`, driven by Playwright. */
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { Fault } from "../problems/faults.ts";
import { findBrowser } from "../release/browser.ts";

export const openBrowser = async (): Promise<Browser> => chromium.launch(await launchOptions());

/** For a browser with a profile of its own too. */
export async function launchOptions(): Promise<LaunchOptions> {
  const browser = await findBrowser();
  if (!browser) throw new Fault(undefined, "this machine has no browser", "name one in CHROMIUM_PATH");
  return browser;
}
