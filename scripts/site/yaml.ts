/** YAML against a schema, with the author's line and column for whatever does not fit. */
import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from "yaml";
import type { z } from "zod";
import { nearest, type Place, type Problems } from "./problems.ts";

export interface YamlText {
  text: string;
  file: string;
  /** The line of the file on which the text begins, from 1. */
  line: number;
  /** How messages call it: "front matter", "site.yaml". */
  name: string;
}

/** The data, or undefined when it does not fit (the problems then say why). */
export function parseYaml<Schema extends z.ZodObject>(
  yaml: YamlText,
  schema: Schema,
  problems: Problems,
): z.infer<Schema> | undefined {
  const lines = new LineCounter();
  const document = parseDocument(yaml.text, { lineCounter: lines, prettyErrors: false });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: yaml.file, line: yaml.line + line - 1, column: col };
  };

  // One fault upsets what follows it: only the first is sure to be the author's.
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) {
    const { code, at } = whereFaulty(fault, document, yaml.text);
    const [what, cure] = YAML_FAULTS[code] ?? [firstSentence(fault.message), ONE_TO_A_LINE];
    problems.error(placeOf(at), `the ${yaml.name} is not valid YAML: ${what}`, cure);
    return undefined;
  }

  const root = document.contents;
  if (root !== null && !isMap(root)) {
    problems.error(
      placeOf(root.range?.[0] ?? 0),
      `the ${yaml.name} is not a list of keys and values`,
      ONE_TO_A_LINE,
    );
    return undefined;
  }
  const odd = findOddNode(document);
  if (odd) {
    problems.error(
      placeOf(odd.range?.[0] ?? 0),
      isCollection(odd)
        ? `the ${yaml.name} is not valid YAML: a value begins with a bracket`
        : `the ${yaml.name} uses a sign that YAML keeps for itself (*, & or ?)`,
      "put the whole value in quotes",
    );
    return undefined;
  }

  // A key with nothing after it says nothing; a missing title is missed all the same.
  const data = Object.fromEntries(
    Object.entries(document.toJS() ?? {}).filter(([, value]) => value !== null),
  );
  const result = schema.safeParse(data);
  if (result.success) return result.data as z.infer<Schema>;

  const { issues } = result.error;
  const meantKeys = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [...issue.path, nearest(key, knownKeys(schema, issue.path))].join("."))
      : [],
  );
  for (const issue of issues) {
    // `tile: Mistakes` is one mistake, not two: an unknown key and a missing title.
    if (
      issue.code !== "unrecognized_keys" &&
      meantKeys.includes(issue.path.join(".")) &&
      !findPair(root, issue.path)
    )
      continue;
    const keys = issue.code === "unrecognized_keys" ? issue.keys : [undefined];
    for (const key of keys) {
      const at = [...issue.path, ...(key === undefined ? [] : [key])];
      const pair = findPair(root, at);
      const name = at.join(".");
      const offset = (key === undefined ? (pair?.value as Node | null) : (pair?.key as Node))?.range?.[0];
      const place = offset === undefined ? placeOfPair(pair, placeOf, yaml) : placeOf(offset);
      if (key !== undefined) {
        const known = knownKeys(schema, issue.path);
        const meant = nearest(key, known);
        problems.error(
          place,
          `the ${yaml.name} key "${name}" is not known`,
          meant ? `did you mean "${meant}"?` : `write one of ${known.join(", ")}`,
        );
      } else {
        problems.error(place, ...explain(name, pair, yaml.name));
      }
    }
  }
  return undefined;
}

const ONE_TO_A_LINE = "write key: value, one to a line";

/** The YAML reader's faults that authors run into, in their words: what is wrong, and the cure. */
const YAML_FAULTS: Record<string, [message: string, cure: string]> = {
  BLOCK_AS_IMPLICIT_KEY: [
    "a value holds a colon and a space",
    'put the whole value in quotes, as in title: "Mistakes: a start"',
  ],
  MISSING_CHAR: ["a quote or a bracket is never closed", "close it at the end of its line"],
  BAD_SCALAR_START: [
    "a value begins with a sign that YAML keeps for itself",
    "put the whole value in quotes",
  ],
  TAB_AS_INDENT: ["a line begins with a tab", "begin it with spaces"],
  DUPLICATE_KEY: ["the same key is there twice", "keep one of the two"],
  BAD_INDENT: [
    "a line is indented otherwise than the lines it belongs to",
    "begin it under the first letter of the line above, and close every bracket",
  ],
  BAD_DQ_ESCAPE: ["a backslash stands in double quotes", "write \\\\ for it, or use single quotes"],
  MULTIPLE_DOCS: ["a line of --- stands in the middle", "delete that line"],
  BAD_ALIAS: ["a value begins with *", "put the whole value in quotes"],
  MULTILINE_IMPLICIT_KEY: ["a line is no key with a value", "write a colon and a space after each key"],
  UNEXPECTED_TOKEN: [
    "text stands behind a value that has ended",
    `put the whole value in quotes, of the kind that is not in it, as in title: "Ana's plan"`,
  ],
  TAG_RESOLVE_FAILED: ["a value begins with !", "put the whole value in quotes"],
};

