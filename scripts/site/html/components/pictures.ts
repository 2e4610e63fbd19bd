/** Pictures: the site's own are shown, diagrams are put into the page, those of other hosts wait for the reader. */

import { inlineSvg } from "../../content/svg.ts";
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
import { hostOf, type Media, shownFile } from "./shown-files.ts";

/** Bytes up to which a diagram is put into the page itself; a larger one is a file of its own. */
const INLINE_LIMIT = 30_000;
/** Bytes of diagrams that a page may hold; those beyond are files, which a browser loads once however often it shows them. */
const INLINE_LIMIT_OF_PAGE = 150_000;

export function makePictures(context: PageContext): void {
  const { $, file, problems } = context;
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
    const shown = shownFile(context, "picture", written, place);
    if (!shown) continue;
    if ("elsewhere" in shown) {
      const isInLink = closest(image, isLink) !== undefined;
      $(image).replaceWith(linkElsewhere(context, "picture", shown.elsewhere, description, isInLink));
      continue;
    }
    const { drawing, size, isUnreadable } = shown.found;
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
          `<div class="diagram" ${SHOWS_FILE}="${escapeHtml(shown.path)}">${diagram}</div>`,
        );
        continue;
      }
    }
    image.attribs[USES_FILE] = shown.path;
    image.attribs.src = shown.url;
    for (const side of ["width", "height"]) keepPixels(image, side);
    image.attribs.loading = "lazy";
    image.attribs.decoding = "async";
  }
}

/** `width="90px"` is 90 to a browser; `width="50%"` is nothing that an attribute can say. */
export function keepPixels(image: Element, side: string): void {
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

/** A link to what another host has; in a link that the author made, which cannot hold another, its words only. */
export function linkElsewhere(
  { ask }: PageContext,
  what: "picture" | Media,
  url: string,
  description: string,
  isInLink: boolean,
): string {
  const { pictureOn, filmOn, soundOn } = ask.words.text;
  const where = { picture: pictureOn, film: filmOn, sound: soundOn }[what];
  const label = `${escapeHtml(say(where, { host: hostOf(url) }, ask.language))}${description && ": "}`;
  const words = `<span ${ADDED}>${label}</span>${escapeHtml(description)}`;
  return isInLink
    ? `<span class="elsewhere">${words}</span>`
    : `<a class="elsewhere" href="${escapeHtml(url)}" target="_blank" rel="noopener">${words}${newTab(ask.words)}</a>`;
}
