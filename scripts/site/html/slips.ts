/**
 * What an author typed nearly right, and what the Markdown so made nothing of: it stands on the page as text, or not
 * at all.
 */
import { isTrainerList } from "../markdown/attribute-lists.ts";
import { addressIn, normalize } from "../markdown/links.ts";
import type { Reading } from "../markdown/markdown.ts";
import { maskCode } from "../markdown/mask.ts";
import { OPEN_AT_START, OPEN_BEFORE_ATTRIBUTE } from "../markdown/prepare.ts";
import { findTags } from "../markdown/tags.ts";
import { nearest, type Place, type Problems } from "../problems/problems.ts";
import type { WarningRule } from "../problems/rules.ts";
import { lineStarts, placeOfOffset } from "../text/lines.ts";

export function adviseOnSlips(reading: Reading, file: string, problems: Problems): void {
  const text = new AuthorsText(reading, file);
  adviseOnFences(reading, text, problems);
  adviseOnAttributeLists(reading, text, problems);
  adviseOnBrackets(reading, text, problems);
  adviseOnFootnotes(reading, text, problems);
  adviseOnTags(text, problems);
  adviseOnForms(text, problems);
  adviseOnTokens(reading, text, problems);
}

/** A page's text in which all is blank that is no Markdown: code, comments, raw HTML. */
class AuthorsText {
  readonly lines: string[];
  /** The same with raw HTML. */
  readonly withHtml: string;
  readonly markdown: string;
  readonly #starts: readonly number[];

  constructor(
    { env, tokens }: Reading,
    readonly file: string,
  ) {
    this.lines = env.lines;
    const masked = maskCode(env.lines.join("\n")).split("\n");
    const blank = (map: [number, number] | null) => {
      for (let line = map?.[0] ?? 0; line < (map?.[1] ?? 0); line++)
        masked[line] = masked[line]!.replace(/./g, " ");
    };
    for (const { type, map } of tokens) if (/^(?:fence|code_block|math)/.test(type)) blank(map);
    this.withHtml = masked.join("\n");
    for (const { type, map } of tokens) if (type === "html_block") blank(map);
    this.markdown = masked.join("\n").replace(/\$\$[^$\n]+\$\$/g, (math) => " ".repeat(math.length));
    this.#starts = lineStarts(this.markdown);
  }

