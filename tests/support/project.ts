/** A copy of the project, for tests that change its layouts, assets or scripts. What npm installed is shared. */
import { cp, symlink } from "node:fs/promises";
import path from "node:path";
import { PROJECT } from "../../scripts/site/project.ts";
import { temporaryFolder } from "./sites.ts";

const OWN = /^(?:\.eleventy\.ts|package\.json|tsconfig\.json|layouts|assets|scripts)$/;

/** The folder of the copy, which has no content yet. It is gone when the process is. */
export async function copyOfProject(): Promise<string> {
  const copy = path.join(await temporaryFolder(), "project");
  await cp(PROJECT, copy, {
    recursive: true,
    filter: (source) => {
      const top = path.relative(PROJECT, source).split(path.sep)[0]!;
      return top === "" || OWN.test(top);
    },
  });
  await symlink(path.join(PROJECT, "node_modules"), path.join(copy, "node_modules"), "junction");
  return copy;
}
