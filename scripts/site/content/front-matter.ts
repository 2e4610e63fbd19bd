/** The lines between `---` at the top of a page. */
import matter from "gray-matter";
import type { Place, Problems } from "../problems/problems.ts";
import { type FrontMatter, frontMatterSchema, LEGACY_KEYS } from "./schema.ts";
import type { Source } from "./source.ts";
import { parseYaml } from "./yaml.ts";

/** Characters of front matter that a page may have. */
export const FRONT_MATTER_LIMIT = 64_000;

export interface Parsed {
  data: FrontMatter;
  /** The Markdown, with an empty line for each line of front matter, so that its lines keep their numbers. */
  body: string;
}

/** A page's front matter and body; undefined when the front matter is wrong. */
export function parseFrontMatter(source: Source, problems: Problems): Parsed | undefined {
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

  // gray-matter splits; the YAML engine is ours because its own knows no positions.
  let yaml = "";
  matter(text.slice(0, end.index + end[0].length), {
    engines: {
      yaml: {
        parse: (block: string) => {
          yaml = block;
          return {};
        },
      },
    },
  });
  // What gray-matter hands over begins with the line break after the opening `---`.
  const data = parseYaml({ text: yaml, file, line: 1, name: "front matter" }, frontMatterSchema, problems);
  if (!data) return undefined;

  if (isSwitchedOff(data.published)) data.draft = true;
  warnOfLegacyKeys(source, data, problems);
  const frontLines = text.slice(0, end.index + end[0].length).split("\n").length - 1;
  return { data, body: "\n".repeat(frontLines) + text.slice(end.index + end[0].length) };
}

/** Where a page's front matter says something: the line of a key; the top of the page where it is not found. */
export function placeOfKey(source: Source, key: string): Place {
  const front = source.text.split("\n---", 1)[0]!;
  const line = front.split("\n").findIndex((text) => text.startsWith(`${key}:`));
  return { file: source.file, line: Math.max(0, line) + 1, column: 1 };
}

/** Jekyll's `published: false`, in any of the words that its YAML knows for it. */
export const isSwitchedOff = (published: unknown): boolean =>
  /^(?:false|no|off)$/i.test(String(published ?? "").trim());

function warnOfLegacyKeys(source: Source, data: FrontMatter, problems: Problems): void {
  for (const [key, instead] of Object.entries(LEGACY_KEYS)) {
    if (!(key in data)) continue;
    if (key === "published" && isSwitchedOff(data.published)) {
      problems.warning(
        "legacy-key",
        placeOfKey(source, key),
        `"published: ${data.published}" is Jekyll's; the page is kept back as a draft`,
        "write draft: true instead",
      );
      continue;
    }
    problems.warning(
      "legacy-key",
      placeOfKey(source, key),
      `the front matter key "${key}" has no effect here`,
      `delete it: ${instead}`,
    );
  }
}
