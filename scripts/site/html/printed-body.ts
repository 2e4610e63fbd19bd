/**
 * A page's body as it stands among others on a page to print: its ids its own, its links leading within, its pictures
 * found from there, its headings below the page's, its folds open.
 *
 *   <h2 id="goals">Goals</h2>                         <h3 id="basics.plan:goals">Goals</h3>
 *   <a href="#goals">                            →    <a href="#basics.plan:goals">
 *   <a href="mistakes.html#why" target="_blank">      <a href="#basics.mistakes:why">
 *   <img src="img/room.png" loading="lazy">           <img src="basics/img/room.png">
 *   <details>                                         <details open="">
 *
 * A course may have ten thousand of them: so no parser reads it again. It is what our own serializer wrote, in which
 * each attribute is ` name="value"` and a `<` in a text is `&lt;`.
 */
import { decoded, folderOf, relativeUrl, resolvePath } from "../text/addresses.ts";

/** A page that stands on the one to print. */
export interface Printed {
  /** The id of its heading, and what its ids begin with. */
  key: string;
  /** Every id that a link may name. */
  anchors: ReadonlySet<string>;
}

export interface PrintPlace {
  /** The page's own address. */
  from: string;
  /** The address of the page to print. */
  to: string;
  /** All pages on that one, by their addresses. */
  printed: ReadonlyMap<string, Printed>;
  /** How many levels lower its headings are. */
  lower: number;
}

/** `connected-learning/plan.html` → `connected-learning.plan`: no id of an author's page is like it, for those get a `:`. */
export const keyOf = (address: string): string => address.replace(/\.html$/, "").replaceAll("/", ".");

/** Start tags that have attributes, those of headings and folds without, ends of headings, and the notice that a link opens a new tab (see `newTab`). */
const PARTS =
  /<span class="new-tab" data-added=""><span class="visually-hidden">[^<]*<\/span><\/span>|<\/h([1-6])>|<(h[1-6]|details)>|<([a-z][\w:-]*)((?: [^\s="<>]+="[^"]*")+)>/gi;
const ATTRIBUTE = / ([^\s="<>]+)="([^"]*)"/g;

/** Attributes whose values are ids, by blanks if several. */
const REFERENCES = new Set(
  `for headers list form popovertarget aria-activedescendant aria-controls aria-describedby aria-details
  aria-errormessage aria-flowto aria-labelledby aria-owns`.split(/\s+/),
);
/** Attributes of a drawing that may paint with a part of it. */
const PAINTS = new Set(
  "clip-path cursor fill filter marker marker-end marker-mid marker-start mask stroke style".split(" "),
);
/** What scripts and search go by, and what makes a browser wait with a picture until it is seen. */
const LEFT_OUT = new Set(
  `data-added data-captions data-choice data-choose data-cue data-embed data-field data-from data-from-title data-host
  data-most data-note data-pagefind-ignore data-private data-question data-right data-term data-title decoding loading`.split(
    /\s+/,
  ),
);

export function printedBody(html: string, place: PrintPlace): string {
  const links = new Links(place);
  const { key } = place.printed.get(place.from)!;
  /** Whether the link in hand opened a new tab, and now leads within the page. */
  let isNowWithin = false;
  return html.replace(PARTS, (part, end?: string, bare?: string, named?: string, attributes: string = "") => {
    if (end) return `</h${lowered(end, place.lower)}>`;
    const name = bare ?? named;
    if (!name) return isNowWithin ? "" : part.replace(' data-added=""', "");
    const level = /^h([1-6])$/.exec(name)?.[1];
    const tag = level ? `h${lowered(level, place.lower)}` : name;
    const isLink = name === "a";
    let isWithin = false;
    let written = attributes.replace(ATTRIBUTE, (attribute, own: string, value: string) => {
      if (LEFT_OUT.has(own)) return "";
      if (own === "id") return ` id="${key}:${value}"`;
      if (REFERENCES.has(own)) return ` ${own}="${value.replace(/\S+/g, (id) => `${key}:${id}`)}"`;
      if (own === "href" && isLink) {
        const url = links.to(value);
        isWithin = url.startsWith("#");
        return ` href="${url}"`;
      }
      // Of a drawing, to one of its own parts.
      if (own === "href") return ` href="#${key}:${value.slice(1)}"`;
      if (own === "src" || own === "poster") return ` ${own}="${links.to(value)}"`;
      return PAINTS.has(own) ? attribute.replaceAll("url(#", () => `url(#${key}:`) : attribute;
    });
    if (isLink) {
      isNowWithin = isWithin && written.includes(' target="_blank"');
      if (isWithin) written = written.replace(/ (?:target|rel|download)="[^"]*"/g, "");
    }
    if (name === "details" && !/ open="/.test(written)) written += ' open=""';
    return `<${tag}${written}>`;
  });
}

const lowered = (level: string, by: number): number => Math.min(6, Number(level) + by);

/** The page's links and pictures, as they are written from the page to print. */
class Links {
  readonly #known = new Map<string, string>();

  constructor(private readonly place: PrintPlace) {}

  /** `url` is as an attribute has it. */
  to(url: string): string {
    let known = this.#known.get(url);
    if (known === undefined) {
      known = this.#find(url);
      this.#known.set(url, known);
    }
    return known;
  }

  #find(url: string): string {
    if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
    const { from, to, printed } = this.place;
    const [, path = "", hash = ""] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
    const target = path ? resolvePath(folderOf(from), decoded(path)) : from;
    // Of what leads out of the site nobody can say where it is.
    if (target === undefined) return url;
    const found = printed.get(target);
    if (!found) return relativeUrl(to, target) + hash;
    const id = decoded(hash.slice(1));
    return `#${encoded(found.key)}${found.anchors.has(id) ? `:${encoded(id)}` : ""}`;
  }
}

const encoded = (id: string): string => encodeURIComponent(id).replace(/%3A/g, ":");
