/** YAML against a schema, with the author's line and column for whatever does not fit. */
import { isCollection, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import type { z } from "zod";
import { nearest, type Place, type Problems } from "../problems/problems.ts";
import { cureOf } from "./schema.ts";
import { firstFault, ONE_TO_A_LINE } from "./yaml-faults.ts";
import { isWords, readValues, type Trap, typeBelow, unwrap, type Values } from "./yaml-values.ts";

export interface YamlText {
  text: string;
  file: string;
  /** The line of the file on which the text begins, from 1. */
  line: number;
  /** How messages call it: "front matter", "site.yaml". */
  name: string;
}

/** Where each key and each item of a list stands, by its path: `tags`, `licence.url`, `aliases.0`. */
export type Places = ReadonlyMap<string, Place>;

export interface YamlData<Data> {
  data: Data;
  places: Places;
}

/** The data with its places, or undefined when it does not fit (the problems then say why). */
export function parseYaml<Schema extends z.ZodObject>(
  yaml: YamlText,
  schema: Schema,
  problems: Problems,
): YamlData<z.infer<Schema>> | undefined {
  const lines = new LineCounter();
  // The reader misses a quote never closed where no line break follows.
  const text = `${yaml.text}\n`;
  // Without types of its own and with a look at keys that is linear: see yaml-values.ts.
  const document = parseDocument(text, {
    schema: "failsafe",
    uniqueKeys: false,
    lineCounter: lines,
    prettyErrors: false,
  });
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: yaml.file, line: yaml.line + line - 1, column: col };
  };

  const root = document.contents;
  const values = readValues(isMap(root) ? root : null, schema, text);
  const fault = firstFault(document, text);
  // One fault upsets what follows it: only the first is sure to be the author's.
  const traps = values.traps.filter((trap) => !fault || trap.at < fault.at).slice(0, fault && 1);
  for (const trap of traps)
    problems.error("yaml-syntax", placeOf(trap.at), sayTrap(trap, yaml.name), trap.cure);
  if (fault && !traps.length) {
    problems.error(
      "yaml-syntax",
      placeOf(fault.at),
      `the ${yaml.name} is not valid YAML: ${fault.what}`,
      fault.cure,
    );
  }
  if (fault) return undefined;

  if (root !== null && !isMap(root)) {
    problems.error(
      "yaml-shape",
      placeOf(root.range?.[0] ?? 0),
      `the ${yaml.name} is not a list of keys and values`,
      ONE_TO_A_LINE,
    );
    return undefined;
  }

  // A key with nothing after it says nothing; a missing title is missed all the same.
  const data = Object.fromEntries(Object.entries(values.data).filter(([, value]) => value !== null));
  const result = schema.safeParse(data);
  if (!result.success) {
    const isKnown = (name: string) =>
      traps.some(({ path }) => !path || `${path}.`.startsWith(`${name}.`) || name.startsWith(`${path}.`));
    reportMisfits(result.error.issues, schema, values.pairs, isKnown, { yaml, placeOf, problems });
    return undefined;
  }
  if (traps.length) return undefined;
  const places = new Map([...values.offsets].map(([name, offset]) => [name, placeOf(offset)]));
  return { data: result.data as z.infer<Schema>, places };
}

function sayTrap({ of, what }: Trap, name: string): string {
  return { yaml: `the ${name} is not valid YAML: ${what}`, text: `the ${name} ${what}`, value: what }[of];
}

/** What does not fit the schema, but for the values of which something is known already. */
function reportMisfits(
  issues: z.core.$ZodIssue[],
  schema: z.ZodObject,
  pairs: Values["pairs"],
  isKnown: (name: string) => boolean,
  { yaml, placeOf, problems }: { yaml: YamlText; placeOf: (offset: number) => Place; problems: Problems },
): void {
  const meantKeys = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [...issue.path, meantKey(key, knownKeys(schema, issue.path))].join("."))
      : [],
  );
  for (const issue of issues) {
    // `tile: Mistakes` is one mistake, not two: an unknown key and a missing title.
    if (
      issue.code !== "unrecognized_keys" &&
      meantKeys.includes(issue.path.join(".")) &&
      !pairs.has(issue.path.join("."))
    )
      continue;
    const keys = issue.code === "unrecognized_keys" ? issue.keys : [undefined];
    for (const key of keys) {
      const at = [...issue.path, ...(key === undefined ? [] : [key])];
      const name = at.join(".");
      if (isKnown(name)) continue;
      const pair = pairs.get(name);
      const offset = (key === undefined ? (pair?.value as Node | null) : (pair?.key as Node))?.range?.[0];
      const place =
        offset === undefined ? placeOfPair(pairAround(at, pairs), placeOf, yaml) : placeOf(offset);
      if (key !== undefined) {
        const known = knownKeys(schema, issue.path);
        const meant = meantKey(key, known);
        const isGlued = meant && key.startsWith(`${meant}:`);
        problems.error(
          "unknown-key",
          place,
          `the ${yaml.name} key "${name}" is not known`,
          isGlued
            ? `write a space after ${meant}:`
            : meant
              ? `did you mean "${meant}"?`
              : `write one of ${known.join(", ")}`,
          name,
        );
      } else {
        const [message, cure] = explain(name, pair, yaml.name);
        const isBracket = isCollection(pair?.value) && pair.value.flow && isWords(shapeAt(schema, at));
        problems.error(
          "key-value",
          place,
          message,
          cure + (isBracket ? ", in quotes where it begins with a bracket" : ""),
          name,
        );
      }
    }
  }
}

function placeOfPair(pair: Pair | undefined, placeOf: (offset: number) => Place, yaml: YamlText): Place {
  const offset = (pair?.key as Node | undefined)?.range?.[0];
  return offset === undefined ? { file: yaml.file, line: yaml.line, column: 1 } : placeOf(offset);
}

/** The key that a mistyped one stands for; `title:Plan: a start` is that of a title too. */
const meantKey = (key: string, known: readonly string[]): string | undefined =>
  known.find((one) => key.startsWith(`${one}:`)) ?? nearest(key, known);

/** The key that a path names; the one around it where that is not there. */
function pairAround(path: PropertyKey[], pairs: ReadonlyMap<string, Pair>): Pair | undefined {
  for (let length = path.length; length > 0; length--) {
    const pair = pairs.get(path.slice(0, length).join("."));
    if (pair) return pair;
  }
  return undefined;
}

function shapeAt(schema: z.ZodObject, path: PropertyKey[]): z.ZodType {
  let at: z.ZodType = schema;
  for (const key of path) at = typeBelow(at, String(key)) ?? at;
  return unwrap(at);
}

/** The keys to propose: not Jekyll's, which may hold anything and are only warned about, nor other spellings. */
const knownKeys = (schema: z.ZodObject, path: PropertyKey[]) =>
  Object.entries((shapeAt(schema, path) as z.ZodObject).shape ?? {})
    .filter(([, type]) => !isOnlyKnown(type as z.ZodType))
    .map(([key]) => key);

const isOnlyKnown = (type: z.ZodType) =>
  unwrap(type).def.type === "unknown" || type.meta()?.deprecated === true;

function explain(name: string, pair: Pair | undefined, where: string): [message: string, cure: string] {
  const cure = cureOf(name);
  if (!pair) return [`the ${where} has no ${name}`, cure];
  const value = isScalar(pair.value) ? pair.value.value : pair.value;
  if (value === null || value === "" || (typeof value === "string" && !value.trim())) {
    return [`the ${name} is empty`, cure];
  }
  return [`the value of ${name} is not understood`, cure];
}
