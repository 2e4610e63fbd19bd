/** The folder that a preview's sites are built in: named by its owner, so that the next preview can tell whether it is left over. */
import { promises as fs } from "node:fs";
import os from "node:os";
import path from "node:path";
import { isRunning } from "../output/publish.ts";

const NAME = "connected-learning-";
/** As `mkdtemp` ends a name, and no other program that we know of begins one. */
const OWNER = new RegExp(`^${NAME}(\\d+)-[A-Za-z0-9]{6}$`);
/** Tells that a preview made a folder. */
export const MARKER = ".preview";

/** What a build of search is called; see search.ts. */
const SEARCH = /^search-\d+(?:\.|$)/;

/** A new folder for this process, among the system's temporary ones. */
export async function makeFolder(among = os.tmpdir()): Promise<string> {
  await removeAbandoned(among);
  const folder = await fs.mkdtemp(path.join(among, `${NAME}${process.pid}-`));
  await fs.writeFile(path.join(folder, MARKER), "");
  return folder;
}

/** Removes what previews left that were killed: folders whose owner runs no more. */
async function removeAbandoned(among: string): Promise<void> {
  for (const name of await fs.readdir(among).catch(() => [] as string[])) {
    const pid = Number(OWNER.exec(name)?.[1]);
    if (!pid || isRunning(pid)) continue;
    const folder = path.join(among, name);
    const inside = await fs.readdir(folder).catch(() => [] as string[]);
    // A build of search that outlived its preview by a moment may have made the folder anew, without its mark.
    const isOurs = inside.includes(MARKER) || (inside.length > 0 && inside.every((one) => SEARCH.test(one)));
    // Another user's folder stays: it is not ours to take.
    if (isOurs) await removeFolder(folder).catch(() => {});
  }
}

/** A build that was ended a moment ago may still have written a last file while its folder was being emptied. */
export const removeFolder = (folder: string): Promise<void> =>
  fs.rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
