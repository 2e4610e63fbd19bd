/**
 * Footnotes that facilitator's notes refer to.
 *
 * A footnote that only notes refer to is a part of them; one that others refer to as well leads back to those alone.
 * So the footnotes that stay are numbered anew, in the order in which learners come to them.
 */

import { FROM_NOTE } from "../../markdown/notes-in-text.ts";
import { TRAINER } from "../../model/callouts.ts";
import { decoded } from "../../text/addresses.ts";
import { say } from "../../words/say.ts";
import {
  addClass,
  bodyOf,
  type CheerioAPI,
  type Element,
  elementsIn,
  hasClass,
  isElement,
  placeOf,
  removeClass,
  setChildren,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { isTrainerNote } from "./trainer-notes.ts";

/** Before the notes go: marks the footnotes, and the ways back from footnotes, that go with them. */
export function markFootnotesOfNotes({ $, file, problems }: PageContext): void {
  const list = footnoteList($);
  if (!list) return;
  const references = referencesIn($, list);
  for (const item of itemsOf(list)) {
    const name = nameOf(item);
    const own = references.get(name) ?? [];
    if (!own.length) addClass(item, TRAINER);
    const ids = new Set(own.map((link) => (link.parent as Element).attribs.id));
    for (const link of backLinksOf(item)) {
      if (!ids.has(fragmentOf(link))) addClass(link, TRAINER);
    }
    const first = own[0];
    if (first && FROM_NOTE in first.attribs) {
      problems.error(
        "note-footnote",
        placeOf(first, file),
        `the footnote [^${name}] stands in a facilitator's note, which learners' pages leave out`,
        "move its text out of the note",
      );
    }
  }
}

/** Where the notes stay: takes the marks off again. */
export function unmarkFootnotesOfNotes({ $ }: PageContext): void {
  const list = footnoteList($);
  if (!list) return;
  for (const item of itemsOf(list)) {
    for (const marked of [item, ...backLinksOf(item)]) removeClass(marked, TRAINER);
  }
}

/** Right before the notes go: takes out their ways back, and numbers what stays. */
export function renumberFootnotes({ $ }: PageContext): void {
  const list = footnoteList($);
  if (!list || !elementsIn(list).some(isTrainerNote)) return;
  const references = referencesIn($, list);
  const items = new Map(itemsOf(list).map((item) => [nameOf(item), item]));
  const ordered: Element[] = [];
  for (const [name, links] of references) {
    const item = items.get(name)!;
    ordered.push(item);
    for (const [times, link] of links.entries()) {
      (link.parent as Element).attribs.id = referenceId(name, times);
      $(link).text(String(ordered.length));
    }
    for (const link of backLinksOf(item)) if (isTrainerNote(link)) removeBackLink($, link);
    for (const [times, link] of backLinksOf(item).entries()) {
      link.attribs.href = `#${encodeURIComponent(referenceId(name, times))}`;
      $(link).html(times ? `↩<sup>${times + 1}</sup>` : "↩");
    }
  }
  if (!ordered.length) addClass(list.parent as Element, TRAINER);
  const rest = [...items.values()].filter(isTrainerNote);
  setChildren(
    list,
    [...ordered, ...rest].flatMap((item) => [...$.parseHTML("\n"), item] as Element[]),
  );
}

/** When all are numbered: says where each way back leads. */
export function nameBackLinks({ $, ask }: PageContext): void {
  const list = footnoteList($);
  if (!list) return;
  for (const [index, item] of itemsOf(list).entries()) {
    const title = say(ask.words.text.footnote, { number: index + 1 }, ask.language);
    for (const link of backLinksOf(item)) link.attribs.title = title;
  }
}

/** Whether footnotes made a link: what it leads to is theirs, and leaves the page and is numbered with it. */
export const isFootnoteLink = ({ attribs }: Element): boolean =>
  /^(?:reverse)?footnote\b/.test(attribs.class ?? "") && /^#fn(?:ref)?:/.test(attribs.href ?? "");

/** The list that footnotes.ts of the Markdown made. */
function footnoteList($: CheerioAPI): Element | undefined {
  const around = bodyOf($)
    .children.filter(isElement)
    .findLast((element) => element.name === "div" && hasClass(element, "footnotes"));
  const list = around?.children.find(isElement);
  return list?.name === "ol" && itemsOf(list).length ? list : undefined;
}

const itemsOf = (list: Element): Element[] =>
  list.children.filter(isElement).filter(({ attribs }) => attribs.id?.startsWith("fn:"));

const nameOf = (item: Element): string => item.attribs.id!.slice("fn:".length);

const backLinksOf = (item: Element): Element[] =>
  elementsIn(item).filter(({ attribs }) => /^reversefootnote\b/.test(attribs.class ?? "") && attribs.href);

const referenceId = (name: string, times: number) => `fnref:${name}${times ? `:${times}` : ""}`;

function fragmentOf({ attribs }: Element): string {
  return decoded(attribs.href!.slice(1));
}

/**
 * The links to footnotes that learners see, by the footnotes' names in the order in which learners come to them: those
 * of the page's text, and of each footnote that has been come to.
 */
function referencesIn($: CheerioAPI, list: Element): Map<string, Element[]> {
  const items = new Map(itemsOf(list).map((item) => [nameOf(item), item]));
  const found = new Map<string, Element[]>();
  const collect = (within: Element) => {
    for (const link of elementsIn(within, (inner) => inner === list || isTrainerNote(inner))) {
      if (link.attribs.class !== "footnote" || !link.attribs.href) continue;
      const name = fragmentOf(link).replace(/^fn:/, "");
      if (!items.has(name) || (link.parent as Element).attribs.id === undefined) continue;
      const known = found.get(name);
      if (known) known.push(link);
      else found.set(name, [link]);
    }
  };
  collect(bodyOf($));
  // A map goes on to what is added while it is walked through.
  for (const name of found.keys()) collect(items.get(name)!);
  return found;
}

/** With the space that sets it off. */
function removeBackLink($: CheerioAPI, link: Element): void {
  const space = link.prev?.type === "text" ? link.prev : link.next;
  if (space?.type === "text") {
    if (space === link.prev) space.data = space.data.replace(/\u00a0$/, "");
    else space.data = space.data.replace(/^\u00a0/, "");
  }
  $(link).remove();
}
