/**
 * The gate that all HTML of content passes: what is dangerous is an error, what is only presentation is dropped,
 * what is on the list stays.
 */

import { unmark } from "../markdown/positions.ts";
import { nearest, type Place, type Problems } from "../problems/problems.ts";
import {
  type AnyNode,
  bodyOf,
  type CheerioAPI,
  classesOf,
  type Element,
  elementsOf,
  isElement,
  placeOf,
  replaceAll,
} from "./dom.ts";
import { isOwnClass, isOwnId } from "./own-names.ts";
import { DEPTH_LIMIT } from "./repair.ts";

const words = (text: string) => text.split(/\s+/);

const ELEMENTS = new Set(
  words(`a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn
    div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i iframe img ins kbd li mark ol p pre q
    rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr`),
);

/** Elements that act, load or take input; each with what to write instead. */
const DANGEROUS: Record<string, string> = {
  ...Object.fromEntries(
    words("script noscript template").map((name) => [name, "delete it; pages of content run no scripts"]),
  ),
  ...Object.fromEntries(
    words("style link base meta").map((name) => [
      name,
      "delete it; the site's own style sheet gives pages their look",
    ]),
  ),
  ...Object.fromEntries(
    words("form input button select textarea option optgroup fieldset").map((name) => [
      name,
      "link to a worksheet instead; pages of content have no forms",
    ]),
  ),
  ...Object.fromEntries(
    words("object embed applet portal frame frameset svg math").map((name) => [
      name,
      "write a picture as ![description](file), a video as an <iframe>, anything else as a link",
    ]),
  ),
  ...Object.fromEntries(
    words("title xmp plaintext listing noembed noframes").map((name) => [
      name,
      "delete it, and put text that is to be read as it is in `backticks`",
    ]),
  ),
  ...Object.fromEntries(
    words("audio video source track").map((name) => [
      name,
      "link to the file instead: [Watch the film](film.mp4)",
    ]),
  ),
};

const EVERYWHERE = new Set(words("class id title lang dir role data-at style align bgcolor"));

const ATTRIBUTES: Record<string, Set<string>> = Object.fromEntries(
  Object.entries({
    a: "href target rel download hreflang",
    img: "src alt width height",
    iframe: "src title width height",
    td: "colspan rowspan headers width rows",
    th: "colspan rowspan headers scope abbr width rows",
    col: "span",
    colgroup: "span",
    ol: "start reversed type",
    li: "value rows",
    p: "rows",
    details: "open",
    time: "datetime",
    data: "value",
    q: "cite",
    blockquote: "cite",
    del: "datetime",
    ins: "datetime",
    abbr: "title",
  }).map(([name, list]) => [name, new Set(words(list))]),
);

const URL_ATTRIBUTES = new Set(["href", "src", "cite"]);
const SAFE_SCHEMES = new Set(["http", "https", "mailto", "tel"]);

/** Cuts off what stands too deep, before anything else walks the tree. */
export function limitDepth($: CheerioAPI, file: string, problems: Problems): void {
  let level: Element[] = bodyOf($).children.filter(isElement);
  for (let depth = 1; level.length; depth++) {
    if (depth > DEPTH_LIMIT) {
      problems.error(
        "nesting-depth",
        placeOf(level[0]!, file),
        `more than ${DEPTH_LIMIT} elements stand inside each other here`,
        "close each one where it ends",
      );
      for (const element of level) element.children = [];
      return;
    }
    level = level.flatMap((element) => element.children.filter(isElement));
  }
}

/** Tells whether elements were taken away around others, which may then stand where they cannot. */
export function passGate($: CheerioAPI, file: string, problems: Problems): boolean {
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
    const place = placeOf(element, file);
    if (name in DANGEROUS) {
      problems.error(
        "forbidden-element",
        place,
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
          place,
          `the attribute ${attribute} is not allowed in content`,
          "delete it; pages of content run no scripts",
          attribute,
        );
        delete element.attribs[attribute];
      } else if (URL_ATTRIBUTES.has(attribute) && !hasSafeScheme(value)) {
        problems.error(
          "forbidden-address",
          place,
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
      } else if (!EVERYWHERE.has(attribute) && !ATTRIBUTES[name]?.has(attribute)) {
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
function dropOwnNames(element: Element, place: Place, problems: Problems): void {
  const drop = (what: string, name: string) =>
    problems.warning(
      "own-name",
      place,
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

/** The part before the first colon, without the blanks and controls that browsers ignore in it; "" without one. */
function schemeOf(address: string): string {
  const match = /^([^/?#:]*):/.exec(address.replace(/[\p{Cc}\p{Cf}\s]/gu, ""));
  return match ? match[1]!.toLowerCase() : "";
}

function cureOfScheme(scheme: string): string {
  const meant = nearest(scheme, [...SAFE_SCHEMES]);
  if (meant) return `did you mean "${meant}:"?`;
  // `C:\Users\Ana\room.png`, `file:///Users/ana/room.png`
  if (scheme.length === 1 || scheme === "file")
    return "copy the file into the content folder and write its path from this page";
  // What a mail program calls the pictures in a message, and a picture written out in letters.
  if (scheme === "cid" || scheme === "data")
    return "save the picture beside the page and write its path: ![description](file)";
  return "link to a page, a file, or an address that begins with https:";
}

export function hasSafeScheme(address: string): boolean {
  const scheme = schemeOf(address);
  return scheme === "" ? !/^[^/?#]*:/.test(address) : SAFE_SCHEMES.has(scheme);
}
