/** Where and with what something was measured, in a line. */
import { promises as fs } from "node:fs";
import os from "node:os";
import path from "node:path";
import { PROJECT } from "../project.ts";

export async function describeMachine(now: Date): Promise<string> {
  const { dependencies } = JSON.parse(await fs.readFile(path.join(PROJECT, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const processors = os.cpus();
  return [
    now.toISOString().slice(0, 10),
    `${os.type()} ${os.arch()}`,
    `${processors.length} × ${processors[0]?.model.trim() ?? "an unknown processor"}`,
    `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    `Node ${process.versions.node}`,
    `Eleventy ${dependencies["@11ty/eleventy"]}`,
    `Pagefind ${dependencies.pagefind}`,
  ].join(", ");
}