/** What the reader stumbles over is sometimes further on, or of another kind, than what the author got wrong. */
function whereFaulty({ code, pos: [at] }: YAMLError, document: Document, text: string) {
  const lineEnd = (from: number) => (text.indexOf("\n", from) + 1 || text.length + 1) - 1;
  if (code === "MISSING_CHAR") {
    // A quote that nothing closes reaches to the end of the text; it is missed on the line where it begins.
    let start: number | undefined;
    visit(document, {
      Node(_, node) {
        const isOpen =
          /^QUOTE/.test((node as { type?: string }).type ?? "") || (isCollection(node) && node.flow);
        if (!isOpen || !node.range || node.range[1] < at) return undefined;
        start = node.range[0];
        return visit.BREAK;
      },
    });
    return { code, at: start === undefined ? at : lineEnd(start) };
  }
  if (code === "BLOCK_AS_IMPLICIT_KEY" && !/:(?:\s|$)/.test(text.slice(at, lineEnd(at)))) {
    // No colon in the value itself: the line below is indented.
    return { code: "BAD_INDENT", at: lineEnd(at) + 1 };
  }
  return { code, at };
}

/** An alias, or a key that is no word: neither has a use here, and both can be made to do harm. */
function findOddNode(document: Document): Node | undefined {
  let odd: Node | undefined;
  visit(document, {
    Alias(_, node) {
      odd = node;
      return visit.BREAK;
    },
    Pair(_, pair) {
      if (isScalar(pair.key)) return undefined;
      odd = pair.key as Node;
      return visit.BREAK;
    },
  });
  return odd;
}

const firstSentence = (message: string) => message.split(/\n| at line /)[0]!.replace(/[.:]$/, "");

function placeOfPair(pair: Pair | undefined, placeOf: (offset: number) => Place, yaml: YamlText): Place {
  const offset = (pair?.key as Node | undefined)?.range?.[0];
  return offset === undefined ? { file: yaml.file, line: yaml.line, column: 1 } : placeOf(offset);
}

function findPair(root: unknown, keys: PropertyKey[]): Pair | undefined {
  let node: unknown = root;
  let found: Pair | undefined;
  for (const key of keys) {
    if (!isMap(node)) break;
    found = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
    node = found?.value;
  }
  return found;
}

function shapeAt(schema: z.ZodObject, path: PropertyKey[]): z.ZodType {
  let at: z.ZodType = schema;
  for (const key of path) {
    at = unwrap((unwrap(at) as z.ZodObject).shape?.[String(key)] ?? at);
  }
  return unwrap(at);
}

function unwrap(type: z.ZodType): z.ZodType {
  const inner = (type as { def?: { innerType?: z.ZodType } }).def?.innerType;
  return inner ? unwrap(inner) : type;
}

/** The keys to propose: Jekyll's, which may hold anything, are known only to be warned about. */
const knownKeys = (schema: z.ZodObject, path: PropertyKey[]) =>
  Object.entries((shapeAt(schema, path) as z.ZodObject).shape ?? {})
    .filter(([, type]) => unwrap(type as z.ZodType).def.type !== "unknown")
    .map(([key]) => key);

/** What each kind of value should look like, for the second half of a message. */
const CURES: Record<string, string> = {
  title: "write title: and the page's title",
  name: "write name: and the site's name",
  do: "write whole minutes from 0 to 600, as in do: 15",
  tags: "write words in brackets, as in tags: [sectionHead]",
  aliases: "write old addresses in brackets, as in aliases: [modules/basics/]",
  draft: "write draft: true or draft: false",
  language: "write a language code, as in language: en",
  url: "write the whole address, as in url: https://training.example.org/",
  licence: "write name: and url: below it, indented by two spaces",
  "licence.name": "write name: and the licence's name below licence:, indented by two spaces",
  "licence.url": "write the whole address, as in url: https://creativecommons.org/licenses/by/4.0/",
  colors: "write accent: and accentDark: below it, indented by two spaces",
  "colors.accent": 'write a color in quotes, as in accent: "#1f4fa3"',
  "colors.accentDark": 'write a color in quotes, as in accentDark: "#9db9ef"',
};

function explain(name: string, pair: Pair | undefined, where: string): [message: string, cure: string] {
  const key = name.split(".")[0]!;
  const cure = CURES[name] ?? CURES[key.replace(/\W.*/s, "")] ?? `write ${key}: and a short text`;
  if (!pair) return [`the ${where} has no ${name}`, cure];
  const value = isScalar(pair.value) ? pair.value.value : pair.value;
  if (value === null || value === "" || (typeof value === "string" && !value.trim())) {
    return [`the ${name} is empty`, cure];
  }
  return [`the value of ${name} is not understood`, cure];
}
