/** What the machine does not allow, in the words of who has to do something about it. */

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

export interface SystemError extends Error {
  code?: string;
  path?: string;
  dest?: string;
  syscall?: string;
}

/** What a system error's code means, as what is wrong and what to do; undefined for other errors. */
export function explainSystemError(error: unknown): [what: string, cure: string] | undefined {
  return SYSTEM_FAULTS[(error as SystemError | undefined)?.code ?? ""];
}
