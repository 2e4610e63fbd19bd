/** The terms of a glossary, as a browser gets them: in a classic script, for `fetch` and modules do not work from a disk. */

export interface Term {
  /** Of its place in the glossary. */
  id: string;
  /** As the glossary has it, plain text. */
  title: string;
  /** What it means: paragraphs, lists and quotations; addresses in it count from the glossary. */
  html: string;
}

/** Where the script is that hands over the terms of the glossary at an address. */
export const termsAddress = (glossary: string): string =>
  `assets/terms/${glossary.replace(/\.html$/, "")}.js`;
