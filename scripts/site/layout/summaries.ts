/** What a page is about, for search engines and shared links. */
import { shortened } from "../html/components/opening.ts";
import type { Page } from "../model/course.ts";
import { say } from "../words/say.ts";
import type { Site } from "./site.ts";

/** From so many characters on, the beginning of a text says by itself what the page is about. */
const TELLING = 40;

/** What a page is about, in its author's words: those of its description, or the first of its text. */
export function summaryOf(page: Page, { course, rendering }: Site): string {
  if (page.description) return page.description;
  const { opening } = rendering.of(page);
  if (opening.length >= TELLING) return opening;
  const { words, name, language } = course.editionOf(page);
  return shortened(
    `${say(words.summary.page, { page: page.title, course: name }, language)} ${opening}`.trim(),
  );
}
