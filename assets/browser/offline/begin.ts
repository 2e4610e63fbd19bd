/** Begins to keep the site for use without a network, when the page is there and nothing else is to be done. */
import { WORKER } from "../../../scripts/site/output/release.ts";
import { recall, site } from "../site-storage.ts";
import { isThrifty } from "./thrifty.ts";

/** Under which name it is kept whether a reader wants the site kept: true, false, or nothing where they have not said. */
export const WISH = "offline";

/** Whether the site is one to be kept; scripts/site/layout/assets.ts defines it. */
declare const IS_OFFLINE: boolean;

export function beginToKeep(): void {
  if (!IS_OFFLINE || !site.startsWith("http")) return;
  const later = (window.requestIdleCallback ?? setTimeout) as typeof requestIdleCallback;
  // A browser that is never idle has a limit; one that does not know the first takes the second at once.
  addEventListener("load", () => later(begin, { timeout: 2_000 }));
}

function begin(): void {
  // Not there over a line that is not safe, nor in some private windows.
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  const controller = serviceWorker?.controller;
  controller?.postMessage("");
  // To register what is there already would bring back what a site that is switched off is just letting go.
  if (controller?.scriptURL === site + WORKER) return;
  if (recall(WISH) ?? !isThrifty()) serviceWorker?.register(site + WORKER).catch(() => {});
}
