/** Words of the interface with what belongs into them: `{count} sections` with 12 is "12 sections". */
import { escapeHtml } from "../text/escape.ts";
import { numbersIn, pluralsIn } from "./formats.ts";
import type { Plural } from "./words.ts";

export type Values = Readonly<Record<string, string | number>>;

/** `count` chooses the form that the language has for that number, and is written as the language writes numbers. */
export const say = (text: string | Plural, values: Values, language: string): string =>
  formOf(text, values.count, language).replace(/\{(\w+)\}/g, (_, name: string) =>
    written(values[name] ?? "", language),
  );

/** The same as HTML: see `asHtml`. */
export const sayHtml = (text: string | Plural, values: Values, language: string): string =>
  asHtml(
    formOf(text, values.count, language),
    "",
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, written(value, language)])),
  );

const formOf = (text: string | Plural, count: string | number | undefined, language: string): string =>
  typeof text === "string" ? text : (text[pluralsIn(language).select(Number(count))] ?? text.other);

const written = (value: string | number, language: string): string =>
  typeof value === "number" ? numbersIn(language).format(value) : value;

/**
 * The text as HTML: `**bold**`, `[a link]` to `href`, and `{name}` as its value; of a name that has none, as the place
 * into which a script puts the text of that name (see assets/browser/templates.ts).
 */
export function asHtml(text: string, href = "", values: Values = {}): string {
  return escapeHtml(text)
    .replace(/\*\*(.+?)\*\*/g, "<strong>$1</strong>")
    .replace(/\[(.+?)\]/g, (_, words) => `<a href="${escapeHtml(href)}">${words}</a>`)
    .replace(/\{(\w+)\}/g, (_, name: string) =>
      name in values ? escapeHtml(String(values[name])) : `<span data-text="${name}"></span>`,
    );
}
