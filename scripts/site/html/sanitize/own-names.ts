/**
 * Names that are the site's own: classes of its style sheet, and ids of its layouts. Its scripts, its passes and its
 * look go by them, so no author's element may have them; those that an author may write are listed here.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { FAULTY_CALLOUT, isCalloutKind } from "../../model/callouts.ts";
import { PROJECT } from "../../project.ts";
import { OWN_ID } from "../dom.ts";

const STYLES = path.join(PROJECT, "assets/css");

/** Classes of the style sheet that authors write, or that the Markdown they write makes. */
const FOR_AUTHORS = new Set(
  "answer answers private no-names hint example handout align-center align-right callout card tint footnote footnotes task-list".split(
    " ",
  ),
);

let ownClasses: Set<string> | undefined;

/** Whether a class is the site's own. The style sheet tells: what it gives a look to is some part of the site. */
export function isOwnClass(name: string): boolean {
  ownClasses ??= readOwnClasses();
  return ownClasses.has(name) || (name.startsWith("callout--") && name !== FAULTY_CALLOUT);
}

export const isOwnId = (id: string): boolean => id.startsWith(OWN_ID);

function readOwnClasses(): Set<string> {
  const found = new Set<string>();
  for (const file of readdirSync(STYLES).filter((name) => name.endsWith(".css"))) {
    // Comments and addresses hold dots too.
    const css = readFileSync(path.join(STYLES, file), "utf8").replace(
      /\/\*[\s\S]*?\*\/|url\([^)]*\)|"[^"]*"/g,
      "",
    );
    for (const [, name] of css.matchAll(/\.([a-z][\w-]*)(?=[^{}]*\{)/g)) {
      if (!FOR_AUTHORS.has(name!) && !isCalloutKind(name!)) found.add(name!);
    }
  }
  return found;
}
