/** Whole addresses, as settings give them to links on every page. */

/** Far above any address that works everywhere. */
const LONGEST = 2_000;
const WEB = /^https?:\/\/([^\s/?#\\"'<>`{}|^@]+)(?:[/?#][^\s\\"<>`{}|^]*)?$/i;
const HOST = /^(?:\[[\da-f:.]+\]|[a-z\d_-]+(?:\.[a-z\d_-]+)*\.?)$/i;
const E_MAIL = /^[\p{L}\p{N}.!'*+=_~-]+@([\p{L}\p{M}\p{N}.-]+)$/u;

/**
 * Whether a text is a web address as it stands. A browser makes one of much that its author did not mean
 * (`https:/one-slash`, `https://http://a.org`, `https://0x7f.1`): that is none.
 */
export function isWebAddress(text: string): boolean {
  const host = WEB.exec(text)?.[1];
  if (!host || host.endsWith(":") || text.length > LONGEST || hasControl(text) || !URL.canParse(text))
    return false;
  const { hostname } = new URL(text);
  const written = host.replace(/:\d+$/, "").toLowerCase();
  // A host of other scripts is written in a browser's own letters.
  return HOST.test(hostname) && (hostname === written || /[^\0-\x7f]/.test(written));
}

/** An e-mail address, alone or after `mailto:`; a telephone number after `tel:`; a web address. */
export function isContact(text: string): boolean {
  if (text.length > LONGEST || hasControl(text)) return false;
  const [, scheme = "", rest = ""] = /^(mailto:|tel:)?(.*)$/is.exec(text) ?? [];
  if (/^tel:/i.test(scheme)) return /^\+?\d[\d().-]{2,30}(?:;ext=\d+)?$/.test(rest);
  return isEmail(scheme ? rest.replace(/\?[^\s\\"<>`]*$/, "") : rest) || isWebAddress(text);
}

function isEmail(text: string): boolean {
  const host = E_MAIL.exec(text)?.[1];
  return (
    host !== undefined && URL.canParse(`https://${host}/`) && HOST.test(new URL(`https://${host}/`).hostname)
  );
}

const hasControl = (text: string) => /[\p{Cc}\p{Cf}\p{Cs}]/u.test(text);
