/** Markdown in raw HTML, and tables and bold text that a paragraph shows as they were typed. */
import type { Token } from "markdown-it";
import type { AuthorsText } from "./authors-text.ts";

export function adviseOnBlocks(text: AuthorsText): void {
  for (const [index, token] of text.tokens.entries()) {
    if (token.type === "html_block") adviseOnRawHtml(text, token);
    // Paragraphs that no author wrote, such as the one of a footnote's way back, have no lines.
    if (token.type !== "inline" || text.tokens[index - 1]?.type !== "paragraph_open" || !token.map) continue;
    adviseOnRows(text, token, token.map);
    adviseOnBold(text, token, token.map);
  }
}

const RAW_MARKDOWN =
  /(?:^|\s)\*\*[^\s*][^*\n]*\*\*|\[[^\][\n]{1,200}\]\([^()\s]{1,500}\)|^[ \t]*#{2,6}[ \t]+\S|^[ \t]*[-*+][ \t]+\S[^\n]*\n[ \t]*[-*+][ \t]+\S/m;

/** Markdown in a box without `markdown="1"`. */
function adviseOnRawHtml(text: AuthorsText, { content, map, meta }: Token): void {
  if (!meta || !/^\s*<(?:div|section|aside|details)\b/i.test(content)) return;
  const [from, to] = map!;
  const words = content.replace(
    /<(pre|code|script|style)\b[\s\S]*?(?:<\/\1|$)|<[^>]*>|<!--[\s\S]*?-->/gi,
    (html) => html.replace(/[^\n]/g, " "),
  );
  const found = RAW_MARKDOWN.exec(words);
  if (!found) return;
  const start = found.index + found[0].length - found[0].trimStart().length;
  const line = from + words.slice(0, start).split("\n").length - 1;
  text.problems.warning(
    "raw-markdown",
    text.placeOf(found[0].trim().split("\n")[0]!, line, to + 1),
    "the Markdown in this HTML is shown as it is written",
    'write markdown="1" in the start tag around it: <div class="info callout" markdown="1">',
  );
}

function adviseOnRows(text: AuthorsText, { content }: Token, [from, to]: [number, number]): void {
  if (!content.includes("|")) return;
  const rows = content.split("\n").filter((line) => /^[ \t]*\|.*\|[ \t]*$/.test(line));
  if (rows.length < 2) return;
  text.problems.warning(
    "broken-table",
    text.placeOf(rows[0]!.trim(), from, to),
    "the rows of this table are shown as text",
    "leave an empty line above and below them, and write |---|---| under the first one",
  );
}

function adviseOnBold(text: AuthorsText, { content, children }: Token, [from, to]: [number, number]): void {
  const texts = (children ?? []).map(({ type, content }) => (type === "text" ? content : ""));
  // Most have no stars that are shown, and some are meant to be.
  if (!texts.some((words) => words.includes("**")) || /\\\*/.test(content)) return;
  const [first = ""] = texts;
  if (/^[^*]*[\p{L}\p{N}][.!?:,;]\*\*(?:\s|$)/u.test(first)) {
    const words = /\S*[.!?:,;]\*\*/.exec(first)![0];
    const place = text.placeOf(words, from, to);
    text.problems.warning(
      "open-emphasis",
      { ...place, column: place.column + words.length - 2 },
      "the bold text is never begun, and so its stars are shown",
      "write ** where it begins",
    );
  }
  const begin = texts.find(
    (words) => /(?:^|[\s(])\*\*[\p{L}\p{N}]/u.test(words) && !/\*\*.*\*\*/s.test(words),
  );
  if (begin !== undefined) {
    text.problems.warning(
      "open-emphasis",
      text.placeOf(/\*\*[\p{L}\p{N}]+/u.exec(begin)![0], from, to),
      "the bold text is never closed, and so its stars are shown",
      "write ** where it ends",
    );
  }
}
