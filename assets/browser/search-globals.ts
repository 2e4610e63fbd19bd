/** What the scripts of search share, and where they meet. Symbols, since ids in the page become global names too. */

/** Results that are shown at a time: each asks for a file of its own, and three fill a small screen. */
export const STEP = 3;

/** The files of the index that are here: name without ending → bytes in base64. */
export const FILES = Symbol.for("site-search-files");
/** A SearchEngine, once its script has run. */
export const ENGINE = Symbol.for("site-search-engine");
/** A QueryMeant, once its script has run. */
export const MEANT = Symbol.for("site-search-meant");
