/** Tags and links as they stand in an author's text. */
import { load } from "../html/load.ts";

/** Attributes as the HTML standard reads them. */
export function attributesOf(tag: string): Record<string, string> {
  // As a whole page's <body>, whose attributes any parser keeps, whatever element it was.
  const $ = load(tag.replace(/^<[a-zA-Z][\w:-]*/, "<body"));
  return $("body").attr() ?? {};
}

export function withoutAttributes(tag: string, names: readonly string[]): string {
  return names.reduce(
    (text, name) =>
      text.replace(new RegExp(`[\\s/]+${name}\\s*(?:=\\s*(?:"[^"]*"|'[^']*'|[^\\s>]+))?`, "i"), ""),
    tag,
  );
}

export interface WrittenLink {
  words: string;
  /** Undefined where a definition elsewhere holds it. */
  address?: string;
  end: number;
  isPicture: boolean;
}

/** `[words](address "title"){:target="_blank"}`, `[words][name]` or `![words](address)` at an offset. */
export function readLink(text: string, masked: string, start: number): WrittenLink | undefined {
  const isPicture = text[start] === "!";
  const open = start + (isPicture ? 1 : 0);
  const close = matching(masked, open, "[", "]");
  if (close === undefined) return undefined;
  const words = text.slice(open + 1, close);
  let end = close + 1;
  let address: string | undefined;
  if (text[end] === "(") {
    const stop = matching(masked, end, "(", ")");
    if (stop === undefined) return undefined;
    address = /^\s*(?:<([^>]*)>|(\S*))/
      .exec(text.slice(end + 1, stop))
      ?.slice(1)
      .find((one) => one !== undefined);
    end = stop + 1;
  } else if (text[end] === "[") {
    const stop = matching(masked, end, "[", "]");
    if (stop !== undefined) end = stop + 1;
  }
  const list = /^\{:[^{}\n]*\}/.exec(text.slice(end, end + 300));
  return { words, ...(address !== undefined && { address }), end: end + (list?.[0].length ?? 0), isPicture };
}

/** The bracket that closes the one at an offset, within a paragraph. */
function matching(text: string, start: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let i = start; i < text.length && !text.startsWith("\n\n", i); i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i;
  }
  return undefined;
}
