/**
 * Which sections were read, as a course system keeps it among `cmi.suspend_data`: a version, the length of a section's
 * sign, and the signs in the order in which the sections were read.
 *
 *   1.4.kB3xQz_9
 */
import type { CourseFacts } from "../../../scripts/site/lms/facts.ts";

/** Characters that SCORM 1.2 has room for; SCORM 2004 has more. */
export const ROOM = 4_096;
const VERSION = 1;

/** Of more than there is room for, those that were read last. */
export function writeKept(read: readonly string[], sections: CourseFacts["sections"]): string {
  const signs = new Map(sections.map(({ address, sign }) => [address, sign]));
  const length = sections[0]?.sign.length ?? 0;
  const head = `${VERSION}.${length}.`;
  const known = read.map((address) => signs.get(address)).filter((sign) => sign !== undefined);
  // `slice(-0)` is all.
  const most = Math.floor((ROOM - head.length) / (length || 1));
  return head + known.slice(-most).join("");
}

/** Addresses of sections. What another version or another program has written is nothing read. */
export function readKept(kept: string, sections: CourseFacts["sections"]): string[] {
  const [, digits, signs] = /^1\.([1-9]\d?)\.([\w-]*)$/.exec(kept) ?? [];
  if (!digits || !signs) return [];
  const length = Number(digits);
  // Another release may have needed longer signs, or shorter ones: of one section, both begin alike.
  const shared = Math.min(length, sections[0]?.sign.length ?? 0);
  const addresses = new Map(sections.map(({ address, sign }) => [sign.slice(0, shared), address]));
  const all = Array.from({ length: Math.floor(signs.length / length) }, (_, index) =>
    addresses.get(signs.slice(index * length, index * length + shared)),
  );
  return [...new Set(all.filter((address) => address !== undefined))];
}
