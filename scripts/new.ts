/**
 * `npm run new -- section "Title" --module NAME [--after SLUG]`, `npm run new -- module|worksheet "Title"`: a new
 * page to write in.
 */
import path from "node:path";
import { parseArgs } from "node:util";
import { complain, handleFaults, refuseCall, say } from "./site/command/command.ts";
import type { NewPage } from "./site/new/new-page.ts";
import { shownPath } from "./site/text/paths.ts";

handleFaults();
// Loaded where faults are caught: with few open files allowed, even loading fails.
const { carryOut, planNewPage, RequestError } = await import("./site/new/new-page.ts");

const USAGE = `usage: npm run new -- section "Title" --module NAME [--after SLUG] [--content DIR]
       npm run new -- module "Title" [--content DIR]
       npm run new -- worksheet "Title" [--module NAME] [--content DIR]`;
const KINDS: readonly string[] = ["section", "module", "worksheet"] satisfies NewPage["kind"][];

try {
  const { content, ...request } = readRequest();
  const plan = await planNewPage(content, request);
  await carryOut(content, plan);
  const shown = (file: string) => shownPath(path.resolve(content, file));
  for (const { from, to } of plan.renames) say(`${shown(from)} is now ${shown(to)}; its address stays`);
  say(`${shown(plan.file)} is there to be written`);
} catch (error) {
  if (error instanceof RequestError) fail(error.message);
  else if (/^(?:ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? ""))
    fail("there is no such content folder");
  else if ((error as NodeJS.ErrnoException).code) fail(`nothing was written: ${(error as Error).message}`);
  else throw error;
}

function readRequest(): NewPage & { content: string } {
  try {
    const text = { type: "string" } as const;
    const { values, positionals } = parseArgs({
      options: { module: text, after: text, content: text },
      allowPositionals: true,
    });
    const [kind = "", title = "", ...more] = positionals;
    if (!KINDS.includes(kind) || !title.trim() || more.length)
      throw new Error(
        kind
          ? `"${positionals.join(" ")}" is not understood; put the title in quotes`
          : "say what is to be made",
      );
    const { module, after, content = "content" } = values;
    return { kind: kind as NewPage["kind"], title: title.trim(), module, after, content };
  } catch (error) {
    return refuseCall(error, USAGE);
  }
}

function fail(message: string): never {
  complain(message);
  process.exit(1);
}
