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
    const named = namedBy(page, course, problems);
    if (!named) continue;
    const original = originalOf(named, page, course);
    const set = setOf(original);
    if (set.includes(page)) continue;
    const rival = set.find(({ language }) => language === page.language);
    if (rival) {
      const [message, cure] = clash(page, named, original, rival);
      problems.error("translation", page.placeOfKey("translates"), message, cure, page.data.translates!);
    } else set.push(page);
  }

  for (const set of sets.values()) {
    for (const page of set) page.translations = set.filter((other) => other !== page);
  }
}

/** What is wrong where a page says the same as one in its own language, the rival; and the cure. */
function clash(page: Page, named: Page, original: Page, rival: Page): [message: string, cure: string] {
  if (rival === named)
    return [
      `the page is in the language of the one that it translates, "${page.language}"`,
      "write lang: and the language of this page",
    ];
  const cure = "take translates: out of one of them";
  if (rival !== original)
    return [`${original.source.file} has a translation of this language already, ${rival.source.file}`, cure];
  return [
    `${named.source.file} translates ${original.source.file}, which is in the language of this page, "${page.language}"`,
    cure,
  ];
}

/** What a page says the same as: the page that it names, or the one that that one does. */
function originalOf(named: Page, page: Page, course: Course): Page {
  const next = named.data.translates;
  const further = next === undefined ? undefined : resolveTarget(next, named, course);
  return (further?.kind === "page" && further.page !== page && further.page) || named;
}

/** The page that one says it translates; undefined where there is none. */
function namedBy(page: Page, course: Course, problems: Problems): Page | undefined {
  const written = page.data.translates;
  if (written === undefined) return undefined;
  const target = resolveTarget(written, page, course);
  const named = target.kind === "page" ? target.page : undefined;
  if (named && named !== page) return named;
  // Nor does a page that stays say less when the other is left out.
  if (target.kind === "left out") return undefined;
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
