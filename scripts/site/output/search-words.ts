/**
 * The words that search offers where a word is in no text: those of the course's own titles, headings and glossary
 * terms, for what readers look for stands there, and rightly spelled. All words of all texts would be twenty times as
 * many, and offer many that nobody meant.
 */
import type { Heading } from "../html/rendering.ts";
import type { Page } from "../model/course.ts";
import { folded } from "../text/spelling.ts";

/**
 * The most usual so many: 15 kB over the line, loaded for a misspelt word only. The shipped module has 260 of them, in
 * 1 kB; a hundred different modules have some thousands, of which the last are names that stand in one heading.
 */
const MOST = 4_000;

/** Below, too many words are near each other; beyond, it is no word, but a text that has no spaces. */
const LENGTH = { least: 4, most: 30 } as const;

export class SearchWords {
  /** By the word as it is compared. */
  readonly #words = new Map<string, { shown: string; count: number }>();

  addPage({ title }: Page, headings: readonly Heading[]): void {
    this.add(title);
    this.#addHeadings(headings);
  }

  /** The terms that a page explains: `<dt>Maker space</dt>`. */
  addTerms(html: string): void {
    for (const [, term] of html.matchAll(/<dt\b[^>]*>(.*?)<\/dt>/gs)) this.add(term!.replace(/<[^>]*>/g, ""));
  }

  add(text: string): void {
    for (const [word] of text.matchAll(/\p{L}[\p{L}\p{M}\p{N}]*(?:-[\p{L}\p{M}\p{N}]+)*/gu)) {
      const key = folded(word);
      if (key.length < LENGTH.least || key.length > LENGTH.most) continue;
      const shown = shownAs(word);
      const known = this.#words.get(key) ?? { shown, count: 0 };
      known.count++;
      // What stands in small letters anywhere is no name.
      if (shown === shown.toLowerCase()) known.shown = shown;
      this.#words.set(key, known);
    }
  }

  /** The most usual first. */
  get list(): string[] {
    const words = [...this.#words.values()].sort((a, b) => b.count - a.count);
    return words.slice(0, MOST).map(({ shown }) => shown);
  }

  #addHeadings(headings: readonly Heading[]): void {
    for (const { level, text, children } of headings) {
      if (level <= 4) this.add(text);
      this.#addHeadings(children);
    }
  }
}

/** A capital at its beginning a word has from its place in a title; those within it are its own: `YOUmedia`, `HOMAGO`. */
function shownAs(word: string): string {
  const composed = word.normalize("NFC");
  const [first, ...rest] = composed;
  const tail = rest.join("");
  return tail === tail.toLowerCase() ? first!.toLowerCase() + tail : composed;
}
