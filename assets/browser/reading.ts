/**
 * What helps with a text beyond reading it: what is folded opens for a link into it, headings have links to take along,
 * terms are explained. Loaded at the first sign of a reader at work; see reading-loader.ts.
 */
import { openFolds } from "./folds.ts";
import { addHeadingLinks } from "./heading-links.ts";
import { loadScript, loadStyle } from "./load-script.ts";
import { explainTerms } from "./terms.ts";

declare global {
  interface Window {
    /** The markup of what it adds: layouts/reading.liquid. */
    siteReading?: string;
  }
}

openFolds();

const { readingMarkup, readingStyle } = document.body.dataset;
// Without either, links are followed.
Promise.all([loadScript(readingMarkup!), loadStyle(readingStyle!)]).then(
  () => {
    document.body.insertAdjacentHTML("beforeend", window.siteReading!);
    addHeadingLinks();
    explainTerms();
  },
  () => {},
);
