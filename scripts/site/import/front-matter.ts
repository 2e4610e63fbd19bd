/**
 * A page's front matter: read as its author meant it, and written again plainly, with what this project knows.
 *
 *   tile: Making plans        →  title: Making plans
 *   tags: ['sectionHead']        tags: [sectionHead]
 *   permalink: /modules/x/       aliases: [modules/x/]
 */
import { isMap, isScalar, LineCounter, parseDocument, type Scalar } from "yaml";
import { FRONT_MATTER_LIMIT, isSwitchedOff } from "../content/front-matter.ts";
import { frontMatterSchema, LEGACY_KEYS } from "../content/schema.ts";
import { lineOfYaml, listOfYaml } from "../content/yaml-write.ts";
import { nearest } from "../problems/problems.ts";
import type { Note } from "./notes.ts";
import { listOf, takeAsWritten, visibleLine } from "./values.ts";

/** Characters of a title or a description: a page's front matter has a limit. */
const LONGEST_TEXT = 5_000;

export interface Key {
  value: unknown;
  /** Line of the file, from 1. */
  line: number;
  /** As it was written: `tile: Making plans`. */
  written: string;
}

export type Keys = Map<string, Key>;

export interface SplitPage {
  /** Whether there was any front matter; without it, Jekyll takes a file for no page. */
  hasFrontMatter: boolean;
  keys: Keys;
  body: string;
  /** All lines of the file. */
  lines: string[];
  /** Line of the file on which the body begins, from 1. */
  bodyLine: number;
  notes: Note[];
}

/** Keys in the order in which they are written. */
const KNOWN = Object.keys(frontMatterSchema.shape).filter((key) => !(key in LEGACY_KEYS));
/** Keys of Jekyll's whose meaning is kept by other means. */
const KEPT_ELSEWHERE = new Set(["permalink", "redirect_from", "published", "slug"]);
const LEGACY = [...Object.keys(LEGACY_KEYS), ...KEPT_ELSEWHERE, "category"];

const isKeyLine = (line = "") => /^[\w-]+\s*[:=]/.test(line);

/** Splits a page where its author meant the front matter to end, even if it begins late or is never closed. */
export function splitPage(text: string): SplitPage {
  const lines = text.split("\n");
  const first = lines.findIndex((line) => line.trim() !== "");
  const opening = lines[first]?.trim() ?? "";
  const none = { hasFrontMatter: false, keys: new Map(), body: text, lines, bodyLine: 1, notes: [] };
  if (!/^(?:---(?:\s*yaml)?|\+\+\+)$/.test(opening)) return none;

  const notes: Note[] = [];
  const closing = opening.startsWith("+") ? /^\+\+\+\s*$/ : /^(?:---|\.\.\.)\s*$/;
  let end = lines.findIndex((line, index) => index > first && closing.test(line));
  const isEmpty = end === first + 1;
  if (!isEmpty && !lines.slice(first + 1, end < 0 ? undefined : end).some(isKeyLine)) return none;
  if (first > 0 && !isKeyLine(lines[first + 1])) return none;
  if (end < 0 || lines.slice(first + 1, end).join("\n").length > FRONT_MATTER_LIMIT) {
    if (!isKeyLine(lines[first + 1])) return none;
    end = first + 1;
    while (isKeyLine(lines[end]) || /^\s+\S/.test(lines[end] ?? "")) end++;
    notes.push(change("---", end, "the front matter was never closed; it ends after its last key"));
    return { ...withKeys(end), body: lines.slice(end).join("\n"), lines, bodyLine: end + 1 };
  }
  return { ...withKeys(end), body: lines.slice(end + 1).join("\n"), lines, bodyLine: end + 2 };

  function withKeys(last: number) {
    const keys = readKeys(lines.slice(first + 1, last).join("\n"), first + 2, notes);
    return { hasFrontMatter: true, keys, notes };
  }
}

function readKeys(yaml: string, firstLine: number, notes: Note[]): Keys {
  const counter = new LineCounter();
  const document = parseDocument(yaml, {
    lineCounter: counter,
    uniqueKeys: false,
    logLevel: "silent",
    prettyErrors: false,
  });
  const keys: Keys = new Map();
  if (document.errors.length || (document.contents && !isMap(document.contents))) {
    return readKeysByLine(yaml, firstLine, notes);
  }
  takeAsWritten(document);
  const data = safely(() => document.toJS() as Record<string, unknown> | null) ?? {};
  if (!isMap(document.contents)) return keys;
  for (const { key, value } of document.contents.items) {
    if (!isScalar(key)) continue;
    const from = key.range?.[0] ?? 0;
    const to = (value as { range?: [number, number, number] } | null)?.range?.[1] ?? key.range?.[1] ?? from;
    const name = String(key.value);
    const line = firstLine + counter.linePos(from).line - 1;
    const whole = isScalar(value) && wholeLine(name, value, yaml, line, notes);
    keys.set(name, {
      value: whole || data[name],
      line,
      written: yaml.slice(from, to).trim(),
    });
  }
  return keys;
}

