/** Links: every address checked, made relative to the page, and said where it leads. */

import type { Place } from "../../problems/problems.ts";
import { decoded, relativeUrl } from "../../text/addresses.ts";
import { addressFault, isWebAddress } from "../../text/web-addresses.ts";
import type { Words } from "../../words/words.ts";
import {
  ADDED,
  closest,
  type Element,
  elementsNamed,
  escapeHtml,
  hasClass,
  placeOf,
  replaceAll,
  textOf,
  USES_FILE,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { isFootnoteLink } from "./footnotes.ts";
import { hasTrainerNoteAround } from "./trainer-notes.ts";

/** On a link to a glossary's term, which assets/browser/terms.ts explains where it stands. */
const TERM = "data-term";

/** Links that the site made itself. */
const isGenerated = (element: Element): boolean =>
  ["frame-card", "elsewhere", "player"].some((name) => hasClass(element, name));

export function rewriteLinks(context: PageContext): void {
  const { $, page, ask, file, problems } = context;
  for (const link of elementsNamed($, "a")) {
    if (link.attribs.href === undefined) continue;
    if (closest(link, isGenerated)) continue;
    const written = link.attribs.href!;
    // Told by the address as it is before it is rewritten.
    const isFootnote = isFootnoteLink(link);
    const place = placeOf(link, file);
    if (!written.trim()) {
      problems.error(
        "link-address",
        place,
        "the link has no address",
        "write where it leads: [the annual report](report.pdf)",
      );
      continue;
    }
    const target = ask.target(written);
    if (target.kind === "external") {
      link.attribs.href = target.url;
      const fault = addressFault(target.url);
      if (showsAddress(link, target.url)) link.attribs[SHOWS_ADDRESS] = "";
      if (fault) problems.error("link-address", place, ...fault, written);
      else if (isWebAddress(target.url)) context.externalLinks.push({ url: target.url, place });
    } else if (target.kind === "page" || target.kind === "file") {
      const hash = target.fragment ? `#${encodeURIComponent(target.fragment)}` : "";
      link.attribs.href = relativeUrl(page.address, target.address) + hash;
      if (target.kind === "file") useFile(context, link, target.path, written, place);
      if (target.kind === "page" && target.address === page.address) link.attribs.href = hash || "#";
      if (target.kind === "page" && target.page && target.fragment && !isFootnote) {
        const { page: targetPage, fragment } = target;
        const isInNote = hasTrainerNoteAround(link);
        context.headingLinks.push({ place, target: targetPage, fragment, written, isInNote });
        const isElsewhere = targetPage === page || link.attribs.target === "_blank";
        if (!isElsewhere && ask.isGlossary(targetPage)) link.attribs[TERM] = "";
      }
    } else {
      const path = target.kind === "outside" ? undefined : target.path;
      context.deadLinks.push({ what: "link", place, written, path });
      if (target.kind === "left out") {
        // Its words stay.
        replaceAll(new Map([[link, link.children]]));
        continue;
      }
    }
    markNewTab(context, link);
  }
}

/** On a link whose words are its address, which paper need not say again. */
const SHOWS_ADDRESS = "data-shows-address";

/** `https://www.example.org/` is told by `example.org` too. */
const showsAddress = (link: Element, url: string): boolean => {
  const [shown, address] = [textOf(link), url].map((text) =>
    decoded(text.trim())
      .replace(/^(?:https?:\/\/(?:www\.)?|mailto:|tel:)/i, "")
      .replace(/\/$/, "")
      .toLowerCase(),
  );
  return shown === address;
};

/** Notes on the link that its file is to be published, or says why it cannot be. */
function useFile(
  { ask, problems }: PageContext,
  link: Element,
  path: string,
  written: string,
  place: Place,
): void {
  const { fault, cure } = ask.file(path);
  if (fault) problems.error("file-content", place, `the file "${written}" ${fault}`, cure!, written);
  else link.attribs[USES_FILE] = path;
}

/** What a link that opens a new tab has at its end. */
export const newTab = ({ site }: Words): string =>
  `<span class="new-tab" ${ADDED}><span class="visually-hidden"> ${escapeHtml(site.newTab)}</span></span>`;

/** A link that opens a new tab says so, to eyes and to screen readers, and gives the other page no handle on ours. */
function markNewTab({ $, ask }: PageContext, link: Element): void {
  if (link.attribs.target !== "_blank") {
    delete link.attribs.target;
    delete link.attribs.rel;
    return;
  }
  link.attribs.rel = "noopener";
  $(link).append(newTab(ask.words));
}
