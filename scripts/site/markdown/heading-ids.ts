/** Heading ids by the algorithm of kramdown-parser-gfm, so that links made for the Jekyll site still land. */
import type { StateCore, Token } from "markdown-it";

/** Numbers the ids of one page: `mistakes`, `mistakes-1`, `mistakes-2`. */
export class IdCounter {
  readonly #seen = new Map<string, number>();

  unique(id: string): string {
    const times = (this.#seen.get(id) ?? -1) + 1;
    this.#seen.set(id, times);
    return times ? `${id}-${times}` : id;
  }
}

/** `What's "connected"? — 1, 2_3` → `whats-connected--1-2_3` (kramdown-parser-gfm, generate_gfm_header_id). */
export function headingId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{Nd}\p{Pc}\- \t]/gu, "")
    .replace(/[ \t]/g, "-");
}

export function headingIds(state: StateCore): void {
  const ids = new IdCounter();
  for (const [index, token] of state.tokens.entries()) {
    if (token.type !== "heading_open") continue;
    const inline = state.tokens[index + 1]!;
    const written = writtenId(inline);
    if (written && !token.attrGet("id")) token.attrSet("id", written);
    if (!token.attrGet("id")) token.attrSet("id", ids.unique(headingId(textOf(inline)) || "section"));
  }
}

/** `## Heading {#id}` */
function writtenId(inline: Token): string | undefined {
  const last = inline.children?.at(-1);
  if (last?.type !== "text") return undefined;
  const start = last.content.lastIndexOf("{#");
  const match = start > 0 && /^\{#([A-Za-z][\w:-]*)\}$/.exec(last.content.slice(start));
  if (!match || !/[ \t]/.test(last.content[start - 1]!)) return undefined;
  last.content = last.content.slice(0, start).trimEnd();
  return match[1];
}

function textOf(token: Token): string {
  if (token.type === "text" || token.type === "code_inline" || token.type === "text_special")
    return token.content;
  return token.type === "image" ? "" : (token.children ?? []).map(textOf).join("");
}
