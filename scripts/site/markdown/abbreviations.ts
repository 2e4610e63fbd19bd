/**
 * Abbreviations.
 *
 *   *[YA]: young adult        every `YA` of the page: <abbr title="young adult">YA</abbr>
 */
import type { Env, MarkdownIt, StateBlock, StateCore, Token } from "markdown-it";
import { BLOCK_ATTRIBUTES, lineOf } from "./block-lines.ts";
import { FROM_NOTE, isInNote } from "./notes-in-text.ts";

/** Longer than any abbreviation; a limit, because each place of the text is tried. */
const LENGTH_LIMIT = 100;

/** Most attribute lists under one definition, because each place of the text gets them. */
const LIST_LIMIT = 5;

/** The abbreviations, letter by letter. */
interface Trie {
  next: Map<string, Trie>;
  title?: string;
  /** The attribute lists under its definition. */
  lists?: string[];
  /** Whether it is defined in a facilitator's note. */
  isFromNote?: boolean;
}

interface AbbreviationsEnv extends Env {
  abbreviations?: Trie;
}

export function abbreviations(md: MarkdownIt): void {
  md.block.ruler.before("reference", "abbreviation", definition);
  md.core.ruler.after("inline", "abbreviations", replaceAll);
}

const DEFINITION = /^ {0,3}\*\[([^\]\n]+)\]:(.*)$/;

function definition(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const match = DEFINITION.exec(lineOf(state, startLine));
  if (!match) return false;
  if (silent) return true;
  const env = state.env as AbbreviationsEnv;
  env.abbreviations ??= { next: new Map() };
  let node = env.abbreviations;
  for (const char of match[1]!.slice(0, LENGTH_LIMIT)) {
    let next = node.next.get(char);
    if (!next) {
      next = { next: new Map() };
      node.next.set(char, next);
    }
    node = next;
  }
  const isFromNote = isInNote(env, startLine);
  const lists: string[] = [];
  state.line = startLine + 1;
  for (; state.line < endLine && BLOCK_ATTRIBUTES.test(lineOf(state, state.line)); state.line++) {
    const list = lineOf(state, state.line).trim().slice(2, -1);
    if (lists.length < LIST_LIMIT) lists.push(list.slice(0, LENGTH_LIMIT));
  }
  // A note's definition does not take the place of the one that learners read.
  if (isFromNote && node.isFromNote === false) return true;
  Object.assign(node, { title: match[2]!.trim(), lists, isFromNote });
  return true;
}

function replaceAll(state: StateCore): void {
  const { abbreviations } = state.env as AbbreviationsEnv;
  if (!abbreviations) return;
  for (const block of state.tokens) {
    if (!block.children) continue;
    block.children = block.children.flatMap((token) =>
      token.type === "text" ? replaceIn(token, abbreviations, state) : [token],
    );
  }
}

const isWord = (char: string | undefined) => char !== undefined && /\w/.test(char);

function replaceIn(token: Token, abbreviations: Trie, state: StateCore): Token[] {
  const chars = [...token.content];
  const tokens: Token[] = [];
  let done = 0;
  const pushText = (end: number) => {
    if (end <= done) return;
    const text = new state.Token("text", "", 0);
    text.content = chars.slice(done, end).join("");
    text.level = token.level;
    tokens.push(text);
  };
  for (let at = 0; at < chars.length; at++) {
    // `C++` and `.NET` begin or end with no letter: a boundary is where no letter goes on.
    if (isWord(chars[at - 1])) continue;
    const found = longestAt(chars, at, abbreviations);
    if (!found) continue;
    pushText(at);
    const open = new state.Token("abbr_open", "abbr", 1);
    if (found.title) open.attrSet("title", found.title);
    if (found.isFromNote) open.attrSet(FROM_NOTE, "");
    const text = new state.Token("text", "", 0);
    text.content = chars.slice(at, found.end).join("");
    tokens.push(open, text, new state.Token("abbr_close", "abbr", -1));
    for (const content of found.lists) {
      const list = new state.Token("attribute_list", "", 0);
      list.content = content;
      list.hidden = true;
      tokens.push(list);
    }
    done = found.end;
    at = done - 1;
  }
  if (!tokens.length) return [token];
  pushText(chars.length);
  return tokens;
}

interface Found {
  end: number;
  title: string;
  lists: string[];
  isFromNote: boolean;
}

function longestAt(chars: string[], start: number, root: Trie): Found | undefined {
  let found: Found | undefined;
  let node: Trie | undefined = root;
  for (let at = start; at <= chars.length && node; at++) {
    if (node.title !== undefined && !isWord(chars[at])) {
      found = { end: at, title: node.title, lists: node.lists ?? [], isFromNote: node.isFromNote ?? false };
    }
    node = at < chars.length ? node.next.get(chars[at]!) : undefined;
  }
  return found;
}
