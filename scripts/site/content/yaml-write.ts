/** Text as YAML that is read again as the same text, by this program and by any other. */

/** A line of text in double quotes. */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** A line of text as a value: in quotes where YAML could read anything else in it. */
export const lineOfYaml = (text: string): string => (isPlain(text) ? text : quoted(text));

/** Lines of text as a list in brackets. */
export const listOfYaml = (lines: readonly string[]): string =>
  `[${lines.map((line) => (isPlain(line) && !/[[\]{},]/.test(line) ? line : quoted(line))).join(", ")}]`;

function isPlain(text: string): boolean {
  if (!/^[\p{L}\p{N}/_(“‘¿¡„«]/u.test(text) || text.trim() !== text) return false;
  return !/:(?:\s|$)|\s#|["\p{Cc}]/u.test(text) && !TYPED.test(text);
}

/** What some version of YAML takes for a truth value, nothing, a number, a date or a time. */
const TYPED = /^(?:true|false|yes|no|on|off|y|n|null|\d[\d_.,:xoa-f+-]*|\d{4}-\d\d?-\d\d?[T\s].*)$/i;
