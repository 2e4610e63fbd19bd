/** Links and pictures: every address checked, made relative to the page, and said where it leads. */

import { type Course, MADE_PAGES, type Page } from "../model/course.ts";
import { type Place, type Problems, shorten } from "../problems/problems.ts";
import {
  aliasAddress,
  composed,
  fileAddress,
  folderOf,
  nameOf,
  relativeUrl,
  resolvePath,
  slugOf,
} from "../text/addresses.ts";
import { addressFault, isWebAddress } from "../text/web-addresses.ts";
import { ADDED, type CheerioAPI, classesOf, closest, type Element, placeOf, USES_FILE } from "./dom.ts";
import { isFootnoteLink } from "./footnotes.ts";
import { hasTrainerNoteAround } from "./trainer-notes.ts";

/** A link to a heading, checked when every page's headings are known. */
export interface PendingAnchor {
  place: Place;
  target: Page;
  fragment: string;
  written: string;
  /** Whether the link stands in a facilitator's note. */
  isInNote: boolean;
}

type Target =
  | { kind: "external"; url: string }
  | { kind: "page"; address: string; page?: Page; fragment: string }
  | { kind: "file"; path: string; address: string; fragment: string }
  | { kind: "outside" }
  | { kind: "missing"; path: string };

/** What an address in an author's page means. Understood are `.md` paths, `.html` addresses, files and the web. */
export function resolveTarget(written: string, page: Page, course: Course): Target {
  const href = written.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(href)) return { kind: "external", url: href };
  if (href.startsWith("//")) return { kind: "external", url: `https:${href}` };

  const [, rawPath = "", , rawFragment = ""] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(href) ?? [];
  const fragment = composed(decode(rawFragment));
  if (!rawPath) return { kind: "page", address: page.address, page, fragment };

  const folder = folderOf(page.source.path);
  const path = resolvePath(folder, composed(decode(rawPath)));
  if (path === undefined) return { kind: "outside" };
  const found = pageAt(path, rawPath.endsWith("/"), course);
  if (found) return { kind: "page", ...found, fragment };
  const file = course.fileAt(path);
  if (file !== undefined) return { kind: "file", path: file, address: fileAddress(file), fragment };
  // `Plan #1.pdf`: a name that holds the signs of an address, written as the author sees it.
  const named = resolvePath(folder, composed(decode(href))) ?? "";
  const namedFile = course.fileAt(named);
  if (namedFile !== undefined)
    return { kind: "file", path: namedFile, address: fileAddress(namedFile), fragment: "" };
  const namedPage = course.byPath.get(named);
  if (namedPage) return { kind: "page", address: namedPage.address, page: namedPage, fragment: "" };
  return { kind: "missing", path };
}

function pageAt(
  path: string,
  isFolder: boolean,
  course: Course,
): { address: string; page?: Page } | undefined {
  const folder = folderOf(path);
  const folders = folder ? folder.split("/").map(slugOf) : [];
  const name = nameOf(path);
  const inSite = [...folders, name].join("/");
  // `12-plan.md` after the file has become `13-plan.md`: numbers only order.
  const numberless = /\.md$/i.test(name) ? [...folders, `${slugOf(name.slice(0, -3))}.html`].join("/") : "";
  const page =
    course.byPath.get(path) ??
    course.byAddress.get(path) ??
    course.byAddress.get(inSite) ??
    course.byAddress.get(numberless) ??
    (isFolder || !nameOf(path).includes(".") ? folderPage(path, course) : undefined) ??
    course.aliases.get(aliasAddress(isFolder ? `${path}/` : path) ?? "");
  if (page) return { address: page.address, page };
  const made = [path, inSite, path === "" ? MADE_PAGES.front : `${path}/index.html`];
  const own = Object.values(MADE_PAGES).find((address) => made.includes(address));
  const address = own ?? made.find((one) => course.moduleAddresses.has(one));
  return address === undefined ? undefined : { address };
}