/** `title: Worksheet #7` has a comment to YAML; to its author it has a number. */
function wholeLine(
  key: string,
  { type, range }: Scalar,
  yaml: string,
  line: number,
  notes: Note[],
): string | undefined {
  if (type !== "PLAIN" || !range || !["title", "description"].includes(meantName(key))) return undefined;
  const comment = /^[ \t]*(#.*)/.exec(yaml.slice(range[1]))?.[1];
  if (!comment) return undefined;
  if (!/^#\S/.test(comment)) {
    notes.push({ ...change(key, line, "the comment was taken out"), removed: comment });
    return undefined;
  }
  notes.push(change(key, line, `\`${comment}\`, which YAML took for a comment, is part of the ${key} now`));
  return `${yaml.slice(range[0], range[1])} ${comment}`.trim();
}

/** `title: Mistakes: a start` is no YAML, and yet there is no doubt about what it says. */
function readKeysByLine(yaml: string, firstLine: number, notes: Note[]): Keys {
  const keys: Keys = new Map();
  for (const [index, line] of yaml.split("\n").entries()) {
    const source = firstLine + index;
    const [, key, rest = ""] = /^([\w-]+)\s*[:=]\s*(.*)$/.exec(line) ?? [];
    if (key) {
      keys.set(key, { value: plainValue(rest.trim()), line: source, written: line.trim() });
      notes.push(change(key, source, "the front matter was not valid YAML; this line is read as it stands"));
    } else if (line.trim() && !line.trimStart().startsWith("#")) {
      notes.push({
        kind: "person",
        at: { key: "---", source },
        message: "the line of front matter says nothing that can be read, and was taken out",
        removed: line.trim(),
      });
    }
  }
  return keys;
}

function plainValue(written: string): unknown {
  const list = /^\[(.*)\]$/.exec(written)?.[1];
  if (list !== undefined)
    return list
      .split(",")
      .map((one) => unquoted(one.trim()))
      .filter(Boolean);
  return unquoted(written);
}

const unquoted = (text: string) =>
  text.replace(/^(["'“”‘’])(.*)["'“”‘’]$/, "$2").replace(/^["“”]|["“”]$/g, "");

function safely<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export interface PageData {
  title?: string;
  aliases: string[];
  /** All other keys that are kept. */
  others: Record<string, unknown>;
}

/** What the keys say to this project, with a note on each that says nothing to it. */
export function convertKeys(keys: Keys, notes: Note[]): PageData {
  const values: Record<string, unknown> = {};
  for (const [key, { value, line, written }] of keys) {
    const known = KNOWN.includes(key) ? key : meantKey(key, keys);
    if (known && value !== null && value !== undefined) {
      const tidy = tidyValue(known, value);
      const isLong = typeof tidy === "string" && tidy.length > LONGEST_TEXT;
      if (isLong || !frontMatterSchema.partial().safeParse({ [known]: tidy }).success) {
        notes.push({
          kind: "person",
          at: { key: known, source: line },
          message: `the value of "${known}" is not what it should be, and was taken out`,
          removed: written,
        });
        continue;
      }
      values[known] = tidy;
      if (known !== key) notes.push(change(known, line, `the key "${key}" is now "${known}"`));
    } else if (key === "published" && isSwitchedOff(value)) {
      values.draft = true;
      notes.push(change("draft", line, '"published: false" is now "draft: true"'));
    } else if (key === "permalink" || key === "redirect_from") {
      notes.push(change("aliases", line, `the key "${key}" is now an alias`));
    } else if (value !== null && value !== undefined) {
      const message = LEGACY.includes(key)
        ? `the key "${key}" has no effect here and was taken out`
        : `the key "${key}" is not known here and was taken out`;
      notes.push({ ...change("---", line, message), removed: written });
    }
  }
  const { title, aliases, ...others } = values;
  return {
    ...(title !== undefined && { title: String(title) }),
    aliases: listOf(aliases),
    others,
  };
}

/** The key that a name stands for, known or misspelt. */
const meantName = (key: string): string => (KNOWN.includes(key) ? key : (meantKey(key, new Map()) ?? key));

/** The known key that a misspelt one stands for, where the page does not have that one too. */
function meantKey(key: string, keys: Keys): string | undefined {
  if (LEGACY.includes(key)) return undefined;
  const meant = nearest(key, [...KNOWN, ...LEGACY]);
  return meant && KNOWN.includes(meant) && !keys.has(meant) ? meant : undefined;
}

function tidyValue(key: string, value: unknown): unknown {
  if (key === "tags") {
    // Jekyll reads tags in one string as parted by spaces.
    const list = typeof value === "string" ? value.split(/\s+/) : listOf(value);
    return list.map((tag) => visibleLine(tag.replace(/[“”‘’"']/g, ""))).filter(Boolean);
  }
  if (key === "aliases" || typeof value !== "string") return value;
  if (key === "do" && /^\d+/.test(value)) return Number.parseInt(value, 10);
  if (key === "draft" && /^(?:true|yes|on)$/i.test(value)) return true;
  if (key === "draft" && isSwitchedOff(value)) return false;
  return visibleLine(value);
}

/** The lines from `---` to `---`, with a line break at the end. */
export function writeFrontMatter(data: PageData & { title: string }): string {
  const values: Record<string, unknown> = {
    title: data.title,
    ...data.others,
    ...(data.aliases.length && { aliases: data.aliases }),
  };
  const lines = KNOWN.filter((key) => values[key] !== undefined).map((key) => {
    const value = values[key];
    if (Array.isArray(value)) return `${key}: ${listOfYaml(value)}\n`;
    return `${key}: ${typeof value === "string" ? lineOfYaml(value) : value}\n`;
  });
  return `---\n${lines.join("")}---\n`;
}

const change = (key: string, source: number, message: string): Note => ({
  kind: "change",
  at: { key, source },
  message,
});
