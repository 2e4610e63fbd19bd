/**
 * YAML's values as their author wrote them. YAML has its own ideas of what is meant, and they show in no message:
 *
 *   title: 1.10                  the number 1.1; here the text "1.10"
 *   title: Worksheet #7: Plan    the text "Worksheet" and a comment; here an error that says how to write it
 *
 * So a plain value is text until the schema asks for a number or a truth value, and what would be lost is an error.
 */
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
} from "yaml";
import type { z } from "zod";
import { beginsWith, fault, lineEnd, lineStart, WHOLE_IN_QUOTES, type YamlFault } from "./yaml-faults.ts";
import { quoted } from "./yaml-write.ts";

export interface Values {
  data: Record<string, unknown>;
  /** Each key with its value, by its path: `licence.name`. */
  pairs: Map<string, Pair>;
  /** Where each key and each item of a list begins, by its path: `licence.name`, `aliases.0`. */
  offsets: Map<string, number>;
  /** What the author wrote and YAML reads otherwise. */
  traps: Trap[];
}

export interface Trap extends YamlFault {
  /** The path of the key that it is about. */
  path: string;
  /** What the sentence is about: the YAML, the whole text, or a value that the sentence names itself. */
  of: "yaml" | "text" | "value";
}

export function readValues(root: YAMLMap | null, schema: z.ZodType, text: string): Values {
  const reader = new Reader(text);
  const data = root ? (reader.mapOf(root, schema, "") as Record<string, unknown>) : {};
  return { data, pairs: reader.pairs, offsets: reader.offsets, traps: reader.traps };
}

/** A schema without what is around it: optional, with a default. */
export function unwrap(type: z.ZodType): z.ZodType {
  const inner = (type as { def?: { innerType?: z.ZodType } }).def?.innerType;
  return inner ? unwrap(inner) : type;
}

/** What stands below a key: of an object's, or of a name that its author chose. */
export function typeBelow(around: z.ZodType | undefined, key: string): z.ZodType | undefined {
  const type = around && unwrap(around);
  const { shape } = (type ?? {}) as Partial<z.ZodObject>;
  if (shape) return Object.hasOwn(shape, key) ? (shape[key] as z.ZodType) : undefined;
  return (type?.def as { valueType?: z.ZodType } | undefined)?.valueType;
}

type Found = Omit<Trap, "path">;

class Reader {
  readonly pairs: Values["pairs"] = new Map();
  readonly offsets: Values["offsets"] = new Map();
  readonly traps: Values["traps"] = [];

  constructor(private readonly text: string) {}

