/** Values of YAML as Jekyll takes them. */
import { type Document, visit } from "yaml";
import { codeOf } from "../content/yaml-values.ts";

export const listOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).flatMap(
    (one) => textOf(one) ?? [],
  );

export const textOf = (value: unknown) =>
  typeof value === "string" || typeof value === "number" ? String(value).trim() || undefined : undefined;

/** Numbers and truth values as they were written: `title: 1.10` is a text. */
export function takeAsWritten(document: Document): void {
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === "number" || typeof node.value === "boolean") node.value = node.source;
    },
  });
}

const HIDDEN = /[\p{Cc}\p{Cs}]/gu;

/** One line of signs that can be seen. */
export const visibleLine = (text: string): string => text.replace(HIDDEN, " ").replace(/\s+/g, " ").trim();

/** Text for a report, with the names of the signs that cannot be seen. */
export const withNames = (text: string): string => text.replace(HIDDEN, codeOf);
