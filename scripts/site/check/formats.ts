/** What `check` prints: for people, for machines, and for GitHub's own annotations. */

import { count, type Problem, type Problems } from "../problems/problems.ts";
import { ERRORS, WARNINGS } from "../problems/rules.ts";
import { printable, printableJson, printableQuote, withoutOrders } from "../text/printable.ts";

export const FORMATS = ["text", "json", "github"] as const;
export type Format = (typeof FORMATS)[number];

/** The line of a file that a problem names, or undefined where there is none to show. */
export type LineOf = (problem: Problem) => string | undefined;

export function formatReport(problems: Problems, format: Format, lineOf: LineOf): string {
  const all = problems.sorted;
  if (format === "json")
    return printableJson(
      JSON.stringify(
        all.map((problem) => asRecord(problem, lineOf)),
        null,
        2,
      ),
    );
  if (format === "github") return all.map(asAnnotation).join("\n");
  return [...all.map((problem) => asText(problem, lineOf(problem))), summary(problems)].join("\n");
}

function summary(problems: Problems): string {
  const { errors, warnings } = problems;
  if (!errors.length && !warnings.length) return "No errors, no warnings";
  return `${count(errors.length, "error")}, ${count(warnings.length, "warning")}`;
}

/**
 *   content/a.md:3:10: warning link-text: the link text "here" does not say …; name what is there: …
 *       Read it [here](b.md).
 *               ^
 */
function asText(problem: Problem, line: string | undefined): string {
  const { file, line: number, column, severity, rule, message, cure } = problem;
  // Errors are told by what they say; a warning by the name that silences it.
  const name = severity === "warning" ? `${severity} ${rule}` : severity;
  const head = withoutOrders(printable(`${file}:${number}:${column}: ${name}: ${message}; ${cure}`));
  return line === undefined ? head : `${head}\n${quote(line, column)}`;
}

const QUOTE_WIDTH = 100;

/** Longest line that a record holds whole: with a thousand problems in one line, it would stand there a thousand times. */
const RECORD_WIDTH = 1000;

/** The line with a mark under the place; of a long line, the part around it. */
function quote(line: string, column: number): string {
  const from = wholeAt(line, column > QUOTE_WIDTH * 0.75 ? column - 1 - Math.floor(QUOTE_WIDTH / 2) : 0);
  const shown = line.slice(from, wholeAt(line, from + QUOTE_WIDTH));
  // Tabs stay tabs under tabs, so that the mark stands where the sign does.
  const indent = printableQuote(shown.slice(0, column - 1 - from)).replace(/[^\t]/g, " ");
  return `${withoutOrders(`    ${printableQuote(shown)}`)}\n    ${indent}^`;
}

/** The place itself, or the one before it where it would cut a character, such as an emoji, in two. */
const wholeAt = (line: string, at: number) =>
  /^[\ud800-\udbff][\udc00-\udfff]$/.test(line.slice(Math.max(0, at - 1), at + 1)) ? at - 1 : at;

function asRecord(problem: Problem, lineOf: LineOf) {
  const { file, line, column, severity, rule, message, cure, subject } = problem;
  return {
    file,
    line,
    column,
    severity,
    rule,
    ...(subject !== undefined && { subject }),
    message,
    cure,
    text: textOf(lineOf(problem), column),
  };
}

function textOf(line: string | undefined, column: number): string | null {
  if (line === undefined || line.length <= RECORD_WIDTH) return line ?? null;
  const from = Math.max(0, column - 1 - QUOTE_WIDTH / 2);
  return line.slice(from, from + QUOTE_WIDTH);
}

/** GitHub's workflow commands, one a line: a value may not hold what ends it. */
function asAnnotation({ file, line, column, severity, rule, message, cure }: Problem): string {
  const data = (value: string) => printable(value).replace(/%/g, "%25");
  const property = (value: string) => data(value).replace(/:/g, "%3A").replace(/,/g, "%2C");
  const title = severity === "warning" ? `,title=${property(rule)}` : "";
  return `::${severity} file=${property(file)},line=${line},col=${column}${title}::${data(`${message}; ${cure}`)}`;
}

/** One line a rule: whether it stops a build, its name, what it is about. */
export const listRules = (): string[] =>
  Object.entries({ error: ERRORS, warning: WARNINGS }).flatMap(([severity, rules]) =>
    Object.entries(rules).map(([name, about]) => `${severity.padEnd(7)}  ${name.padEnd(21)}  ${about}`),
  );
