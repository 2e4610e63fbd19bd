/**
 * Activity callouts that are worksheets: found as their authors linked them, completed when ids are.
 *
 *   ### [Worksheet #1: Start](../worksheets/start.md)  →  the same, and below it
 *                                                         Fill in here · Print · Word document
 */

import type { Page } from "../../model/course.ts";
import type { Ways } from "../../model/questions.ts";
import { nameOfSection } from "../../model/section-names.ts";
import { copyOf, idOfLink, readTitle, type WorksheetCallout } from "../../model/worksheets.ts";
import { nameOf, relativeUrl } from "../../text/addresses.ts";
import { isWebAddress } from "../../text/web-addresses.ts";
import type { Words } from "../../words/words.ts";
import { wordAddress } from "../../worksheet/form.ts";
import {
  ADDED,
  type Element,
  elementsIn,
  elementsOfClass,
  newElement,
  placeOf,
  replaceAll,
  setChildren,
  wordsOf,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { titleOf } from "./callouts.ts";
import { newTab } from "./links.ts";
import { hasTrainerNoteAround, isTrainerNote } from "./trainer-notes.ts";

/** What the address of a worksheet's page has at its end to be printed at once; see assets/browser/worksheets/. */
const PRINT = "#site--print";

export type FoundWorksheets = Map<Element, WorksheetCallout & { ways: Ways }>;

/** Before links are rewritten: which callouts of a page are worksheets, as their authors linked them. */
export function findWorksheets({ $, page, ask, problems }: PageContext): FoundWorksheets {
  const found: FoundWorksheets = new Map();
  for (const element of elementsOfClass($, "callout--activity", "aside")) {
    const heading = titleOf(element);
    const link = heading && elementsIn(heading).find(({ name, attribs }) => name === "a" && attribs.href);
    const href = link?.attribs.href;
    if (!heading || !href || hasTrainerNoteAround(link)) continue;
    const target = ask.target(href);
    if (target.kind === "left out") {
      problems.error(
        "worksheet-left-out",
        placeOf(link, page.source.file),
        `the activity is the worksheet "${href}", which site.yaml leaves out`,
        `take it out of leaveOut, or leave out the section too: ${nameOfSection(page)}`,
        href,
      );
      // Told once.
      delete link.attribs.href;
      continue;
    }
    const { number, title } = readTitle(wordsOf(heading, isTrainerNote), ask.words);
    const linked = target.kind === "page" && target.page?.kind === "worksheet" ? target.page : undefined;
    const local = linked ?? ask.worksheet(number);
    const ways = ask.ways(number, local);
    // What is no address rewriteLinks reports; `mailto:` opens no worksheet.
    const external = target.kind === "external" && isWebAddress(target.url) ? target.url : undefined;
    if (external) leadElsewhere(link, local, ways);
    found.set(element, {
      id: local?.address ?? idOfLink(page.module, number, title),
      page,
      place: placeOf(heading, page.source.file),
      anchor: "",
      title,
      number,
      external: ways.on.documents ? (ways.document ?? external) : undefined,
      local,
      text: "",
      ways,
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

/** A link to a document elsewhere: where a trainer wants it to lead, which may be nowhere. */
function leadElsewhere(link: Element, local: Page | undefined, { on, document }: Ways): void {
  if (document) link.attribs.href = document;
  if (on.documents) return;
  if (local) {
    link.attribs.href = `/${local.source.path}`;
    delete link.attribs.target;
  } else {
    replaceAll(new Map([[link, link.children]]));
  }
}

/**
 * When ids are complete: each worksheet's place on the page; what can be done with it, below its title; and what is left
 * out of its page's search record, so that a worksheet is found once: the callout, where it has a record of its own, and
 * the title, where the worksheet's page has it.
 */
export function completeWorksheets(context: PageContext, found: FoundWorksheets): WorksheetCallout[] {
  return [...found].map(([element, { ways, ...worksheet }]) => {
    const heading = titleOf(element)!;
    worksheet.anchor = heading.attribs.id ?? "";
    (worksheet.local ? heading : element).attribs["data-pagefind-ignore"] = "all";
    if (!worksheet.local) {
      if (ways.on.write) element.attribs["data-note"] = worksheet.id;
    }
    const links = linksOf(worksheet, ways, context.ask.words.worksheets);
    if (links.length) context.$(heading).after(listOf(context, links));
    return worksheet;
  });
}

interface ActionLink {
  text: string;
  href: string;
  attribs?: Record<string, string>;
}

function linksOf(
  { page, local, external }: WorksheetCallout,
  { on, hasFields }: Ways,
  words: Words["worksheets"],
): ActionLink[] {
  const links: ActionLink[] = [];
  if (local) {
    const href = relativeUrl(page.address, local.address);
    const isToFillIn = on.write && hasFields;
    links.push({ text: isToFillIn ? words.fillIn : words.open, href });
    if (isToFillIn) links.push({ text: words.print, href: href + PRINT });
    if (on.word && hasFields) {
      const word = relativeUrl(page.address, wordAddress(local.address));
      links.push({ text: words.wordDocument, href: word, attribs: { download: nameOf(word) } });
    }
    if (external) links.push({ text: words.original, href: external, attribs: ELSEWHERE });
  }
  const copy = external && copyOf(external);
  if (copy) links.push({ text: words.copy, href: copy, attribs: ELSEWHERE });
  return links;
}

const ELSEWHERE = { target: "_blank", rel: "noopener" };

function listOf({ $, ask }: PageContext, links: ActionLink[]): Element {
  const list = newElement($, "ul", { class: "worksheet-actions", [ADDED]: "" });
  const items = links.map(({ text, href, attribs }) => {
    const link = newElement($, "a", { href, ...attribs }, text);
    if (attribs?.target) $(link).append(newTab(ask.words));
    const item = newElement($, "li", {});
    setChildren(item, [link]);
    return item;
  });
  setChildren(list, items);
  return list;
}
