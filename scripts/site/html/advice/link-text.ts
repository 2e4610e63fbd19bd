/** Links whose words do not say where they lead, or whose addresses not every reader can open. */
import { shorten } from "../../problems/problems.ts";
import { addressFault, localReach } from "../../text/web-addresses.ts";
import { type Element, elementsIn, placeOf, textOf } from "../dom.ts";
import type { PageContext } from "../page-context.ts";

/** Words that say nothing of where a link leads, however they are put together. */
const EMPTY_WORDS = new Set(
  "a an and at click details find for further go here info information it learn link links more now on out page please read see site tap the there this to view website".split(
    " ",
  ),
);
const BARE_ADDRESS = /^(?:https?:\/\/|www\.)\S+$/i;
/** Whether a link has its words from a footnote, or calls itself one. */
export const isOfFootnote = (link: Element): boolean =>
  /\b(?:reverse)?footnote\b/.test(link.attribs.class ?? "");

export function adviseOnLink({ file, problems }: PageContext, link: Element): void {
  const place = placeOf(link, file);
  const href = link.attribs.href!;
  const text = textOf(link).replace(/\s+/g, " ").trim();
  const pictures = elementsIn(link).filter(({ name }) => name === "img");
  const named = text || pictures[0]?.attribs.alt?.trim() || "";
  const words = named.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  for (const image of pictures) {
    if (!text || image.attribs.alt?.trim().toLowerCase() !== text.toLowerCase()) continue;
    problems.warning(
      "picture-description",
      placeOf(image, file),
      `the picture's description repeats the words of its link ("${shorten(text)}"), which are then read twice`,
      'write alt="" role="presentation"',
    );
  }
  if (BARE_ADDRESS.test(named)) {
    problems.warning(
      "link-text",
      place,
      `the link text is a bare address (${shorten(named)})`,
      "name what is there: [the annual report](https://…)",
    );
  } else if (!named && pictures.length) {
    // The picture lacks its description, and is told to.
  } else if (words.every((word) => EMPTY_WORDS.has(word))) {
    problems.warning(
      "link-text",
      place,
      named ? `the link text "${named}" does not say where the link leads` : "the link has no text",
      "name what is there: [the annual report](report.pdf)",
    );
  }
  const reach = addressFault(href) ? undefined : localReach(href);
  if (reach) {
    problems.warning(
      "local-link",
      place,
      reach === "machine"
        ? `the link to ${shorten(href)} leads to this machine only`
        : `the link to ${shorten(href)} leads into your own network only`,
      "write the address at which readers find the page",
    );
  } else if (/^http:\/\//i.test(href) && !addressFault(href)) {
    problems.warning(
      "http-link",
      place,
      `the link to ${shorten(href)} is not encrypted`,
      "write https: if the page opens that way",
    );
  }
}
