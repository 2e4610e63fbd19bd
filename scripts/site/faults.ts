/**
 * The machine's own faults: what it did not allow, in one sentence with the path and what to do. Faults of content are
 * problems, with a line; see problems.ts.
 */
import { shownPath } from "./source.ts";

/** What the program finds wrong outside of the content. */
export class Fault extends Error {
  constructor(
    /** Absolute. */
    readonly path: string,
    readonly what: string,
    readonly cure: string,
  ) {
    super(`${shownPath(path)}: ${what}; ${cure}`);
  }
}

/** By the codes of Node's system errors: what is wrong, and what to do. */
const SYSTEM_FAULTS: Record<string, [what: string, cure: string]> = {
  EACCES: ["this account may not read or write it", "change its permissions, or name another folder"],
  EPERM: ["this account may not change it", "change its permissions, or name another folder"],
  EROFS: ["the disk can only be read", "name a folder on another disk"],
  ENOSPC: ["the disk is full", "free some space and run the command again"],
  EDQUOT: [
    "this account's share of the disk is used up",
    "delete what is not needed and run the command again",
  ],
  EFBIG: ["the file would be larger than the disk allows", "name a folder on another disk"],
  EMFILE: ["too many files are open at once", "raise the limit, as with: ulimit -n 4096"],
  ENFILE: ["too many files are open on this machine", "close other programs and run the command again"],
  ENOENT: ["it is not there, or went away while it was needed", "put it back and run the command again"],
  ENOTDIR: ["a file stands where a folder is needed", "move it away and run the command again"],
  EISDIR: ["a folder stands where a file is needed", "move it away and run the command again"],
  EEXIST: ["it was there already", "move it away and run the command again"],
  ENOTEMPTY: ["something was put into it meanwhile", "run the command again"],
  EBUSY: ["another program is using it", "close that program and run the command again"],
  ETXTBSY: ["another program is using it", "close that program and run the command again"],
  EXDEV: ["it lies on another disk", "name a folder on the same disk"],
  ELOOP: ["symbolic links lead around in a circle", "delete one of them"],
  ENAMETOOLONG: ["its name is too long for the disk", "give it a shorter name"],
  EIO: ["the disk does not answer as it should", "copy what is on it, and try another disk"],
  ENOMEM: ["the machine has no memory left", "close other programs and run the command again"],
  EPIPE: ["what was to read it has ended", "run the command again"],
};

interface SystemError extends Error {
  code?: string;
  path?: string;
  dest?: string;
  syscall?: string;
}

/** What a system error's code means, as what is wrong and what to do; undefined for other errors. */
export function explainSystemError(error: unknown): [what: string, cure: string] | undefined {
  return SYSTEM_FAULTS[(error as SystemError | undefined)?.code ?? ""];
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
