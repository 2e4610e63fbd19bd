import type { PageContext } from "../page-context.ts";

/** What is wider than a phone scrolls, by keyboard too. The line breaks at its beginning no browser shows. */
export function makePreformattedScroll({ $ }: PageContext): void {
  for (const element of $("pre").attr("tabindex", "0").toArray()) {
    for (const child of element.children) {
      if (child.type !== "text") break;
      child.data = child.data.replace(/^(?:[ \t]*[\r\n])+/, "");
      if (child.data) break;
    }
  }
}
