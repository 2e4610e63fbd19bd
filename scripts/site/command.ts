/** What the commands share: options, and how they say what they found. */
import { parseArgs } from "node:util";
import { count, formatProblem, type Problems } from "./problems.ts";

interface Known {
  content: string;
  out: string;
  port: number;
  drafts: boolean;
  quiet: boolean;
  strict: boolean;
  format: string;
  external: boolean;
  private: boolean;
}

const DEFAULTS: Known = {
  content: "content",
  out: "_site",
  port: 8080,
  drafts: false,
  quiet: false,
  strict: false,
  format: "text",
  external: false,
  private: false,
};

/** The options a command takes, with their defaults; ends the process with status 2 on anything else. */
export function readOptions<Name extends keyof Known>(usage: string, names: Name[]): Pick<Known, Name> {
  try {
    const { values } = parseArgs({
      options: Object.fromEntries(
        names.map((name) => [
          name,
          { type: typeof DEFAULTS[name] === "boolean" ? "boolean" : "string" } as const,
        ]),
      ),
    });
    const options = { ...DEFAULTS, ...values };
    options.port = Number(options.port);
    if (!options.content || !options.out) throw new Error("the folder's name is empty");
    if (!Number.isInteger(options.port) || options.port < 1 || options.port > 65535) {
      throw new Error("the port is no number from 1 to 65535");
    }
    return options;
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
