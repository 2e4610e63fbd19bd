/** Links and pictures: every address checked, made relative to the page, and said where it leads. */
import {
  aliasAddress,
  composed,
  fileAddress,
  folderOf,
  isWebAddress,
  nameOf,
  relativeUrl,
  resolvePath,
  slugOf,
} from "../addresses.ts";
import { type Course, MADE_PAGES, type Page } from "../course.ts";
import { nearest, type Place, type Problems } from "../problems.ts";
import { ADDED, type CheerioAPI, type Element, placeOf, USES_FILE } from "./dom.ts";
import { isFootnoteLink } from "./footnotes.ts";
import { hasTrainerNoteAround } from "./trainer-notes.ts";
import { addressFault } from "./web-addresses.ts";

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
  const inSite = [...(folder ? folder.split("/").map(slugOf) : []), nameOf(path)].join("/");
  const page =
    course.byPath.get(path) ??
    course.byAddress.get(path) ??
    course.byAddress.get(inSite) ??
    // `12-plan.md` after the file has become `13-plan.md`: numbers only order.
    course.byAddress.get(inSite.replace(/[^/]+\.md$/i, (name) => `${slugOf(name.slice(0, -3))}.html`)) ??
    (isFolder || !nameOf(path).includes(".") ? folderPage(path, course) : undefined) ??
    course.aliases.get(aliasAddress(isFolder ? `${path}/` : path) ?? "");
  if (page) return { address: page.address, page };
  const made = [path, inSite, path === "" ? MADE_PAGES.front : `${path}/index.html`];
  const own = Object.values(MADE_PAGES).find((address) => made.includes(address));
  const module = course.modules.find((one) => one.isNamed && made.includes(one.address));
  return own ? { address: own } : module ? { address: module.address } : undefined;
}

const folderPage = (path: string, course: Course): Page | undefined =>
  course.byPath.get(path ? `${path}/index.md` : "index.md") ?? course.byPath.get(`${path}.md`);

export function finishLinks(
  $: CheerioAPI,
  page: Page,
  course: Course,
  problems: Problems,
  pending: PendingAnchor[],
): void {
  for (const link of $("a[href]").toArray() as Element[]) {
    if ($(link).closest(".frame-card, .remote-picture").length) continue;
    const written = link.attribs.href!;
    const isFootnote = isFootnoteLink(link);
    const place = placeOf(link, page.source.file);
    if (!written.trim()) {
      problems.error(
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
      if (fault) problems.error(place, ...fault);
      else if (isWebAddress(target.url)) page.externalLinks.push({ url: target.url, place });
      else if (/^https?:/i.test(target.url)) reportNoAddress(written, place, problems);
    } else if (target.kind === "page" || target.kind === "file") {
      const hash = target.fragment ? `#${encodeURIComponent(target.fragment)}` : "";
      link.attribs.href = relativeUrl(page.address, target.address) + (hash || "");
      if (target.kind === "file") useFile(link, target.path, written, course, place, problems);
      if (target.kind === "page" && target.address === page.address) link.attribs.href = hash || "#";
      if (target.kind === "page" && target.page && target.fragment && !isFootnote) {
        const isInNote = hasTrainerNoteAround($, link);
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
  if (fault) problems.error(place, `the file "${written}" ${fault}`, cure!);
  else link.attribs[USES_FILE] = path;
}

function reportNoAddress(written: string, place: Place, problems: Problems): void {
  problems.error(
    place,
    `the link "${written}" is no address that a browser can open`,
    "write the whole address of the page, as in https://example.org/report",
  );
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
  for (const { place, target, fragment, written, isInNote } of pending) {
    if (target.anchors.has(fragment)) continue;
    if (target.noteAnchors.has(fragment)) {
      if (isInNote) continue;
      problems.error(
        place,
        `the link "${written}" leads to a heading in a facilitator's note, which learners' pages leave out`,
        "leave out the # and what follows, or link to another heading",
      );
      continue;
    }
    const meant = nearest(fragment, [...target.anchors]);
    problems.error(
      place,
      `the link "${written}" leads to a heading that ${target.source.file} does not have`,
      meant ? `did you mean "#${meant}"?` : `${anchorList(target)}leave out the # and what follows`,
    );
  }
}

/** The first of a page's headings, as links name them: "write one of #a, #b, or ". */
function anchorList(page: Page): string {
  const anchors = [...page.anchors].filter((id) => !/^fn(?:ref)?:/.test(id)).map((id) => `#${id}`);
  const shown = anchors.slice(0, 6).join(", ");
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
      place,
      `the ${what} "${written}" leads out of the content folder`,
      "copy the file into the content folder and write its path from this page",
    );
    return;
  }
  const leftOut = target.kind === "missing" ? course.leftOut.get(target.path) : undefined;
  // What is wrong with that page is said where it is wrong.
  if (leftOut === "faulty") return;
  if (leftOut === "draft") {
    problems.error(
      place,
      `the link "${written}" leads to a draft, which is not part of the site`,
      "take the link out until that page is published",
    );
    return;
  }
  const path = target.kind === "missing" ? target.path : "";
  if (what === "link" && course.folder.files.some((file) => composed(file) === path)) {
    problems.error(
      place,
      `the link "${written}" leads to a file that is not published`,
      "write that file as Markdown, or take the link out",
    );
    return;
  }
  const address = addressMeant(written);
  if (what === "link" && address) {
    problems.error(place, `the link "${written}" leads to no page and no file`, `write ${address}`);
    return;
  }
  const meant = fileMeant(
    path,
    (what === "picture" ? [...course.files] : [...course.byPath.keys(), ...course.files]).map(composed),
  );
  const from = folderOf(page.source.path);
  problems.error(
    place,
    what === "picture"
      ? `the picture "${written}" is not there`
      : `the link "${written}" leads to no page and no file`,
    meant
      ? `did you mean "${decode(relativeUrl(`${from}/x`, from ? meant : `/${meant}`))}"?`
      : "write the path of the file from this page",
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

/** The known path nearest to one that is not there: by its name, and of several of that name by the whole path. */
function fileMeant(written: string, known: string[]): string | undefined {
  // `images\room.png`
  const path = written.replaceAll("\\", "/");
  const stem = nearest(stemOf(path), known.map(stemOf));
  const rivals = known.filter((one) => stem !== undefined && stemOf(one) === stem);
  const kind = path.slice(path.lastIndexOf(".")).toLowerCase();
  return nearest(path, rivals) ?? rivals.find((one) => one.toLowerCase().endsWith(kind)) ?? rivals[0];
}

/** A file's name as its address has it, without its kind: `plan` for `worksheets/02-plan.md`. */
const stemOf = (path: string) => slugOf(nameOf(path).replace(/\.[^.]*$/, ""));

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
