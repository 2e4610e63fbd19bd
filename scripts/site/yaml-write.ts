/** Text as YAML that is read again as the same text, by this program and by any other. */

/** A line of text in double quotes. */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** A line of text as a value, also of a list in brackets: in quotes where YAML could read anything else in it. */
export const lineOfYaml = (text: string): string => (isPlain(text) ? text : quoted(text));

function isPlain(text: string): boolean {
  if (!/^[\p{L}\p{N}/_(“‘¿¡„«][^\n]*$/u.test(text) || text.trim() !== text) return false;
  if (/:(?:\s|$)|\s#|[[\]{},"\p{Cc}]/u.test(text)) return false;
  return !TYPED.test(text);
}

/** What some version of YAML takes for a truth value, nothing, a number, a date or a time. */
const TYPED = /^(?:true|false|yes|no|on|off|y|n|null|\d[\d_.,:xoa-f+-]*|\d{4}-\d\d?-\d\d?[T\s].*)$/i;
