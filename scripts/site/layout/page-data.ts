/** Every page of the site, with its layout, its address and what its layout shows. */
import type { Edition } from "../model/edition.ts";
import { GENERATED_PAGES, type GeneratedPages } from "../model/generated-pages.ts";
import { glossaryOf } from "../model/glossary.ts";
import { relativeUrl } from "../text/addresses.ts";
import { indexName, ownNameOf } from "../text/languages.ts";
import { authorPages } from "./author-pages.ts";
import { EditionPages, type PageToLayOut, worksheetsIn } from "./edition-pages.ts";
import { facilitateAddress, facilitatorPages } from "./facilitator-pages.ts";
import { sectionListPages, worksheetListPages } from "./list-pages.ts";
import { printPages } from "./print-pages.ts";
import { readerPages } from "./reader-pages.ts";
import { sharedFiles, sharingOf } from "./sharing.ts";
import type { Site } from "./site.ts";
import { Statements } from "./statements.ts";
import { summaryOf } from "./summaries.ts";

/** Layouts of pages that lead to sections. */
const OVERVIEWS = new Set([
  "home.liquid",
  "module.liquid",
  "sections.liquid",
  "sections-by-module.liquid",
  "sections-of-module.liquid",
  "worksheets-by-module.liquid",
  "print-list.liquid",
  "facilitate.liquid",
]);

/** Where a page is found in a language. */
export interface InLanguage {
  language: string;
  address: string;
  /** Whether it is the same page. */
  isPair: boolean;
}

/** A script with the markup of dialogs, in a language. */
export const dialogsAddress = (language: string): string => `assets/dialogs/${language}.js`;
/** The same of what helps with texts. */
export const readingAddress = (language: string): string => `assets/reading/${language}.js`;

export function pagesToLayOut(site: Site): PageToLayOut[] {
  const { course } = site;
  const pages = course.editions.flatMap((edition) => pagesOfEdition(edition, site));
  const { words, language } = course.main;
  pages.push({
    address: GENERATED_PAGES.notFound,
    data: {
      layout: "not-found.liquid",
      title: words.notFound.title,
      summary: words.notFound.explanation,
      course: course.main,
      words,
      language,
      worksheets: worksheetsIn(course.main, site),
      generatedPages: GENERATED_PAGES,
      sharing: sharingOf(course.main, site),
    },
  });
  for (const [alias, page] of course.aliases) {
    const edition = course.editionOf(page);
    pages.push({
      address: alias,
      data: {
        layout: "redirect.liquid",
        title: page.title,
        summary: summaryOf(page, site),
        target: relativeUrl(alias, page.address),
        course: edition,
        words: edition.words,
        language: edition.language,
      },
    });
  }
  return [...pages, ...sharedFiles(site, pages)];
}

/** The pages of a course in one language: those of its authors, and those that the site makes. */
function pagesOfEdition(edition: Edition, site: Site): PageToLayOut[] {
  const { words, language, direction, generated } = edition;
  const of = new EditionPages(edition, site);
  /** What the header of every page leads to; on each of them it says so. */
  const inHeader = [generated.front, generated.worksheets, generated.sections];
  const languages = languagesBeside(edition);
  /** What layouts may ask of any page. */
  const ofEdition = {
    course: edition,
    words,
    language,
    direction,
    worksheets: of.worksheets,
    generatedPages: generated,
    glossary: glossaryOf(edition),
    dialogs: dialogsAddress(language),
    readingMarkup: readingAddress(language),
    languages,
    searchIndex: indexName(language),
    sharing: sharingOf(edition, site),
    facilitate: facilitateAddress(edition, site),
    statements: new Statements(edition, site),
  };
  const pages = [
    ...authorPages(of),
    ...worksheetListPages(of),
    ...readerPages(of),
    ...sectionListPages(of),
    ...printPages(of),
    ...facilitatorPages(of),
    ...otherPages(of),
  ];
  return pages.map(({ address, data, ...page }) => ({
    address,
    ...page,
    data: {
      ...ofEdition,
      // A page has a description of itself, for search engines and shared links, or shows one, which serves as well.
      summary: data.description,
      ...data,
      currentInHeader: inHeader.find((link) => link === address),
      isOverview: OVERVIEWS.has(String(data.layout)),
      inLanguages: languages && inLanguages(address, edition),
    },
  }));
}

/** Search, what the site says of itself, and the markup that scripts bring. */
function otherPages(of: EditionPages): PageToLayOut[] {
  const { words, language, generated, name } = of.edition;
  return [
    { address: dialogsAddress(language), data: { layout: "dialogs.liquid" } },
    { address: readingAddress(language), data: { layout: "reading.liquid" } },
    {
      address: generated.search,
      data: {
        layout: "search.liquid",
        title: words.search.title,
        summary: of.told(words.summary.search, { course: name }),
        isUnlisted: true,
        hasDialogStyle: true,
      },
    },
    {
      address: generated.accessibility,
      data: {
        layout: "accessibility.liquid",
        title: words.accessibility.title,
        summary: words.accessibility.lead,
      },
    },
    {
      address: generated.privacy,
      data: { layout: "privacy.liquid", title: words.privacy.title, summary: words.privacy.lead },
    },
  ];
}

/** Where a page is found in the languages beside its own: the front door of those that it has not been translated into. */
function inLanguages(address: string, { course, language, generated }: Edition): InLanguage[] {
  const page = course.byAddress.get(address);
  const made = Object.entries(generated).find(([, one]) => one === address)?.[0] as keyof GeneratedPages;
  return course.editions
    .filter((edition) => edition.language !== language)
    .map((edition) => {
      const translation = page?.translations.find((one) => course.editionOf(one) === edition);
      return {
        language: edition.language,
        address: translation?.address ?? edition.generated[made ?? "front"],
        isPair: (translation ?? made) !== undefined,
      };
    });
}

/** The languages that readers of an edition may choose; undefined in a course of one. */
function languagesBeside({
  course,
  language,
}: Edition): { language: string; name: string; front: string }[] | undefined {
  const others = course.editions.filter((edition) => edition.language !== language);
  if (!others.length) return undefined;
  return others.map((edition) => ({
    language: edition.language,
    name: ownNameOf(edition.language),
    front: edition.generated.front,
  }));
}
