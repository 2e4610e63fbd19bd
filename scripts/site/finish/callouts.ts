/**
 * Callouts and concept cards.
 *
 *   <div class="activity callout mine">       <aside class="callout callout--activity mine" role="note"
 *   <h3>Plan</h3> …                        →         aria-labelledby="plan">
 *   </div>                                    <p class="callout-label" data-added>Activity</p><h3 id="plan"> …
 */
import {
  CALLOUT_LABELS,
  type CalloutKind,
  COLOR_CLASS,
  calloutFault,
  isCalloutKind,
  TRAINER,
} from "../callouts.ts";
import type { Problems } from "../problems.ts";
import {
  ADDED,
  type CheerioAPI,
  classesOf,
  closest,
  type Element,
  elementsOf,
  escapeHtml,
  firstIn,
  placeOf,
  replaceAll,
} from "./dom.ts";

/** Kinds that make a callout by themselves, without the class `callout` beside them. */
const ALONE: readonly string[] = ["colorhighlight", "trainer"] satisfies CalloutKind[];

export function makeCallouts($: CheerioAPI, file: string, problems: Problems): void {
  for (const element of elementsOf($)) {
    if (!["div", "aside", "section"].includes(element.name)) continue;
    const classes = classesOf(element);
    if (!classes.includes("callout") && !classes.some((name) => ALONE.includes(name))) continue;
    const fault = calloutFault(classes);
    if (fault) {
      problems.error(placeOf(element, file), ...fault);
      continue;
    }
    makeCallout($, element, classes);
  }
}

function makeCallout($: CheerioAPI, element: Element, classes: string[]): void {
  const kind = classes.find(isCalloutKind)!;
  const color = classes.find((name) => COLOR_CLASS.test(name));
  const own = classes.filter((name) => name !== "callout" && name !== kind && name !== color);
  element.name = "aside";
  element.tagName = "aside";
  element.attribs.class = ["callout", `callout--${kind}`, color && `callout--${color}`, ...own]
    .filter(Boolean)
    .join(" ");
  element.attribs.role = "note";
  const label = CALLOUT_LABELS[kind];
  const title = titleOf($, element);
  // A title that says no more than the label would read twice.
  if (label && title?.text().trim().toLowerCase() !== label.toLowerCase()) {
    $(element).prepend(`<p class="callout-label" ${ADDED}>${escapeHtml(label)}</p>`);
  }
}

const isCallout = (element: Element) => element.name === "aside" && classesOf(element).includes("callout");

/** The first heading inside, but not of a callout further in. */
export function titleOf($: CheerioAPI, callout: Element) {
  const first = firstIn(callout, ({ name }) => /^h[1-6]$/.test(name));
  return first && closest(first, isCallout) === callout ? $(first) : undefined;
}

/** Names each callout by its title, or by its label where it has none. Needs the headings' ids. */
export function nameCallouts($: CheerioAPI): void {
  for (const element of $("aside.callout").toArray() as Element[]) {
    const name = classesOf(element).find((one) => one.startsWith("callout--"));
    // One without a kind, of which its author has been told.
    if (!name) continue;
    const kind = name.slice("callout--".length) as CalloutKind;
    const id = titleOf($, element)?.attr("id");
    if (id) element.attribs["aria-labelledby"] = id;
    else element.attribs["aria-label"] = CALLOUT_LABELS[kind] || "Concept";
  }
}

/** A facilitator's note: the callout, and whatever else its author gave the class (`{: .trainer}` on a paragraph). */
export const isTrainerNote = (element: Element): boolean =>
  classesOf(element).some((name) => name === TRAINER || name === `callout--${TRAINER}`);

const TRAINER_NOTES = `.${TRAINER}, .callout--${TRAINER}`;

export const hasTrainerNoteAround = (element: Element): boolean =>
  closest(element, isTrainerNote) !== undefined;

export function removeTrainerNotes($: CheerioAPI): void {
  replaceAll(new Map(($(TRAINER_NOTES).toArray() as Element[]).map((note) => [note, []])));
}
