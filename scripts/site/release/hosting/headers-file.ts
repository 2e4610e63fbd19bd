/** For hosts that read a file `_headers`: Netlify, Cloudflare Pages and those that took after them. */

import { placesOf } from "./iis.ts";
import { FOREVER, type Hosting } from "./model.ts";

/**
 * These hosts ask about unhashed files each time anyway, and would join two lifetimes of one file into one. Files stand
 * by name, for a star in the middle of an address means another thing on each host.
 */
export function headersFile({ base, headers, hashed }: Hosting): string {
  const rule = (address: string, lines: readonly (readonly [string, string])[]) =>
    [address, ...lines.map(([name, value]) => `  ${name}: ${value}`)].join("\n");
  const places = placesOf(hashed).map((place) => (/\.\w+$/.test(place) ? place : `${place}/*`));
  return `# Netlify, Cloudflare Pages and the like: save as _headers in the folder that is published.
# They serve 404.html, pack texts and know the types by themselves.
${[rule(`${base}*`, headers), ...places.map((place) => rule(base + place, [["Cache-Control", FOREVER]]))].join("\n")}
`;
}
