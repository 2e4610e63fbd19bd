/**
 * Which pages are the same in different languages: a page's front matter names the one that it translates. The front
 * doors of a course are pairs by their places.
 *
 *   lang: es
 *   translates: ../connected-learning/25-glossary.md
 */

import type { Problems } from "../problems/problems.ts";
import type { Course, Page } from "./course.ts";
import { fileMeant, resolveTarget } from "./links.ts";

export function pairTranslations(course: Course, problems: Problems): void {
  /** Of each page that has been translated, what says the same, itself first. */
  const sets = new Map<Page, Page[]>();
  const setOf = (page: Page): Page[] => {
    const set = sets.get(page) ?? [page];
    sets.set(page, set);
    return set;
  };
  const [main, ...others] = course.editions.flatMap(({ front }) => front ?? []);
  if (main) setOf(main).push(...others);

  for (const page of course.pages) {
    const original = originalOf(page, course, problems);
    if (!original) continue;
    const set = setOf(original);
    if (set.includes(page)) continue;
    const rival = set.find(({ language }) => language === page.language);
    if (rival) {
      const isOriginal = rival === original;
      problems.error(
        "translation",
        page.placeOfKey("translates"),
        isOriginal
          ? `the page is in the language of the one that it translates, "${page.language}"`
          : `${original.source.file} has a translation of this language already, ${rival.source.file}`,
        isOriginal ? "write lang: and the language of this page" : "take translates: out of one of them",
        page.data.translates!,
      );
    } else set.push(page);
  }

  for (const set of sets.values()) {
    for (const page of set) page.translations = set.filter((other) => other !== page);
  }
}

/** The page that one says it translates, or the one that that one does; undefined where there is none. */
function originalOf(page: Page, course: Course, problems: Problems): Page | undefined {
  const written = page.data.translates;
  if (written === undefined) return undefined;
  const target = resolveTarget(written, page, course);
  const named = target.kind === "page" ? target.page : undefined;
  if (named && named !== page) {
    const next = named.data.translates;
    const further = next === undefined ? undefined : resolveTarget(next, named, course);
    return (further?.kind === "page" && further.page !== page && further.page) || named;
  }
  const path = target.kind === "missing" ? target.path : undefined;
  // Back when the draft is.
  if (path !== undefined && course.leftOut.get(path) === "draft") return undefined;
  const meant = path === undefined ? undefined : fileMeant(undefined, path, course, problems);
  problems.error(
    "translation",
    page.placeOfKey("translates"),
    named === page ? "the page says that it translates itself" : `"${written}" is no page of this course`,
    meant && course.byPath.has(meant)
      ? `did you mean "/${meant}"?`
      : "write the path of a page's .md file, as in translates: ../basics/02-mistakes.md",
    written,
  );
  return undefined;
}
