/**
 * Facilitator's notes: never in a learner's page, nor in its source, nor in the index. Whatever the author gave the
 * class is a note, in whatever letters it is written; what may have been meant as one stops the build.
 *
 *   <p class="Trainer">Say …</p>        →  <div class="trainer"><p>Say …</p></div>
 *   ![The plan](plan.svg){: .trainer}   →  <span class="trainer"><img …></span>
 *
 * They stay until links are rewritten and checked, for what is wrong in them is wrong in the facilitator's edition.
 */

import { headingId } from "../../markdown/heading-ids.ts";
import { FROM_NOTE } from "../../markdown/notes-in-text.ts";
import { POSITION_ATTR } from "../../markdown/positions.ts";
import { isBlockElement } from "../../markdown/tags.ts";
import { calloutFault, isTrainerClass, looksLikeTrainer, TRAINER } from "../../model/callouts.ts";
import {
  type AnyNode,
  authorsText,
  bodyOf,
  type CheerioAPI,
  classesOf,
  closest,
  type Element,
  elementsIn,
  elementsNamed,
  elementsOf,
  HEADINGS,
  hasClass,
  headingLevel,
  isElement,
  newElement,
  placeOf,
  rename,
  setChildren,
  textOf,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { hasCalloutClass } from "./callouts.ts";

/** Elements that are notes by themselves: nothing takes them out from around what is in them. */
const HOLDERS = new Set(
  "div section aside li dt dd tr td th thead tbody tfoot caption col colgroup".split(" "),
);

/** Makes every note an element that later passes keep; reports what may have been meant as one. */
export function readTrainerNotes(context: PageContext): void {
  const { $, file, problems } = context;
  for (const element of elementsOf($)) {
    const classes = classesOf(element);
    if (classes.some(isTrainerClass)) {
      makeNote($, element, classes);
      continue;
    }
    const meant = classes.find(looksLikeTrainer);
    // Of a callout without a kind that message tells.
    if (meant === undefined || (hasCalloutClass(element) && calloutFault(classes))) continue;
    problems.error(
      "trainer-lookalike",
      placeOf(element, file),
      `the class "${meant}" may be meant for a facilitator's note, which learners must not see`,
      `write "${TRAINER}" if it is, and another word if it is not`,
    );
  }
  nameHeadingsWithoutNotes(context);
  reportUsesOfNotes(context);
}

/** A heading's id is made of its words; those that a note in it says are not among them. */
function nameHeadingsWithoutNotes({ $ }: PageContext): void {
  for (const heading of elementsNamed($, ...HEADINGS)) {
    if (!elementsIn(heading).some(isTrainerNote)) continue;
    const made = headingId(textOf(heading).trim());
    const id = heading.attribs.id ?? "";
    if (id !== made && !(id.startsWith(`${made}-`) && /^\d+$/.test(id.slice(made.length + 1)))) continue;
    heading.attribs.id = headingId(authorsText(heading, isTrainerNote).trim()) || "section";
  }
}

function makeNote($: CheerioAPI, element: Element, classes: string[]): void {
  const others = classes.filter((name) => !isTrainerClass(name));
  const isInHeading = !takesTextOnly(element) && closest(element, takesTextOnly) !== undefined;
  if (HOLDERS.has(element.name) && !isInHeading) {
    element.attribs.class = [TRAINER, ...others].join(" ");
    return;
  }
  const name = isInHeading || !isBlockElement(element.name) ? "span" : "div";
  if (others.length) element.attribs.class = others.join(" ");
  else delete element.attribs.class;
  wrap($, element, name);
}

const takesTextOnly = (element: Element) => headingLevel(element) !== undefined || element.name === "summary";

/** Puts an element into a note in its place. The element itself becomes the note: no search among its neighbors. */
function wrap($: CheerioAPI, element: Element, name: string): void {
  const inner = newElement($, element.name, element.attribs);
  setChildren(inner, element.children);
  rename(element, name);
  element.attribs = { class: TRAINER };
  if (inner.attribs[POSITION_ATTR] !== undefined)
    element.attribs[POSITION_ATTR] = inner.attribs[POSITION_ATTR];
  setChildren(element, [inner]);
}

/** A link of learners to an address that only a note gives; an abbreviation that a note explains is none to learners. */
function reportUsesOfNotes({ $, file, problems }: PageContext): void {
  for (const element of elementsOf($)) {
    if (!(FROM_NOTE in element.attribs) || element.attribs.class === "footnote") continue;
    delete element.attribs[FROM_NOTE];
    if (hasTrainerNoteAround(element)) continue;
    if (element.name === "abbr") {
      $(element).replaceWith($(element).contents());
      continue;
    }
    problems.error(
      "note-address",
      placeOf(element, file),
      "the address of the link stands in a facilitator's note, which learners' pages leave out",
      "move the line with the address out of the note",
    );
  }
}

/** After the first pass every note, callout or not, has one of these classes. */
export const isTrainerNote = (element: Element): boolean =>
  hasClass(element, TRAINER) || hasClass(element, `callout--${TRAINER}`);

export const hasTrainerNoteAround = (element: Element): boolean =>
  closest(element, isTrainerNote) !== undefined;

/** Takes the notes out, and the paragraphs that nothing else stood in; the answer is the ids that stood in them. */
export function removeTrainerNotes({ $ }: PageContext): Set<string> {
  const ids = new Set<string>();
  const emptied = new Set<AnyNode>();
  const isNote = (node: AnyNode) => isElement(node) && isTrainerNote(node);
  const waiting = [bodyOf($)];
  while (waiting.length) {
    const element = waiting.pop()!;
    const notes = element.children.filter(isNote) as Element[];
    for (const note of notes) {
      for (const inner of [note, ...elementsIn(note)]) {
        const id = inner.attribs.id ?? (headingLevel(inner) ? headingId(textOf(inner).trim()) : "");
        if (id) ids.add(id);
      }
    }
    if (notes.length) {
      const kept = element.children.filter((child) => !isNote(child));
      setChildren(element, kept);
      if (/^(?:p|pre)$/.test(element.name) && kept.every(isBlank)) emptied.add(element);
    }
    waiting.push(...element.children.filter(isElement));
  }
  for (const parent of new Set([...emptied].map((element) => element.parent as Element))) {
    setChildren(
      parent,
      parent.children.filter((child) => !emptied.has(child)),
    );
  }
  return ids;
}

const isBlank = (node: AnyNode): boolean => node.type === "text" && node.data.trim() === "";
