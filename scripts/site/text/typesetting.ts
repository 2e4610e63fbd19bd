/**
 * kramdown's typographic symbols and curly quotes, for plain text such as a title. The rules of running text, which
 * know more of what stands around a quote, use the same pieces: see markdown/typography.ts.
 */

const SYMBOLS: Record<string, string> = { "---": "—", "--": "–", "...": "…", "<<": "«", ">>": "»" };

/** `What's "new" -- and why` → `What’s “new” – and why`. */
export const typeset = (text: string): string =>
  replaceSymbols(
    text.replace(/["']/g, (quote, at: number) =>
      curlQuote(quote, text[at - 1] ?? "", text.slice(at + 1, at + 4)),
    ),
  );

export const replaceSymbols = (text: string): string =>
  text.replace(/---?|\.\.\.|<<|>>/g, (symbol) => SYMBOLS[symbol]!);

/** The curly form of a straight quote. `before` is the character in front, "" for none; `after` the next three. */
export function curlQuote(quote: string, before: string, after: string): string {
  const open = quote === '"' ? "“" : "‘";
  const close = quote === '"' ? "”" : "’";
  // `the '80s`
  if (quote === "'" && (before === "" || /\s/.test(before)) && /^\d\ds/.test(after)) return close;
  if (before) return /[\s\\[{(-]/.test(before) ? open : close;
  if (/^[_*]{1,2}\S/.test(after)) return open;
  if (/^(?:[!"#$%'()*+,\-./:;<=>?@[\\\]^`{|}~](?!\.\.)(?!\w)|_\w)/.test(after)) return close;
  return after === "" || /^(?:\s|s\b)/.test(after) ? close : open;
}
