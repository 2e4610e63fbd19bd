/**
 * What happens to a page's text before markdown-it reads it. Every line keeps its number.
 *
 *   {% callout "activity" %}   →  <div class="activity callout" markdown="1">
 *   {% endcallout %}           →  </div>
 *   {{ site.baseurl }}/img/    →  /img/
 *   ##Heading                  →  ## Heading
 */
import { calloutFault } from "../callouts.ts";
import type { Problems } from "../problems.ts";
import { maskCode } from "./mask.ts";

const LIQUID = /\{%-?([^{}\n]*?)-?%\}|\{\{-?([^{}\n]*?)-?\}\}|\{%/g;
const LIST_ITEM = /^[\s>]*(?:[-*+]|\d{1,9}[.)])\s/;

export interface Prepared {
  text: string;
  /** Lines (from 0) on which a callout shortcode begins, for the rule that no list may hold one. */
  shortcodeLines: Set<number>;
}

export function prepare(text: string, file: string, problems: Problems): Prepared {
  const masked = maskCode(text).split("\n");
  const shortcodeLines = new Set<number>();
  const open: { line: number; column: number }[] = [];

  const lines = text.split("\n").map((line, index) => {
    const mask = masked[index]!;
    const spaced = spaceHeading(line, mask);
    if (!mask.includes("{%") && !mask.includes("{{")) return spaced;

    let result = "";
    let done = 0;
    for (const match of mask.matchAll(LIQUID)) {
      const place = { file, line: index + 1, column: match.index + 1 };
      const tag = match[1]?.trim();
      const output = match[2]?.trim();
      let replacement = match[0];
      if (output === "site.baseurl") {
        replacement = "";
      } else if (tag !== undefined && /^(end)?callout\b/.test(tag)) {
        replacement = calloutTag(tag, line, match[0], place);
      } else {
        problems.error(
          place,
          `the Liquid ${line.slice(match.index, match.index + match[0].length)} is not understood here`,
          'delete it, or put it in `backticks` if it is to be read; only {% callout "kind" %}, {% endcallout %} and {{ site.baseurl }} work',
        );
      }
      result += line.slice(done, match.index) + replacement;
      done = match.index + match[0].length;
    }
    return result + line.slice(done);

    function calloutTag(
      tag: string,
      whole: string,
      written: string,
      place: (typeof open)[number] & { file: string },
    ) {
      if (whole.trim() !== written) {
        const inList = LIST_ITEM.test(whole);
        problems.error(
          place,
          inList ? "a callout stands inside a list" : "the callout tag shares its line with other text",
          inList
            ? "end the list with an empty line and write the callout at the start of a line"
            : "put it on a line of its own",
        );
        return "";
      }
      if (tag === "endcallout") {
        if (!open.pop()) {
          problems.error(
            place,
            "{% endcallout %} ends no callout",
            'delete it, or begin one with {% callout "kind" %}',
          );
          return "";
        }
        return "</div>";
      }
      open.push(place);
      shortcodeLines.add(index);
      const classes = tag
        .slice("callout".length)
        .replace(/["'“”‘’]/g, " ")
        .split(/[\s,]+/)
        .filter((name) => /^[\w-]+$/.test(name));
      const fault = calloutFault(classes);
      if (fault) {
        problems.error(place, ...fault);
        return '<div markdown="1">';
      }
      return `<div class="${classes.join(" ")} callout" markdown="1">`;
    }
  });

  for (const place of open) {
    problems.error(
      { file, ...place },
      "the callout is never closed",
      "write {% endcallout %} on a line of its own after it",
    );
  }
  // Closed here too, so that one mistake is reported once.
  return { text: [...lines, ...open.map(() => "</div>")].join("\n"), shortcodeLines };
}

/** `##Heading` is a heading to its author. A single `#` needs a capital after it: `#hashtag` is none. */
function spaceHeading(line: string, mask: string): string {
  const tight = /^( {0,3})(#{2,6})(?=[^\s#])|^( {0,3})(#)(?=\p{Lu})/u.exec(mask);
  if (!tight) return line;
  const end = tight[0].length;
  return `${line.slice(0, end)} ${line.slice(end)}`;
}
