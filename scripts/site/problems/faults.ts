/**
 * The machine's own faults: what it did not allow, in one sentence with the path and what to do. Faults of content are
 * problems, with a line; see problems.ts.
 */
import { shownPath } from "../text/paths.ts";
import { explainSystemError, type SystemError } from "./system-errors.ts";

/** What the program finds wrong outside of the content. */
export class Fault extends Error {
  constructor(
    /** Absolute; undefined where no file or folder is at fault. */
    readonly path: string | undefined,
    readonly what: string,
    readonly cure: string,
  ) {
    super(`${path === undefined ? "" : `${shownPath(path)}: `}${what}; ${cure}`);
  }
}

/** Says of a fault in a folder that only a build knows where it stands for the one who asked for the build. */
export function placeFault(error: unknown, building: string, target: string): unknown {
  for (const cause of causesOf(error) as SystemError[]) {
    if (!explainSystemError(cause)) continue;
    cause.path = cause.path?.startsWith(building)
      ? target + cause.path.slice(building.length)
      : (cause.path ?? target);
  }
  return error;
}

/** One sentence, whatever was thrown. */
export function sayFault(error: unknown): string {
  const causes = causesOf(error);
  const known = causes.find((cause) => cause instanceof Fault);
  if (known) return known.message;
  const system = causes.find((cause) => explainSystemError(cause)) as SystemError | undefined;
  if (system) {
    const [what, cure] = explainSystemError(system)!;
    const where = system.path ?? system.dest;
    return where
      ? `${shownPath(where)}: ${what}; ${cure}`
      : `${what} (${system.syscall ?? system.code}); ${cure}`;
  }
  const message = (error instanceof Error ? error.message : String(error)).split("\n")[0]!.trim();
  return `this program failed: ${message || "no reason given"}; please report it, with what you did before (DEBUG=1 shows where)`;
}

/** Whether it was the machine that did not allow something, which it may the next time. */
export const isOfMachine = (error: unknown): boolean =>
  causesOf(error).some((cause) => explainSystemError(cause) !== undefined);

/** An error and all that are said to be behind it: Eleventy wraps what is thrown in what it lays out. */
function causesOf(error: unknown): Error[] {
  const found = new Set<Error>();
  const waiting: unknown[] = [error];
  while (waiting.length) {
    const one = waiting.pop();
    if (!(one instanceof Error) || found.has(one)) continue;
    found.add(one);
    const { cause, originalError, errors } = one as {
      cause?: unknown;
      originalError?: unknown;
      errors?: unknown[];
    };
    waiting.push(cause, originalError, ...(Array.isArray(errors) ? errors : []));
  }
  return [...found];
}
