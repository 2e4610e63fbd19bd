/**
 * What is wrong with the content: where, what, and what to write instead.
 * Nothing throws on an author's mistake; every part adds to one list, so a build reports all of them at once.
 */
import { printable } from "./printable.ts";
import type { Rule } from "./rules.ts";

/** A point in an author's file. Lines and columns count from 1; `file` is as it should be shown to the author. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

export interface Problem extends Place {
  severity: "error" | "warning";
  /** What is wrong. */
  message: string;
  /** What to write instead. */
  cure: string;
  /** The name of the rule, of warnings only. */
  rule?: Rule;
}

export class Problems {
  list: Problem[] = [];

  error(place: Place, message: string, cure: string): void {
    this.list.push({ ...place, severity: "error", message, cure });
  }

  warning(rule: Rule, place: Place, message: string, cure: string): void {
    this.list.push({ ...place, severity: "warning", message, cure, rule });
  }

  /** Takes out what a condition holds for. */
  drop(condition: (problem: Problem) => boolean): void {
    this.list = this.list.filter((problem) => !condition(problem));
  }

  /** By file and place. */
  get sorted(): Problem[] {
    return [...this.list].sort(
      (a, b) =>
        compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.message, b.message),
    );
  }

  get errors(): Problem[] {
    return this.sorted.filter((problem) => problem.severity === "error");
  }

  get warnings(): Problem[] {
    return this.sorted.filter((problem) => problem.severity === "warning");
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `content/about.md:3:1: what is wrong; what to write instead`, on one line and safe to print. */
export function formatProblem({ file, line, column, message, cure }: Problem): string {
  return printable(`${file}:${line}:${column}: ${message}; ${cure}`);
}

/** A count with its noun: "1 error", "3 errors". */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
}

/** The known word nearest to what was typed, if it is near enough to be meant. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((word) => ({ word, distance: editDistance(typed.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (!best || best.distance >= best.word.length) return undefined;
  return best.distance <= Math.max(1, Math.floor(best.word.length / 3)) ? best.word : undefined;
}

/** Damerau-Levenshtein (adjacent transpositions count once), on words of at most 60 characters. */
function editDistance(a: string, b: string): number {
  if (a.length > 60 || b.length > 60) return Number.POSITIVE_INFINITY;
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      }
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
