/**
 * Links and pictures by kramdown's rules, which CommonMark's refuse in part:
 *
 *   [Plan](files/my plan.pdf)       an address with spaces
 *   [Plan] [plan]                   a space before the name
 *   [plan]: files/my plan.pdf       a definition, and an attribute list for all links that use it
 *   {: target="_blank"}
 */
import type { StateBlock, StateCore, StateInline, Token } from "markdown-it";
import { LINE_LIST } from "./attribute-grammar.ts";
import { lineOf } from "./block-lines.ts";
import { type Definition, envOf, pageLine } from "./environment.ts";
import { mayExpand } from "./expansion.ts";
import { FROM_NOTE, isInNote } from "./notes-in-text.ts";

/** Longest address or title in parentheses; a limit, because each open parenthesis asks for its partner. */
const LENGTH_LIMIT = 1000;

/** Most attribute lists under one definition, because each link that uses it gets them. */
const LIST_LIMIT = 5;

/** `<mailto:desk@library.org>` shows the address alone. */
export function mailAddresses(state: StateCore): void {
  for (const { children } of state.tokens) {
    for (const [index, token] of (children ?? []).entries()) {
      const text = children![index + 1];
      if (token.info === "auto" && text?.type === "text") text.content = text.content.replace(/^mailto:/, "");
    }
  }
}

