/** Text as HTML writes it. Alone in its file, so that who needs no more than this loads no parser. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char]!);

/** https://www.w3.org/TR/xml/#charsets */
const NOT_IN_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Text without the signs that XML does not have, escaped or not. */
export const xmlText = (text: string): string => text.replace(NOT_IN_XML, "");
