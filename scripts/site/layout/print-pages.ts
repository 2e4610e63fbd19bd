/** Pages to print. */
import type { Rendering } from "../html/rendering.ts";
import type { Edition } from "../model/edition.ts";
import { type PrintPage, pagesIn, printsOf } from "../model/print.ts";
import { say } from "../words/say.ts";
import type { EditionPages, PageToLayOut } from "./edition-pages.ts";
import { printedBodies } from "./printed-bodies.ts";
import { sheetClass } from "./worksheet-data.ts";

export function printPages(of: EditionPages): PageToLayOut[] {
  const { edition, site, worksheets } = of;
  const { rendering } = site;
  const summary = of.summaryOfAll();
  return printsOf(edition, worksheets).map((print): PageToLayOut => {
    const data = {
      layout: print.kind === "page" ? "print.liquid" : "print-list.liquid",
      title: of.told(edition.words.print.title, { title: print.title }),
      summary,
      isUnlisted: true,
      print,
      isPrint: true,
    };
    const { address } = print;
    if (print.kind === "list") return { address, data };
    return {
      address,
      data: { ...data, ...printData(print, edition, rendering) },
      contents: () => printedBodies(print, rendering),
    };
  });
}

/** What the layout of a page to print asks for. */
function printData(
  print: PrintPage,
  { words, language, generated, front, settings }: Edition,
  rendering: Rendering,
): Record<string, unknown> {
  const volume = print.volume && say(words.print.volume, print.volume, language);
  const [first] = print.chapters;
  const isWhole = print.address === generated.print;
  return {
    volume,
    runningTitle: [print.title, volume].filter(Boolean).join(", "),
    description: isWhole ? (front?.description ?? settings.description) : first?.module.description,
    hasForms: pagesIn(print).some((page) => rendering.of(page).form),
    sheets: print.sheets.map((page) => {
      const { form } = rendering.of(page);
      return { page, form, pageClass: form && sheetClass(form) };
    }),
  };
}
