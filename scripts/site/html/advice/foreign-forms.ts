import type { AuthorsText } from "./authors-text.ts";

/** Forms of other programs: what they are, and what to write instead. */
const FOREIGN: [pattern: RegExp, what: string, cure: string][] = [
  [
    /^[ \t]*:{3,}[ \t]*\{?[ \t]*[.\w]/gm,
    "a box as other programs write it (:::)",
    'write {% callout "info" %} … {% endcallout %}',
  ],
  [
    /^[ \t]*[!?]{3}\+?[ \t]+[a-z]/gm,
    "a box as other programs write it (!!!)",
    'write {% callout "info" %} … {% endcallout %}',
  ],
  [
    /^[ \t]*>[ \t]*\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|INFO)\]/gim,
    "a box as GitHub writes it",
    'write {% callout "info" %} … {% endcallout %}',
  ],
  [/(?<!\\)\[\[[^\][\n]{1,100}\]\](?![([])/g, "a link of a wiki", "write it as [its text](its-file.md)"],
  [
    /(?<![=\w])==(?=[^\s=])[^=\n]{1,200}(?<=\S)==(?![=\w])/g,
    "a mark of another program (==)",
    "write <mark>…</mark>",
  ],
];

export function adviseOnForeignForms(text: AuthorsText): void {
  for (const [pattern, what, cure] of FOREIGN) {
    for (const match of text.markdown.matchAll(pattern)) {
      text.problems.warning(
        "foreign-markup",
        text.placeOfMatch(match),
        `the line holds ${what}, which is shown as text`,
        cure,
      );
    }
  }
}
