/**
 * A page as facilitators read it: with its notes in place, each of which says that it is one, and with what a note says
 * for one way of meeting set off, so that it can be shown by itself.
 *
 *   <p><strong>Online.</strong> In rooms of three.</p>      <div class="note-variant" data-variant="online">
 *   <ul> … </ul>                                         →    <p><strong>Online.</strong> In …</p><ul> … </ul></div>
 *   <p><strong>Seated.</strong> All of it.</p>              <div class="note-variant" data-variant="seated"> …
 */
import { VARIANTS, type Variant } from "../../model/activity.ts";
import { TRAINER } from "../../model/callouts.ts";
import { Problems } from "../../problems/problems.ts";
import {
  ADDED,
  type AnyNode,
  type CheerioAPI,
  copyOf,
  type Element,
  elementsOf,
  elementsOfClass,
  headingLevel,
  isElement,
  newElement,
  OWN_ID,
  setChildren,
  textOf,
  wordsOf,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import type { FacilitatorsText } from "../rendering.ts";
import { unmarkFootnotesOfNotes } from "./footnotes.ts";
import { isTrainerNote } from "./trainer-notes.ts";

/** The page as it is now, for facilitators; undefined where it has no notes. What is wrong with it is told of the learners' page. */
export function facilitatorsCopy(context: PageContext): PageContext | undefined {
  if (!hasNotes(context)) return undefined;
  const copy = { ...context, $: copyOf(context.$), problems: new Problems() };
  unmarkFootnotesOfNotes(copy);
  // A footnote that nothing refers to went with the notes, and is none.
  return hasNotes(copy) ? copy : undefined;
}

const hasNotes = ({ $ }: PageContext): boolean => elementsOf($).some(isTrainerNote);

/** When the copy has its ids: says of each note that it is one, and returns where the first is, and what is said for those who run late. */
export function markNotes(context: PageContext): Pick<FacilitatorsText, "firstNote" | "late"> {
  const { $, ask } = context;
  const first = elementsOf($).find(isTrainerNote)!;
  first.attribs.id ??= `${OWN_ID}note`;
  for (const note of elementsOfClass($, TRAINER)) nameNote($, note, ask.words.facilitate.note);
  const late = elementsOfClass($, `callout--${TRAINER}`, "aside").flatMap((note) =>
    setOffVariants($, note, ask.words.facilitate.variants).flatMap(([variant, element]) =>
      variant === "late" ? withoutLabel(element) : [],
    ),
  );
  return { firstNote: first.attribs.id, late };
}

/** A note that is no callout has no label: one for screen readers, which see no line at its side. */
function nameNote($: CheerioAPI, note: Element, name: string): void {
  if (/^(?:tr|thead|tbody|tfoot|col|colgroup)$/.test(note.name)) return;
  const label = newElement($, "span", { class: "visually-hidden", [ADDED]: "" }, name);
  setChildren(note, [label, ...note.children]);
}

type Labels = Record<Variant, string>;

/** Puts each stretch of a note that begins with a label of a variant into an element of its own. */
function setOffVariants($: CheerioAPI, note: Element, labels: Labels): [Variant, Element][] {
  const found: [Variant, Element][] = [];
  let inside: AnyNode[] | undefined;
  const children: AnyNode[] = [];
  const stretches: [Element, AnyNode[]][] = [];
  for (const node of note.children) {
    const label = isElement(node) ? labelOf(node) : undefined;
    if (label !== undefined || (isElement(node) && (headingLevel(node) || node.name === "aside"))) {
      const variant = label === undefined ? undefined : variantOf(label, labels);
      inside = undefined;
      if (variant) {
        const element = newElement($, "div", { class: "note-variant", "data-variant": variant });
        inside = [];
        stretches.push([element, inside]);
        found.push([variant, element]);
        children.push(element);
      }
    }
    (inside ?? children).push(node);
  }
  for (const [element, nodes] of stretches) setChildren(element, nodes);
  if (stretches.length) setChildren(note, children);
  return found;
}

/** What a paragraph in bold begins with, without its point: `**Online.** In rooms of three.` */
export function labelOf(paragraph: Element): string | undefined {
  const first = paragraph.children.find((node) => node.type !== "text" || node.data.trim());
  if (paragraph.name !== "p" || !first || !isElement(first) || first.name !== "strong") return undefined;
  const text = textOf(first).trim();
  return /[.:]$/.test(text) ? text.slice(0, -1).toLowerCase() : undefined;
}

const variantOf = (label: string, labels: Labels): Variant | undefined =>
  VARIANTS.find((variant) => labels[variant].toLowerCase() === label);

/** The words of a stretch after its label. */
function withoutLabel(stretch: Element): string[] {
  const paragraph = stretch.children.find(isElement)!;
  const label = paragraph.children.find(isElement)!;
  const words = wordsOf(stretch).slice(wordsOf(label).length).trim();
  return words ? [words] : [];
}
