/** Where the scripts of search meet. Symbols, since ids in the page become global names too. */

/** The files of the index that are here: name without ending → bytes in base64. */
export const FILES = Symbol.for("site-search-files");
/** A SearchEngine, once its script has run. */
export const ENGINE = Symbol.for("site-search-engine");
/** The words that search offers for a misspelt one, once their script has run: the most usual first. */
export const WORDS = Symbol.for("site-search-words");
