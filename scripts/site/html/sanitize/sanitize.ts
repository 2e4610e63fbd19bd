/** All HTML of content: what is dangerous is an error, what is only presentation is dropped, what is allowed stays. */

import { unmark } from "../../markdown/positions.ts";
import type { Place, Problems } from "../../problems/problems.ts";
import {
  type AnyNode,
  classesOf,
  type Element,
  elementsOf,
  isElement,
  isPlayer,
  placeOf,
  replaceAll,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { DANGEROUS, ELEMENTS, isAllowed } from "./allowlist.ts";
import { isOwnClass, isOwnId } from "./own-names.ts";
import { cureOfScheme, hasSafeScheme, schemeOf } from "./schemes.ts";

const URL_ATTRIBUTES = new Set(["href", "src", "cite", "poster"]);

/** Tells whether elements were taken away around others, which may then stand where they cannot. */
export function sanitize({ $, file, problems }: PageContext): boolean {
  let isUnwrapped = false;
  const replaced = new Map<AnyNode, AnyNode[]>();
  /** Elements that are taken out: what stands in them goes with them, and needs no message of its own. */
  const removed = new Set<AnyNode>();
  for (const element of elementsOf($)) {
    const name = element.name;
    if (element.parent && removed.has(element.parent)) {
      removed.add(element);
      continue;
    }
    const isKnown = ELEMENTS.has(name) && !isStray(element);
    if (!isKnown && name in DANGEROUS) {
      problems.error(
        "forbidden-element",
        placeOf(element, file),
        `<${name}> is not allowed in content`,
        DANGEROUS[name]!,
        name,
      );
      removed.add(element);
      replaced.set(element, []);
      continue;
    }
    for (const attribute of Object.keys(element.attribs)) {
      const value = unmark(element.attribs[attribute]!);
      element.attribs[attribute] = value;
      if (/^on/i.test(attribute)) {
        problems.error(
          "forbidden-attribute",
          placeOf(element, file),
          `the attribute ${attribute} is not allowed in content`,
          "delete it; pages of content run no scripts",
          attribute,
        );
        delete element.attribs[attribute];
      } else if (URL_ATTRIBUTES.has(attribute) && !hasSafeScheme(value)) {
        problems.error(
          "forbidden-address",
          placeOf(element, file),
          `an address that begins with ${schemeOf(value)}: is not allowed in content`,
          cureOfScheme(schemeOf(value)),
          value,
        );
        delete element.attribs[attribute];
        // Without its address there is nothing left to check in it.
        if (attribute === "src") replaced.set(element, []);
      } else if (name === "a" && attribute === "name") {
        // `<a name="goals">` is how anchors were once written.
        element.attribs.id ??= value;
        delete element.attribs.name;
      } else if (!isAllowed(name, attribute)) {
        delete element.attribs[attribute];
      }
    }
    dropOwnNames(element, file, problems);
    if (element.attribs.role && !/^(?:note|presentation|none)$/.test(element.attribs.role))
      delete element.attribs.role;
    if (isKnown) continue;
    if (!replaced.has(element)) replaced.set(element, element.children);
    isUnwrapped = true;
  }
  replaceAll(replaced);
  return isUnwrapped;
}

/** What a player would play or show, without a player around it. */
const isStray = ({ name, parent }: Element): boolean =>
  /^(?:source|track)$/.test(name) && !(parent && isElement(parent) && isPlayer(parent));

/** Classes and ids by which the site knows its own parts. */
function dropOwnNames(element: Element, file: string, problems: Problems): void {
  const classes = classesOf(element);
  const own = classes.filter(isOwnClass);
  for (const name of own) reportOwnName("class", name, placeOf(element, file), problems);
  if (own.length) {
    const kept = classes.filter((name) => !isOwnClass(name));
    if (kept.length) element.attribs.class = kept.join(" ");
    else delete element.attribs.class;
  }
  const { id } = element.attribs;
  if (id !== undefined && isOwnId(id)) {
    reportOwnName("id", id, placeOf(element, file), problems);
    delete element.attribs.id;
  }
}

function reportOwnName(what: "class" | "id", name: string, place: Place, problems: Problems): void {
  problems.warning(
    "own-name",
    place,
    `the ${what} "${name}" is the site's own and is left out`,
    "give it another name",
  );
}
