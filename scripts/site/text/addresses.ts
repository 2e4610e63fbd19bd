/**
 * Addresses: where a page stands in the output, and how one page points to another.
 * An address is a path from the site's root, with `/` and without one at its front: `connected-learning/mistakes.html`.
 */

/** The one form in which names are compared and written: macOS has the accent of `é` as a sign of its own (NFD). */
export const composed = (name: string): string => name.normalize("NFC");

/** `02-mistakes` and `2019-03-01-mistakes` carry a prefix that orders and does not belong to the address. */
const PREFIX = /^(\d{4}-\d{2}-\d{2}|\d+)[-_. ]+(?=.)/;

/** The number or date before a name, comparable as text; undefined without one. */
export function orderOf(name: string): string | undefined {
  const prefix = PREFIX.exec(name)?.[1];
  return prefix && (prefix.includes("-") ? prefix : prefix.padStart(12, "0"));
}

/**
 * The part of an address that a file or folder gives: without its prefix, in lower case, accents folded,
 * everything but letters and digits a hyphen. Letters of other scripts stay; nothing left gives "".
 */
export function slugOf(name: string): string {
  return name
    .replace(PREFIX, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .normalize("NFC");
}

/** A relative URL from one address to another: `../worksheets/plan.html` from `connected-learning/mistakes.html`. */
export function relativeUrl(from: string, to: string): string {
  const here = from.split("/").slice(0, -1);
  const there = to.split("/");
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  const path = [...here.slice(shared).map(() => ".."), ...there.slice(shared)].map(encodeSegment).join("/");
  // A first segment such as `a:b.html` would read as a scheme.
  return /^[^/]*:/.test(path) ? `./${path}` : path;
}

/** Where a site stands, with `/` at its end, of what its author wrote: `https://example.org/course/index.html`. */
export function rootOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/[^/]*$/, (last) => (last && !/\.html?$/i.test(last) ? `${last}/` : ""))}`;
}

/** The whole address of a page. The front page is the site itself; others name their file, as links to them do. */
export const wholeUrl = (root: string, address: string): string =>
  address === "index.html" ? root : root + address.split("/").map(encodeSegment).join("/");

/** The address of what Eleventy calls `/connected-learning/`: `connected-learning/index.html`. */
export const addressOf = (url: string): string => url.replace(/^\//, "").replace(/(^|\/)$/, "$1index.html");

const encodeSegment = (segment: string) => encodeURIComponent(segment).replace(/%40/g, "@");

/** Joins a written relative path to the folder it is written in; undefined when it leads out of the content. */
export function resolvePath(folder: string, written: string): string | undefined {
  const parts: string[] = [];
  const path = written.startsWith("/") ? written : `${folder}/${written}`;
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (!parts.length) return undefined;
      parts.pop();
    } else {
      parts.push(part);
    }
  }
  return parts.join("/");
}

/** The folder part of a path, without the last `/`; "" at the root. */
export const folderOf = (path: string): string => path.split("/").slice(0, -1).join("/");

/** The folders around a path, outermost first: `a` and `a/b` of `a/b/c.html`. */
export function foldersAbove(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** The last part of a path. */
export const nameOf = (path: string): string => path.split("/").at(-1)!;

/** Where a file of the content folder stands in the site: its folders as the pages' are, its name kept. */
export function fileAddress(path: string): string {
  const folders = folderOf(path);
  return composed(
    [...(folders ? folders.split("/").map((folder) => slugOf(folder) || folder) : []), nameOf(path)].join(
      "/",
    ),
  );
}

/** `/modules/basics/interests/` stands for the file `modules/basics/interests/index.html`. */
export function aliasAddress(written: string): string | undefined {
  const path = composed(
    decoded(
      written
        .trim()
        .replace(/^\/+/, "")
        .replace(/[?#].*$/s, ""),
    ),
  );
  if (!path || /[\\:]/.test(path)) return undefined;
  if (path.endsWith("/")) return `${path}index.html`;
  return /\.html?$/i.test(path) ? path : `${path}/index.html`;
}

/** The text that percent-escapes stand for; undefined where they are none, as in `100%`. */
export function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** `caf%C3%A9/` as a browser shows it, and as a server looks for it: `café/`. What is no escape stays. */
export const decoded = (text: string): string => decode(text) ?? text;
