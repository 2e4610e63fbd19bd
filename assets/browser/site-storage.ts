/** What this browser keeps for this site; nothing of it is sent anywhere. */

/**
 * The site's own place among all that a host or a disk keeps: the address of its front page. Two sites on one host, and
 * two copies on one disk, never see each other's.
 */
const site = withoutIndex(new URL(document.body.dataset.root!, location.href));

/** The address of this page, from the front page on. */
export const page = withoutIndex(location).slice(site.length);

/** A folder and its `index.html` are one page, with any query and at any heading. */
function withoutIndex({ href }: URL | Location): string {
  return href.replace(/[?#].*$/s, "").replace(/(?<=\/)index\.html$/, "");
}

const keyOf = (name: string) => `site ${site} ${name}`;

/** Undefined where nothing is kept under this name, or what is kept is no JSON. */
export function recall(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(keyOf(name)) ?? "null") ?? undefined;
  } catch {
    return undefined; // storage is off, or holds something else
  }
}

/** Tells whether it is kept: storage may be off or full. */
export function keep(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
