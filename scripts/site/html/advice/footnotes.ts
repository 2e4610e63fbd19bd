/** Footnotes without a text, texts that nothing refers to, and those that are there twice. */
import type { AuthorsText } from "./authors-text.ts";

export function adviseOnFootnotes(text: AuthorsText): void {
  const unused = [...(text.env.notes?.values() ?? [])].filter(({ references }) => references === 0);
  const names = unused.map((note) => note.name);
  const missing = missingNotes(text);
  /** Texts that a reference without one may mean. */
  const meant = new Set<string>();
  for (const [name, found] of missing) {
    const near =
      text.problems.nearest(name, names) ??
      (missing.size === 1 && unused.length === 1 ? unused[0]!.name : undefined);
    if (near !== undefined) meant.add(near);
    adviseOnMissing(text, name, found, near);
  }
  for (const { name, line } of unused) {
    if (meant.has(name)) continue;
    text.problems.warning(
      "footnote",
      text.placeOf(`[^${name}]`, line),
      `nothing refers to the footnote [^${name}], and so it is not shown`,
      `write [^${name}] where it belongs, or delete it`,
    );
  }
  for (const { name, line } of text.env.takenNotes ?? []) {
    text.problems.warning(
      "footnote",
      text.placeOf(`[^${name}]`, line),
      `the footnote [^${name}] is there twice, and the last one counts`,
      "give one of the two another name",
    );
  }
}

/** Where a footnote without a text is first referred to, and a line that looks like its text but is in a paragraph. */
interface Missing {
  at: number;
  text?: number;
}

function missingNotes({ env, markdown }: AuthorsText): Map<string, Missing> {
  const missing = new Map<string, Missing>();
  for (const { 0: whole, 1: name = "", index } of markdown.matchAll(/(?<!\\)\[\^([^\][\n]{1,60})\](:?)/g)) {
    // `[^a-z]` is how programs say what they search for.
    if (env.notes?.has(name) || /^(?:\w-\w)+$/.test(name)) continue;
    const isText =
      whole.endsWith(":") && !markdown.slice(markdown.lastIndexOf("\n", index) + 1, index).trim();
    const known = missing.get(name);
    if (!known) missing.set(name, { at: index, ...(isText && { text: index }) });
    else if (isText) known.text ??= index;
  }
  return missing;
}

/** `near` is a text of another name that may be meant. */
function adviseOnMissing(text: AuthorsText, name: string, found: Missing, near: string | undefined): void {
  const message =
    found.text === undefined
      ? `the footnote [^${name}] has no text, and so is shown as it is written`
      : `the text of the footnote [^${name}] stands in a paragraph`;
  const cure = !/^\w[\w-]*$/.test(name)
    ? "name it in letters, digits and hyphens, as in [^study]"
    : found.text !== undefined
      ? "leave an empty line above it"
      : near === undefined
        ? `write it below the paragraph: [^${name}]: where it comes from`
        : `did you mean [^${near}]?`;
  text.problems.warning("footnote", text.placeAt(found.text ?? found.at), message, cure);
}
