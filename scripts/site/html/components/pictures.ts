/** Pictures: the site's own are shown, diagrams are put into the page, those of other hosts wait for the reader. */

import { fileKind } from "../../content/files.ts";
import { inlineSvg } from "../../content/svg.ts";
import { relativeUrl } from "../../text/addresses.ts";
import { say } from "../../words/say.ts";
import {
  ADDED,
  type CheerioAPI,
  closest,
  type Element,
  elementsNamed,
  escapeHtml,
  isLink,
  OWN_ID,
  placeOf,
  SHOWS_FILE,
  USES_FILE,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { newTab } from "./links.ts";

/** Bytes up to which a diagram is put into the page itself; a larger one is a file of its own. */
const INLINE_LIMIT = 30_000;
/** Bytes of diagrams that a page may hold; those beyond are files, which a browser loads once however often it shows them. */
const INLINE_LIMIT_OF_PAGE = 150_000;

export function makePictures(context: PageContext): void {
  const { $, page, ask, file, problems } = context;
  let diagrams = 0;
  let inlined = 0;
  for (const image of elementsNamed($, "img")) {
    const place = placeOf(image, file);
    const written = image.attribs.src ?? "";
    const description = image.attribs.alt?.trim() ?? "";
    if (image.attribs.alt === undefined || (!description && image.attribs.role !== "presentation")) {
      problems.warning(
        "picture-description",
        place,
        "the picture has no description",
        "say what it shows: ![description](file)",
      );
      image.attribs.alt ??= "";
    }
    if (!written.trim()) {
      problems.error(
        "picture-address",
        place,
        "the picture has no address",
        "write the path of its file: ![description](file)",
      );
      continue;
    }
    const target = ask.target(written);
    if (target.kind === "external") {
      problems.warning(
        "remote-picture",
        place,
        `the picture is on another host (${hostOf(target.url)}), which would learn of every reader`,
        "save it beside the page; until then the page shows a link to it",
      );
      const isInLink = closest(image, isLink) !== undefined;
      $(image).replaceWith(remotePicture(context, target.url, description, isInLink));
      continue;
    }
    if (target.kind === "page") {
      problems.error(
        "picture-page",
        place,
        `the picture "${written}" is a page`,
        "link to it, without the ! in front: [its title](file)",
        written,
      );
      continue;
    }
    if (target.kind !== "file") {
      const path = target.kind === "missing" ? target.path : undefined;
      context.deadLinks.push({ what: "picture", place, written, path });
      continue;
    }
    // A phone's HEIC is no picture to a browser.
    if (fileKind(target.path) !== "picture") {
      problems.error(
        "picture-kind",
        place,
        `the picture "${written}" is of a kind that browsers do not show`,
        "save it as PNG or JPEG, or link to it, without the ! in front: [its title](file)",
        written,
      );
      continue;
    }
    const { drawing, size, fault, cure, isUnreadable } = ask.file(target.path);
    if (fault) {
      problems.error("picture-content", place, `the picture "${written}" ${fault}`, cure!, written);
      continue;
    }
    if (isUnreadable) {
      problems.warning(
        "picture-bytes",
        place,
        `the picture "${written}" holds no picture that browsers show, whatever its name says`,
        "save it again as PNG or JPEG",
      );
    }
    if (drawing && size <= INLINE_LIMIT && inlined + size <= INLINE_LIMIT_OF_PAGE) {
      const diagram = inlineSvg(drawing, `${OWN_ID}d${diagrams + 1}-`, description);
      if (diagram) {
        diagrams++;
        inlined += diagram.length;
        replaceInParagraph(
          $,
          image,
          `<div class="diagram" ${SHOWS_FILE}="${escapeHtml(target.path)}">${diagram}</div>`,
        );
        continue;
      }
    }
    image.attribs[USES_FILE] = target.path;
    image.attribs.src = relativeUrl(page.address, target.address);
    for (const side of ["width", "height"]) keepPixels(image, side);
    image.attribs.loading = "lazy";
    image.attribs.decoding = "async";
  }
}

/** `width="90px"` is 90 to a browser; `width="50%"` is nothing that an attribute can say. */
function keepPixels(image: Element, side: string): void {
  const pixels = /^\s*(\d{1,4})(?:px)?\s*$/.exec(image.attribs[side] ?? "")?.[1];
  if (pixels) image.attribs[side] = pixels;
  else delete image.attribs[side];
}

/** A block cannot stand in a paragraph: where the picture is all of it, it takes the paragraph's place. */
function replaceInParagraph($: CheerioAPI, image: Element, html: string): void {
  const parent = image.parent as Element;
  const isAlone = parent.name === "p" && parent.children.length === 1;
  if (isAlone) $(parent).replaceWith(html);
  else $(image).replaceWith(html.replace(/^<div/, "<span").replace(/<\/div>$/, "</span>"));
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : url);

/** A link to the picture; in a link that the author made, which cannot hold another, its words only. */
function remotePicture({ ask }: PageContext, url: string, description: string, isInLink: boolean): string {
  const where = say(ask.words.text.pictureOn, { host: hostOf(url) }, ask.language);
  const label = `${escapeHtml(where)}${description && ": "}`;
  const words = `<span ${ADDED}>${label}</span>${escapeHtml(description)}`;
  return isInLink
    ? `<span class="remote-picture">${words}</span>`
    : `<a class="remote-picture" href="${escapeHtml(url)}" target="_blank" rel="noopener">${words}${newTab(ask.words)}</a>`;
}