  mapOf(map: YAMLMap, type: z.ZodType | undefined, path: string): unknown {
    const entries: [string, unknown][] = [];
    const seen = new Set<string>();
    for (const pair of map.items) {
      const { key } = pair as { key: Node };
      const trap = this.#keyTrap(key, map.flow);
      if (trap) {
        this.traps.push({ ...trap, path });
        // Brackets that are no list are one mistake, however many keys they seem to hold.
        break;
      }
      const name = String((key as Scalar).value);
      const at = path ? `${path}.${name}` : name;
      if (seen.has(name)) this.#add(fault("twice", key.range![0]), at);
      seen.add(name);
      this.pairs.set(at, pair);
      this.offsets.set(at, key.range![0]);
      const known = typeBelow(type, name);
      entries.push([name, this.#valueOf(pair.value as Node | null, known, at, pair)]);
    }
    return Object.fromEntries(entries);
  }

  #valueOf(node: Node | null, type: z.ZodType | undefined, path: string, pair?: Pair): unknown {
    if (node === null) return null;
    const sign = signOf(node, this.text, pair);
    if (sign) {
      this.traps.push({ ...sign, path });
      return null;
    }
    if (isMap(node)) return this.mapOf(node, type, path);
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        this.offsets.set(`${path}.${index}`, (item as Node | null)?.range?.[0] ?? node.range![0]);
        return this.#valueOf(item as Node | null, itemOf(type), path);
      });
    }
    return isScalar(node) ? this.#scalarOf(node, type, path) : null;
  }

  #scalarOf(node: Scalar, type: z.ZodType | undefined, path: string): unknown {
    const value = String(node.value);
    const isPlain = node.type === Scalar.PLAIN;
    const kind = type && unwrap(type).def.type;
    const isRead = kind !== undefined && kind !== "unknown";
    const trap =
      (isPlain && type && (isWords(type) || itemOf(type)) && this.#lossOf(node, path)) ||
      (isRead && this.#signTrap(node, value, path));
    const isEmptyBlock = node.type?.startsWith("BLOCK") && !value.trim();
    if (trap) this.traps.push({ ...trap, path });
    else if (isEmptyBlock) this.traps.push({ ...emptyBlock(node, this.text, path), path });
    if (isPlain && value === "") return null;
    if (isPlain && type && !isWords(type) && /^(?:~|null)$/i.test(value)) return null;
    if (kind === "number" && /^-?\d+(?:\.\d+)?$/.test(value)) return Number(value);
    if (kind === "boolean" && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === "true";
    return value;
  }

  /** Words of a plain value that YAML takes for something else: a comment behind it, an item of a list in it. */
  #lossOf(node: Scalar, path: string): Found | undefined {
    const [start, end] = node.range!;
    const comment = /^[ \t]*#/.exec(this.text.slice(end));
    if (comment && /[\s:]/.test(this.text[end + comment[0].length - 2] ?? "")) {
      const at = end + comment[0].length - 1;
      const written = this.text.slice(start, lineEnd(at, this.text)).trim();
      const [key] =
        /(?:-|[^\s:]+:)(?=[ \t]*$)/.exec(this.text.slice(lineStart(start, this.text), start)) ?? [];
      const isShort = written.length <= 160 && !written.includes("\n");
      return {
        at,
        what: `the value of ${path} ends at #, where YAML begins a comment`,
        cure: key && isShort ? `${WHOLE_IN_QUOTES}, as in ${key} ${quoted(written)}` : WHOLE_IN_QUOTES,
        of: "value",
      };
    }
    const item = /\n[ \t]*-(?=\s)/.exec(this.text.slice(start, end));
    return item ? { ...fault("indent", start + item.index + 1), of: "yaml" } : undefined;
  }

  /** Signs that no page shows, and those that a backslash in double quotes makes of letters: `"C:\new"`. */
  #signTrap(node: Scalar, value: string, path: string): Found | undefined {
    const [start, end] = node.range!;
    if (node.type === Scalar.QUOTE_DOUBLE) {
      for (const { 1: letter, index } of this.text.slice(start, end).matchAll(/\\(.)/gs)) {
        if (/[0abefnrtvNLP_/ ]/.test(letter!)) return { ...fault("escape", start + index), of: "yaml" };
      }
    }
    const hidden = CONTROL.exec(value)?.[0];
    if (!hidden) return undefined;
    const at = this.text.slice(start, end).indexOf(hidden);
    return {
      at: start + Math.max(0, at),
      what: `the value of ${path} holds the sign ${codeOf(hidden)}, which no page can show`,
      cure: "delete it",
      of: "value",
    };
  }

  #keyTrap(key: Node, isInBrackets = false): Found | undefined {
    const at = key.range?.[0] ?? 0;
    const sign = signOf(key, this.text);
    if (sign) return sign;
    if (isCollection(key) && !key.flow) return { ...fault("no key", at), of: "yaml" };
    if (!isScalar(key))
      return { at, what: "a value begins with a bracket", cure: WHOLE_IN_QUOTES, of: "yaml" };
    if (key.type !== Scalar.PLAIN || key.value !== "") return undefined;
    if (isInBrackets) return { ...fault("brackets", at), of: "yaml" };
    const before = this.text.slice(lineStart(at, this.text), at).trimEnd();
    return { ...(/[\]}]$/.test(before) ? fault("behind", at) : fault("no key", at)), of: "yaml" };
  }

  #add(trap: YamlFault, path: string): void {
    this.traps.push({ ...trap, path, of: "yaml" });
  }
}

/** `description: >` with nothing below it: the sign may be all that its author meant. */
const emptyBlock = (node: Scalar, text: string, path: string): Found => ({
  at: node.range![0],
  what: `the ${path} is empty`,
  cure: `write its text below ${text[node.range![0]]}, indented by two spaces, or put the whole value in quotes`,
  of: "value",
});

/** Control characters, and halves of characters that an escape has made. */
const CONTROL = /[^\P{Cc}\n\t]|\p{Cs}/u;

/** A sign that cannot be shown, by its name: U+0007. */
export const codeOf = (sign: string): string =>
  `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

/** Aliases, anchors and tags have no use here, and can be made to do harm. */
function signOf(node: Node, text: string, pair?: Pair): Found | undefined {
  const at = node.range?.[0] ?? 0;
  if (isAlias(node)) return ownSign(at);
  const { anchor, tag } = node as { anchor?: string; tag?: string };
  if (anchor === undefined && tag === undefined) return undefined;
  // The node begins behind its signs.
  const from = (pair?.key as Node | undefined)?.range?.[1] ?? lineStart(at, text);
  const sign = /[&!]/.exec(text.slice(from, at + 1));
  const signAt = sign ? from + sign.index : at;
  return anchor === undefined ? { ...beginsWith("!", signAt), of: "yaml" } : ownSign(signAt);
}

const ownSign = (at: number): Found => ({
  at,
  what: "uses a sign that YAML keeps for itself (*, & or ?)",
  cure: WHOLE_IN_QUOTES,
  of: "text",
});

/** Whether a schema asks for an author's words, and not for what has a form of its own. */
export const isWords = (type: z.ZodType): boolean => unwrap(type).def.type === "pipe";

/** What the items of a list are. */
function itemOf(type: z.ZodType | undefined): z.ZodType | undefined {
  const options = (type && (unwrap(type).def as { options?: z.ZodType[] }).options) ?? [];
  return options.flatMap((option) => (option as z.ZodArray<z.ZodType>).element ?? [])[0];
}
