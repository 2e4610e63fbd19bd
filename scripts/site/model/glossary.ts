/** Glossaries: sections that explain a course's terms. Links to their terms show what they say where they stand. */
import { nameOf, slugOf } from "../text/addresses.ts";
import type { Page } from "./course.ts";
import type { Edition } from "./edition.ts";

/**
 * Whether a section's title, or its file's name, is the word for it in the language of its edition or in English:
 * "Glosario", `16-glossary.md`.
 */
export function isNamedGlossary(section: Page, { course, words }: Edition): boolean {
  const names = [words, course.wordsIn("en")].map(({ search }) => slugOf(search.glossary));
  const name = nameOf(section.source.path).replace(/\.[^.]*$/, "");
  return [section.title, name].some((one) => names.includes(slugOf(one)));
}

/** The one to which search leads who found nothing. Of several, as where each module has one, none is the course's. */
export function glossaryOf({ course, sections }: Edition): Page | undefined {
  const found = sections.filter(({ source }) => course.glossaries.has(source.path));
  return found.length === 1 ? found[0] : undefined;
}
