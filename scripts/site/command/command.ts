/** What the commands share: options, and how they say what they found. */
import { parseArgs } from "node:util";
import { sayFault } from "../problems/faults.ts";
import { count, formatProblem, type Problems } from "../problems/problems.ts";
import { printable, withoutOrders } from "../text/printable.ts";

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
  rules: boolean;
  timings: string;
  "require-pdf": boolean;
  "without-pdf": boolean;
  frames: string;
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
  rules: false,
  timings: "",
  "require-pdf": false,
  "without-pdf": false,
  frames: "",
};

/** The options a command takes, with their defaults or its own; ends the process with status 2 on anything else. */
export function readOptions<Name extends keyof Known>(
  usage: string,
  names: Name[],
  own: Partial<Pick<Known, Name>> = {},
): Pick<Known, Name> {
  try {
    const { values } = parseArgs({
      options: Object.fromEntries(
        names.map((name) => [
          name,
          { type: typeof DEFAULTS[name] === "boolean" ? "boolean" : "string" } as const,
        ]),
      ),
    });
    const options = { ...DEFAULTS, ...own, ...values };
    options.port = Number(options.port);
    if (!options.content || !options.out) throw new Error("the folder's name is empty");
    if (!Number.isInteger(options.port) || options.port < 1 || options.port > 65535) {
      throw new Error("the port is no number from 1 to 65535");
    }
    return options;
  } catch (error) {
    return refuseCall(error, usage);
  }
}

/**
 * For each command to call first. Whatever is thrown and not caught ends it with one sentence and status 1; so does
 * output that nobody takes, once the work is done.
 */
export function handleFaults(): void {
  const end = (error: unknown) => {
    if (process.env.DEBUG) console.error(error);
    else complain(sayFault(error));
    process.exit(1);
  };
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
  let isTold = false;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error) => {
      process.exitCode = 1;
      if (isTold || stream === process.stderr) return;
      isTold = true;
      complain(`what this command had to say could not be written: ${sayFault(error)}`);
    });
  }
  // A command that ends well sets no status of its own.
  process.on("exit", (status) => {
    if (isTold && status === 0) process.exitCode = 1;
  });
}

/** Ends the process with status 2: what is wrong with the way it was called, and what is right. */
export function refuseCall(error: unknown, usage: string): never {
  // Some of Node's own messages have several lines.
  for (const line of (error as Error).message.split("\n")) complain(line);
  console.error(usage);
  process.exit(2);
}

/** Prints one line. What is in it may come from names, which can hold anything. */
export const say = (line: string): void => console.log(withoutOrders(printable(line)));

/** The same where errors go. */
export const complain = (line: string): void => console.error(withoutOrders(printable(line)));

/** Prints all problems, sorted, and their number. */
export function report(problems: Problems): void {
  const { errors, warnings } = problems;
  for (const problem of warnings) console.error(`warning: ${formatProblem(problem)}`);
  for (const problem of errors) console.error(formatProblem(problem));
  if (errors.length) console.error(`${count(errors.length, "error")}; nothing was written`);
}
