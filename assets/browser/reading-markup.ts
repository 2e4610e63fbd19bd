/** What layouts/reading.liquid has: the markup of what is added to texts, once in a page for all that ask for it. */
import { loadScript } from "./load-script.ts";
import { templateOf } from "./templates.ts";

declare global {
  interface Window {
    /** The address of the style counts from that script. */
    siteReading?: { html: string; style: string };
  }
}

/** Rejects where it cannot be had. The answer is the address of the style. */
export async function loadReadingMarkup(): Promise<string> {
  const markup = new URL(document.body.dataset.readingMarkup!, location.href).href;
  if (!window.siteReading) await loadScript(markup);
  const { html, style } = window.siteReading!;
  if (!templateOf("site--question")) document.body.insertAdjacentHTML("beforeend", html);
  return new URL(style, markup).href;
}
