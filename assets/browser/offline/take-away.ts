/**
 * In the worker's place where nothing is to be kept any more: deletes what an earlier worker of this site kept, and
 * takes itself away. What other sites of the host keep, and what readers wrote, stays.
 */
import { Kept } from "./kept.ts";

/** Whether open pages are to be loaded again. */
declare const IS_PREVIEW: boolean;

const worker = self as unknown as ServiceWorkerScope;
const { registration, clients } = worker;
const kept = new Kept(registration.scope);

worker.addEventListener("install", (event) => {
  // Without its files the earlier worker answers from the network.
  event.waitUntil(kept.whileNoneComes(() => kept.deleteAll()));
  if (IS_PREVIEW) void worker.skipWaiting();
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
