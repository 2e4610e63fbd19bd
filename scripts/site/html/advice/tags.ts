/** Tags of links that are never closed, and attributes whose quotes are not. */
import { OPEN_AT_START, OPEN_BEFORE_ATTRIBUTE } from "../../markdown/prepare.ts";
import { findTags } from "../../markdown/tags.ts";
import type { AuthorsText } from "./authors-text.ts";

export function adviseOnTags(text: AuthorsText): void {
  adviseOnOpenTags(text);
  adviseOnOpenLinks(text);
  adviseOnOpenQuotes(text);
}

const HAS_ADDRESS = /\shref\s?=/i;

/** `<a href="plan.md"Plan</a>` */
function adviseOnOpenTags(text: AuthorsText): void {
  for (const { 0: tag, index } of text.withHtml.matchAll(/<a\s[^<>]*/gi)) {
    const quotes = tag.split('"').length - 1;
    if (text.withHtml[index + tag.length] === ">" || quotes % 2 || !HAS_ADDRESS.test(tag)) continue;
    text.problems.warning(
      "broken-link-form",
      text.placeAt(index),
      "the tag <a is never closed, and so is shown as text",
      'end it with > as in <a href="plan.md">',
    );
  }
}

/** `<a href="plan.md">Plan` */
function adviseOnOpenLinks(text: AuthorsText): void {
  const { withHtml } = text;
  if (!/<a\s/i.test(withHtml)) return;
  const tags = findTags(withHtml);
  for (const tag of tags) {
    if (tag.name !== "a" || tag.kind !== "open") continue;
    const end = tag.partner === undefined ? undefined : tags[tag.partner]!.start;
    // Outside of raw HTML a link ends with its paragraph.
    const isOpen =
      end === undefined ||
      (text.markdown[tag.start] === "<" && /\n[ \t]*\n/.test(withHtml.slice(tag.end, end)));
    if (!isOpen || !HAS_ADDRESS.test(withHtml.slice(tag.start, tag.end))) continue;
    text.problems.warning(
      "broken-link-form",
      text.placeAt(tag.start),
      "the link <a> is never closed, and so goes on to the end of its paragraph",
      "write </a> where it ends",
    );
  }
}

/** `<img alt="Plan src="plan.png">` */
function adviseOnOpenQuotes(text: AuthorsText): void {
  for (const { 0: tag, index } of text.withHtml.matchAll(/<[a-zA-Z][^<>\n]*>/g)) {
    for (const pattern of [OPEN_BEFORE_ATTRIBUTE, OPEN_AT_START]) {
      for (const match of tag.matchAll(pattern)) {
        const name = /[\w-]+/.exec(match[0])![0];
        // That one is read as it is meant.
        if (/^\smarkdown="1"/.test(tag.slice(match.index + match[0].length))) continue;
        text.problems.warning(
          "open-quote",
          text.placeAt(index + match.index + 1),
          `the quotes of ${name} do not match`,
          `write one before its value and one behind it: ${name}="…"`,
        );
      }
    }
  }
}
