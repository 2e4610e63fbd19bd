/**
 * Footnotes by kramdown's rules and with its addresses, so that links to them still land.
 *
 *   A claim.[^study]              A claim.<sup id="fnref:study"><a href="#fn:study" class="footnote">1</a></sup>
 *   [^study]: Ito et al.          at the end of the page: <li id="fn:study"><p>Ito et al. <a …>↩</a></p></li>
 *
 * A note that nothing refers to is left out; a reference to no note is text.
 */
import type { StateBlock, StateCore, StateInline, Token } from "markdown-it";
import { ATTRIBUTE_LINE } from "./attribute-grammar.ts";
import { isTrainerList } from "./attribute-lists.ts";
import { END_OF_BLOCK, lineOf, startsHtmlBlock } from "./block-lines.ts";
import { envOf, type Footnote, pageLine } from "./environment.ts";
import { parseNested } from "./nested-text.ts";
import { FROM_NOTE, isInNote } from "./notes-in-text.ts";

const DEFINITION = /^ {0,3}\[\^(\w[\w-]*)\]:[ \t]*(.*)$/;
const INDENT = /^(?: {4}|\t)/;

export function footnoteDefinition(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  const match = DEFINITION.exec(lineOf(state, startLine));
  if (!match) return false;
  if (silent) return true;
  const lines = [match[2]!];
  let line = startLine + 1;
  let isIndented = false;
  let isAfterBlank = false;
  for (; line < endLine; line++) {
    const text = lineOf(state, line);
    if (state.isEmpty(line)) {
      isAfterBlank = true;
    } else if (INDENT.test(text)) {
      isIndented = true;
      isAfterBlank = false;
    } else if (
      !isIndented ||
      isAfterBlank ||
      END_OF_BLOCK.test(text) ||
      ATTRIBUTE_LINE.test(text) ||
      startsHtmlBlock(text)
    ) {
      break;
    }
    lines.push(text.replace(INDENT, ""));
  }
  while (lines.length > 1 && lines.at(-1)!.trim() === "") {
    lines.pop();
    line--;
  }
  // An attribute list under a note is the note's own, not the next paragraph's; there it does nothing.
  for (; line < endLine && ATTRIBUTE_LINE.test(lineOf(state, line)); line++) reportList(state, line);
  const before = state.tokens.length;
  const { level } = state;
  state.level = 2;
  // Keeps a definition list in the note from going on with one right above the note.
  state.push("footnote_text", "", 0);
  const tokens = parseNested(state, lines, startLine);
  state.level = level;
  state.tokens.length = before;
  const { notes, takenNotes } = envOf(state);
  state.line = line;
  const name = match[1]!;
  const at = pageLine(state, startLine);
  const isFromNote = isInNote(state, startLine);
  const taken = notes.get(name);
  // A facilitator's note does not take the place of the one that learners read.
  if (taken && isFromNote && !taken.isFromNote) return true;
  if (taken && isFromNote === taken.isFromNote) takenNotes.push({ name, line: at });
  notes.set(name, { name, tokens, references: 0, number: 0, line: at, isFromNote });
  return true;
}

function reportList(state: StateBlock, line: number): void {
  const { file, problems } = envOf(state);
  const list = lineOf(state, line).trim();
  const place = { file, line: pageLine(state, line) + 1, column: 1 };
  const message = [
    `the attribute list ${list} stands under a footnote, where it does nothing`,
    "delete it, or write it under another paragraph",
  ] as const;
  // What learners must not see would stay on the page.
  if (isTrainerList(list.slice(2, -1))) problems.error("note-list", place, ...message);
  else problems.warning("attribute-list", place, ...message);
}

const REFERENCE = /\[\^(\w[\w-]*)\]/y;

