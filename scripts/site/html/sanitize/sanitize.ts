/** All HTML of content: what is dangerous is an error, what is only presentation is dropped, what is allowed stays. */

import { unmark } from "../../markdown/positions.ts";
import type { Place, Problems } from "../../problems/problems.ts";
import { type AnyNode, classesOf, type Element, elementsOf, placeOf, replaceAll } from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { DANGEROUS, ELEMENTS, isAllowed } from "./allowlist.ts";
import { isOwnClass, isOwnId } from "./own-names.ts";
import { cureOfScheme, hasSafeScheme, schemeOf } from "./schemes.ts";

const URL_ATTRIBUTES = new Set(["href", "src", "cite"]);

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
    // Asked for only where something is wrong.
    const place = () => placeOf(element, file);
    if (name in DANGEROUS) {
      problems.error(
        "forbidden-element",
        place(),
        `<${name}> is not allowed in content`,
        DANGEROUS[name]!,
        name,
      );
      removed.add(element);
      replaced.set(element, []);
      continue;
    }
    for (const [attribute, written] of Object.entries(element.attribs)) {
      const value = unmark(written);
      element.attribs[attribute] = value;
      if (/^on/i.test(attribute)) {
        problems.error(
          "forbidden-attribute",
          place(),
          `the attribute ${attribute} is not allowed in content`,
          "delete it; pages of content run no scripts",
          attribute,
        );
        delete element.attribs[attribute];
      } else if (URL_ATTRIBUTES.has(attribute) && !hasSafeScheme(value)) {
        problems.error(
          "forbidden-address",
          place(),
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
    dropOwnNames(element, place, problems);
    if (element.attribs.role && !/^(?:note|presentation|none)$/.test(element.attribs.role))
      delete element.attribs.role;
    if (ELEMENTS.has(name)) continue;
    if (!replaced.has(element)) replaced.set(element, element.children);
    isUnwrapped = true;
  }
  replaceAll(replaced);
  return isUnwrapped;
}

/** Classes and ids by which the site knows its own parts. */
function dropOwnNames(element: Element, place: () => Place, problems: Problems): void {
  const drop = (what: string, name: string) =>
    problems.warning(
      "own-name",
      place(),
      `the ${what} "${name}" is the site's own and is left out`,
      "give it another name",
    );
  const classes = classesOf(element);
  const kept = classes.filter((name) => !isOwnClass(name));
  for (const name of classes) if (isOwnClass(name)) drop("class", name);
  if (kept.length < classes.length) {
    if (kept.length) element.attribs.class = kept.join(" ");
    else delete element.attribs.class;
  }
  if (isOwnId(element.attribs.id ?? "")) {
    drop("id", element.attribs.id!);
    delete element.attribs.id;
  }
}
