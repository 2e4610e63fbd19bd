/** The terms of each glossary, in a script that pages with links to them load when a reader asks. */
import type { Page } from "../model/course.ts";
import { type Term, termsAddress } from "../model/terms.ts";
import type { Site } from "./site.ts";

/** By their addresses; each is made when it is asked for. */
export function filesOfGlossaries({ course, rendering }: Site): Map<string, () => string> {
  const glossaries = [...course.glossaries].map((path) => course.byPath.get(path)!);
  return new Map(
    glossaries.map((page) => [termsAddress(page.address), () => termsScript(page, rendering.of(page).terms)]),
  );
}

const termsScript = ({ address }: Page, terms: readonly Term[]): string =>
  `(self.siteTerms=self.siteTerms||{})[${JSON.stringify(address)}]=${JSON.stringify(terms)};\n`;
