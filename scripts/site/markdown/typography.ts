/** kramdown's typographic symbols: `--` –, `---` —, `...` …, `<<` «, `>>` ». Quotes: see smart-quotes.ts. */
import type { MarkdownIt } from "markdown-it";

const SYMBOLS: Record<string, string> = { "---": "—", "--": "–", "...": "…", "<<": "«", ">>": "»" };

export function typography(md: MarkdownIt): void {
  md.set({ typographer: true });
  // Before `<<Plan>>` could be read as a tag.
  md.inline.ruler.before("autolink", "guillemet", (state, silent) => {
    if (!state.src.startsWith("<<", state.pos) || state.pos + 2 > state.posMax) return false;
    if (!silent) state.pending += "«";
    state.pos += 2;
    return true;
  });
  md.core.ruler.at("replacements", (state) => {
    for (const block of state.tokens) {
      for (const token of block.children ?? []) {
        if (token.type === "text") token.content = replaceSymbols(token.content);
      }
    }
  });
}

export const replaceSymbols = (text: string): string =>
  text.replace(/---?|\.\.\.|<<|>>/g, (symbol) => SYMBOLS[symbol]!);
