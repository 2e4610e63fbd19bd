/** The date of a release: that of the commit that its content is of, so that it is the same whenever it is made. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Seconds since 1970, as SOURCE_DATE_EPOCH has them; undefined where the folder is in no repository of git. */
export async function commitDate(folder: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("git", ["-C", folder, "log", "-1", "--format=%ct"]);
    return stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}
