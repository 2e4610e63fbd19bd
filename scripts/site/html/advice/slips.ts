/**
 * What an author typed nearly right, and what the Markdown so made nothing of: it stands on the page as text, or not
 * at all. A file for each theme.
 */
import type { Reading } from "../../markdown/markdown.ts";
import type { Problems } from "../../problems/problems.ts";
import { adviseOnAttributeLists } from "./attribute-lists.ts";
import { AuthorsText } from "./authors-text.ts";
import { adviseOnBlocks } from "./blocks.ts";
import { adviseOnBrackets } from "./brackets.ts";
import { adviseOnFences } from "./fences.ts";
import { adviseOnFootnotes } from "./footnotes.ts";
import { adviseOnForeignForms } from "./foreign-forms.ts";
import { adviseOnTags } from "./tags.ts";

export function adviseOnSlips(reading: Reading, file: string, problems: Problems): void {
  const text = new AuthorsText(reading, file, problems);
  adviseOnFences(text);
  adviseOnAttributeLists(text);
  adviseOnBrackets(text);
  adviseOnFootnotes(text);
  adviseOnTags(text);
  adviseOnForeignForms(text);
  adviseOnBlocks(text);
}
