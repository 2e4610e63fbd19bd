/**
 * Abbreviations.
 *
 *   *[YA]: young adult        every `YA` of the page: <abbr title="young adult">YA</abbr>
 */
import type { StateBlock, StateCore, Token } from "markdown-it";
import { ATTRIBUTE_LINE } from "./attribute-grammar.ts";
import { lineOf } from "./block-lines.ts";
import { type Abbreviation, envOf, pageLine } from "./environment.ts";
import { mayExpand } from "./expansion.ts";
import { FROM_NOTE, isInNote } from "./notes-in-text.ts";

/** Longer than any abbreviation; a limit, because each place of the text is tried. */
const LENGTH_LIMIT = 100;

/** Most attribute lists under one definition, because each place of the text gets them. */
const LIST_LIMIT = 5;

const DEFINITION = /^ {0,3}\*\[([^\]\n]+)\]:(.*)$/;

export function abbreviationDefinition(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  const match = DEFINITION.exec(lineOf(state, startLine));
  if (!match) return false;
  if (silent) return true;
  const { abbreviations } = envOf(state);
  const name = match[1]!.slice(0, LENGTH_LIMIT);
  const isFromNote = isInNote(state, startLine);
  const lists: string[] = [];
  const title = match[2]!.trim();
  state.line = startLine + 1;
  for (; state.line < endLine && ATTRIBUTE_LINE.test(lineOf(state, state.line)); state.line++) {
    const list = lineOf(state, state.line).trim().slice(2, -1);
    if (lists.length < LIST_LIMIT) lists.push(list.slice(0, LENGTH_LIMIT));
  }
  // A note's definition does not take the place of the one that learners read.
  if (isFromNote && abbreviations.get(name)?.isFromNote === false) return true;
  const length = lists.reduce((sum, list) => sum + list.length, title.length);
  abbreviations.set(name, { title, lists, line: pageLine(state, startLine) + 1, length, isFromNote });
  return true;
}

export function markAbbreviations(state: StateCore): void {
  const { abbreviations } = envOf(state);
  if (!abbreviations.size) return;
  const names = [...abbreviations.keys()].sort();
  for (const block of state.tokens) {
    if (!block.children) continue;
    block.children = block.children.flatMap((token) =>
      token.type === "text" ? replaceIn(token, names, abbreviations, state) : [token],
    );
  }
}

const isWord = (char: string | undefined) => char !== undefined && /\w/.test(char);

function replaceIn(
  token: Token,
  names: readonly string[],
  abbreviations: ReadonlyMap<string, Abbreviation>,
  state: StateCore,
): Token[] {
  const { content } = token;
  const tokens: Token[] = [];
  let done = 0;
  const pushText = (end: number) => {
    if (end <= done) return;
    const text = new state.Token("text", "", 0);
    text.content = content.slice(done, end);
    text.level = token.level;
    tokens.push(text);
  };
  for (let at = 0; at < content.length; at++) {
    // `C++` and `.NET` begin or end with no letter: a boundary is where no letter goes on.
    if (isWord(content[at - 1])) continue;
    const name = longestAt(content, at, names);
    if (name === undefined) continue;
    const found = abbreviations.get(name)!;
    if (!mayExpand(envOf(state), found)) break;
    pushText(at);
    const open = new state.Token("abbr_open", "abbr", 1);
    if (found.title) open.attrSet("title", found.title);
    if (found.isFromNote) open.attrSet(FROM_NOTE, "");
    const text = new state.Token("text", "", 0);
    text.content = content.slice(at, at + name.length);
    tokens.push(open, text, new state.Token("abbr_close", "abbr", -1));
    for (const content of found.lists) {
      const list = new state.Token("attribute_list", "", 0);
      list.content = content;
      list.hidden = true;
      tokens.push(list);
    }
    done = at + name.length;
    at = done - 1;
  }
  if (!tokens.length) return [token];
  pushText(content.length);
  return tokens;
}

/** The longest of the sorted names that stands at a place of the text: letter by letter fewer of them are left. */
function longestAt(text: string, start: number, names: readonly string[]): string | undefined {
  let found: string | undefined;
  let first = 0;
  let end = names.length;
  for (let length = 1; first < end && start + length <= text.length; length++) {
    const letter = text[start + length - 1]!;
    first = firstFrom(names, first, end, (name) => name[length - 1]! >= letter);
    end = firstFrom(names, first, end, (name) => name[length - 1]! > letter);
    // A name stands before the longer ones that begin with it.
    if (first === end || names[first]!.length > length) continue;
    if (!isWord(text[start + length])) found = names[first]!;
    first++;
  }
  return found;
}

/** The first place from `first` on for which a condition holds, as it does for all after it; `end` where there is none. */
function firstFrom(
  names: readonly string[],
  first: number,
  end: number,
  condition: (name: string) => boolean,
): number {
  let [low, high] = [first, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (condition(names[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