  /** The place in the file of a place in the text. */
  placeAt(at: number): Place {
    return { file: this.file, ...placeOfOffset(this.#starts, at) };
  }

  /** The place of some words on a line, from 0, or on one of those below it. */
  placeOf(words: string, line: number, end = line + 1): Place {
    for (let at = line; at < Math.min(end, this.lines.length); at++) {
      const column = this.lines[at]!.indexOf(words);
      if (column >= 0) return { file: this.file, line: at + 1, column: column + 1 };
    }
    return { file: this.file, line: line + 1, column: 1 };
  }
}

function adviseOnFences({ openFences }: Reading, { file }: AuthorsText, problems: Problems): void {
  for (const { line, column, marks, near } of openFences) {
    problems.error(
      "open-code",
      { file, line: line + 1, column },
      "the code block is never closed",
      near === undefined
        ? `end it with a line of ${marks} and nothing else`
        : near.isStart
          ? `end it with a line of ${marks} above line ${near.line + 1}, where another one begins`
          : `line ${near.line + 1} does not end it: write ${marks} there, as far in as in line ${line + 1}, and nothing else`,
    );
  }
}

/** Attribute lists that are none: each with what is wrong, and the cure. */
const LISTS: [pattern: RegExp, message: string, cure: string][] = [
  [
    /(?<=[)\]])\{(?=[.#]?[a-zA-Z])[^{}\n]*\}/g,
    "the attribute list has no colon, and so is shown as text",
    'begin it with {: as in {:target="_blank"}',
  ],
  [
    /(?<![)\]{\\])\{(?:[ \t]?\.[a-zA-Z][\w-]*(?:\s[^{}\n]*)?|[a-z][\w-]*="[^"{}\n]*"[^{}\n]*)\}/g,
    "the attribute list has no colon, and so is shown as text",
    "begin it with {: as in {: .note}",
  ],
  [
    /^[ \t>]*\{#[a-zA-Z][\w-]*[^{}\n]*\}[ \t]*$/gm,
    "the attribute list has no colon, and so is shown as text",
    "begin it with {: as in {: #plan}",
  ],
  [
    /\{[ \t]{1,9}:[ \t]{0,9}[.#\w][^{}\n]*\}|\{::[ \t]{0,9}[.#][^{}\n]*\}|\{[;,][ \t]{0,9}[.#][^{}\n]*\}/g,
    "the attribute list does not begin with {: and so is shown as text",
    "write {: without a blank between the two, as in {: .note}",
  ],
  [
    /^[ \t>]*:[ \t]?[.#][a-zA-Z][\w-]*[^{}\n]*\}[ \t]*$/gm,
    "the attribute list has no {, and so is shown as text",
    "begin it with {: as in {: .note}",
  ],
  [
    /\{:(?![:/])[^{}\n]*$/gm,
    "the attribute list is never closed, and so is shown as text",
    'end it with } as in {:target="_blank"}',
  ],
];
const WHOLE_LIST = /\{:(?![:/]|[\w-]+:)((?:[^\n{}\\]|\\.)*)\}/g;

function adviseOnAttributeLists({ env }: Reading, text: AuthorsText, problems: Problems): void {
  const warn = (place: Place, list: string, message: string, cure: string) => {
    // What learners must not see would stay on the page.
    if (isTrainerList(list)) problems.error("note-list", place, message, cure);
    else problems.warning("attribute-list", place, message, cure);
  };
  for (const [pattern, message, cure] of LISTS) {
    for (const match of text.markdown.matchAll(pattern)) {
      // `[Plan]{plan.md}` is a link with the wrong brackets.
      if (looksLikeAddress(match[0].slice(1, -1))) continue;
      const at = match.index + match[0].length - match[0].trimStart().length;
      warn(text.placeAt(at), match[0], message, cure);
    }
  }
  for (const { line, content } of env.strayLists ?? []) {
    warn(
      text.placeOf("{:", line),
      content,
      `the attribute list {:${content}} stands alone and belongs to nothing`,
      "write it right below what it is for, without an empty line between the two",
    );
  }
  for (const match of text.markdown.matchAll(WHOLE_LIST)) {
    if ((match[1]!.match(/["“”„‟″]/g)?.length ?? 0) % 2) {
      warn(
        text.placeAt(match.index),
        match[1]!,
        "a quote in the attribute list is never closed",
        'write one before the value and one behind it, as in rows="6"',
      );
      continue;
    }
    const bare = match[1]!.replace(/[\w:-]+\s?=\s?(?:"[^"]*"|'[^']*'|“[^“”]*”|\S+)/g, " ").split(/\s+/);
    const name = bare.find(
      (word) => /^[A-Za-z_][\w-]*$/.test(word) && word !== "toc" && !env.lists?.has(word),
    );
    if (name === undefined) continue;
    warn(
      text.placeAt(match.index),
      name,
      `the attribute list names "${name}", which nothing defines`,
      `write a dot before a class, as in {: .${name}}`,
    );
  }
}

const ADDRESS =
  /^(?:https?:|www\.|mailto:|#[\w-]+$|\.{0,2}\/|[\w.%-]+@[\w-]+\.|[\w./%-]*\.(?:md|html?|pdf|png|jpe?g|gif|svg|webp|docx?|xlsx?|pptx?|odt|csv|txt|mp3|mp4)(?:[#?]|$)|[\w-]+(?:\.[\w-]+)+\/)/i;
const looksLikeAddress = (text: string) => ADDRESS.test(text.trim()) && !/[\s\\]/.test(text.trim());

/** The text of a link in messages. */
const shorten = (text: string) => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
};

/** Links and pictures whose brackets are wrong, and names of links that nothing defines. */
function adviseOnBrackets({ env }: Reading, text: AuthorsText, problems: Problems): void {
  const { markdown } = text;
  const isDefined = (name: string) => env.definitions?.has(normalize(name)) ?? false;
  /** Where on each line a link that is none begins. */
  const begins = new Map<number, number>();
  const warn = (at: number, what: string, message: string, cure: string) => {
    const place = text.placeAt(at);
    problems.warning("broken-link-form", place, `${what} ${message}, and so is shown as text`, cure);
    begins.set(place.line, Math.min(place.column, begins.get(place.line) ?? place.column));
  };
  /** The end of the last address: brackets in it are its own. */
  let done = 0;
  for (const { open, close, limit } of bracketPairs(markdown)) {
    if ((open ?? close) < done) continue;
    const label = open === undefined ? "" : markdown.slice(open + 1, close);
    const isPicture = open !== undefined && markdown[open - 1] === "!";
    const what = isPicture ? "the picture" : "the link";
    const whole = `${isPicture ? "!" : ""}[${shorten(label)}]`;
    const start = (open ?? close) - (isPicture ? 1 : 0);
    const after = markdown.slice(close + 1, Math.min(limit, close + 1 + 1000));
    const lead = after[0] ?? "";
    if (open === undefined) {
      const address = /^\(([^()\s]+)\)/.exec(after)?.[1];
      if (address && looksLikeAddress(address))
        warn(start, "the link", `has no [ before its text`, `write [its text](${address})`);
    } else if (label.startsWith("^")) {
      // A footnote's.
    } else if (lead === "(") {
      const found = addressIn(after, 0);
      if (found) done = close + 1 + found.end;
      else {
        const address = /^\(\s*<?([^\s<>()[\]]*)/.exec(after)![1]!;
        warn(start, what, "is never closed", `end its address with ): ${whole}(${address})`);
      }
    } else if (lead === "{") {
      const address = /^\{([^{}\n]*)\}/.exec(after)?.[1] ?? "";
      if (looksLikeAddress(address)) warn(start, what, "has braces", `write ${whole}(${address})`);
    } else if (lead === "[") {
      const name = /^\[([^\]\n]*)\]/.exec(after)?.[1];
      if (name === undefined || name.startsWith("^") || isDefined(name || label)) continue;
      if (looksLikeAddress(name)) {
        warn(start, what, "has its address in the wrong brackets", `write ${whole}(${name})`);
      } else if (!/^\d*$/.test(name) || !/^\d+$/.test(label)) {
        const meant = nearest(name || label, [...(env.definitions?.keys() ?? [])]);
        problems.warning(
          "reference",
          text.placeAt(start),
          `nothing defines the address of [${shorten(label)}][${shorten(name)}]`,
          meant
            ? `did you mean [${meant}]?`
            : `write it on a line of its own: [${shorten(name || label)}]: https://example.org/page`,
        );
      }
    } else if (!isDefined(label) && /[\w./#]/.test(lead)) {
      const address = /^([^\s()[\]]+)\)/.exec(after)?.[1] ?? "";
      if (looksLikeAddress(address))
        warn(start, what, "has no ( before its address", `write ${whole}(${address})`);
    } else if (!isDefined(label) && /^\s/.test(lead)) {
      const address = /^[ \t]{0,9}\n?[ \t]{0,9}\(([^()\s]+)(?:\s+"[^"\n]*")?\)/.exec(after)?.[1];
      if (address && looksLikeAddress(address) && markdown[open - 1] !== "]")
        warn(start, what, "has a blank between its brackets", `write ${whole}(${address})`);
    }
  }
  for (const match of markdown.matchAll(/(?<!\])\(([^()[\]\n]{1,200})\)\[([^\][\s]{1,500})\]/g)) {
    const [, label, address] = match as unknown as [string, string, string];
    if (!looksLikeAddress(address) || isDefined(address)) continue;
    warn(
      match.index,
      "the link",
      "has its brackets the wrong way round",
      `write [${shorten(label)}](${address})`,
    );
  }
  for (const match of markdown.matchAll(/\[([^()[\]\n]{1,200})\)\(([^()\s]{1,500})\)/g)) {
    const [, label, address] = match as unknown as [string, string, string];
    if (!looksLikeAddress(address)) continue;
    warn(match.index, "the link", "has ) where ] belongs", `write [${shorten(label)}](${address})`);
  }
  for (const match of markdown.matchAll(/\[([^()[\]\n]{1,200})\(([^()[\]\s]{1,500})\)(?!\])/g)) {
    const [, label, address] = match as unknown as [string, string, string];
    if (!looksLikeAddress(address)) continue;
    warn(match.index, "the link", "has no ] behind its text", `write [${shorten(label)}](${address})`);
  }
  if (begins.size) {
    // An attribute list behind one belongs to nothing for that reason.
    problems.drop(
      ({ severity, rule, file, line, column, message }) =>
        severity === "warning" &&
        rule === "attribute-list" &&
        file === text.file &&
        message.includes("follows plain text") &&
        column > (begins.get(line) ?? Number.POSITIVE_INFINITY),
    );
  }
  for (const { name, line } of env.takenDefinitions ?? []) {
    problems.warning(
      "reference",
      text.placeOf("[", line),
      `the address of [${name}] is defined twice, and the last one counts`,
      "keep one of the two",
    );
  }
}

/** Each `]` of the text with the `[` it closes, if there is one, and the end of its paragraph. */
function* bracketPairs(text: string): Generator<{ open: number | undefined; close: number; limit: number }> {
  let begin = 0;
  for (const paragraph of text.split(/(?<=\n)(?=[ \t]*\n)/)) {
    const open: number[] = [];
    const limit = begin + paragraph.length;
    for (const { 0: sign, index } of paragraph.matchAll(/\\.|[[\]]/g)) {
      const at = begin + index;
      if (sign === "[") open.push(at);
      else if (sign === "]") yield { open: open.pop(), close: at, limit };
    }
    begin = limit;
  }
}

function adviseOnFootnotes({ env }: Reading, text: AuthorsText, problems: Problems): void {
  const notes = env.notes ?? new Map<string, never>();
  const unused = [...notes.values()].filter(({ references }) => references === 0);
  /** By name: where it is first referred to, and a line that looks like its text but is in a paragraph. */
  const missing = new Map<string, { at: number; text?: number }>();
  for (const { 0: whole, 1: name = "", index } of text.markdown.matchAll(
    /(?<!\\)\[\^([^\][\n]{1,60})\](:?)/g,
  )) {
    if (notes.has(name)) continue;
    const isText =
      whole.endsWith(":") && !text.markdown.slice(text.markdown.lastIndexOf("\n", index) + 1, index).trim();
    const known = missing.get(name);
    if (!known) missing.set(name, { at: index, ...(isText && { text: index }) });
    else if (isText) known.text ??= index;
  }
  const meantBy = (name: string) => {
    const near = nearest(
      name,
      unused.map((note) => note.name),
    );
    return near ?? (missing.size === 1 && unused.length === 1 ? unused[0]!.name : undefined);
  };
  const meant = new Set<string>();
  for (const [name, found] of missing) {
    const near = meantBy(name);
    if (near !== undefined) meant.add(near);
    const isName = /^\w[\w-]*$/.test(name);
    const message =
      found.text === undefined
        ? `the footnote [^${name}] has no text, and so is shown as it is written`
        : `the text of the footnote [^${name}] stands in a paragraph`;
    const cure = !isName
      ? "name it in letters, digits and hyphens, as in [^study]"
      : found.text !== undefined
        ? "leave an empty line above it"
        : near === undefined
          ? `write it below the paragraph: [^${name}]: where it comes from`
          : `did you mean [^${near}]?`;
    problems.warning("footnote", text.placeAt(found.text ?? found.at), message, cure);
  }
  for (const { name, line } of unused) {
    if (meant.has(name)) continue;
    problems.warning(
      "footnote",
      text.placeOf(`[^${name}]`, line),
      `nothing refers to the footnote [^${name}], and so it is not shown`,
      `write [^${name}] where it belongs, or delete it`,
    );
  }
  for (const { name, line } of env.takenNotes ?? []) {
    problems.warning(
      "footnote",
      text.placeOf(`[^${name}]`, line),
      `the footnote [^${name}] is there twice, and the last one counts`,
      "give one of the two another name",
    );
  }
}

/** Tags of links that are never closed, and attributes whose quotes are not. */
function adviseOnTags(text: AuthorsText, problems: Problems): void {
  const { withHtml } = text;
  for (const { 0: tag, index } of withHtml.matchAll(/<a\s[^<>]*/gi)) {
    const quotes = tag.split('"').length - 1;
    if (withHtml[index + tag.length] === ">" || quotes % 2 || !/\shref\s?=/i.test(tag)) continue;
    problems.warning(
      "broken-link-form",
      text.placeAt(index),
      "the tag <a is never closed, and so is shown as text",
      'end it with > as in <a href="plan.md">',
    );
  }
  const tags = findTags(withHtml);
  for (const tag of tags) {
    if (tag.name !== "a" || tag.kind !== "open") continue;
    const end = tag.partner === undefined ? undefined : tags[tag.partner]!.start;
    // Outside of raw HTML a link ends with its paragraph.
    const isOpen =
      end === undefined ||
      (text.markdown[tag.start] === "<" && /\n[ \t]*\n/.test(withHtml.slice(tag.end, end)));
    if (!isOpen || !/\shref\s?=/i.test(withHtml.slice(tag.start, tag.end))) continue;
    problems.warning(
      "broken-link-form",
      text.placeAt(tag.start),
      "the link <a> is never closed, and so goes on to the end of its paragraph",
      "write </a> where it ends",
    );
  }
  for (const { 0: tag, index } of withHtml.matchAll(/<[a-zA-Z][^<>\n]*>/g)) {
    for (const pattern of [OPEN_BEFORE_ATTRIBUTE, OPEN_AT_START]) {
      for (const match of tag.matchAll(pattern)) {
        const name = /[\w-]+/.exec(match[0])![0];
        // That one is read as it is meant.
        if (/^\smarkdown="1"/.test(tag.slice(match.index + match[0].length))) continue;
        problems.warning(
          "open-quote",
          text.placeAt(index + match.index + 1),
          `the quotes of ${name} do not match`,
          `write one before its value and one behind it: ${name}="…"`,
        );
      }
    }
  }
}

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

function adviseOnForms(text: AuthorsText, problems: Problems): void {
  for (const [pattern, what, cure] of FOREIGN) {
    for (const match of text.markdown.matchAll(pattern)) {
      const at = match.index + match[0].length - match[0].trimStart().length;
      problems.warning(
        "foreign-markup",
        text.placeAt(at),
        `the line holds ${what}, which is shown as text`,
        cure,
      );
    }
  }
}

const RAW_MARKDOWN =
  /(?:^|\s)\*\*[^\s*][^*\n]*\*\*|\[[^\][\n]{1,200}\]\([^()\s]{1,500}\)|^[ \t]*#{2,6}[ \t]+\S|^[ \t]*[-*+][ \t]+\S[^\n]*\n[ \t]*[-*+][ \t]+\S/m;

function adviseOnTokens({ tokens }: Reading, text: AuthorsText, problems: Problems): void {
  const warn = (rule: WarningRule, place: Place, message: string, cure: string) =>
    problems.warning(rule, place, message, cure);
  for (const [index, token] of tokens.entries()) {
    if (
      token.type === "html_block" &&
      token.meta &&
      /^\s*<(?:div|section|aside|details)\b/i.test(token.content)
    ) {
      const [from, to] = token.map!;
      const raw = token.content.replace(
        /<(pre|code|script|style)\b[\s\S]*?(?:<\/\1|$)|<[^>]*>|<!--[\s\S]*?-->/gi,
        (found) => found.replace(/[^\n]/g, " "),
      );
      const found = RAW_MARKDOWN.exec(raw);
      if (!found) continue;
      const line =
        from +
        raw.slice(0, found.index + found[0].length - found[0].trimStart().length).split("\n").length -
        1;
      const place = text.placeOf(found[0].trim().split("\n")[0]!, line, to + 1);
      warn(
        "raw-markdown",
        place,
        "the Markdown in this HTML is shown as it is written",
        'write markdown="1" in the start tag around it: <div class="info callout" markdown="1">',
      );
    }
    // Paragraphs that no author wrote, such as the one of a footnote's way back, have no lines.
    if (token.type !== "inline" || tokens[index - 1]?.type !== "paragraph_open" || !token.map) continue;
    const [from, to] = token.map;
    const rows = token.content.split("\n").filter((line) => /^[ \t]*\|.*\|[ \t]*$/.test(line));
    if (rows.length > 1) {
      warn(
        "broken-table",
        text.placeOf(rows[0]!.trim(), from, to),
        "the rows of this table are shown as text",
        "leave an empty line above and below them, and write |---|---| under the first one",
      );
    }
    const ended = token.children?.find(
      ({ type, content }) => type === "text" && /^[^*]*[\p{L}\p{N}][.!?:,;]\*\*(?:\s|$)/u.test(content),
    );
    if (ended && token.children![0] === ended && !/\\\*/.test(token.content)) {
      const words = /\S*[.!?:,;]\*\*/.exec(ended.content)![0];
      const place = text.placeOf(words, from, to);
      warn(
        "open-emphasis",
        { ...place, column: place.column + words.length - 2 },
        "the bold text is never begun, and so its stars are shown",
        "write ** where it begins",
      );
    }
    const bold = token.children?.find(
      ({ type, content }) =>
        type === "text" && /(?:^|[\s(])\*\*[\p{L}\p{N}]/u.test(content) && !/\*\*.*\*\*/s.test(content),
    );
    if (bold && !/\\\*/.test(token.content)) {
      warn(
        "open-emphasis",
        text.placeOf(/\*\*[\p{L}\p{N}]+/u.exec(bold.content)![0], from, to),
        "the bold text is never closed, and so its stars are shown",
        "write ** where it ends",
      );
    }
  }
}
