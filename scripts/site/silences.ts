/**
 * A rule is silenced for one line by a comment, which must say why:
 *
 *   Read the report [here](report.pdf). <!-- allow link-text: quoted from the flyer -->
 *
 * A comment on a line of its own speaks for the next line.
 */
import { nearest, type Problems } from "./problems.ts";
import { isRule, RULES } from "./rules.ts";
import type { Source } from "./source.ts";

const COMMENT = /<!--\s*allow\b\s*([\w-]*)\s*(?::\s*([^\n]*?))?\s*-->/g;

/** Takes out of the problems the warnings that a page's comments silence; reports comments that are no use. */
export function applySilences(pages: readonly Source[], problems: Problems): void {
  const silenced = new Set<string>();
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
          silenced.add(keyOf(file, index + (isAlone ? 2 : 1), rule));
        }
      }
    }
  }
  if (silenced.size) {
    problems.drop(
      ({ severity, file, line, rule }) =>
        severity === "warning" && silenced.has(keyOf(file, line, rule ?? "")),
    );
  }
}

const keyOf = (file: string, line: number, rule: string) => `${file}:${line}:${rule}`;
