import type { Token } from "markdown-it";
import type { DialectEnv } from "../../markdown/environment.ts";
import type { Reading } from "../../markdown/markdown.ts";
import type { Place, Problems } from "../../problems/problems.ts";
import { lineStarts, placeOfOffset } from "../../text/lines.ts";
import { maskCode } from "../../text/mask.ts";

/** A page's text as its author typed it, for those who look in it for slips, and what the Markdown made of it. */
export class AuthorsText {
  readonly lines: string[];
  /** The text with blanks in place of code and formulas. */
  readonly withHtml: string;
  /** The text with blanks in place of all that is no Markdown: raw HTML too. */
  readonly markdown: string;
  readonly tokens: Token[];
  readonly env: DialectEnv;
  /** The names of links that the page defines. */
  readonly definitionNames: readonly string[];
  /** Where in `markdown` each line begins. */
  readonly #starts: readonly number[];

  constructor(
    readonly reading: Reading,
    readonly file: string,
    readonly problems: Problems,
  ) {
    const { env, tokens } = reading;
    this.env = env;
    this.tokens = tokens;
    this.definitionNames = [...(env.definitions?.keys() ?? [])];
    this.lines = env.lines;
    const masked = maskCode(env.lines.join("\n")).split("\n");
    const blank = (map: [number, number] | null) => {
      for (let line = map?.[0] ?? 0; line < (map?.[1] ?? 0); line++)
        masked[line] = masked[line]!.replace(/./g, " ");
    };
    for (const { type, map } of tokens) if (/^(?:fence|code_block|math)/.test(type)) blank(map);
    this.withHtml = masked.join("\n");
    for (const { type, map } of tokens) if (type === "html_block") blank(map);
    this.markdown = masked
      .join("\n")
      .replace(/\$\$[^$\n]+\$\$/g, blanked)
      // What is code to its author, and what stands inside a tag or an address in angles.
      .replace(/<(code|kbd|samp)>[^<\n]*<\/\1>/gi, blanked)
      .replace(/<(?:\/?[a-zA-Z]|https?:)[^<>\n]*(?=>)/g, (tag) => `<${blanked(tag.slice(1))}`);
    this.#starts = lineStarts(this.markdown);
  }

  /** The place in the file of a place in the text. */
  placeAt(at: number): Place {
    return { file: this.file, ...placeOfOffset(this.#starts, at) };
  }

  /** The place of what a pattern found, without the blanks before it. */
  placeOfMatch({ 0: found, index }: RegExpExecArray): Place {
    return this.placeAt(index + found.length - found.trimStart().length);
  }

  /** The place of some words on a line, from 0, or on one of those below it. */
  placeOf(words: string, line: number, end = line + 1): Place {
    for (let at = line; at < Math.min(end, this.lines.length); at++) {
      const column = this.lines[at]!.indexOf(words);
      if (column >= 0) return { file: this.file, line: at + 1, column: column + 1 };
    }
    return { file: this.file, line: line + 1, column: 1 };
  }
}

const blanked = (text: string) => " ".repeat(text.length);

const ADDRESS =
  /^(?:https?:|www\.|mailto:|#[\w-]+$|\.{0,2}\/|[\w.%-]+@[\w-]+\.|[\w./%-]*\.(?:md|html?|pdf|png|jpe?g|gif|svg|webp|docx?|xlsx?|pptx?|odt|csv|txt|mp3|mp4)(?:[#?]|$)|[\w-]+(?:\.[\w-]+)+\/)/i;

/** Whether what stands in brackets of some kind may be where a link was meant to lead. */
export const looksLikeAddress = (text: string): boolean =>
  ADDRESS.test(text.trim()) && !/[\s\\]/.test(text.trim());