const folderPage = (path: string, course: Course): Page | undefined =>
  course.byPath.get(path ? `${path}/index.md` : "index.md") ?? course.byPath.get(`${path}.md`);

/** What the site has made, with links that are finished. */
const isMade = (element: Element): boolean =>
  element.attribs.class !== undefined &&
  classesOf(element).some((name) => name === "frame-card" || name === "remote-picture");

export function finishLinks(
  $: CheerioAPI,
  page: Page,
  course: Course,
  problems: Problems,
  pending: PendingAnchor[],
): void {
  for (const link of $("a[href]").toArray() as Element[]) {
    if (closest(link, isMade)) continue;
    const written = link.attribs.href!;
    const isFootnote = isFootnoteLink(link);
    const place = placeOf(link, page.source.file);
    if (!written.trim()) {
      problems.error(
        "link-address",
        place,
        "the link has no address",
        "write where it leads: [the annual report](report.pdf)",
      );
      continue;
    }
    const target = resolveTarget(written, page, course);
    if (target.kind === "external") {
      link.attribs.href = target.url;
      const fault = addressFault(target.url);
      if (fault) problems.error("link-address", place, ...fault, written);
      else if (isWebAddress(target.url)) page.externalLinks.push({ url: target.url, place });
    } else if (target.kind === "page" || target.kind === "file") {
      const hash = target.fragment ? `#${encodeURIComponent(target.fragment)}` : "";
      link.attribs.href = relativeUrl(page.address, target.address) + (hash || "");
      if (target.kind === "file") useFile(link, target.path, written, course, place, problems);
      if (target.kind === "page" && target.address === page.address) link.attribs.href = hash || "#";
      if (target.kind === "page" && target.page && target.fragment && !isFootnote) {
        const isInNote = hasTrainerNoteAround(link);
        pending.push({ place, target: target.page, fragment: target.fragment, written, isInNote });
      }
    } else {
      reportMissing("link", written, target, page, course, place, problems);
    }
    finishNewTab($, link);
  }
}

/** Notes on the link that its file is to be published, or says why it cannot be. */
function useFile(
  link: Element,
  path: string,
  written: string,
  course: Course,
  place: Place,
  problems: Problems,
): void {
  const { fault, cure } = course.contentFiles.look(path);
  if (fault) problems.error("file-content", place, `the file "${written}" ${fault}`, cure!, written);
  else link.attribs[USES_FILE] = path;
}

export const NEW_TAB = `<span class="new-tab" ${ADDED}><span class="visually-hidden"> (opens in a new tab)</span></span>`;

/** A link that opens a new tab says so, to eyes and to screen readers, and gives the other page no handle on ours. */
function finishNewTab($: CheerioAPI, link: Element): void {
  if (link.attribs.target !== "_blank") {
    delete link.attribs.target;
    delete link.attribs.rel;
    return;
  }
  link.attribs.rel = "noopener";
  $(link).append(NEW_TAB);
}

/** Reports links to headings that no page has. Call when all pages are finished. */
export function checkAnchors(pending: PendingAnchor[], problems: Problems): void {
  /** For each page the cures of its dead links: many may name the same heading. */
  const cures = new Map<Page, (fragment: string) => string>();
  for (const { place, target, fragment, written, isInNote } of pending) {
    if (target.anchors.has(fragment)) continue;
    if (target.noteAnchors.has(fragment)) {
      if (isInNote) continue;
      problems.error(
        "link-into-note",
        place,
        `the link "${written}" leads to a heading in a facilitator's note, which learners' pages leave out`,
        "leave out the # and what follows, or link to another heading",
        written,
      );
      continue;
    }
    const cure = cures.get(target) ?? curesFor(target, problems);
    cures.set(target, cure);
    problems.error(
      "link-heading",
      place,
      `the link "${written}" leads to a heading that ${target.source.file} does not have`,
      cure(fragment),
      written,
    );
  }
}

