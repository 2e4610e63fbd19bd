/**
 * What happens to a page's text before markdown-it reads it. Every line keeps its number.
 *
 *   {% callout "activity" %}                →  <div class="activity callout" markdown="1">
 *   {% endcallout %}                        →  </div>
 *   {% callout "trainer" minutes="20" %}    →  <div class="trainer callout" markdown="1" minutes="20">
 *   {{ site.baseurl }}/img/                 →  /img/
 *   ##Heading                               →  ## Heading
 */
import { calloutFault, FAULTY_CALLOUT, isTrainerClass } from "../model/callouts.ts";
import { nearest, type Place, type Problems } from "../problems/problems.ts";
import { escapeHtml } from "../text/escape.ts";
import { lineStarts, placeOfOffset } from "../text/lines.ts";
import { maskCode, maskCodeOnly } from "../text/mask.ts";

const LIQUID = /\{%-?([^{}\n]*?)-?%\}|\{\{-?([^{}\n]*?)-?\}\}|\{%|\{\{/g;
const LIST_ITEM = /^[\s>]*(?:[-*+]|\d{1,9}[.)])\s/;

interface Prepared {
  text: string;
  /** Lines (from 0) on which a callout shortcode begins, for the rule that no list may hold one. */
  shortcodeLines: Set<number>;
  /** Lines of callouts that nothing ends: what follows may be meant to be in them. */
  openCallouts: number[];
}

export function prepare(written: string, file: string, problems: Problems): Prepared {
  const text = takeOutComments(written, file, problems);
  const masked = maskCode(text).split("\n");
  const shortcodeLines = new Set<number>();
  /** The callouts that wait for their end. */
  const open: Place[] = [];

  const lines = text.split("\n").map((line, index) => {
    const mask = masked[index]!;
    // Most lines hold neither Liquid nor a tag nor the mark of a heading.
    if (!/[#<{]/.test(mask)) return line;
    if (!mask.includes("{%") && !mask.includes("{{")) {
      return spaceHeading(mask === line ? mendQuotes(line) : line, mask);
    }
    let result = "";
    let done = 0;
    for (const match of mask.matchAll(LIQUID)) {
      const place = { file, line: index + 1, column: match.index + 1 };
      result += line.slice(done, match.index) + replacement(match, line, place);
      done = match.index + match[0].length;
    }
    result += line.slice(done);
    return mask === line ? mendQuotes(result) : result;
  });

  for (const place of open) {
    problems.error(
      "open-callout",
      place,
      "the callout is never closed",
      "write {% endcallout %} on a line of its own after it",
    );
    // What is reported here is not to be reported again as a <div>.
    lines[place.line - 1] = "";
  }
  const openCallouts = open.map(({ line }) => line - 1);
  return { text: lines.join("\n"), shortcodeLines, openCallouts };

  function replacement(match: RegExpExecArray, line: string, place: Place): string {
    const tag = match[1]?.trim() ?? "";
    if (match[2]?.trim() === "site.baseurl") return "";
    if (/^callout(?![\w-])/.test(tag)) return startTag(tag, line.slice(0, match.index), line, place);
    if (tag === "endcallout") return endTag(place);
    const [, written = ""] = /^\{%-?\s*((?:end[ _-]|\/)?[a-z]+)/i.exec(line.slice(match.index)) ?? [];
    const meant = nearest(written.replace(/^\//, "end").replace(/\W|_/g, ""), ["callout", "endcallout"]);
    if (meant) {
      // One mistake, one message: it is taken for what it was meant to be.
      problems.error(
        "liquid",
        place,
        tag ? `the Liquid ${match[0]} is not understood here` : `the Liquid {% ${written} is never closed`,
        `write ${meant === "callout" ? '{% callout "kind" %}' : "{% endcallout %}"}`,
      );
      if (meant === "endcallout") return open.pop() ? "</div>" : "";
      if (tag) return startTag(tag.replace(written, "callout"), line.slice(0, match.index), line, place);
      open.push(place);
      return `<div class="${FAULTY_CALLOUT}" markdown="1">`;
    }
    problems.error(
      "liquid",
      place,
      `the Liquid ${line.slice(match.index, match.index + match[0].length)} is not understood here`,
      'delete it, or put it in `backticks` if it is to be read; only {% callout "kind" %}, {% endcallout %} and {{ site.baseurl }} work',
    );
    return match[0];
  }

  function startTag(tag: string, before: string, line: string, place: Place): string {
    const { classes, attributes } = readCallout(tag.slice("callout".length));
    const fault = calloutFault(classes);
    const names = fault ? FAULTY_CALLOUT : `${classes.join(" ")} callout`;
    open.push(place);
    if (fault) problems.error("callout-kind", place, ...fault);
    if (/^[\s>]*$/.test(before)) {
      shortcodeLines.add(place.line - 1);
    } else if (LIST_ITEM.test(line)) {
      problems.error("callout-in-list", place, ...CALLOUT_IN_LIST);
    } else {
      problems.error(
        "callout-line",
        place,
        "text stands before the callout on its line",
        "begin a new line with {% callout",
      );
    }
    return `<div class="${names}" markdown="1"${fault ? "" : attributes}>`;
  }

  function endTag(place: Place): string {
    if (open.pop()) return "</div>";
    problems.error(
      "callout-end",
      place,
      "{% endcallout %} ends no callout",
      'delete it, or begin one with {% callout "kind" %}',
    );
    return "";
  }
}

const QUOTES = /["'“”„‟‘’]/g;
/** `minutes="25"`, in whatever quotes. */
const ATTRIBUTE =
  /(?<=\s)([a-z][\w-]*)\s*=\s*(?:["“”„‟]([^"“”„‟]*)["“”„‟]|['‘’]([^'‘’]*)['‘’]|([^\s"'“”„‟‘’]+))/gi;

/** What stands behind the word `callout`: its classes, and, of a facilitator's note, which alone has some, its attributes as HTML. */
function readCallout(written: string): { classes: string[]; attributes: string } {
  const classesIn = (text: string) =>
    text
      .replace(QUOTES, " ")
      .split(/[\s,]+/)
      .filter(Boolean);
  let attributes = "";
  const classes = classesIn(
    written.replace(ATTRIBUTE, (_, name: string, ...values: (string | undefined)[]) => {
      attributes += ` ${name.toLowerCase()}="${escapeHtml(values.slice(0, 3).find((value) => value !== undefined) ?? "")}"`;
      return " ";
    }),
  );
  if (classes.some(isTrainerClass)) return { classes, attributes };
  return { classes: classesIn(written), attributes: "" };
}

export const CALLOUT_IN_LIST = [
  "a callout stands inside a list",
  "end the list with an empty line and write the callout at the start of a line",
] as const;

/**
 * Comments that begin in the middle of a line and run over an empty one, which would end the paragraph and with it
 * the comment; and those that nothing ends. All others are taken out when the HTML is finished.
 */
function takeOutComments(text: string, file: string, problems: Problems): string {
  const masked = maskCodeOnly(text);
  const parts: string[] = [];
  let done = 0;
  let open = masked.indexOf("<!--");
  while (open >= 0) {
    const close = masked.indexOf("-->", open + 4);
    if (close < 0) {
      problems.error(
        "open-comment",
        { file, ...placeOfOffset(lineStarts(text), open) },
        "the comment is never closed",
        "write --> where it ends",
      );
      break;
    }
    const comment = text.slice(open, close + 3);
    if (/\n[^\S\n]*\n/.test(comment) && text.slice(text.lastIndexOf("\n", open) + 1, open).trim()) {
      parts.push(text.slice(done, open), comment.replace(/[^\n]/g, ""));
      done = close + 3;
    }
    open = masked.indexOf("<!--", close + 3);
  }
  return parts.join("") + text.slice(done);
}

/** `<div class=“info callout”>` */
const CURLY_VALUE = /=\s*[“”„‟″]([^“”„‟″"<>]*)[“”„‟″]/g;
/** `<td width="10%>Ana</td>`; not `<img alt="a > b">`, whose quote is closed further on. */
const OPEN_VALUE = /(<[a-zA-Z][^<>"]*(?:"[^<>"]*"[^<>"]*)*=\s*"[^<>"]*)(?=>(?![^<>"]*"[^<>]*>))/g;
/** `<div class="info callout markdown="1">` */
const OPEN_BEFORE_MARKDOWN = /(\sclass="[^"<>=]*)(?=\smarkdown="1")/g;

/** `<iframe src="https://… width="560">`: only a value goes on behind its first quote. */
export const OPEN_BEFORE_ATTRIBUTE = /(\s[a-zA-Z][\w-]*\s?=\s?"[^"<>]*?)(?=\s[a-zA-Z][\w-]*="[^"\s<>/])/g;
/** `<iframe src=https://…" width="560">` */
export const OPEN_AT_START = /(\s[a-zA-Z][\w-]*=)(?=[^\s"'<>]+"[\s/>])/g;

/** Quotes of attributes in a line of HTML: straight ones for curly ones, and those that were forgotten. */
function mendQuotes(line: string): string {
  if (!/<[a-zA-Z]/.test(line)) return line;
  return line
    .replace(/<[a-zA-Z][^<>]*>/g, (tag) =>
      tag
        .replace(CURLY_VALUE, '="$1"')
        .replace(OPEN_BEFORE_MARKDOWN, '$1"')
        .replace(OPEN_BEFORE_ATTRIBUTE, '$1"')
        .replace(OPEN_AT_START, '$1"'),
    )
    .replace(OPEN_VALUE, '$1"');
}

/** `##Heading` is a heading to its author. A single `#` needs a capital after it: `#hashtag` is none. */
function spaceHeading(line: string, mask: string): string {
  const tight = /^( {0,3})(#{2,6})(?=[^\s#])|^( {0,3})(#)(?=\p{Lu})/u.exec(mask);
  if (!tight) return line;
  const end = tight[0].length;
  return `${line.slice(0, end)} ${line.slice(end)}`;
}
