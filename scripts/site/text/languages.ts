/** What a language's code tells. */

/** Scripts that are written from right to left. */
const RIGHT_TO_LEFT = new Set(["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"]);

/** `ar`, `fa`, `ur`, `pa-Arab` are written from right to left. */
export function directionOf(language: string): "ltr" | "rtl" {
  const { script } = new Intl.Locale(language).maximize();
  return script && RIGHT_TO_LEFT.has(script) ? "rtl" : "ltr";
}

/** What a language calls itself, as a line of its own begins: "Español". Its code, where the machine does not know it. */
export function ownNameOf(language: string): string {
  const name = new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  const [first = "", ...rest] = name;
  return first.toLocaleUpperCase(language) + rest.join("");
}

/** What Pagefind calls the index of a language: `pt-br`. Its words have the endings of `pt`. */
export const indexName = (language: string): string => language.toLowerCase();

/** The language without script or country, `pt` of `pt-BR`. */
export const baseOf = (language: string): string => language.split("-")[0]!.toLowerCase();
