/**
 * The rules of the dialect, in the order in which they are asked. Of block and inline rules the first that takes the
 * text in hand has it; core rules run one after the other over the whole page. `own` names a rule of markdown-it's;
 * those of its rules that are not listed here do not run.
 */
import type { MarkdownIt, Ruler } from "markdown-it";
import { abbreviationDefinition, markAbbreviations } from "./abbreviations.ts";
import { giveAttributes, lineAttributeList, spanAttributeList } from "./attribute-lists.ts";
import {
  atxHeading,
  blockQuote,
  codeLanguage,
  endOfBlock,
  indentedCode,
  paragraph,
  setextHeading,
} from "./blocks.ts";
import { definitionList } from "./definition-lists.ts";
import { pairMarks, readMarks } from "./emphasis.ts";
import { blockExtension, namedList, resolveNamedLists, spanExtension } from "./extensions.ts";
import { fence } from "./fences.ts";
import { finishFootnotes, footnoteDefinition, footnoteReference, placeFootnotes } from "./footnotes.ts";
import { headingIds } from "./heading-ids.ts";
import { rawHtml } from "./html-blocks.ts";
import { image, link, linkDefinition, mailAddresses } from "./links.ts";
import { list, taskLists } from "./lists.ts";
import { blockMath, inlineMath } from "./math.ts";
import { openTags } from "./open-tags.ts";
import { positions, withPlace } from "./positions.ts";
import { quoteDepth } from "./quote-depth.ts";
import type { BlockRule, CoreRule, InlineRule, PairRule } from "./rule-types.ts";
import { deletion, hardBreak, rawSpan } from "./spans.ts";
import { pipeTable, tableInText } from "./tables.ts";
import { guillemet, plainText, smartQuote, symbols } from "./typography.ts";

/**
 * The chains are the blocks that a rule may end by beginning, as markdown-it has it. There is only one here: a paragraph
 * asks the rules of its chain at each line whether it goes on.
 */
type Table<Rule> = [name: string, rule: Rule, chains?: string[]][];

const blockRules = (own: (name: string) => BlockRule): Table<BlockRule> => [
  // What stands in braces, from the longest beginning on: `{::`, `{:name:`, `{:`.
  ["extension", blockExtension],
  ["attribute_list_definition", namedList],
  ["attribute_list", lineAttributeList],
  // Before indented code: an element that asks for Markdown may be as far in as code.
  ["raw_html", rawHtml, ["paragraph"]],
  ["code", indentedCode],
  ["fence", fence(own("fence")), ["paragraph"]],
  ["blockquote", blockQuote],
  // Before lists: `* * *` is a rule.
  ["hr", own("hr")],
  ["list", list],
  ["footnote_definition", footnoteDefinition],
  ["abbreviation", abbreviationDefinition],
  ["reference", linkDefinition],
  ["heading", atxHeading],
  ["lheading", setextHeading],
  ["end_of_block", endOfBlock],
  // The rest take lines that would be a paragraph's: a list of terms by what follows them, tables by their pipes.
  ["definition_list", definitionList],
  ["table_in_text", tableInText, ["paragraph"]],
  ["pipe_table", pipeTable],
  ["block_math", blockMath],
  ["paragraph", paragraph],
];

const inlineRules = (own: (name: string) => InlineRule): Table<InlineRule> => [
  ["text", plainText],
  ["smart_quotes", smartQuote],
  ["newline", own("newline")],
  // In a formula all but its end is a character; `\\` at the end of a line is no escape.
  ["inline_math", inlineMath],
  ["double_backslash", hardBreak],
  ["extension", spanExtension],
  ["attribute_list", spanAttributeList],
  ["escape", own("escape")],
  ["backticks", own("backticks")],
  ["strikethrough", deletion],
  ["emphasis", readMarks],
  // Before links, which begin with `[` too.
  ["footnote_reference", footnoteReference],
  ["link", withPlace(link)],
  ["image", withPlace(image)],
  // Before `<<Plan>>` could be read as a tag.
  ["guillemet", guillemet],
  ["autolink", withPlace(own("autolink"))],
  // With all that is in it, before its start tag is taken alone.
  ["raw_span", rawSpan],
  ["html_inline", withPlace(own("html_inline"))],
  ["entity", own("entity")],
];

/** When an inline text is read. */
const pairRules = (own: (name: string) => PairRule): Table<PairRule> => [
  ["emphasis", pairMarks],
  // Marks that paired with nothing are text, and become one with the text around them.
  ["fragments_join", own("fragments_join")],
];

const coreRules = (own: (name: string) => CoreRule): Table<CoreRule> => [
  ["normalize", own("normalize")],
  ["block", own("block")],
  ["quote_depth", quoteDepth],
  // Behind the page's blocks, so that their inline text is read after the page's.
  ["footnote_texts", placeFootnotes],
  ["code_language", codeLanguage],
  ["inline", own("inline")],
  // Before attribute lists are given: abbreviations bring some, and footnotes end up where theirs belong.
  ["abbreviations", markAbbreviations],
  ["footnotes", finishFootnotes],
  ["named_attribute_lists", resolveNamedLists],
  ["attribute_lists", giveAttributes],
  ["open_tags", openTags],
  ["mail_addresses", mailAddresses],
  ["task_lists", taskLists],
  // Until here texts are as they were written.
  ["replacements", symbols],
  ["text_join", own("text_join")],
  // Last: of whole texts, and of every element there is.
  ["heading_ids", headingIds],
  ["positions", positions],
];

export function useDialect(md: MarkdownIt): void {
  setRules(md.block.ruler, blockRules);
  setRules(md.inline.ruler, inlineRules);
  setRules(md.inline.ruler2, pairRules);
  setRules(md.core.ruler, coreRules);
}

/** markdown-it has no way to take a rule out: all that it has are switched off, and the table's put behind them. */
function setRules<Args extends unknown[], Result>(
  ruler: Ruler<Args, Result>,
  table: (own: (name: string) => (...args: Args) => Result) => Table<(...args: Args) => Result>,
): void {
  const rules = table((name) => {
    ruler.enableOnly(name);
    return ruler.getRules("")[0]!;
  });
  ruler.enableOnly([]);
  for (const [name, rule, alt = []] of rules) ruler.push(name, rule, { alt });
}
