/**
 * Where a page's text holds facilitator's notes, and what only they may use: an abbreviation, an address or a footnote
 * that a note defines holds for the whole page, and would carry the note's words to learners.
 */
import type { StateBlock } from "markdown-it";
import { isTrainerClass } from "../model/callouts.ts";
import type { Problems } from "../problems/problems.ts";
import { lineStarts, placeOfOffset } from "../text/lines.ts";
import { maskCode } from "../text/mask.ts";
import { envOf, pageLine } from "./environment.ts";
import { findTags, isBlockElement } from "./tags.ts";

/** On a link or an abbreviation whose definition stands in a facilitator's note. */
export const FROM_NOTE = "data-from-note";

const CLASS = /\sclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/i;

/** The classes that a start tag names. */
export function classesOfTag(tag: string): string[] {
  const match = CLASS.exec(tag);
  return (match?.[1] ?? match?.[2] ?? match?.[3] ?? "").split(/\s+/).filter(Boolean);
}

export const isNoteTag = (tag: string): boolean => classesOfTag(tag).some(isTrainerClass);

/** Elements that end where another begins. */
const ENDED_BY_OTHERS = new Set("li dt dd tr td th thead tbody tfoot".split(" "));

/**
 * The lines of a text's notes. A note that nothing ends, or that may end too early, is an error: more may be meant to
 * be in it.
 */
export function findNotes(text: string, file: string, problems: Problems): Set<number> {
  const lines = new Set<number>();
  if (!/trainer|class\s*=\s*["']?[^"'<>]*&/i.test(text)) return lines;
  let done = 0;
  /** The elements that notes before this place are made of. */
  const names = new Set<string>();
  const starts = lineStarts(text);
  const placeAt = (at: number) => placeOfOffset(starts, at);
  const tags = findTags(maskCode(text));
  for (const tag of tags) {
    if (tag.kind === "close" && tag.partner === undefined && names.has(tag.name)) {
      problems.error(
        "note-end",
        { file, ...placeAt(tag.start) },
        `the </${tag.name}> ends nothing, and so a facilitator's note above it may end too early`,
        "delete it, or write the start tag that it belongs to",
      );
    }
    const written = text.slice(tag.start, tag.end);
    const bare = written.replace(/"[^"]*"|'[^']*'/g, '""');
    if (tag.kind !== "close" && (bare.match(/\sclass\s*=/gi)?.length ?? 0) > 1) {
      problems.error(
        "class-twice",
        { file, ...placeAt(tag.start) },
        "the tag has two class attributes, of which browsers read the first",
        'write all classes into one: class="info callout"',
      );
    }
    if (tag.kind !== "close" && classesOfTag(written).some((name) => name.includes("&"))) {
      problems.error(
        "trainer-lookalike",
        { file, ...placeAt(tag.start) },
        "the tag's class is written with escapes (&…;), and so could be any",
        "write it in plain letters",
      );
    }
    if (tag.kind !== "open" || !isNoteTag(written)) continue;
    names.add(tag.name);
    const place = placeAt(tag.start);
    if (tag.partner !== undefined) {
      // No definition stands in running text.
      if (!isBlockElement(tag.name)) {
        if (!isOneText(text.slice(tag.end, tags[tag.partner]!.start))) {
          problems.error(
            "note-broken",
            { file, ...place },
            `the facilitator's note in <${tag.name}> runs over more than one paragraph, where browsers end it`,
            'write it as <div class="trainer callout" markdown="1"> … </div>, each tag on a line of its own',
          );
        }
        continue;
      }
      const end = placeAt(tags[tag.partner]!.start).line;
      // From where the last one ended: notes may stand in each other.
      for (let line = Math.max(done, place.line - 1); line < end; line++) lines.add(line);
      done = Math.max(done, end);
    } else if (!ENDED_BY_OTHERS.has(tag.name) && !/\smarkdown\s*=/i.test(written)) {
      // Of an element with markdown="1" the Markdown tells.
      problems.error(
        "open-note",
        { file, ...place },
        "the facilitator's note is never closed",
        `write </${tag.name}> where it ends`,
      );
    }
  }
  return lines;
}

/** Whether a text is one paragraph for sure: lines that begin with a letter begin no block. */
const isOneText = (text: string): boolean =>
  text
    .split("\n")
    .slice(1)
    .every((line) => /^ {0,3}[\p{L}“"‘'(*_]/u.test(line) && !/^ {0,3}[*_](?:[ \t]|$)/.test(line));

/** Whether a line of the text that a block rule reads stands in a facilitator's note. */
export const isInNote = (state: StateBlock, line: number): boolean =>
  envOf(state).noteLines.has(pageLine(state, line));
