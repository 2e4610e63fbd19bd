/**
 * Definition lists. The lines of the paragraph before the first colon are the terms.
 *
 *   Maker space                          <dl><dt>Maker space</dt>
 *   : a room to build things in     →    <dd>a room to build things in</dd></dl>
 */
import type { StateBlock, Token } from "markdown-it";
import { LEADING_LIST, parseAttributeList } from "./attribute-grammar.ts";
import { isFull } from "./attribute-lists.ts";
import { DEFINITION_START, END_OF_BLOCK, endOfParagraph, lineOf } from "./block-lines.ts";
import { pushText } from "./blocks.ts";
import { dedent, endsItem, firstLine } from "./lists.ts";
import { parseNested } from "./nested-text.ts";

interface Definition {
  startLine: number;
  lines: string[];
  /** After an empty line, its first paragraph stands as one. */
  isLoose: boolean;
}

export function definitionList(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  if (silent) return false;
  const termsEnd = endOfParagraph(state, startLine, endLine);
  const isBlankBetween = termsEnd < endLine && state.isEmpty(termsEnd);
  const first = isBlankBetween ? termsEnd + 1 : termsEnd;
  if (first >= endLine || !DEFINITION_START.test(lineOf(state, first))) return false;
  // A colon without a term before it is a text that begins with one.
  if (DEFINITION_START.test(lineOf(state, startLine))) return false;
  const { definitions, line } = readDefinitions(state, first, endLine, isBlankBetween);

  // The next entry belongs to the list right before it.
  const before = state.tokens.at(-1);
  const goesOn = before?.type === "dl_close" && before.level === state.level;
  if (goesOn) {
    state.tokens.pop();
    state.level++;
  } else {
    state.push("dl_open", "dl", 1).map = [startLine, line];
  }
  for (let term = startLine; term < termsEnd; term++) {
    const [text, list] = ownAttributes(lineOf(state, term));
    give(pushText(state, "dt", "dt", text, term, term + 1), list);
  }
  for (const definition of definitions) {
    const open = state.push("dd_open", "dd", 1);
    open.map = [definition.startLine, definition.startLine + definition.lines.length];
    const [text, list] = ownAttributes(definition.lines[0]!);
    definition.lines[0] = text;
    give(open, list);
    const tokens = parseNested(state, definition.lines, definition.startLine);
    const first = tokens.find((token) => token.type !== "attribute_list");
    if (first?.type === "paragraph_open" && !definition.isLoose) {
      first.hidden = true;
      tokens.find((token) => token.type === "paragraph_close")!.hidden = true;
    }
    state.push("dd_close", "dd", -1);
  }
  state.push("dl_close", "dl", -1);
  state.line = line;
  return true;
}

/** `{:.term} Maker space`: the text and its attribute list. */
function ownAttributes(text: string): [text: string, list: string] {
  const match = LEADING_LIST.exec(text);
  return match ? [text.slice(match[0].length), match[1]!] : [text.trim(), ""];
}

function give(token: Token, list: string): void {
  for (const [name, value] of list ? parseAttributeList(list) : []) {
    if (!isFull(token) || token.attrIndex(name) >= 0) token.attrJoin(name, value);
  }
}

function readDefinitions(state: StateBlock, firstOne: number, endLine: number, isBlankBefore: boolean) {
  const definitions: Definition[] = [];
  let indent = 0;
  let markIndent = 3;
  let isLoose = isBlankBefore;
  let lastIsBlank = false;
  let line = firstOne;
  for (; line < endLine; line++) {
    const text = lineOf(state, line);
    const start = DEFINITION_START.exec(text);
    if (start && /^ */.exec(text)![0].length <= markIndent) {
      let content: string;
      [content, indent] = firstLine(start[1]!.length, start[2]!);
      definitions.push({ startLine: line, lines: [content], isLoose });
      markIndent = Math.min(3, Math.max(0, indent - 1));
      isLoose = false;
      lastIsBlank = false;
      continue;
    }
    if (END_OF_BLOCK.test(text)) break;
    const { lines } = definitions.at(-1)!;
    if (state.isEmpty(line)) {
      lines.push("");
      isLoose = true;
      lastIsBlank = true;
      continue;
    }
    const inside = dedent(text, indent);
    if (inside === undefined && (lastIsBlank || endsItem(text, indent))) break;
    lines.push(inside ?? text);
    isLoose = false;
    lastIsBlank = false;
  }
  return { definitions, line };
}
