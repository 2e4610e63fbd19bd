/** What an author may have meant as the mark of a facilitator's note, and what stands on the page as text instead. */
import { type AnyNode, bodyOf, isElement, placeOf } from "../dom.ts";
import type { PageContext } from "../page-context.ts";

/** `{#x .trainer}`, `(: .trainer)`, `[!TRAINER]`, `::: trainer`, `!!! trainer` */
const MARK =
  /\{(?!%)[^{}\n]{0,80}\btrainer\b[^{}\n]{0,80}\}|[([][ \t]{0,9}:[^()[\]\n]{0,80}\btrainer\b[^()[\]\n]{0,80}[)\]]|\[!trainer\]|:::+[ \t]{0,9}\{?\.?trainer\b|!!!+[ \t]{0,9}"?trainer\b/i;
const CODE = /^(?:code|pre|kbd|samp)$/;

export function refuseShownMarks({ $, file, problems }: PageContext): void {
  const waiting: AnyNode[] = [bodyOf($)];
  while (waiting.length) {
    const node = waiting.pop()!;
    if (!isElement(node) || CODE.test(node.name)) continue;
    for (const child of node.children) {
      if (child.type !== "text") waiting.push(child);
      const mark = child.type === "text" && MARK.exec(child.data)?.[0];
      if (!mark) continue;
      const place = placeOf(node, file);
      // Of a list that is nearly right its own message tells.
      const isTold = problems.list.some(
        ({ severity, file: other, line }) =>
          severity === "error" && other === file && Math.abs(line - place.line) <= 1,
      );
      if (isTold) continue;
      problems.error(
        "note-list",
        place,
        `"${mark}" is shown as text, and so learners would see what may be meant as a facilitator's note`,
        'write {: .trainer} on a line of its own below the paragraph, or <div class="trainer callout" markdown="1"> … </div>',
      );
    }
  }
}
