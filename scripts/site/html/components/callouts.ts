/**
 * Callouts and concept cards.
 *
 *   <div class="activity callout mine">       <aside class="callout callout--activity mine" role="note"
 *   <h3>Plan</h3> …                        →         aria-labelledby="site--kind-1 plan">
 *   </div>                                    <p class="callout-label" data-added id="site--kind-1">Activity</p><h3 id="plan"> …
 */
import {
  type CalloutKind,
  COLOR_CLASS,
  calloutFault,
  FAULTY_CALLOUT,
  isCalloutKind,
} from "../../model/callouts.ts";
import {
  ADDED,
  type AnyNode,
  classesOf,
  closest,
  type Element,
  elementsIn,
  elementsOf,
  elementsOfClass,
  firstIn,
  hasClass,
  headingLevel,
  isElement,
  newElement,
  OWN_ID,
  placeOf,
  rename,
  setChildren,
  textOf,
  wordsOf,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";

/** Kinds that make a callout by themselves, without the class `callout` beside them. */
const ALONE: readonly string[] = ["colorhighlight", "trainer"] satisfies CalloutKind[];

export function makeCallouts(context: PageContext): void {
  const { $, file, problems } = context;
  for (const element of elementsOf($)) {
    if (!hasCalloutClass(element)) continue;
    const classes = classesOf(element);
    const fault = classes.includes(FAULTY_CALLOUT) ? undefined : calloutFault(classes);
    if (fault) problems.error("callout-kind", placeOf(element, file), ...fault);
    if (fault || classes.includes(FAULTY_CALLOUT)) {
      // To what follows it is a callout, so that its headings get no messages of their own.
      makeAside(element, `callout ${FAULTY_CALLOUT}`);
    } else {
      makeCallout(context, element, classes);
    }
  }
}

/** Whether an element is a callout, or was meant to be one. */
export const hasCalloutClass = (element: Element): boolean =>
  ["div", "aside", "section"].includes(element.name) &&
  classesOf(element).some((name) => name === "callout" || name === FAULTY_CALLOUT || ALONE.includes(name));

function makeAside(element: Element, classes: string): void {
  rename(element, "aside");
  element.attribs.class = classes;
  element.attribs.role = "note";
}

function makeCallout({ $, ask }: PageContext, element: Element, classes: string[]): void {
  const kind = classes.find(isCalloutKind)!;
  const color = classes.find((name) => COLOR_CLASS.test(name));
  const own = classes.filter((name) => name !== "callout" && name !== kind && name !== color);
  const names = ["callout", `callout--${kind}`, color && `callout--${color}`, ...own];
  makeAside(element, names.filter(Boolean).join(" "));
  // A concept card needs no label: its color is its mark.
  const label = kind === "colorhighlight" ? "" : ask.words.callouts[kind];
  const title = titleOf(element);
  // A title that says no more than the label would read twice.
  if (label && (title && textOf(title).trim().toLowerCase()) !== label.toLowerCase()) {
    const line = newElement($, "p", { class: "callout-label", [ADDED]: "" }, label);
    setChildren(element, [line, ...element.children]);
  }
}

const isCallout = (element: Element) => element.name === "aside" && hasClass(element, "callout");

/** The first heading inside, but not of a callout further in. */
export function titleOf(callout: Element): Element | undefined {
  const first = firstIn(callout, (inner) => headingLevel(inner) !== undefined);
  return first && closest(first, isCallout) === callout ? first : undefined;
}

/** Names each callout by its kind and its title: "Activity Worksheet #7". Needs the headings' ids. */
export function nameCallouts({ $, ask }: PageContext): void {
  for (const [index, element] of elementsOfClass($, "callout", "aside").entries()) {
    const name = classesOf(element).find((one) => one.startsWith("callout--"));
    // One without a kind, of which its author has been told.
    if (!name) continue;
    const kind = name.slice("callout--".length);
    const id = titleOf(element)?.attribs.id;
    const label = element.children.find(isLabel);
    const word = ask.words.callouts[isCalloutKind(kind) ? kind : "colorhighlight"];
    const ownId = `${OWN_ID}kind-${index + 1}`;
    if (!id) {
      element.attribs["aria-label"] = word;
    } else if (label) {
      label.attribs.id = ownId;
      element.attribs["aria-labelledby"] = `${ownId} ${id}`;
    } else if (kind === "colorhighlight") {
      // Nobody reads its kind in it: it names itself, and then its title.
      element.attribs["aria-label"] = word;
      element.attribs.id ??= ownId;
      element.attribs["aria-labelledby"] = `${element.attribs.id} ${id}`;
    } else {
      element.attribs["aria-labelledby"] = id;
    }
  }
}

const isLabel = (node: AnyNode): node is Element => isElement(node) && hasClass(node, "callout-label");

/** The items of lists in callouts that say what is to be learned; of learners' pages, when the notes are gone. */
export const objectivesOf = ({ $ }: PageContext): string[] =>
  elementsOfClass($, "callout--objectives", "aside").flatMap((callout) =>
    elementsIn(callout)
      .filter(({ name }) => name === "li")
      .map((item) => wordsOf(item).trim())
      .filter(Boolean),
  );
