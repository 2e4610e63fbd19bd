/**
 * A page's text while it is being changed. Each of its lines remembers which line of the author's file it comes from,
 * so that the report can name both, however many lines were put in or taken out since.
 */
import { lineOfOffset, lineStarts } from "../text/lines.ts";

/** A line of a draft: the place in it that a note is about stays findable by it. */
export interface Line {
  /** Line of the author's file, from 1. */
  source: number;
  /** The line that took this one's place when it went. */
  into?: Line;
}

export interface Edit {
  /** Offsets in the text as it stands before any edit of the same call. */
  start: number;
  end: number;
  text: string;
}

export class Draft {
  #lines: Line[];
  #text = "";
  #starts: number[] = [];

  constructor(
    text: string,
    /** The line of the author's file on which the text begins. */
    firstLine: number,
  ) {
    this.#lines = text.split("\n").map((_, index) => ({ source: firstLine + index }));
    this.text = text;
  }

  get text(): string {
    return this.#text;
  }

  private set text(text: string) {
    this.#text = text;
    this.#starts = lineStarts(text);
  }

  /** Makes edits that do not overlap; of two that do, the first stays. */
  apply(edits: readonly Edit[]): void {
    const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
    const starts = this.#starts;
    const parts: string[] = [];
    const moves: { first: number; last: number; breaks: number }[] = [];
    let done = 0;
    for (const { start, end, text } of sorted) {
      if (start < done) continue;
      parts.push(this.text.slice(done, start), text);
      done = end;
      moves.push({
        first: lineOfOffset(starts, start),
        last: lineOfOffset(starts, end),
        breaks: text.split("\n").length - 1,
      });
    }
    parts.push(this.text.slice(done));
    this.text = parts.join("");
    // From the end, so that the numbers before stay true.
    for (const { first, last, breaks } of moves.reverse()) {
      if (breaks === last - first) continue;
      const into = this.#lines[first]!;
      const source = this.#lines[last]!.source;
      const gone = this.#lines.splice(
        first + 1,
        last - first,
        ...Array.from({ length: breaks }, () => ({ source })),
      );
      for (const line of gone) line.into = into;
    }
  }

  /** The line that an offset of the text stands on. */
  lineAt(offset: number): Line {
    return this.#lines[lineOfOffset(this.#starts, offset)]!;
  }

  /** The offset of a line and column, both from 1, as messages count them. */
  offsetOf(line: number, column: number): number {
    const start = this.#starts[Math.max(0, line - 1)] ?? this.text.length;
    return Math.min(this.text.length, start + column - 1);
  }

  /** Of a line of the text as it is now, from 1: the author's line. */
  sourceOf(line: number): number {
    return this.#lines[Math.max(0, line - 1)]?.source ?? 1;
  }

  /** The number, from 1, that each line has by now. */
  numbers(): (line: Line) => number {
    const numbers = new Map(this.#lines.map((line, index) => [line, index + 1]));
    return (line) => {
      let at = line;
      while (at.into && !numbers.has(at)) at = at.into;
      return numbers.get(at) ?? 1;
    };
  }
}
