/**
 * What an address in an author's page means, and what was meant where it means nothing.
 *
 *   ../worksheets/02-plan.md#goals   →  the page of that file, and the id `goals` on it
 *   /modules/basics/interests/       →  the page with that alias
 *   images/room.png                  →  a file beside the pages
 */

import { type FileKind, fileKind } from "../content/files.ts";
import type { Problems } from "../problems/problems.ts";
import {
  aliasAddress,
  composed,
  decoded,
  fileAddress,
  folderOf,
  nameOf,
  resolvePath,
  slugOf,
} from "../text/addresses.ts";
import type { Course, Page } from "./course.ts";
import { GENERATED_PAGES } from "./generated-pages.ts";

export type Target =
  | { kind: "external"; url: string }
  | { kind: "page"; address: string; page?: Page; fragment: string }
  | { kind: "file"; path: string; address: string; fragment: string }
  /** To a page that site.yaml leaves out. */
  | { kind: "left out"; path: string }
  | { kind: "outside" }
  | { kind: "missing"; path: string };

/** Understood are paths of `.md` files, addresses of pages, old and new, files and the web. */
export function resolveTarget(written: string, page: Page, course: Course): Target {
  const href = written.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return { kind: "external", url: href };
  if (href.startsWith("//")) return { kind: "external", url: `https:${href}` };

  const [, rawPath = "", , rawFragment = ""] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(href) ?? [];
  const fragment = composed(decoded(rawFragment));
  if (!rawPath) return { kind: "page", address: page.address, page, fragment };

  const folder = folderOf(page.source.path);
  const path = resolvePath(folder, composed(decoded(rawPath)));
  if (path === undefined) return { kind: "outside" };
  const found = pageAt(path, rawPath.endsWith("/"), course);
  if (found) return { kind: "page", ...found, fragment };
  const file = course.fileAt(path);
  if (file !== undefined) return { kind: "file", path: file, address: fileAddress(file), fragment };
  // `Plan #1.pdf`: a name that holds the signs of an address, written as the author sees it.
  const named = resolvePath(folder, composed(decoded(href))) ?? "";
  const namedFile = course.fileAt(named);
  if (namedFile !== undefined)
    return { kind: "file", path: namedFile, address: fileAddress(namedFile), fragment: "" };
  const namedPage = course.byPath.get(named);
  if (namedPage) return { kind: "page", address: namedPage.address, page: namedPage, fragment: "" };
  const leftOut = leftOutAt(path, course);
  return leftOut === undefined ? { kind: "missing", path } : { kind: "left out", path: leftOut };
}

/** The path of the page left out that a path means. */
function leftOutAt(path: string, { setAside }: Course): string | undefined {
  if (!setAside.size) return undefined;
  const names = [path, inSite(path), numberless(path), aliasAddress(path), aliasAddress(inSite(path))];
  return names.map((name) => setAside.get(name ?? "")).find((one) => one !== undefined);
}

function pageAt(
  path: string,
  isFolder: boolean,
  course: Course,
): { address: string; page?: Page } | undefined {
  // As most links are written.
  const asWritten = course.byPath.get(path) ?? course.byAddress.get(path);
  if (asWritten) return { address: asWritten.address, page: asWritten };
  const page =
    course.byAddress.get(inSite(path)) ??
    course.byAddress.get(numberless(path)) ??
    (isFolder || !nameOf(path).includes(".") ? folderPage(path, course) : undefined) ??
    course.aliases.get(aliasAddress(isFolder ? `${path}/` : path) ?? "");
  if (page) return { address: page.address, page };
  const addresses = [path, inSite(path), path === "" ? GENERATED_PAGES.front : `${path}/index.html`];
  const generated = course.editions
    .flatMap((edition) => Object.values<string>(edition.generated))
    .find((address) => addresses.includes(address));
  const address = generated ?? addresses.find((one) => course.moduleAddresses.has(one));
  return address === undefined ? undefined : { address };
}

/** A path as addresses have it. */
function inSite(path: string): string {
  const folder = folderOf(path);
  return [...(folder ? folder.split("/").map(slugOf) : []), nameOf(path)].join("/");
}