/** What to write instead of a heading's name that a page does not have; what all answers share is made once. */
function curesFor(page: Page, problems: Problems): (fragment: string) => string {
  const anchors = [...page.anchors];
  const otherwise = `${anchorList(anchors)}leave out the # and what follows`;
  const known = new Map<string, string>();
  for (const id of anchors)
    if (!known.has(id.toLowerCase())) known.set(id.toLowerCase(), `did you mean "#${id}"?`);
  return (fragment) => {
    const typed = fragment.toLowerCase();
    let cure = known.get(typed);
    if (cure === undefined) {
      const meant = problems.nearest(typed, anchors);
      cure = meant ? `did you mean "#${meant}"?` : otherwise;
      known.set(typed, cure);
    }
    return cure;
  };
}

/** The first of a page's headings, as links name them: "write one of #a, #b, or ". */
function anchorList(ids: string[]): string {
  const anchors = ids.filter((id) => !/^fn(?:ref)?:/.test(id)).map((id) => `#${id}`);
  const shown = anchors
    .slice(0, 6)
    .map((anchor) => shorten(anchor, 100))
    .join(", ");
  if (!anchors.length) return "";
  return anchors.length === 1
    ? `write ${shown}, or `
    : `write one of ${shown}${anchors.length > 6 ? ", …" : ""}, or `;
}

export function reportMissing(
  what: "link" | "picture",
  written: string,
  target: Target,
  page: Page,
  course: Course,
  place: Place,
  problems: Problems,
): void {
  // Of Liquid in it the page's text has told already.
  if (/\{[{%]/.test(written)) return;
  if (target.kind === "outside") {
    problems.error(
      "target-outside",
      place,
      `the ${what} "${written}" leads out of the content folder`,
      "copy the file into the content folder and write its path from this page",
      written,
    );
    return;
  }
  const leftOut = target.kind === "missing" ? course.leftOut.get(target.path) : undefined;
  // What is wrong with that page is said where it is wrong.
  if (leftOut === "faulty") return;
  if (leftOut === "draft") {
    problems.error(
      "link-draft",
      place,
      `the link "${written}" leads to a draft, which is not part of the site`,
      "take the link out until that page is published",
      written,
    );
    return;
  }
  const path = target.kind === "missing" ? target.path : "";
  const known = knownPaths(course);
  if (what === "link" && known.files.has(path)) {
    problems.error(
      "link-unpublished",
      place,
      `the link "${written}" leads to a file that is not published`,
      "write that file as Markdown, or take the link out",
      written,
    );
    return;
  }
  const address = addressMeant(written);
  if (what === "link" && address) {
    problems.error(
      "link-target",
      place,
      `the link "${written}" leads to no page and no file`,
      `write ${address}`,
      written,
    );
    return;
  }
  const meant = fileMeant(path, what === "picture" ? known.pictures : known.targets, problems);
  const from = folderOf(page.source.path);
  problems.error(
    what === "picture" ? "picture-target" : "link-target",
    place,
    what === "picture"
      ? `the picture "${written}" is not there`
      : `the link "${written}" leads to no page and no file`,
    meant
      ? `did you mean "${decode(relativeUrl(`${from}/x`, from ? meant : `/${meant}`))}"?`
      : "write the path of the file from this page",
    written,
  );
}

/** `desk@library.org` and `www.library.org/help`: what a browser's address bar or a mail program would make of it. */
function addressMeant(written: string): string | undefined {
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

/** What a link may lead to, what a picture may show, and all files: each made once, for a course may miss thousands. */
interface KnownPaths {
  targets: Paths;
  pictures: Paths;
  files: Set<string>;
}

const known = new WeakMap<Course, KnownPaths>();

function knownPaths(course: Course): KnownPaths {
  let paths = known.get(course);
  if (!paths) {
    paths = {
      targets: pathsByStem([...course.byPath.keys(), ...course.files]),
      pictures: pathsByStem(course.files),
      files: new Set(course.folder.files.keys()),
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

/** The known path nearest to one that is not there: by its name, and of several of that name by the whole path. */
function fileMeant(written: string, known: Paths, problems: Problems): string | undefined {
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

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
