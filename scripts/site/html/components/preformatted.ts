import { elementsNamed } from "../dom.ts";
import type { PageContext } from "../page-context.ts";

/** What is wider than a phone scrolls, by keyboard too. The line breaks at its beginning no browser shows. */
export function makePreformattedScroll({ $ }: PageContext): void {
  for (const element of elementsNamed($, "pre")) {
    element.attribs.tabindex = "0";
    for (const child of element.children) {
      if (child.type !== "text") break;
      child.data = child.data.replace(/^(?:[ \t]*[\r\n])+/, "");
      if (child.data) break;
    }
  }
}