/** The address that `12-plan.md` has after the file has become `13-plan.md`: numbers only order. "" of no page's file. */
function numberless(path: string): string {
  if (!/\.md$/i.test(path)) return "";
  const name = `${slugOf(nameOf(path).slice(0, -3))}.html`;
  const folder = folderOf(inSite(path));
  return folder ? `${folder}/${name}` : name;
}

const folderPage = (path: string, course: Course): Page | undefined =>
  course.byPath.get(path ? `${path}/index.md` : "index.md") ?? course.byPath.get(`${path}.md`);

/** `desk@library.org` and `www.library.org/help`: what a browser's address bar or a mail program would make of it. */
export function addressMeant(written: string): string | undefined {
  // `https//example.org`, `http;//example.org`
  const web = /^(https?)[;,.]?[/\\]{1,3}(?=[\w-]+\.)/i.exec(written);
  if (web) return `${web[1]!.toLowerCase()}://${written.slice(web[0].length)}`;
  if (/^[^\s/@]+@[^\s/@]+\.[a-z]{2,}$/i.test(written)) return `mailto:${written}`;
  return /^(?:www\.|(?:[\w-]+\.)+(?:org|com|net|edu|gov|info|us|ca|uk)(?=$|\/))/i.test(written)
    ? `https://${written}`
    : undefined;
}

/** The paths of a course by the stems of their names, in the order of the course. */
interface Paths {
  stems: string[];
  byStem: Map<string, string[]>;
  /** The first path of each stem and kind. */
  byKind: Map<string, string>;
}

/** What a link may lead to, what may be shown or played, and all files: each made once, for a course may miss thousands. */
interface KnownPaths {
  targets: Paths;
  files: Set<string>;
  ofKinds: Map<string, Paths>;
}

const known = new WeakMap<Course, KnownPaths>();

function knownPaths(course: Course): KnownPaths {
  let paths = known.get(course);
  if (!paths) {
    paths = {
      targets: pathsByStem([...course.byPath.keys(), ...course.files]),
      files: new Set(course.folder.files.keys()),
      ofKinds: new Map(),
    };
    known.set(course, paths);
  }
  return paths;
}

function pathsByStem(all: Iterable<string>): Paths {
  const byStem = new Map<string, string[]>();
  const byKind = new Map<string, string>();
  for (const path of all) {
    const stem = stemOf(path);
    const alike = byStem.get(stem);
    if (alike) alike.push(path);
    else byStem.set(stem, [path]);
    const name = stem + kindOf(path);
    if (!byKind.has(name)) byKind.set(name, path);
  }
  return { stems: [...byStem.keys()], byStem, byKind };
}

/** Whether a path is a file's of the content folder, published or not. */
export const isFile = (path: string, course: Course): boolean => knownPaths(course).files.has(path);

function pathsOfKinds(kinds: readonly FileKind[], course: Course): Paths {
  const { ofKinds } = knownPaths(course);
  const key = kinds.join();
  let paths = ofKinds.get(key);
  if (!paths) {
    paths = pathsByStem([...course.files].filter((file) => kinds.includes(fileKind(file)!)));
    ofKinds.set(key, paths);
  }
  return paths;
}

/** The known path nearest to one that is not there, of a file of these kinds or of any page or file: by its name, and of several of that name by the whole path. */
export function fileMeant(
  kinds: readonly FileKind[] | undefined,
  written: string,
  course: Course,
  problems: Problems,
): string | undefined {
  const known = kinds ? pathsOfKinds(kinds, course) : knownPaths(course).targets;
  // `images\room.png`
  const path = written.replaceAll("\\", "/");
  const own = stemOf(path);
  const stem = known.byStem.has(own) ? own : problems.nearest(own, known.stems);
  const rivals = stem === undefined ? undefined : known.byStem.get(stem);
  if (!rivals) return undefined;
  if (rivals.length === 1) return rivals[0];
  return problems.nearest(path, rivals) ?? known.byKind.get(stem + kindOf(path)) ?? rivals[0];
}

/** `.png` of `images/Room.PNG`; "" of a name without a dot. */
const kindOf = (path: string) => /\.[^./]*$/.exec(path)?.[0].toLowerCase() ?? "";

/** A file's name as its address has it, without its kind: `plan` for `worksheets/02-plan.md`. */
const stemOf = (path: string) => slugOf(nameOf(path).replace(/\.[^.]*$/, ""));
