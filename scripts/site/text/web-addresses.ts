/**
 * Addresses of the web: those that lead nowhere, or only where their author is, and those that settings may put into
 * links on every page.
 */
import { isIP } from "node:net";
import { isPrivate } from "./private-addresses.ts";

/** What is wrong with a web address, and what to write; undefined where browsers and people agree on what it means. */
export function addressFault(written: string): [message: string, cure: string] | undefined {
  const [, scheme = "", signs = "", rest = ""] = /^(https?|mailto):([/\\]*)(.*)$/is.exec(written) ?? [];
  if (/^mailto$/i.test(scheme)) {
    return /^[^\s@]+@[^\s@]+$/.test(rest.replace(/\?.*$/s, "")) && !signs
      ? undefined
      : [`the address "${written}" is no e-mail address`, "write it as in mailto:desk@library.org"];
  }
  if (!scheme) return undefined;
  const twice = /^(https?)[:;]?[/\\]+(?=\S)/i.exec(rest);
  if (twice)
    return [
      `the address "${written}" begins twice`,
      `write ${rest.replace(/^(https?)[:;]?[/\\]+/i, "$1://")}`,
    ];
  const meant = `${scheme.toLowerCase()}://${rest}`;
  if (signs !== "//") {
    return [
      `the address "${written}" does not have two slashes behind its colon`,
      `write ${URL.canParse(meant) ? meant : "it as in https://example.org/page"}`,
    ];
  }
  const host = URL.canParse(meant) ? new URL(meant).hostname : "";
  if (host && (/^[\w-]+(?:\.[\w-]+)*\.?$/.test(host) || host.startsWith("["))) return undefined;
  return [
    `no browser finds a page at "${written}"`,
    "write the address as the browser's address bar shows it, as in https://example.org/page",
  ];
}

/** Whether a browser could open an address. */
export const isWebAddress = (url: string): boolean => /^https?:/i.test(url) && !addressFault(url);

/** Whom an address leaves out: all but this machine, or all outside of the author's network; undefined for none. */
export function localReach(written: string): "machine" | "network" | undefined {
  if (!isWebAddress(written)) return undefined;
  const host = new URL(written).hostname.replace(/\.$/, "");
  const number = host.replace(/^\[|\]$/g, "");
  if (/(?:^|\.)localhost$|^127(?:\.\d+){3}$|^0\.0\.0\.0$|^\[::1?\]$|^\[::ffff:7f/.test(host))
    return "machine";
  if (isIP(number)) return isPrivate(number) ? "network" : undefined;
  // A name without a dot is one of the network that its author is in.
  return /\.(?:local|lan|internal|intranet|home\.arpa)$|^[\w-]+$/.test(host) ? "network" : undefined;
}

/** Far above any address that works everywhere. */
const LONGEST = 2_000;
const WEB = /^https?:\/\/([^\s/?#\\"'<>`{}|^@]+)(?:[/?#][^\s\\"<>`{}|^]*)?$/i;
const HOST = /^(?:\[[\da-f:.]+\]|[a-z\d_-]+(?:\.[a-z\d_-]+)*\.?)$/i;
const E_MAIL = /^[\p{L}\p{N}.!'*+=_~-]+@([\p{L}\p{M}\p{N}.-]+)$/u;

/**
 * Whether a text is a web address as it stands, for settings. A browser makes one of much that its author did not mean
 * (`https:/one-slash`, `https://http://a.org`, `https://0x7f.1`): that is none.
 */
export function isPlainAddress(text: string): boolean {
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
  return isEmail(scheme ? rest.replace(/\?[^\s\\"<>`]*$/, "") : rest) || isPlainAddress(text);
}

function isEmail(text: string): boolean {
  const host = E_MAIL.exec(text)?.[1];
  return (
    host !== undefined && URL.canParse(`https://${host}/`) && HOST.test(new URL(`https://${host}/`).hostname)
  );
}

const hasControl = (text: string) => /[\p{Cc}\p{Cf}\p{Cs}]/u.test(text);
