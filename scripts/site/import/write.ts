/** Writing what was imported: nothing is overwritten unasked, and what is there already is left alone. */
import { promises as fs } from "node:fs";
import path from "node:path";
import type { Problems } from "../problems/problems.ts";
import { shownPath } from "../text/paths.ts";

/** A file to write: its text, or the file whose bytes it gets. */
export interface Output {
  /** Absolute path. */
  to: string;
  text?: string;
  from?: string;
}

export interface PlannedWrite extends Output {
  state: "new" | "same" | "changed";
}

/** What writing would do to each file; what must not be done is added to the problems. */
export async function planWrites(
  outputs: readonly Output[],
  content: string,
  options: { force: boolean },
  problems: Problems,
): Promise<PlannedWrite[]> {
  const planned: PlannedWrite[] = [];
  for (const output of outputs) {
    const place = { file: shownPath(output.to), line: 1, column: 1 };
    const obstacle = await obstacleBefore(output.to, content);
    if (obstacle) {
      problems.error("import-blocked", place, obstacle, "move it away");
      continue;
    }
    const state = await stateOf(output);
    if (state === "changed" && !options.force) {
      problems.error(
        "import-exists",
        place,
        "the file is there already and would change",
        "move it away, or overwrite it with --force",
      );
    }
    planned.push({ ...output, state });
  }
  return planned;
}

/** What stands in the way of a file: a link that leads elsewhere, a file where a folder is to be, or the reverse. */
async function obstacleBefore(to: string, content: string): Promise<string | undefined> {
  const parts = path.relative(content, to).split(path.sep);
  let at = content;
  for (const [index, part] of parts.entries()) {
    if (part === "..") {
      at = path.dirname(at);
      continue;
    }
    at = path.join(at, part);
    const stats = await fs.lstat(at).catch(() => undefined);
    if (!stats) return undefined;
    const isLast = index === parts.length - 1;
    if (stats.isSymbolicLink())
      return `${shownPath(at)} is a symbolic link, which an import does not write through`;
    if (isLast ? !stats.isFile() : !stats.isDirectory()) {
      return isLast ? "a folder has the file's name" : `${shownPath(at)} is a file where a folder is to be`;
    }
  }
  return undefined;
}

async function stateOf({ to, text, from }: Output): Promise<PlannedWrite["state"]> {
  const there = await fs.readFile(to).catch(() => undefined);
  if (!there) return "new";
  const bytes = from === undefined ? Buffer.from(text ?? "") : await fs.readFile(from);
  return bytes.equals(there) ? "same" : "changed";
}

export async function writeAll(planned: readonly PlannedWrite[]): Promise<void> {
  for (const { to, text, from, state } of planned) {
    if (state === "same") continue;
    await fs.mkdir(path.dirname(to), { recursive: true });
    if (from === undefined) await fs.writeFile(to, text ?? "");
    else await fs.copyFile(from, to);
  }
}
