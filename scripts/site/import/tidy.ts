/**
 * Mends that are certain, made before anything reads the Markdown.
 *
 *   <div class=“info callout” markdown=“1”>   →  <div class="info callout" markdown="1">
 *   [plan](our plan.pdf)                      →  [plan](our%20plan.pdf)
 *   * Contents                                →
 *   {:toc}
 */
import { maskCode } from "../text/mask.ts";
import type { Draft, Edit } from "./draft.ts";
import { addAddressNote, type Note } from "./notes.ts";

const TAG = /<[a-zA-Z][^<>\n]*[“”„][^<>\n]*>/g;
const CURLY_VALUE = /(=\s*)[“”„]([^"“”„]*)[“”]/g;
const ATTRIBUTE_LIST = /\{:(?![:/])[^{}\n]*[“”„‘’][^{}\n]*\}/g;
const CURLY_TITLE = /(\]\([^()\s]+\s+)“([^"“”\n]*)”(?=\s*\))/g;
const SPACED_ADDRESS = /(?<=\]\()(?![<\s])[^()<>"'“”\n]*[^\s()<>"'“”] +[^\s()<>"'“”][^()<>"'“”\n]*(?=\))/g;
const CONTENTS = /^[ \t]*(?:[-*+]|\d+\.)[ \t][^\n]*\n[ \t]*\{:[^}\n]*\btoc\b[^}\n]*\}[ \t]*$/gm;

export function tidy(draft: Draft, notes: Note[]): void {
  const mend = (pattern: RegExp, message: string, replacement: (written: string) => string) => {
    const masked = maskCode(draft.text);
    const edits: Edit[] = [];
    for (const match of masked.matchAll(pattern)) {
      const end = match.index + match[0].length;
      const written = draft.text.slice(match.index, end);
      const text = replacement(written);
      if (text === written) continue;
      edits.push({ start: match.index, end, text });
      const removed = text === "" ? { removed: written } : {};
      const shown = text === "" ? message : `${message}: \`${written}\` is now \`${text}\``;
      const line = draft.lineAt(match.index);
      if (pattern === SPACED_ADDRESS) addAddressNote(notes, line, shown, written, text);
      else notes.push({ kind: "change", at: line, message: shown, ...removed });
    }
    draft.apply(edits);
  };
  const straight = "curly quotes are straight";
  mend(TAG, straight, (tag) => tag.replace(CURLY_VALUE, '$1"$2"'));
  mend(ATTRIBUTE_LIST, straight, (list) => list.replace(/[“”„]/g, '"').replace(/=‘([^‘’"]*)’/g, '="$1"'));
  mend(CURLY_TITLE, straight, (link) => link.replace(CURLY_TITLE, '$1"$2"'));
  mend(SPACED_ADDRESS, "the address has no spaces", (address) => address.trim().replace(/ /g, "%20"));
  mend(CONTENTS, "the list of contents, which the site makes itself, was taken out", () => "");
}
