/** Pages that no author writes: the site makes them itself. */

export const WORKSHEETS = "worksheets";

/** Their addresses. The front page is generated only where the course has none of its own. */
export const GENERATED_PAGES = {
  front: "index.html",
  sections: "sections.html",
  search: "search.html",
  worksheets: `${WORKSHEETS}/index.html`,
  notFound: "404.html",
} as const;

/** Who has their addresses, in messages. */
export const THE_SITE = "a page that the site makes itself";
