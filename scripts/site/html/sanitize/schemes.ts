/** Schemes of addresses: those that content may have, and what to write instead of others. */

import { nearest } from "../../problems/problems.ts";

const SAFE_SCHEMES = new Set(["http", "https", "mailto", "tel"]);

/** The part before the first colon, without the blanks and controls that browsers ignore in it; "" without one. */
export function schemeOf(address: string): string {
  const match = /^([^/?#:]*):/.exec(address.replace(/[\p{Cc}\p{Cf}\s]/gu, ""));
  return match ? match[1]!.toLowerCase() : "";
}

/** What to write instead of an address of another scheme. */
export function cureOfScheme(scheme: string): string {
  const meant = nearest(scheme, [...SAFE_SCHEMES]);
  if (meant) return `did you mean "${meant}:"?`;
  // `C:\Users\Ana\room.png`, `file:///Users/ana/room.png`
  if (scheme.length === 1 || scheme === "file")
    return "copy the file into the content folder and write its path from this page";
  // What a mail program calls the pictures in a message, and a picture written out in letters.
  if (scheme === "cid" || scheme === "data")
    return "save the picture beside the page and write its path: ![description](file)";
  return "link to a page, a file, or an address that begins with https:";
}

export function hasSafeScheme(address: string): boolean {
  const scheme = schemeOf(address);
  return scheme === "" ? !/^[^/?#]*:/.test(address) : SAFE_SCHEMES.has(scheme);
}
