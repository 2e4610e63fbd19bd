/**
 * A rule is silenced for one line by a comment, which must say why:
 *
 *   Read the report [here](report.pdf). <!-- allow link-text: quoted from the flyer -->
 *
 * A comment on a line of its own speaks for the next line.
 */

import { maskCodeOnly } from "../text/mask.ts";
import { foundOnce } from "./found-once.ts";
import { nearest, type Place, type Problems } from "./problems.ts";
import { isWarningRule, WARNINGS } from "./rules.ts";

interface Silence {
  /** From 0. */
  at: number;
  rule: string;
  reason: string;
  isAlone: boolean;
}

/** The comments of a line that allow a rule. By hand: a pattern for them takes cubic time over blanks. */
function silencesIn(line: string): Silence[] {
  const found: Silence[] = [];
  for (let at = line.indexOf("<!--"); at >= 0; ) {
    const end = line.indexOf("-->", at + 4);
    if (end < 0) break;
    const text = line.slice(at + 4, end).trim();
    const colon = text.includes(":") ? text.indexOf(":") : text.length;
    const rule = text.slice("allow".length, colon).trim();
    if (/^allow\b/.test(text) && /^[\w-]*$/.test(rule)) {
      const isAlone = line.trim().length === end + 3 - at;
      found.push({ at, rule, reason: text.slice(colon + 1).trim(), isAlone });
    }
    at = line.indexOf("<!--", end + 3);
  }
  return found;
}

interface Page {
  file: string;
  text: string;
}

/** A comment that silences a rule for a line, from 1. */
interface Silencing {
  place: Place;
  line: number;
  rule: string;
}

/** The comments of a page that silence; those that are no use are reported. */
const silencingsOf = foundOnce(({ file, text }: Page, problems: Problems): Silencing[] => {
  const found: Silencing[] = [];
  if (!text.includes("<!--")) return found;
  // A comment that is shown as code silences nothing.
  for (const [index, line] of maskCodeOnly(text).split("\n").entries()) {
    for (const { at, rule, reason, isAlone } of silencesIn(line)) {
      const place = { file, line: index + 1, column: at + 1 };
      if (!isWarningRule(rule)) {
        const known = Object.keys(WARNINGS);
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
        found.push({ place, line: index + (isAlone ? 2 : 1), rule });
      }
    }
  }
  return found;
});

/** Takes out of the problems the warnings that a page's comments silence; reports comments that are no use. */
export function applySilences(pages: readonly Page[], problems: Problems): void {
  /** The comments that silence, by what they silence. */
  const silenced = new Map<string, { place: Place; rule: string }>();
  for (const page of pages) {
    for (const { place, line, rule } of silencingsOf(page, problems)) {
      silenced.set(keyOf(place.file, line, rule), { place, rule });
    }
  }
  const used = new Set<string>();
  if (silenced.size) {
    problems.drop(({ severity, file, line, rule }) => {
      const key = keyOf(file, line, rule);
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