export function footnoteReference(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "[" || state.src[state.pos + 1] !== "^") return false;
  REFERENCE.lastIndex = state.pos;
  const match = REFERENCE.exec(state.src);
  const { notes, numbered } = envOf(state);
  const note = match && notes.get(match[1]!);
  if (!note) return false;
  if (!silent) {
    if (!note.number) note.number = numbered.push(note);
    const times = note.references++;
    const open = state.push("footnote_reference_open", "sup", 1);
    open.attrSet("id", referenceId(note, times));
    const link = state.push("link_open", "a", 1);
    link.attrSet("href", `#fn:${note.name}`);
    link.attrSet("class", "footnote");
    if (note.isFromNote) link.attrSet(FROM_NOTE, "");
    state.push("text", "", 0).content = String(note.number);
    state.push("link_close", "a", -1);
    state.push("footnote_reference_close", "sup", -1);
  }
  state.pos += match[0].length;
  return true;
}

const referenceId = (note: Footnote, times: number) => `fnref:${note.name}${times ? `:${times}` : ""}`;

/** The notes' own texts are read after the page's, so that the numbers are in the order of the references. */
export function placeFootnotes(state: StateCore): void {
  const { notes } = envOf(state);
  for (const note of notes.values()) {
    const mark = new state.Token("footnote_text", "", 0);
    mark.hidden = true;
    mark.content = note.name;
    state.tokens.push(mark);
    for (const token of note.tokens) state.tokens.push(token);
  }
}

/** Takes the notes' tokens from the end of the page and makes the list of those that are referred to. */
export function finishFootnotes(state: StateCore): void {
  const { notes, numbered } = envOf(state);
  if (!notes.size) return;
  const first = state.tokens.findIndex((token) => token.type === "footnote_text");
  const texts = new Map<string, Token[]>();
  let text: Token[] = [];
  for (const token of state.tokens.splice(first)) {
    if (token.type === "footnote_text") {
      text = [];
      texts.set(token.content, text);
    } else {
      text.push(token);
    }
  }
  if (!numbered.length) return;
  const push = (type: string, tag: string, nesting: 1 | 0 | -1, map?: [number, number] | null) => {
    const token = new state.Token(type, tag, nesting);
    token.block = true;
    if (map) token.map = map;
    state.tokens.push(token);
    return token;
  };
  const place = texts.get(numbered[0]!.name)?.[0]?.map ?? null;
  push("footnotes_open", "div", 1, place).attrSet("class", "footnotes");
  push("ordered_list_open", "ol", 1, place);
  for (const note of numbered) {
    const tokens = texts.get(note.name)!;
    push("list_item_open", "li", 1, tokens[0]?.map ?? null).attrSet("id", `fn:${note.name}`);
    const last = tokens.at(-1)?.type === "paragraph_close" ? tokens.at(-2) : undefined;
    if (last?.type === "inline") {
      last.children = last.children!.concat(backLinks(state, note));
      for (const token of tokens) state.tokens.push(token);
    } else {
      for (const token of tokens) state.tokens.push(token);
      push("paragraph_open", "p", 1);
      const inline = push("inline", "", 0);
      inline.children = backLinks(state, note).slice(1);
      push("paragraph_close", "p", -1);
    }
    push("list_item_close", "li", -1);
  }
  push("ordered_list_close", "ol", -1);
  push("footnotes_close", "div", -1);
}

/** More references to one note than any reader goes back to. */
const BACK_LINK_LIMIT = 20;

/** ` ↩`, and ` ↩<sup>2</sup>` for the second reference: each leads back to where the reader came from. */
function backLinks(state: StateCore, note: Footnote): Token[] {
  const tokens: Token[] = [];
  const push = (type: string, tag: string, nesting: 1 | 0 | -1, content = "") => {
    const token = new state.Token(type, tag, nesting);
    token.content = content;
    tokens.push(token);
    return token;
  };
  for (let times = 0; times < Math.min(note.references, BACK_LINK_LIMIT); times++) {
    push("text", "", 0, "\u00a0");
    const link = push("link_open", "a", 1);
    link.attrSet("href", `#${referenceId(note, times)}`);
    link.attrSet("class", "reversefootnote");
    push("text", "", 0, "↩");
    if (times) {
      push("sup_open", "sup", 1);
      push("text", "", 0, String(times + 1));
      push("sup_close", "sup", -1);
    }
    push("link_close", "a", -1);
  }
  return tokens;
}
