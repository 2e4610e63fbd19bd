/** The browser of most tests. A page that ends, in a crash, takes the others of its reader with it. */
import { type Browser, chromium } from "playwright-core";
import { launchOptions } from "../../scripts/site/bench/browser.ts";

/** A reader's pages are in one process: another for each takes longer to start than its page to load. */
export async function openBrowser(): Promise<Browser> {
  const options = await launchOptions();
  const args = [...options.args!, "--renderer-process-limit=1"];
  return chromium.launch({ ...options, args });
}
