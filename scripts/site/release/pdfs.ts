/**
 * The PDFs of a release: of each language a workbook, which is its worksheets, each module as a whole, and what those
 * who lead a group through it have in hand. What is too long for one page to print is one PDF a volume.
 */
import { worksheetsIn } from "../layout/edition-pages.ts";
import type { Site } from "../layout/site.ts";
import type { Edition } from "../model/edition.ts";
import { guidesOf, type PrintList, type PrintPage, printsOf } from "../model/print.ts";
import { rootOf } from "../text/addresses.ts";
import { say } from "../words/say.ts";

export interface Pdf {
  /** Of the file, as in `workbook.pdf`. */
  name: string;
  /** Of the page, from the front page on. */
  address: string;
  /** What is to be done in the page before it is printed, as a script. */
  prepare?: string;
}

export function pdfsOf(site: Site): Pdf[] {
  const { editions } = site.course;
  return [
    ...editions.flatMap((edition) => workbooksOf(edition, site)),
    ...editions.flatMap((edition) => modulesOf(edition, site)),
    ...site.led.flatMap((led) =>
      named(pagesIn(guidesOf(led)), `${led.module.isNamed ? led.module.slug : "course"}-facilitator`),
    ),
  ];
}

/** Of the pages of all modules, or of each where that is divided: what of them are worksheets. */
function workbooksOf(edition: Edition, site: Site): Pdf[] {
  const prints = printsOf(edition, worksheetsIn(edition, site));
  const whole = prints.find(({ address }) => address === edition.generated.print);
  const pages = whole?.kind === "page" ? [whole] : pagesIn(prints);
  const title = say(edition.words.print.workbook, { course: edition.name }, edition.language);
  return named(
    pages.filter(({ sheets }) => sheets.length),
    `workbook${edition.isMain ? "" : `-${edition.folder}`}`,
  ).map((pdf) => ({ ...pdf, prepare: sheetsAlone(title) }));
}

function modulesOf(edition: Edition, site: Site): Pdf[] {
  const prints = printsOf(edition, worksheetsIn(edition, site));
  return edition.modulesToRead.flatMap((module) => {
    const own = pagesIn(prints).filter(
      ({ chapters }) => chapters.length === 1 && chapters[0]!.module === module,
    );
    return named(own, module.isNamed ? module.slug : `course${edition.isMain ? "" : `-${edition.folder}`}`);
  });
}

const pagesIn = (prints: readonly (PrintPage | PrintList)[]): PrintPage[] =>
  prints.flatMap((print) => (print.kind === "page" ? print : []));

const named = (pages: readonly PrintPage[], name: string): Pdf[] =>
  pages.map(({ address }, index) => ({
    name: `${name}${pages.length > 1 ? `-${index + 1}` : ""}.pdf`,
    address,
  }));

/** See layouts/print.liquid. */
const sheetsAlone = (title: string): string => `{
  for (const one of document.querySelectorAll("[data-print-chapter], nav li:has(~ [data-print-sheets])")) one.remove();
  document.title = document.querySelector("h1").textContent = ${JSON.stringify(title)};
  document.documentElement.style.setProperty("--running-title", JSON.stringify(document.title));
}`;

/**
 * Leads links to pages that are not in the PDF to the site at its address, or nowhere where it has none: a PDF would
 * name the folder of the machine that printed it. `folder` is a `file:` URL with `/` at its end.
 */
export const linksLeadTo = (url: string | undefined, folder: string): string => `
for (const link of document.querySelectorAll("a[href]")) {
  const isWithin = link.pathname === location.pathname;
  if (isWithin || !link.href.startsWith(${JSON.stringify(folder)})) continue;
  ${
    url === undefined
      ? 'link.removeAttribute("href");'
      : `link.href = ${JSON.stringify(rootOf(url))} + link.href.slice(${folder.length});`
  }
}`;
