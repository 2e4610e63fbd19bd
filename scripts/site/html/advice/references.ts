/** Links by names: those that nothing defines, and those that two lines define. */
import { normalize } from "../../markdown/links.ts";
import type { AuthorsText } from "./authors-text.ts";

export const isDefined = (name: string, { env }: AuthorsText): boolean =>
  env.definitions?.has(normalize(name)) ?? false;

/** The text of a link in messages. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/** `[label][name]`, where nothing defines the name, or `[label][]`. */
export function adviseOnReference(text: AuthorsText, at: number, label: string, name: string): void {
  // `[3][12]` are numbers of another kind, `data[key][0]` is a program's.
  if (/^\d*$/.test(name) && /^\d+$/.test(label)) return;
  if (/[\w)\]"']/.test(text.markdown[at - 1] ?? " ")) return;
  const meant = text.problems.nearest(name || label, text.definitionNames);
  text.problems.warning(
    "reference",
    text.placeAt(at),
    `nothing defines the address of [${shorten(label)}][${shorten(name)}]`,
    meant
      ? `did you mean [${meant}]?`
      : `write it on a line of its own: [${shorten(name || label)}]: https://example.org/page`,
  );
}

/** Names that are defined twice. */
export function adviseOnDefinitions(text: AuthorsText): void {
  for (const { name, line } of text.env.takenDefinitions ?? []) {
    text.problems.warning(
      "reference",
      text.placeOf("[", line),
      `the address of [${name}] is defined twice, and the last one counts`,
      "keep one of the two",
    );
  }
}
