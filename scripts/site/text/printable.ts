/**
 * Text made safe to print. Names and content may hold anything: what moves a terminal's cursor, turns the order of
 * letters around, or begins a line that a log would take for a command.
 */

/** Controls, marks that turn the direction of text, line and paragraph separators, halves of characters. */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const SHORT: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const asEscape = (sign: string) => SHORT[sign] ?? `\\u{${sign.charCodeAt(0).toString(16)}}`;

/** `\u{1b}[2J` for the letters that clear a screen, `\n` for the end of a line: one line, whatever comes in. */
export const printable = (text: string): string => text.replace(UNSAFE, asEscape);

/** The same for a line that is quoted: its tabs stay, so that what stands under each other stays there. */
export const printableQuote = (line: string): string =>
  line.replace(UNSAFE, (sign) => (sign === "\t" ? sign : asEscape(sign)));

const IN_ACTIONS = Boolean(process.env.GITHUB_ACTIONS);

/**
 * The same where GitHub reads a log: it takes `::name::` at the beginning of a line and `##[name]` anywhere for its own.
 * An invisible joint keeps them text.
 */
export const withoutOrders = (line: string): string =>
  IN_ACTIONS ? line.replace(/^(\s*:)(?=:)|(##)(?=\[)/g, "$&\u2060") : line;

/** JSON with these signs in its own escapes, which lose nothing. Its line ends are between values. */
export const printableJson = (json: string): string =>
  json.replace(UNSAFE, (sign) =>
    sign === "\n" ? sign : `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
