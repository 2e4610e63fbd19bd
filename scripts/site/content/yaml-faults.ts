/**
 * The YAML reader's faults in an author's words: what is wrong, where it shows, and the cure. The reader has one code
 * for many mistakes; which of them it was, the author's own line tells.
 */
import { type Document, isCollection, visit, type YAMLError } from "yaml";

export interface YamlFault {
  /** Offset in the text. */
  at: number;
  what: string;
  cure: string;
}

export const ONE_TO_A_LINE = "write key: value, one to a line";
export const WHOLE_IN_QUOTES = "put the whole value in quotes";

const WORDS = {
  colon: [
    "a value holds a colon and a space",
    'put the whole value in quotes, as in title: "Mistakes: a start"',
  ],
  "colon at the end": ["a value ends with a colon", WHOLE_IN_QUOTES],
  quote: ["a quote or a bracket is never closed", "close it at the end of its line"],
  bracket: ["a bracket is never closed", "close it at the end of its line, or put the whole value in quotes"],
  "comment in brackets": [
    "what follows # is a comment, the closing bracket with it",
    "put the value that holds # in quotes",
  ],
  brackets: [
    "the brackets hold what is no list",
    "write words with a comma between them, or put the whole value in quotes",
  ],
  commas: [
    "a comma in brackets has no value before it",
    "write one comma between two values, or put the whole value in quotes",
  ],
  sign: ["a value begins with a sign that YAML keeps for itself", WHOLE_IN_QUOTES],
  hyphen: [
    "a value begins with a hyphen and a space",
    "put the whole value in quotes, or each - of a list on a line of its own",
  ],
  tab: ["a line begins with a tab", "begin it with spaces"],
  twice: ["the same key is there twice", "keep one of the two"],
  indent: [
    "a line is indented otherwise than the lines it belongs to",
    "begin it under the first letter of the line above, and close every bracket",
  ],
  escape: ["a backslash stands in double quotes", "write \\\\ for it, or use single quotes"],
  "no key": ["a line is no key with a value", "write a colon and a space after each key"],
  behind: [
    "text stands behind a value that has ended",
    `put the whole value in quotes, of the kind that is not in it, as in title: "Ana's plan"`,
  ],
  directive: ["a line begins with %", "delete that line"],
  "long key": ["a key has more than 1,024 characters", ONE_TO_A_LINE],
  deep: ["values stand too deep in each other", ONE_TO_A_LINE],
  other: ["a value cannot be read", WHOLE_IN_QUOTES],
} as const satisfies Record<string, [what: string, cure: string]>;

export const fault = (kind: keyof typeof WORDS, at: number): YamlFault => {
  const [what, cure] = WORDS[kind];
  return { at, what, cure };
};

/** Of a value that begins with a sign for what YAML can and a page does not need: `*alias`, `&anchor`, `!tag`. */
export const beginsWith = (sign: string, at: number): YamlFault => ({
  at,
  what: `a value begins with ${sign}`,
  cure: WHOLE_IN_QUOTES,
});

/** The first fault that the reader found: what follows it may be upset by it. */
export function firstFault(document: Document, text: string): YamlFault | undefined {
  const [first] = [...document.errors, ...document.warnings];
  return first && explain(first, document, text);
}

