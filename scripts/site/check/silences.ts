/**
 * A rule is silenced for one line by a comment, which must say why:
 *
 *   Read the report [here](report.pdf). <!-- allow link-text: quoted from the flyer -->
 *
 * A comment on a line of its own speaks for the next line.
 */
import { nearest, type Place, type Problems } from "../problems.ts";
import { isRule, RULES } from "../rules.ts";
import type { Source } from "../source.ts";

const COMMENT = /<!--\s*allow\b\s*([\w-]*)\s*(?::\s*([^\n]*?))?\s*-->/g;

/** Takes out of the problems the warnings that a page's comments silence; reports comments that are no use. */
export function applySilences(pages: readonly Source[], problems: Problems): void {
  /** The comments that silence, by what they silence. */
  const silenced = new Map<string, { place: Place; rule: string }>();
  for (const { file, text } of pages) {
    for (const [index, line] of text.split("\n").entries()) {
      if (!line.includes("<!--")) continue;
      for (const comment of line.matchAll(COMMENT)) {
        const place = { file, line: index + 1, column: comment.index + 1 };
        const [whole, rule = "", reason] = comment;
        if (!isRule(rule)) {
          const known = Object.keys(RULES);
          const meant = nearest(rule, known);
          problems.warning(
            "silenced",
            place,
            `the comment allows a rule "${rule}" that is not there`,
            meant ? `did you mean "${meant}"?` : `write one of ${known.join(", ")}`,
          );
        } else if (!reason) {
          problems.warning(
            "silenced",
            place,
            `the comment allows ${rule} without a reason`,
            `say why: <!-- allow ${rule}: the reason -->`,
          );
        } else {
          const isAlone = line.replace(whole, "").trim() === "";
          silenced.set(keyOf(file, index + (isAlone ? 2 : 1), rule), { place, rule });
        }
      }
    }
  }
  const used = new Set<string>();
  if (silenced.size) {
    problems.drop(({ severity, file, line, rule }) => {
      const key = keyOf(file, line, rule ?? "");
      if (severity !== "warning" || !silenced.has(key)) return false;
      used.add(key);
      return true;
    });
  }
  for (const [key, { place, rule }] of silenced) {
    // What the network will tell is not known yet.
    if (used.has(key) || rule === "external-link") continue;
    problems.warning(
      "silenced",
      place,
      `the comment allows ${rule} where there is none`,
      "delete it, or write it at the end of the line it is for, or alone right above that line",
    );
  }
}

const keyOf = (file: string, line: number, rule: string) => `${file}:${line}:${rule}`;
