/**
 * Inline tags end with their paragraph, as in kramdown: a forgotten `</b>` does not make the rest of the page bold.
 *
 *   A <b>bold word.   →   <p>A <b>bold word.</b></p>
 */
import type { StateCore, Token } from "markdown-it";
import { isPlayerName, isSelfClosed, VOID_ELEMENTS } from "./tags.ts";

const TAG = /^<(\/?)([a-zA-Z][\w:-]*)/;

export function openTags(state: StateCore): void {
  for (const { type, children } of state.tokens) {
    if (type !== "inline" || !children?.some((child) => child.type === "html_inline")) continue;
    for (const name of openIn(children).reverse()) {
      const end = new state.Token("html_inline", "", 0);
      end.content = `</${name}>`;
      children.push(end);
    }
  }
}

/** The names of the elements that the tokens open and do not close, outermost first. */
function openIn(tokens: Token[]): string[] {
  const open: string[] = [];
  for (const token of tokens) {
    const [, slash, written] = (token.type === "html_inline" && TAG.exec(token.content)) || [];
    if (!written) continue;
    const name = written.toLowerCase();
    if (slash) {
      if (open.at(-1) === name) open.pop();
    } else if (!VOID_ELEMENTS.has(name) && !isPlayerName(name) && !isSelfClosed(token.content)) {
      open.push(name);
    }
  }
  return open;
}
