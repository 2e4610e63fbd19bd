/** HTML tags in author's text: where each begins and ends, and which end tag closes which start tag. */

export interface Tag {
  /** In lower case. */
  name: string;
  start: number;
  /** After the `>`. */
  end: number;
  kind: "open" | "close" | "void";
  /** Index in the list of the tag that closes this one, or that this one closes. */
  partner?: number;
}

/** Elements of running text; every other element stands as a block of its own, as in kramdown. */
const SPAN_ELEMENTS = new Set(
  "a abbr acronym b bdo big br button cite code del dfn em font i img input ins kbd label mark option q rb rbc rp rt rtc ruby s samp select small span strong strike sub sup time tt u var wbr".split(
    " ",
  ),
);

export const VOID_ELEMENTS = new Set(
  "area base br col embed hr img input keygen link meta param source track wbr".split(" "),
);

/** Elements whose text no reader sees: left open, they must not end where a paragraph does, but before it begins. */
export const isPlayerName = (name: string): boolean => name === "video" || name === "audio";

/** Elements that `markdown="1"` fills with running text and not with blocks, as in kramdown. */
const SPAN_CONTENT = new Set(
  "a abbr b bdo big button caption cite del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend p q small span strong sub summary sup th".split(
    " ",
  ),
);

export const isBlockElement = (name: string): boolean => !SPAN_ELEMENTS.has(name);
export const takesSpans = (name: string): boolean => SPAN_CONTENT.has(name);

/** `<div />` and `<b/>`, but not `<a href=https://example.org/>`, whose slash is the address's. */
export const isSelfClosed = (tag: string): boolean =>
  tag.endsWith("/>") && (/[\s"']$/.test(tag.slice(0, -2)) || !/\s/.test(tag));

/**
 * All tags of a text (code masked out beforehand), start and end tags paired by name. One pass: the time is
 * proportional to the text, whatever is in it.
 */
export function findTags(masked: string): Tag[] {
  const tags: Tag[] = [];
  const open = new Map<string, number[]>();
  const lastQuote = { '"': masked.lastIndexOf('"'), "'": masked.lastIndexOf("'") };
  // Not `<https://…>` and `<name@library.org>`, which are links.
  const name = /[a-zA-Z](?:[a-zA-Z0-9:-]*[a-zA-Z0-9])?(?=[\s/>]|$)/y;

  let at = masked.indexOf("<");
  while (at >= 0) {
    const isEndTag = masked[at + 1] === "/";
    const nameStart = isEndTag ? at + 2 : at + 1;
    name.lastIndex = nameStart;
    const nameEnd = name.test(masked) ? name.lastIndex : undefined;
    const end = nameEnd === undefined ? at + 1 : endOfTag(masked, nameEnd, lastQuote);
    if (nameEnd !== undefined && masked[end - 1] === ">") {
      const tag: Tag = { name: masked.slice(nameStart, nameEnd).toLowerCase(), start: at, end, kind: "open" };
      if (isEndTag) tag.kind = "close";
      else if (VOID_ELEMENTS.has(tag.name)) tag.kind = "void";
      else if (masked[end - 2] === "/" && isSelfClosed(masked.slice(at, end))) tag.kind = "void";
      pair(tag, tags.push(tag) - 1);
    }
    at = masked.indexOf("<", Math.max(end, at + 1));
  }
  return tags;

  function pair(tag: Tag, index: number): void {
    const stack = open.get(tag.name);
    if (tag.kind === "open") {
      if (stack) stack.push(index);
      else open.set(tag.name, [index]);
    } else if (tag.kind === "close") {
      const partner = stack?.pop();
      if (partner === undefined) return;
      tag.partner = partner;
      tags[partner]!.partner = index;
    }
  }
}

/** The place after the `>` of a tag whose name ends at `at`; the place of the next `<` if it has none. */
function endOfTag(text: string, at: number, lastQuote: Record<string, number>): number {
  for (let i = at; i < text.length; i++) {
    const char = text[i]!;
    if (char === ">") return i + 1;
    if (char === "<") return i;
    if ((char === '"' || char === "'") && lastQuote[char]! > i && /[=\s]/.test(text[i - 1]!)) {
      i = text.indexOf(char, i + 1);
    }
  }
  return text.length;
}
