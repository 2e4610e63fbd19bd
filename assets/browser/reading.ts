/**
 * What helps with a text beyond reading it: what is folded opens for a link into it, headings have links to take along,
 * terms are explained, and Tab stops only at what scrolls. Loaded at the first sign of a reader at work; see reading-loader.ts.
 */
import { openFolds } from "./folds.ts";
import { addHeadingLinks } from "./heading-links.ts";
import { loadStyle } from "./load-script.ts";
import { loadReadingMarkup } from "./reading-markup.ts";
import { focusScrollersOnly } from "./scrollers.ts";
import { explainTerms } from "./terms.ts";

openFolds();
focusScrollersOnly();
const parts = loadReadingMarkup().then(loadStyle);
explainTerms(parts);
// Where they cannot be had, links are followed.
parts.then(addHeadingLinks).catch(() => {});
