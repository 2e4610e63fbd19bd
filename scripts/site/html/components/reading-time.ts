import { authorsText, bodyOf, type Element, elementsNamed } from "../dom.ts";
import type { PageContext } from "../page-context.ts";

/** Words a minute; a diagram takes as long as 60 words. */
const READING_SPEED = 200;
const DIAGRAM_WORDS = 60;

/** Whole minutes, at least one. */
export function readingMinutes({ $ }: PageContext): number {
  const words = countWords(authorsText(bodyOf($), isOfDiagram));
  const pictures = elementsNamed($, "svg", "img").length;
  return Math.max(1, Math.ceil((words + pictures * DIAGRAM_WORDS) / READING_SPEED));
}

const isOfDiagram = ({ name }: Element) => name === "title" || name === "desc";

function countWords(text: string): number {
  const word = /\S+/g;
  let words = 0;
  while (word.test(text)) words++;
  return words;
}