const DEFINITION =
  /^ {0,3}\[([^\n\]^][^\n\]]*)\]:[ \t]*(?:<([^>\n]*)>|(\S+(?:[ \t]+[^\s"'(]\S*)*))(?:[ \t]+(?:"(.+)"|'(.+)'|\((.+)\)))?[ \t]*$/;
const TITLE_LINE = /^[ \t]*(?:"(.+)"|'(.+)')[ \t]*$/;

export function linkDefinition(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  const match = DEFINITION.exec(lineOf(state, startLine));
  if (!match) return false;
  if (silent) return true;
  const [, name, angled, plain] = match;
  let title = match[4] ?? match[5] ?? match[6];
  let line = startLine + 1;
  const next = line < endLine ? TITLE_LINE.exec(lineOf(state, line)) : null;
  if (next && title === undefined) {
    title = next[1] ?? next[2];
    line++;
  }
  const attributes: string[] = [];
  for (; line < endLine; line++) {
    const list = LINE_LIST.exec(lineOf(state, line));
    if (!list) break;
    if (attributes.length < LIST_LIMIT) attributes.push(list[1]!.slice(0, LENGTH_LIMIT));
  }
  const { definitions, takenDefinitions } = envOf(state);
  state.line = line;
  const href = angled ?? plain!.trim();
  const length = attributes.reduce((sum, list) => sum + list.length, href.length + (title?.length ?? 0));
  const at = pageLine(state, startLine);
  const isFromNote = isInNote(state, startLine);
  const before = definitions.get(normalize(name!));
  // A note's definition does not take the place of the one that learners use.
  if (isFromNote && before?.isFromNote === false) return true;
  if (before && before.isFromNote === isFromNote) takenDefinitions.push({ name: name!, line: at });
  definitions.set(normalize(name!), {
    href,
    title: title ?? "",
    attributes,
    written: { line: at + 1, length },
    isFromNote,
  });
  return true;
}

export const normalize = (name: string) => name.replace(/\s+/g, " ").toLowerCase();

/** Where a link leads: by an address of its own, or by a definition. */
interface Target
  extends Pick<Definition, "href" | "title" | "attributes">,
    Partial<Pick<Definition, "written" | "isFromNote">> {
  /** The place after the link. */
  end: number;
}

/** What stands behind the `]` of a link's text. */
function targetAfter(state: StateInline, text: string, at: number): Target | undefined {
  const { src, posMax } = state;
  if (src[at] === "(") return addressIn(src.slice(at, Math.min(posMax, at + LENGTH_LIMIT)), at);
  const { definitions } = envOf(state);
  if (!definitions.size) return undefined;
  let end = at;
  let name = "";
  const label = /^\s{0,9}\[([^\]]{0,999})\]/.exec(src.slice(at, Math.min(posMax, at + 1010)));
  if (label) {
    name = label[1]!;
    end = at + label[0].length;
  }
  const found = definitions.get(normalize(name || text));
  if (found) return { ...found, end };
  // `[plan] [see below]`: the second brackets are a text of their own.
  const alone = label && /^\s/.test(label[0]) ? definitions.get(normalize(text)) : undefined;
  return alone && { ...alone, end: at };
}

/** Of `(address "title")…`: what is in it. The text begins at place `offset`. */
export function addressIn(text: string, offset: number): Target | undefined {
  const angled = /^\(\s*<([^<>\n]*)>(?:\s+(?:"([^"]*)"|'([^']*)'))?\s*\)/.exec(text);
  if (angled) {
    const title = angled[2] ?? angled[3] ?? "";
    return { href: angled[1]!, title, attributes: [], end: offset + angled[0].length };
  }
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === "\\" && /[()\\]/.test(text[i + 1] ?? "")) i++;
    else if (char === "(") depth++;
    else if (char === ")" && --depth === 0) {
      return { href: plainAddress(text.slice(1, i)), title: "", attributes: [], end: offset + i + 1 };
    } else if (/\s/.test(char) && depth === 1 && /["']/.test(text[i + 1] ?? "")) {
      const title = titleIn(text, i + 1);
      if (title)
        return {
          href: plainAddress(text.slice(1, i)),
          title: title.text,
          attributes: [],
          end: offset + title.end,
        };
      return undefined;
    }
  }
  return undefined;
}

/** The title runs to the first of its quotes with the closing parenthesis behind it: `"a "good" one")`. */
function titleIn(text: string, at: number): { text: string; end: number } | undefined {
  const quote = text[at]!;
  for (let i = text.indexOf(quote, at + 2); i >= 0; i = text.indexOf(quote, i + 1)) {
    let end = i + 1;
    while (/\s/.test(text[end] ?? "")) end++;
    if (text[end] === ")") return { text: text.slice(at + 1, i), end: end + 1 };
  }
  return undefined;
}

const plainAddress = (address: string) =>
  address
    .trim()
    .replace(/\\([\\.*_+`<>()[\]{}#!:|"'$=~-])/g, "$1")
    .replace(/&amp;/g, "&");

export function link(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "[" || state.src[state.pos + 1] === "^") return false;
  if (state.linkLevel) return false;
  const textEnd = state.md.helpers.parseLinkLabel(state, state.pos, false);
  if (textEnd < 0) return false;
  const target = targetAfter(state, state.src.slice(state.pos + 1, textEnd), textEnd + 1);
  if (!target) return false;
  if (!silent) {
    if (target.written && !mayExpand(envOf(state), target.written)) return false;
    const { posMax } = state;
    state.pos++;
    state.posMax = textEnd;
    const open = state.push("link_open", "a", 1);
    open.attrSet("href", target.href);
    if (target.title) open.attrSet("title", target.title);
    if (target.isFromNote) open.attrSet(FROM_NOTE, "");
    state.linkLevel++;
    state.md.inline.tokenize(state);
    state.linkLevel--;
    state.push("link_close", "a", -1);
    state.posMax = posMax;
    pushAttributes(state, target);
  }
  state.pos = target.end;
  return true;
}

export function image(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "!" || state.src[state.pos + 1] !== "[") return false;
  const textEnd = state.md.helpers.parseLinkLabel(state, state.pos + 1, false);
  if (textEnd < 0) return false;
  const text = state.src.slice(state.pos + 2, textEnd);
  const target = targetAfter(state, text, textEnd + 1);
  if (!target) return false;
  if (!silent) {
    if (target.written && !mayExpand(envOf(state), target.written)) return false;
    const token = state.push("image", "img", 0);
    token.attrSet("src", target.href);
    token.attrSet("alt", "");
    if (target.title) token.attrSet("title", target.title);
    if (target.isFromNote) token.attrSet(FROM_NOTE, "");
    token.content = text;
    const children: Token[] = [];
    state.md.inline.parse(text, state.md, state.env, children);
    token.children = children;
    pushAttributes(state, target);
  }
  state.pos = target.end;
  return true;
}

/** The attribute lists of a definition stand behind each link that uses it, as if written there. */
function pushAttributes(state: StateInline, target: Target): void {
  for (const content of target.attributes) {
    const token = state.push("attribute_list", "", 0);
    token.content = content;
    token.hidden = true;
  }
}
