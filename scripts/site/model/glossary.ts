/** The glossary of a course, to which search leads who found nothing. */
import { nameOf, slugOf } from "../text/addresses.ts";
import type { Page } from "./course.ts";
import type { Edition } from "./edition.ts";

/**
 * The one section whose title, or whose file's name, is the word for it in the language of the site or in English:
 * "Glosario", `16-glossary.md`. Of several, as in a course whose modules have one each, none is the course's.
 */
export function glossaryOf({ course, words, sections }: Edition): Page | undefined {
  const names = [words, course.wordsIn("en")].map(({ search }) => slugOf(search.glossary));
  const found = sections.filter((section) => {
    const name = nameOf(section.source.path).replace(/\.[^.]*$/, "");
    return [section.title, name].some((one) => names.includes(slugOf(one)));
  });
  return found.length === 1 ? found[0] : undefined;
}
