/** Warnings about what an author typed, found in the text itself. */

import type { Source } from "../content/source.ts";
import { foundOnce } from "../problems/found-once.ts";
import type { Problems } from "../problems/problems.ts";
import type { WarningRule } from "../problems/rules.ts";
import { maskCode } from "../text/mask.ts";

const CURLY = "“”„‟″";

/** Forms that authors type nearly right: the rule, what is wrong, and the cure. */
const SLIPS: [rule: WarningRule, pattern: RegExp, message: string, cure: string][] = [
  [
    "curly-attribute",
    new RegExp(`\\{:[^{}\\n]*[${CURLY}][^{}\\n]*\\}`, "g"),
    "the attribute list has curly quotes",
    'write straight ones: {:target="_blank"}',
  ],
  [
    "curly-attribute",
    new RegExp(`<[a-zA-Z][^<>\\n]*=\\s*[${CURLY}][^<>\\n]*>`, "g"),
    "the tag has curly quotes",
    'write straight ones: <div class="info callout">',
  ],
];

/** What Word and its like leave behind when text is pasted. */
const LEFTOVERS: [pattern: RegExp, what: string, cure: string][] = [
  [
    /<((?:o|st1|v|w):\w+)\b[^>]*>(?:[^<]*<\/\1>)?/g,
    "a tag of Microsoft Word",
    "delete the tag and keep its text",
  ],
  [/\bclass\s*=\s*["']?Mso\w*/g, "a class of Microsoft Word", "delete it"],
  [
    /\bmso-[\w-]+\s*:/g,
    "a style of Microsoft Word (mso-)",
    "delete it; the site's own style sheet gives pages their look",
  ],
  [/(?:\u00a0|&nbsp;){2,}/g, "several spaces that do not break", "write one space"],
  [
    /[\u00ad\u200b\u200e\u200f\u2028\u2029\ufeff]/g,
    "an invisible character",
    "delete it, or type the word anew",
  ],
  [/[\ue000-\uf8ff]/g, "a sign of a symbol font that other machines lack", "write a list with -, or a word"],
  [/^[ \t]*[•·▪◦‣][ \t]+/g, "a bullet of a word processor", "write a list: - and a space"],
];

/** A sign of each of these: the lines without, which are nearly all, need no closer look. */
const SUSPECT =
  /[“”„‟″\u00a0\u00ad\u200b\u200e\u200f\u2028\u2029\ufeff\ue000-\uf8ff•·▪◦‣]|&nbsp;|Mso|mso-|<(?:o|st1|v|w):/;

export const adviseOnSource = foundOnce(advise);

function advise({ file, text }: Source, problems: Problems): void {
  for (const [index, line] of maskCode(text).split("\n").entries()) {
    if (!SUSPECT.test(line)) continue;
    for (const [rule, pattern, message, cure] of SLIPS) {
      for (const match of line.matchAll(pattern)) {
        problems.warning(rule, { file, line: index + 1, column: match.index + 1 }, message, cure);
      }
    }
    for (const [pattern, what, cure] of LEFTOVERS) {
      for (const match of line.matchAll(pattern)) {
        problems.warning(
          "word-leftovers",
          { file, line: index + 1, column: match.index + 1 },
          `the line holds ${what}`,
          cure,
        );
      }
    }
  }
}
