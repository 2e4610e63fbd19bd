/**
 * The query that was meant by one with misspelt words. A script of its own, with the course's words in it, loaded for the
 * first word that no text has; scripts/site/output/search-files.ts makes it.
 */
import { wordMeant } from "../../scripts/site/text/spelling.ts";
import { MEANT } from "./search-globals.ts";

/** The words, the most usual first, with blanks between them. */
declare const COURSE_WORDS: string;

/** Gives a query with the words that were meant in place of those that no text has; undefined where none is near them. */
export type QueryMeant = (query: string, unknown: readonly string[]) => string | undefined;

const known = COURSE_WORDS.split(" ");

const queryMeant: QueryMeant = (query, unknown) => {
  const meant = query.replace(
    /[^\s"]+/g,
    (word) => (unknown.includes(word) && wordMeant(word, known)) || word,
  );
  return meant === query ? undefined : meant;
};

Object.assign(globalThis, { [MEANT]: queryMeant });
