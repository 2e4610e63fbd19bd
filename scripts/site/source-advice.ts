/** Warnings about what an author typed, found in the text itself. */
import { maskCode } from "./markdown/mask.ts";
import type { Problems } from "./problems.ts";
import type { Source } from "./source.ts";

const CURLY_ATTRIBUTE = /\{:[^{}\n]*[“”„‟″][^{}\n]*\}/g;

/** What Word and its like leave behind when text is pasted. */
const LEFTOVERS: [pattern: RegExp, what: string][] = [
  [/<\/?o:p\b[^>]*>/g, "a tag of Microsoft Word (<o:p>)"],
  [/\bclass\s*=\s*["']?Mso\w*/g, "a class of Microsoft Word"],
  [/\bmso-[\w-]+\s*:/g, "a style of Microsoft Word (mso-)"],
  [/(?:\u00a0|&nbsp;){2,}/g, "several spaces that do not break"],
  [/[\u00ad\u200b\u200e\u200f\u2028\u2029\ufeff]/g, "an invisible character"],
  [/[\ue000-\uf8ff]/g, "a sign of a symbol font that other machines lack"],
  [/^[ \t]*[•·▪◦‣][ \t]+/g, "a bullet of a word processor"],
];

export function adviseOnSource({ file, text }: Source, problems: Problems): void {
  for (const [index, line] of maskCode(text).split("\n").entries()) {
    if (line.includes("{:")) {
      for (const match of line.matchAll(CURLY_ATTRIBUTE)) {
        problems.warning(
          "curly-attribute",
          { file, line: index + 1, column: match.index + 1 },
          "the attribute list has curly quotes",
          'write straight ones: {:target="_blank"}',
        );
      }
    }
    for (const [pattern, what] of LEFTOVERS) {
      for (const match of line.matchAll(pattern)) {
        problems.warning(
          "word-leftovers",
          { file, line: index + 1, column: match.index + 1 },
          `the line holds ${what}`,
          "delete it; write a list with - and leave the rest to the site's own style",
        );
      }
    }
  }
}
