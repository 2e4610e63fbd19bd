/** The glossary of a course, to which search leads who found nothing. */
import { nameOf, slugOf } from "../text/addresses.ts";
import { englishOf } from "../words/words.ts";
import type { Course, Page } from "./course.ts";

/**
 * The one section whose title, or whose file's name, is the word for it in the language of the site or in English:
 * "Glosario", `16-glossary.md`. Of several, as in a course whose modules have one each, none is the course's.
 */
export function glossaryOf(course: Course): Page | undefined {
  const names = [course.words, englishOf(course.allWords)].map(({ search }) => slugOf(search.glossary));
  const found = course.sections.filter((section) => {
    const name = nameOf(section.source.path).replace(/\.[^.]*$/, "");
    return [section.title, name].some((one) => names.includes(slugOf(one)));
  });
  return found.length === 1 ? found[0] : undefined;
}
