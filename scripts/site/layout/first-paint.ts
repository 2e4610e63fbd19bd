/** A reader's theme and size of text, set before a page is first painted: what came later would flash. */
import { SETTINGS, SIZES, storageKey, THEMES } from "../model/kept-in-browsers.ts";

/** The address of the front page, in the script below: `data-root` leads to its `index.html`. */
const SITE = '"+new URL(".",new URL(d.root,location))+"';

/**
 * Stands in the head of every page, which its policy allows by its hash. What is kept may be anything, or nothing. Runs
 * once more where the Back button brings a page back as it was left.
 */
export const FIRST_PAINT = `(onpageshow=()=>{try{let d=document.documentElement.dataset,{theme:t,size:s}=JSON.parse(localStorage["${storageKey(SITE, SETTINGS)}"]);d.theme=/^(${THEMES.join("|")})$/.test(t)?t:"";d.size=/^(${SIZES.join("|")})$/.test(s)?s:""}catch{}})()`;
