/**
 * What helps with a text beyond reading it: what is folded opens for a link into it, headings have links to take along,
 * terms are explained, and Tab stops only at what scrolls. Loaded at the first sign of a reader at work; see reading-loader.ts.
 */
import { openFolds } from "./folds.ts";
import { addHeadingLinks } from "./heading-links.ts";
import { loadScript, loadStyle } from "./load-script.ts";
import { focusScrollersOnly } from "./scrollers.ts";
import { explainTerms } from "./terms.ts";

declare global {
  interface Window {
    /** What layouts/reading.liquid has: the markup of what is added, and its style, whose address counts from that script. */
    siteReading?: { html: string; style: string };
  }
}

openFolds();
focusScrollersOnly();
const parts = loadParts();
explainTerms(parts);
// Where they cannot be had, links are followed.
parts.then(addHeadingLinks).catch(() => {});

async function loadParts(): Promise<void> {
  const markup = new URL(document.body.dataset.readingMarkup!, location.href).href;
  await loadScript(markup);
  const { html, style } = window.siteReading!;
  await loadStyle(new URL(style, markup).href);
  document.body.insertAdjacentHTML("beforeend", html);
}
