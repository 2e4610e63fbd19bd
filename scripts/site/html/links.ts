/** Links: every address checked, made relative to the page, and said where it leads. */

import type { Course, Page } from "../model/course.ts";
import { resolveTarget } from "../model/links.ts";
import type { Place, Problems } from "../problems/problems.ts";
import { relativeUrl } from "../text/addresses.ts";
import { addressFault, isWebAddress } from "../text/web-addresses.ts";
import { type PendingAnchor, reportMissing } from "./dead-links.ts";
import { ADDED, type CheerioAPI, classesOf, closest, type Element, placeOf, USES_FILE } from "./dom.ts";
import { isFootnoteLink } from "./footnotes.ts";
import { hasTrainerNoteAround } from "./trainer-notes.ts";

/** What the site has made, with links that are finished. */
const isGenerated = (element: Element): boolean =>
  element.attribs.class !== undefined &&
  classesOf(element).some((name) => name === "frame-card" || name === "remote-picture");

export function rewriteLinks(
  $: CheerioAPI,
  page: Page,
  course: Course,
  problems: Problems,
  pending: PendingAnchor[],
): void {
  for (const link of $("a[href]").toArray() as Element[]) {
    if (closest(link, isGenerated)) continue;
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
    markNewTab($, link);
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
function markNewTab($: CheerioAPI, link: Element): void {
  if (link.attribs.target !== "_blank") {
    delete link.attribs.target;
    delete link.attribs.rel;
    return;
  }
  link.attribs.rel = "noopener";
  $(link).append(NEW_TAB);
}
