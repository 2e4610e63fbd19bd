/** Text as YAML that is read again as the same text, by this program and by any other. */

/** A line of text in double quotes. */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;
