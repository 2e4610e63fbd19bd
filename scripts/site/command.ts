/** What the commands share: options, and how they say what they found. */
import { parseArgs } from "node:util";
import { count, formatProblem, type Problems } from "./problems.ts";

export interface CommandOptions {
  content: string;
  out: string;
}

/** `--content DIR` and `--out DIR`; ends the process with status 2 on anything else. */
export function readOptions(
  usage: string,
  known: ("content" | "out" | "port")[],
): CommandOptions & { port?: number } {
  try {
    const { values } = parseArgs({
      options: Object.fromEntries(known.map((name) => [name, { type: "string" as const }])),
      strict: true,
      allowPositionals: false,
    });
    const { content = "content", out = "_site", port } = values as Record<string, string | undefined>;
    if (!content || !out) throw new Error("the folder's name is empty");
    return { content, out, ...(port && { port: Number(port) }) };
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
}

/** Prints all problems, sorted, and their number. */
export function report(problems: Problems): void {
  const { errors, warnings } = problems;
  for (const problem of warnings) console.error(`warning: ${formatProblem(problem)}`);
  for (const problem of errors) console.error(formatProblem(problem));
  if (errors.length) console.error(`${count(errors.length, "error")}; nothing was written`);
}
