/** What this browser keeps for this site; nothing of it is sent anywhere. Worksheets have worksheets/answers.ts. */
import { storageKey } from "../../scripts/site/model/kept-in-browsers.ts";

/**
 * The site's own place among all that a host or a disk keeps: the address of its front page. Two sites on one host, and
 * two copies on one disk, never see each other's.
 */
export const site = withoutIndex(new URL(document.documentElement.dataset.root!, location.href));

/** The address of a page of the site, from the front page on. */
export const addressAt = (url: string): string =>
  withoutIndex(new URL(url, location.href)).slice(site.length);

/** A folder and its `index.html` are one page, with any query and at any heading. */
function withoutIndex({ href }: URL): string {
  return href.replace(/[?#].*$/s, "").replace(/\/index\.html$/, "/");
}

/** Undefined where nothing is kept under this name, or what is kept is no JSON. */
export function recall(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(storageKey(site, name)) ?? "null") ?? undefined;
  } catch {
    return undefined; // storage is off, or holds something else
  }
}

export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(storageKey(site, name), JSON.stringify(value));
  } catch {
    // storage is off or full: it lasts until the next page
  }
}
