/** What the report will say: each thing changed, and each thing left to a person. */
import type { Line } from "./draft.ts";

export interface Note {
  /** "person" where somebody has to look; "change" where the mend is certain. */
  kind: "change" | "person";
  /** The line of the page's text, or the key of its front matter, that the note is about. */
  at: Line | { key: string; source: number };
  message: string;
  /** Author's text that is no longer there. */
  removed?: string;
  /** Whether another note says the same and more. */
  isReplaced?: boolean;
}

/** What became (part of) an address, by the line it stands on. */
const became = new WeakMap<Line, { note: Note; written: string; value: string }[]>();

/** Notes a change that made (part of) an address; the note on that address will take its place. */
export function addAddressNote(
  notes: Note[],
  line: Line,
  message: string,
  written: string,
  value: string,
): void {
  const note: Note = { kind: "change", at: line, message };
  notes.push(note);
  became.set(line, [...(became.get(line) ?? []), { note, written, value }]);
}

/** The address as its author wrote it, before Liquid gave its value and spaces their signs. */
export function asWritten(line: Line, authorsLine: string, address: string): string {
  for (const { note, written, value } of became.get(line) ?? []) {
    const whole = written + address.slice(value.length);
    if (note.isReplaced || !address.startsWith(value) || !authorsLine.includes(whole)) continue;
    note.isReplaced = true;
    return whole;
  }
  return address;
}
