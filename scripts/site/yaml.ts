/** YAML against a schema, with the author's line and column for whatever does not fit. */
import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from "yaml";
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

  for (const error of document.errors) {
    problems.error(
      placeOf(error.pos[0]),
      `the ${yaml.name} is not valid YAML (${firstSentence(error.message)})`,
      'write key: value, one to a line; put a value that holds a colon or a quote in quotes, as in title: "Mistakes: a start"',
    );
  }
  if (document.errors.length) return undefined;

  const root = document.contents;
  if (root !== null && !isMap(root)) {
    problems.error(
      placeOf(root.range?.[0] ?? 0),
      `the ${yaml.name} is not a list of keys and values`,
      "write key: value, one to a line",
    );
    return undefined;
  }

  const result = schema.safeParse(document.toJS({ maxAliasCount: 20 }) ?? {});
  if (result.success) return result.data as z.infer<Schema>;

  for (const issue of result.error.issues) {
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

const knownKeys = (schema: z.ZodObject, path: PropertyKey[]) =>
  Object.keys((shapeAt(schema, path) as z.ZodObject).shape ?? {});

/** What each kind of value should look like, for the second half of a message. */
const CURES: Record<string, string> = {
  title: "write title: and the page's title",
  name: "write name: and the site's name",
  do: "write whole minutes from 0 to 600, as in do: 15",
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
  const cure = CURES[name] ?? CURES[key] ?? `write ${key}: and a short text`;
  if (!pair) return [`the ${where} has no ${name}`, cure];
  const value = isScalar(pair.value) ? pair.value.value : pair.value;
  if (value === null || value === "" || (typeof value === "string" && !value.trim())) {
    return [`the ${name} is empty`, cure];
  }
  return [`the ${name} is not what it should be`, cure];
}
