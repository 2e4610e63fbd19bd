/** A reader's theme and size of text, set before a page is first painted: what came later would flash. */

import { SETTINGS, SIZES, storageKey, THEMES } from "../model/kept-in-browsers.ts";
import type { Notice } from "../model/notice.ts";

/** The address of the front page, in the script below: `data-root` leads to its `index.html`. */
const SITE = '"+new URL(".",new URL(d.root,location))+"';

/**
 * Stands in the head of every page, which its policy allows by its hash. What is kept may be anything, or nothing. Runs
 * once more where the Back button brings a page back as it was left.
 */
export const FIRST_PAINT = `(onpageshow=()=>{try{let d=document.documentElement.dataset,{theme:t,size:s}=JSON.parse(localStorage["${storageKey(SITE, SETTINGS)}"]);d.theme=/^(${THEMES.join("|")})$/.test(t)?t:"";d.size=/^(${SIZES.join("|")})$/.test(s)?s:""}catch{}})()`;

/** The same in a site with a notice: of one whose last day is over where the reader is, the style sheet shows nothing. */
export function firstPaintOf(notice: Notice | undefined): string {
  if (!notice) return FIRST_PAINT;
  const [year, month, day] = notice.until.split("-").map(Number) as [number, number, number];
  return `${FIRST_PAINT};if(new Date>=new Date(${year},${month - 1},${day + 1}))document.documentElement.dataset.noticeOver=""`;
}
