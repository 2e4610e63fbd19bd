/** Names for files that this program writes: such as every file system can hold. */
import { slugOf } from "./addresses.ts";

/** Bytes of a name: with its number and its ending far below the 255 that a file system holds. */
const LONGEST = 100;
/** Names that Windows keeps for devices, whatever ending they have; and that of the page that heads a folder. */
const KEPT = /^(?:con|prn|aux|nul|com\d|lpt\d|index)$/;

/** The slug of a title, cut at a word where it is too long; "" where the title has no letter and no digit. */
export function fileSlug(title: string): string {
  const slug = shorten(slugOf(title));
  return KEPT.test(slug) ? `${slug}-page` : slug;
}

function shorten(slug: string): string {
  if (Buffer.byteLength(slug) <= LONGEST) return slug;
  let short = "";
  for (const letter of slug) {
    if (Buffer.byteLength(short + letter) > LONGEST) break;
    short += letter;
  }
  // A word that fills more than half of it is cut itself.
  const atWord = short.slice(0, Math.max(0, short.lastIndexOf("-")));
  return (atWord.length > short.length / 2 ? atWord : short).replace(/-+$/, "");
}
