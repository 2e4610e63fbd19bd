/** The lines between `---` at the top of a page: in goes its text, out come data, the places of its keys, and the body. */
import matter from "gray-matter";
import { foundOnce } from "../problems/found-once.ts";
import type { Problems } from "../problems/problems.ts";
import { type FrontMatter, frontMatterSchema, LEGACY_KEYS } from "./schema.ts";
import type { Source } from "./source.ts";
import { type Places, parseYaml } from "./yaml.ts";

/** Characters of front matter that a page may have. */
export const FRONT_MATTER_LIMIT = 64_000;

export interface Parsed {
  data: FrontMatter;
  places: Places;
  /** Where in the text the Markdown begins. */
  bodyStart: number;
}

/** A page's front matter, and where it ends; undefined when the front matter is wrong. */
export const parseFrontMatter = foundOnce(parse);

function parse(source: Source, problems: Problems): Parsed | undefined {
  const { file, text } = source;
  const top = { file, line: 1, column: 1 };

  if (!text.trim()) {
    problems.error(
      "empty-file",
      top,
      "the file is empty",
      "begin it with ---, title: and the page's title, and --- again",
    );
    return undefined;
  }
  const foreign = /^(?:---[^\S\n]*([A-Za-z]\w*)|(\+\+\+)|(;;;)|(\{)(?=\s*"))[^\S\n]*\n/.exec(text);
  if (foreign && foreign[1] !== "yaml") {
    problems.error(
      "front-matter-language",
      top,
      `the front matter is not YAML (it begins with ${foreign[0].trim()})`,
      "write it between two lines of ---, as key: value",
    );
    return undefined;
  }
  if (/^\s*\n---[^\S\n]*\n/.test(text)) {
    problems.error(
      "front-matter-late",
      top,
      "empty lines stand before the front matter",
      "delete them: --- must be the first line",
    );
    return undefined;
  }
  if (!/^---[^\S\n]*(?:yaml[^\S\n]*)?(?:\n|$)/.test(text)) {
    problems.error(
      "front-matter-missing",
      top,
      "the page has no front matter and so no title",
      "begin it with ---, title: and the page's title, and --- again",
    );
    return undefined;
  }
  const end = /\n---[^\S\n]*(?=\n|$)/.exec(text);
  if (!end) {
    problems.error("front-matter-open", top, "the front matter is never closed", "end it with a line of ---");
    return undefined;
  }
  if (end.index > FRONT_MATTER_LIMIT) {
    problems.error(
      "front-matter-length",
      top,
      `the front matter has ${end.index.toLocaleString("en-US")} characters, more than the ${FRONT_MATTER_LIMIT.toLocaleString("en-US")} it may have`,
      "keep title, description and tags there, and move the rest below the second ---",
    );
    return undefined;
  }

  // gray-matter ends at the first line that begins so, and what follows would be lost.
  const early = /\n---/.exec(text)!;
  if (early.index < end.index) {
    problems.error(
      "front-matter-dashes",
      { file, line: text.slice(0, early.index).split("\n").length + 1, column: 1 },
      "a line of front matter begins with ---",
      "delete it, or put a blank before it where it belongs to a longer text",
    );
    return undefined;
  }

  // Blanks behind the closing --- would stay in the body.
  const withoutBlanks = `${text.slice(0, end.index)}\n---${text.slice(end.index + end[0].length)}`;
  // gray-matter splits. Its engine hands the YAML on as it is: an engine can answer with data only, not with the
  // places of its keys, nor that something is wrong. Of an empty block it is not asked.
  const split = matter(withoutBlanks, { engines: { yaml: (yaml: string) => ({ yaml }) } });
  const yaml: string = split.data.yaml ?? "";
  const parsed = parseYaml({ text: yaml, file, line: 1, name: "front matter" }, frontMatterSchema, problems);
  if (!parsed) return undefined;

  const { data, places } = parsed;
  if (isSwitchedOff(data.published)) data.draft = true;
  warnOfLegacyKeys(data, places, problems);
  return { data, places, bodyStart: text.length - split.content.length };
}

/** Jekyll's `published: false`, in any of the words that its YAML knows for it. */
export const isSwitchedOff = (published: unknown): boolean =>
  /^(?:false|no|off)$/i.test(String(published ?? "").trim());

function warnOfLegacyKeys(data: FrontMatter, places: Places, problems: Problems): void {
  for (const [key, instead] of Object.entries(LEGACY_KEYS)) {
    const place = places.get(key);
    if (!place || !(key in data)) continue;
    if (key === "published" && isSwitchedOff(data.published)) {
      problems.warning(
        "legacy-key",
        place,
        `"published: ${data.published}" is Jekyll's; the page is kept back as a draft`,
        "write draft: true instead",
      );
      continue;
    }
    problems.warning(
      "legacy-key",
      place,
      `the front matter key "${key}" has no effect here`,
      `delete it: ${instead}`,
    );
  }
}
