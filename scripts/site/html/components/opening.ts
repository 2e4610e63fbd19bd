/** How a page's text begins, for search engines and shared links where its author described it in no other words. */
import { bodyOf, type Element, elementsIn, isElement, wordsOf } from "../dom.ts";
import type { PageContext } from "../page-context.ts";

/** Characters that search engines show. */
const SHOWN = 160;
/** From here on a sentence's end is a good place to end at. */
const ENOUGH = 90;

/** The first paragraph, where it is longer cut at a sentence or a word; "" where the page has no text in paragraphs. */
export function openingOf({ $ }: PageContext): string {
  const body = bodyOf($);
  const top = body.children.filter(isElement);
  const words = firstWords(top) || firstWords(elementsIn(body, isAside));
  return shortened(words);
}

function firstWords(elements: readonly Element[]): string {
  for (const element of elements) {
    const words = element.name === "p" ? wordsOf(element) : "";
    if (/\p{L}/u.test(words)) return words;
  }
  return "";
}

/** What is no beginning of the text: tables, and what is folded. */
const isAside = ({ name }: Element): boolean => name === "table" || name === "details" || name === "figure";

export function shortened(words: string): string {
  if (words.length <= SHOWN) return words;
  const start = words.slice(0, SHOWN);
  const sentences = /^.*[.!?…]["”’»)]*(?=\s)/su.exec(start)?.[0] ?? "";
  if (sentences.length >= ENOUGH) return sentences;
  // A text without blanks is cut where it is, but in no character's middle.
  const cut = /^.*(?=\s)/su.exec(start)?.[0] || [...start].slice(0, -1).join("");
  return `${cut.replace(/[\s,;:–—-]+$/u, "")} …`;
}
