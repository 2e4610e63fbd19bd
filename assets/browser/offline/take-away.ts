/**
 * In the worker's place where nothing is to be kept any more: deletes what an earlier worker of this site kept, and
 * takes itself away. What other sites of the host keep, and what readers wrote, stays.
 */
import { Kept } from "./kept.ts";

/** Whether open pages are to be loaded again. */
declare const IS_PREVIEW: boolean;

/** Before a preview takes the place of what was there. */
const PAUSE_MS = 1_000;

const worker = self as unknown as ServiceWorkerScope;
const { registration, clients } = worker;
const kept = new Kept(registration.scope);

worker.addEventListener("install", (event) => {
  // Without its files the earlier worker answers from the network.
  event.waitUntil(kept.whileNoneComes(() => kept.deleteAll()));
  // Not while the earlier worker answers, as it does where its page is being loaded again: Chromium 147 breaks down.
  if (IS_PREVIEW) setTimeout(() => worker.skipWaiting(), PAUSE_MS);
  // Not waited for: browsers do it when this has been installed.
  else void registration.unregister();
});

worker.addEventListener("activate", (event) => event.waitUntil(takeAway()));

async function takeAway(): Promise<void> {
  await kept.whileNoneComes(() => kept.deleteAll());
  await registration.unregister();
  if (!IS_PREVIEW) return;
  for (const page of await clients.matchAll({ type: "window" })) await page.navigate(page.url);
}