function explain({ code, message, pos: [at] }: YAMLError, document: Document, text: string): YamlFault {
  const isFirst = text.slice(lineStart(at, text), at).trim() === "";
  switch (code) {
    case "MISSING_CHAR":
      if (message.startsWith("Missing closing"))
        return fault("quote", endOfOpen(/^QUOTE/, at, document, text));
      if (message.startsWith("Missing directives-end")) return fault("directive", text.search(/^%/m));
      if (/ between | in flow /.test(message) || /[[{]/.test(text[valueOn(at, text)] ?? "")) {
        return fault("brackets", at);
      }
      return isFirst ? fault("no key", at) : fault("behind", at);
    case "BAD_INDENT":
      return message.startsWith("Flow")
        ? openBracket(at, document, text)
        : fault("indent", lineFrom(at, text));
    case "BLOCK_AS_IMPLICIT_KEY":
      return nestedKey(at, text);
    case "UNEXPECTED_TOKEN":
      return unexpected(message, at, isFirst, text);
    case "MULTILINE_IMPLICIT_KEY":
      return message.includes("flow") ? fault("brackets", at) : fault("no key", at);
    case "BLOCK_IN_FLOW":
      return fault("brackets", at);
    case "BAD_SCALAR_START":
      return isFirst ? fault("no key", at) : fault("sign", at);
    case "BAD_DIRECTIVE":
      return fault("directive", at);
    case "MULTIPLE_DOCS":
      return secondDocument(at, text);
    case "TAB_AS_INDENT":
      return fault("tab", at);
    case "BAD_DQ_ESCAPE":
      return fault("escape", at);
    case "KEY_OVER_1024_CHARS":
      return fault("long key", at);
    case "RESOURCE_EXHAUSTION":
      return fault("deep", at);
    default: {
      // All that is left is about aliases, anchors and tags.
      const start = valueOn(at, text);
      const signAt = [at, start].find((one) => /[*&!]/.test(text[one] ?? ""));
      return signAt === undefined ? fault("other", at) : beginsWith(text[signAt]!, signAt);
    }
  }
}

/** A colon where YAML expects none: in the value, or on a line below that is indented as if it belonged to it. */
function nestedKey(at: number, text: string): YamlFault {
  const rest = text.slice(at, lineEnd(at, text));
  if (/^\?(?:\s|$)/.test(rest)) return fault("sign", at);
  if (/:\s+\S/.test(rest)) return fault("colon", at);
  if (/:\s*$/.test(rest)) return fault("colon at the end", at);
  const isList = text.slice(lineStart(at, text), at + 2).trim() === "-";
  return fault("indent", isList ? lineStart(at, text) : lineFrom(lineEnd(at, text) + 1, text));
}

function unexpected(message: string, at: number, isFirst: boolean, text: string): YamlFault {
  if (/^Unexpected (?:,|empty item)/.test(message)) return fault("commas", at);
  const start = valueOn(at, text);
  if (/[|>]/.test(text[start] ?? "")) return fault("sign", start);
  if (at === start && text[at] === "-") return fault("hyphen", at);
  if (at === start) return fault("sign", at);
  return isFirst ? fault("no key", at) : fault("behind", at);
}

/** A bracket that nothing closes reaches to the end of the text; it is missed on the line where it begins. */
function openBracket(at: number, document: Document, text: string): YamlFault {
  const end = endOfOpen("flow", at, document, text);
  const start = lineStart(end, text);
  const comment = /\s#/.exec(text.slice(start, end));
  return comment ? fault("comment in brackets", start + comment.index + 1) : fault("bracket", end);
}

/** The end of the line on which a quote or a bracket begins that is not closed before an offset. */
function endOfOpen(kind: RegExp | "flow", at: number, document: Document, text: string): number {
  let start = at;
  visit(document, {
    Node(_, node) {
      const isOpen =
        kind === "flow" ? isCollection(node) && node.flow : kind.test((node as { type?: string }).type ?? "");
      if (!isOpen || !node.range || node.range[1] < at) return undefined;
      start = node.range[0];
      return visit.BREAK;
    },
  });
  return lineEnd(start, text);
}

function secondDocument(at: number, text: string): YamlFault {
  const mark = [...text.slice(0, at + 3).matchAll(/^(?:---|\.\.\.)/gm)].at(-1);
  return {
    at: mark?.index ?? at,
    what: `a line of ${mark?.[0] ?? "---"} stands in the middle`,
    cure: "delete that line",
  };
}

export const lineStart = (at: number, text: string): number => text.lastIndexOf("\n", at - 1) + 1;
export const lineEnd = (at: number, text: string): number =>
  (text.indexOf("\n", at) + 1 || text.length + 1) - 1;

/** The beginning of the first line, from one on, that is neither empty nor a comment. */
function lineFrom(at: number, text: string): number {
  let from = lineStart(at, text);
  while (/^[ \t]*(?:#.*)?\n/.test(text.slice(from, lineEnd(from, text) + 1))) from = lineEnd(from, text) + 1;
  return from;
}

/** Where the value on an offset's line begins; the line's first sign where it has no key. */
function valueOn(at: number, text: string): number {
  const start = lineStart(at, text);
  const line = text.slice(start, lineEnd(at, text));
  const before = /^\s*(?:- +)*(?:(?:"[^"]*"|'[^']*'|[^\s:#'"[\]{}][^:]*?)[ \t]*:[ \t]+)?/.exec(line)![0];
  return start + before.length;
}
