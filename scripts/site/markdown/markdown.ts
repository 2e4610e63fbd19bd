/** The dialect: markdown-it, made to read what authors wrote for kramdown (kramdown-parser-gfm, hard_wrap: false). */
import createParser, { type MarkdownIt } from "markdown-it";
import type { Problems } from "../problems.ts";
import { abbreviations } from "./abbreviations.ts";
import { attributeLists } from "./attribute-lists.ts";
import { blocks } from "./blocks.ts";
import { definitionLists } from "./definition-lists.ts";
import { emphasis } from "./emphasis.ts";
import { extensions } from "./extensions.ts";
import { footnotes } from "./footnotes.ts";
import { headingIds } from "./heading-ids.ts";
import { type HtmlBlocksEnv, htmlBlocks } from "./html-blocks.ts";
import { links } from "./links.ts";
import { lists } from "./lists.ts";
import { math } from "./math.ts";
import { openTags } from "./open-tags.ts";
import { type PositionsEnv, positions } from "./positions.ts";
import { prepare } from "./prepare.ts";
import { quoteDepth } from "./quote-depth.ts";
import { smartQuotes } from "./smart-quotes.ts";
import { spans } from "./spans.ts";
import { tables } from "./tables.ts";
import { typography } from "./typography.ts";

/**
 * HTML of a page's Markdown, not yet finished: every element carries its place, raw HTML is as its author wrote it.
 * `body` has an empty line for each line of front matter, so that places are the file's.
 */
export function renderMarkdown(body: string, file: string, problems: Problems): string {
  const { text, shortcodeLines } = prepare(body, file, problems);
  const env: HtmlBlocksEnv & PositionsEnv = { file, problems, shortcodeLines, lines: body.split("\n") };
  return markdown.render(text, env);
}

const markdown = createMarkdown();

function createMarkdown(): MarkdownIt {
  const md = createParser({ html: true });
  // Addresses are kept as written: the pass that finishes the page resolves and checks them, and says so.
  md.normalizeLink = (url) => url;
  md.validateLink = () => true;
  blocks(md);
  lists(md);
  definitionLists(md);
  tables(md);
  math(md);
  links(md);
  emphasis(md);
  spans(md);
  htmlBlocks(md);
  openTags(md);
  attributeLists(md);
  extensions(md);
  footnotes(md);
  abbreviations(md);
  typography(md);
  smartQuotes(md);
  headingIds(md);
  positions(md);
  quoteDepth(md);
  return md;
}
