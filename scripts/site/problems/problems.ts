/**
 * What is wrong with the content: where, what, and what to write instead.
 * Nothing throws on an author's mistake; every part adds to one list, so a build reports all of them at once.
 */
import { printable, withoutOrders } from "../text/printable.ts";
import { editDistance } from "../text/spelling.ts";
import type { ErrorRule, Rule, WarningRule } from "./rules.ts";

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
  /** Which kind of problem it is, whatever its message says. */
  rule: Rule;
  /** What it speaks of, as its author wrote it: an address, an element, a key. */
  subject?: string;
}

/**
 * Words that all the suggestions of one site may be compared with, some seconds' work. A course that has this many
 * is told what is wrong all the same; only "did you mean" is left out.
 */
export const COMPARISON_LIMIT = 200_000;

export class Problems {
  list: Problem[];
  #comparisons = 0;

  constructor(known: readonly Problem[] = []) {
    this.list = [...known];
  }

  error(rule: ErrorRule, place: Place, message: string, cure: string, subject?: string): void {
    this.#add("error", rule, place, message, cure, subject);
  }

  warning(rule: WarningRule, place: Place, message: string, cure: string, subject?: string): void {
    this.#add("warning", rule, place, message, cure, subject);
  }

  #add(
    severity: Problem["severity"],
    rule: Rule,
    { file, line, column }: Place,
    message: string,
    cure: string,
    subject: string | undefined,
  ): void {
    this.list.push({
      file,
      line,
      column,
      severity,
      rule,
      message,
      cure,
      ...(subject !== undefined && { subject }),
    });
  }

  /** Takes in what was found elsewhere. */
  addAll(found: readonly Problem[]): void {
    // One by one: of some hundred thousand a call cannot take all as its arguments.
    for (const problem of found) this.list.push(problem);
  }

  /** Takes out what a condition holds for. */
  drop(condition: (problem: Problem) => boolean): void {
    this.list = this.list.filter((problem) => !condition(problem));
  }

  /** `nearest`, for what a course may have in thousands: as long as the site's comparisons last. */
  nearest(typed: string, known: readonly string[]): string | undefined {
    this.#comparisons += known.length;
    return this.#comparisons > COMPARISON_LIMIT ? undefined : nearest(typed, known);
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
  return withoutOrders(printable(`${file}:${line}:${column}: ${message}; ${cure}`));
}

/** Long text as a message quotes it, for one that a message tells again and again. */
export const shorten = (text: string, length = 60): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

/** A count with its noun: "1 error", "3 errors". */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
}

/** Longer than any word that is mistyped; a limit, because two words are compared letter by letter. */
const WORD_LIMIT = 60;

/** The known word nearest to what was typed, if it is near enough to be meant. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  if (typed.length > WORD_LIMIT) return undefined;
  const wanted = typed.toLowerCase();
  let best: string | undefined;
  // What is further away than this is never near enough.
  let least = Math.floor(WORD_LIMIT / 3) + 1;
  for (const word of known) {
    if (word.length > WORD_LIMIT) continue;
    const distance = editDistance(wanted, word.toLowerCase(), least);
    if (distance >= least) continue;
    [best, least] = [word, distance];
    if (!distance) break;
  }
  if (best === undefined || least >= best.length) return undefined;
  return least <= Math.max(1, Math.floor(best.length / 3)) ? best : undefined;
}
