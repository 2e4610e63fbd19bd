/** Activity callouts that are worksheets: found as their authors linked them, completed when ids are. */

import { readTitle, type WorksheetCallout } from "../../model/worksheets.ts";
import { relativeUrl } from "../../text/addresses.ts";
import { isWebAddress } from "../../text/web-addresses.ts";
import { ADDED, type Element, elementsIn, elementsOfClass, placeOf, wordsOf } from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { titleOf } from "./callouts.ts";
import { hasTrainerNoteAround, isTrainerNote } from "./trainer-notes.ts";

/** Before links are rewritten: which callouts of a page are worksheets, as their authors linked them. */
export function findWorksheets({ $, page, ask }: PageContext): Map<Element, WorksheetCallout> {
  const found = new Map<Element, WorksheetCallout>();
  for (const element of elementsOfClass($, "callout--activity", "aside")) {
    const heading = titleOf(element);
    const link = heading && elementsIn(heading).find(({ name, attribs }) => name === "a" && attribs.href);
    const href = link?.attribs.href;
    if (!heading || !href || hasTrainerNoteAround(link)) continue;
    const target = ask.target(href);
    const { number, title } = readTitle(wordsOf(heading, isTrainerNote));
    const linked = target.kind === "page" && target.page?.kind === "worksheet" ? target.page : undefined;
    found.set(element, {
      page,
      place: placeOf(heading, page.source.file),
      anchor: "",
      title,
      number,
      // What is no address rewriteLinks reports; `mailto:` opens no worksheet.
      external: target.kind === "external" && isWebAddress(target.url) ? target.url : undefined,
      local: linked ?? ask.worksheet(number),
      text: "",
    });
  }
  // A worksheet inside another has its words in a record of its own.
  for (const [element, worksheet] of found) {
    worksheet.text = wordsOf(
      element,
      (inner) => isTrainerNote(inner) || (inner !== element && found.has(inner)),
    );
  }
  return found;
}

/**
 * When ids are complete: each worksheet's place on the page; the link to the page on this site beside an authored
 * link to elsewhere; and the callout left out of its page's search record, having one of its own.
 */
export function completeWorksheets(
  { $ }: PageContext,
  found: Map<Element, WorksheetCallout>,
): WorksheetCallout[] {
  for (const [element, worksheet] of found) {
    const heading = titleOf(element)!;
    worksheet.anchor = heading.attribs.id ?? "";
    element.attribs["data-pagefind-ignore"] = "all";
    if (worksheet.external && worksheet.local) {
      const href = relativeUrl(worksheet.page.address, worksheet.local.address);
      $(heading).after(
        `<p class="worksheet-here" ${ADDED}><a href="${href}">Open this worksheet on this site</a></p>`,
      );
    }
  }
  return [...found.values()];
}
