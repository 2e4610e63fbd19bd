/** The texts of pages as they stand on a page to print; made when that is laid out, which many saves never ask for. */
import { keyOf, type Printed, printedBody } from "../html/printed-body.ts";
import type { Rendering } from "../html/rendering.ts";
import type { Page } from "../model/course.ts";
import { type PrintPage, pagesIn } from "../model/print.ts";

/** Of the modules where it has several, of sections and of worksheets: an introduction has its module's. */
export const sectionLevel = ({ chapters }: PrintPage): number => (chapters.length > 1 ? 3 : 2);

/** Made for the layout, and looked at by the gate right after: each once, and kept no longer. */
const made = new WeakMap<PrintPage, Map<Page, string>>();

/** HTML; "" of a page without a text. */
export function printedIn(print: PrintPage, page: Page, rendering: Rendering): string {
  const texts = made.get(print) ?? new Map<Page, string>();
  made.set(print, texts);
  const html = texts.get(page) ?? printedAnew(print, page, rendering);
  texts.set(page, html);
  return html;
}

function textOf(page: Page, { isWithNotes }: PrintPage, rendering: Rendering): string {
  const { html, forFacilitators } = rendering.of(page);
  return isWithNotes && forFacilitators ? forFacilitators.html : html;
}

function printedAnew(print: PrintPage, page: Page, rendering: Rendering): string {
  const level = sectionLevel(print);
  const isIntroduction = page.kind === "module" || page.kind === "front";
  return printedBody(textOf(page, print, rendering), {
    from: page.address,
    to: print.address,
    printed: placesIn(print, rendering),
    // A text's own headings begin at the second level.
    lower: isIntroduction ? level - 2 : level - 1,
  });
}

/** All that stand on it, in their order. */
export function printedBodies(print: PrintPage, rendering: Rendering): string[] {
  const texts = pagesIn(print).map((page) => printedIn(print, page, rendering));
  made.delete(print);
  return texts.filter((html) => html.trim());
}

const known = new WeakMap<PrintPage, ReadonlyMap<string, Printed>>();

function placesIn(print: PrintPage, rendering: Rendering): ReadonlyMap<string, Printed> {
  let places = known.get(print);
  if (!places) {
    const ofModules = print.chapters.map(({ module }): [string, Printed] => [
      module.address,
      { key: keyOf(module.address), anchors: new Set() },
    ]);
    const ofPages = pagesIn(print).map((page): [string, Printed] => [
      page.address,
      { key: keyOf(page.address), anchors: rendering.of(page).anchors },
    ]);
    places = new Map([...ofModules, ...ofPages]);
    known.set(print, places);
  }
  return places;
}
