/** Pages that no author writes: the site makes them itself. */

export const WORKSHEETS = "worksheets";

/** Their addresses. The front page is generated only where the course has none of its own. */
export const GENERATED_PAGES = {
  /** Where no author's page can be. */
  workbook: `${WORKSHEETS}/workbook/index.html`,
  record: `${WORKSHEETS}/record/index.html`,
  accessibility: "about/accessibility/index.html",
  privacy: "about/privacy/index.html",
  front: "index.html",
  sections: "sections.html",
  search: "search.html",
  worksheets: `${WORKSHEETS}/index.html`,
  print: "print.html",
  notFound: "404.html",
} as const;

/** The same for an edition in another language. */
export type GeneratedPages = Record<keyof typeof GENERATED_PAGES, string>;
/** What is no page: for browsers that put the site among a device's programs, and, by `url`, for search engines and feeds. */
export const GENERATED_FILES = {
  manifest: "manifest.webmanifest",
  /** A phone that is told of no icon looks for it here. */
  touchIcon: "apple-touch-icon.png",
  sitemap: "sitemap.xml",
  /** The parts of a sitemap that is too long for one. */
  sitemapPart: (n: number) => `sitemap-${n}.xml`,
  feed: "feed.xml",
} as const;

/**
 * The pages of long lists that are divided by module. Whether a course has them is known late; so they stand where no
 * author's page can: none is in a folder inside a folder.
 */
export const DIVIDED_LISTS = {
  /** The sections at the top of the content folder; those of named modules are listed on the modules' own pages. */
  otherSections: "sections/other/index.html",
  /** Worksheets of no named module. */
  otherWorksheets: `${WORKSHEETS}/other/index.html`,
  worksheetsOf: (moduleSlug: string) => `${WORKSHEETS}/modules/${moduleSlug}/index.html`,
} as const;

export type DividedLists = Record<"otherSections" | "otherWorksheets", string> & {
  worksheetsOf: (moduleSlug: string) => string;
};

/**
 * Addresses of pages to print, but for those of an edition and of its modules, where no author's page can be: how many
 * there are is known late. See model/print.ts.
 */
export const OWN_PRINT_PAGE = /^(?:[^/]+\/)?print\/(?:(?:other|worksheets)(?:\/\d+)?|\d+)\/index\.html$/;

/** Who has the addresses of such pages, in messages. */
export const THE_SITE = "a page that the site makes itself";
