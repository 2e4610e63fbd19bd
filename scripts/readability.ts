/** `npm run readability -- [--content DIR]`: the Flesch-Kincaid grade of each section's prose. */
import { syllable } from "syllable";
import { handleFaults, readOptions, say } from "./site/command/command.ts";
import { load } from "./site/html/load.ts";
import type { RenderedPage } from "./site/html/rendering.ts";
import { loadSite } from "./site/site.ts";

handleFaults();

const { content } = readOptions("usage: npm run readability -- [--content DIR]", ["content"]);
const { course, rendering, problems } = await loadSite({ content, drafts: true });
if (problems.errors.length) {
  console.error("the content has errors; npm run check says which");
  process.exit(1);
}

for (const page of [...course.sections, ...course.worksheetPages]) {
  const { words, grade } = measure(rendering.of(page));
  say(`${grade.toFixed(1).padStart(5)}  ${String(words).padStart(5)} words  ${page.source.path}`);
}

/** Paragraphs and list items, each ending a sentence; headings, tables and labels are no prose. */
function measure({ html }: RenderedPage): { words: number; grade: number } {
  const $ = load(html);
  $("[data-added], svg, table, pre").remove();
  const blocks = $("p, li")
    .map((_, block) => $(block).clone().children("ul, ol, p").remove().end().text().trim())
    .toArray()
    .filter(Boolean);
  const sentences = blocks
    .flatMap((block) => block.match(/[^.!?]+[.!?]*["”’)]*/g) ?? [])
    .filter((one) => /\p{L}/u.test(one));
  const words = blocks.flatMap((block) => block.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []);
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  return { words: words.length, grade: fleschKincaidGrade(sentences.length, words.length, syllables) };
}

/**
 * The years of a US school after which a text is read with ease; 0 for a text without a sentence. From Kincaid,
 * Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas for Navy Enlisted Personnel" (1975).
 */
function fleschKincaidGrade(sentences: number, words: number, syllables: number): number {
  if (!sentences || !words) return 0;
  return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
}
