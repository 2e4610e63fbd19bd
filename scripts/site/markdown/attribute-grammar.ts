/**
 * How attribute lists are written: `{: .class #id key="value"}` and kramdown's other forms in braces. Where a list may
 * stand and what it belongs to is told in attribute-lists.ts.
 */
// @ts-expect-error the package ships no types for this file
import attrs from "markdown-it-attrs/utils.js";

/** Neither `{::comment}` nor `{:/comment}`, which are extensions. */
const OPEN = String.raw`\{:(?![:/])`;

/** kramdown's characters of a list (ALD_ANY_CHARS). By them lines are told apart, as kramdown does it. */
const CHARS = String.raw`(?:\\\}|[^}\n])`;

/**
 * Those of a list that gives something its attributes. Beyond kramdown a backslash takes any character with it and
 * `{:}` is an empty list. No other `{` is in it: in running text a list is looked for at each one, and would be read
 * on to the end of the line every time.
 */
const LIST = String.raw`${OPEN}((?:\\.|[^{}\\\n])*)\}`;

/** In running text, from a place on. */
export const SPAN_LIST = new RegExp(LIST, "y");
/** The rest of a line behind its indentation. */
export const REST_OF_LINE_LIST = new RegExp(String.raw`^${LIST}\s*$`);
/** A line under the definition of an address. */
export const LINE_LIST = new RegExp(String.raw`^ {0,3}${LIST}\s*$`);

/** A line that ends the block above it: `{: .note}`, and `{:name: .note}` too. */
export const ATTRIBUTE_LINE = new RegExp(String.raw`^ {0,3}${OPEN}${CHARS}+\}\s*$`);
/** What begins such a line, or one that looks like it. */
export const ATTRIBUTE_LINE_START = /^ {0,3}\{:/;
/** Behind the mark of a list's item: nothing, or only an attribute list. */
export const BLANK_OR_ATTRIBUTES = new RegExp(String.raw`^\s*(?:${OPEN}${CHARS}+\}\s*)?$`);
/** Before the text of a term or a definition. */
export const LEADING_LIST = new RegExp(String.raw`^\s*${OPEN}(${CHARS}+)\}\s*`);
/** `{:tip: .note title="A tip"}` gives a list a name. */
export const NAMED_LIST = new RegExp(String.raw`^ {0,3}\{:(\w[\w-]*):(${CHARS}+)\}\s*$`);

/** `{::comment}`, `{::options toc_levels="2" /}`: the name, the options, whether the extension is empty. */
export const EXTENSION_START = new RegExp(
  String.raw`\{::(comment|nomarkdown|options)((?:\s${CHARS}*?)?)(\/)?\}`,
  "y",
);
/** `{:/comment}`, `{:/}` */
export const EXTENSION_END: Record<string, RegExp> = {
  comment: /\{:\/(?:comment)?\}/g,
  nomarkdown: /\{:\/(?:nomarkdown)?\}/g,
};

const { getAttrs } = attrs as {
  getAttrs(
    text: string,
    start: number,
    options: { leftDelimiter: string; rightDelimiter: string; allowedAttributes: string[] },
  ): [name: string, value: string][];
};
const DELIMITERS = { leftDelimiter: "{:", rightDelimiter: "}", allowedAttributes: [] };

/**
 * The name and value pairs of `.class #id key="value"`, curly quotes read as straight ones.
 *
 * This is all that is taken of markdown-it-attrs. Its plugin places lists by rules of its own: it takes none before a
 * block, right under a heading or table or behind the `_` of an emphasis, and scans a paragraph anew for each list,
 * which takes quadratic time.
 */
export function parseAttributeList(text: string): [name: string, value: string][] {
  const straight = text
    .replace(/[“”„‟″]/g, '"')
    .replace(/'([^']*)'/g, '"$1"')
    .replace(/[\t\n]/g, " ")
    .trim();
  // `.a.b#c` is three to kramdown.
  const spread = straight.replace(
    /(^|\s)([.#][\w-]+(?:[.#][\w-]+)+)/g,
    (_, space, run: string) => space + run.replace(/(?!^)([.#])/g, " $1"),
  );
  return getAttrs(`{:${spread}}`, 0, DELIMITERS).filter(
    ([name, value]) => /^[a-zA-Z][\w:-]*$/.test(name) && (value !== "" || name === "alt"),
  );
}
