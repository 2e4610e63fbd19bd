/**
 * Lists by kramdown's rules. Where an item's text begins decides what belongs to it, and every item by itself is
 * tight or loose:
 *
 *   1. Plan                       <ol><li>Plan
 *     - with a colleague     →      <ul><li>with a colleague</li></ul></li>
 *                                   <li><p>Do</p></li></ol>
 *   2. Do
 *
 * Two, three or four spaces make a list inside an item, and a list needs no empty line before it. Beyond kramdown, a
 * list that begins with another number than 1 keeps it: its author counts on from a list further up.
 */
import type { StateBlock, StateCore, Token } from "markdown-it";
import { ATTRIBUTE_LINE, ATTRIBUTE_LINE_START, BLANK_OR_ATTRIBUTES } from "./attribute-grammar.ts";
import { END_OF_BLOCK, LIST_START, lineOf, RULE, startsHtmlBlock } from "./block-lines.ts";
import { parseNested } from "./nested-text.ts";

interface Item {
  startLine: number;
  lines: string[];
  /** The line, from 0, of the first list that stands inside by its indentation: what is above ends there. */
  split?: number;
}

export function list(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const first = LIST_START.exec(lineOf(state, startLine));
  if (!first) return false;
  if (silent) return true;
  const isOrdered = first[2] === undefined;
  const { items, line, isEnded } = readItems(state, startLine, endLine, isOrdered);

  const tag = isOrdered ? "ol" : "ul";
  const open = state.push(isOrdered ? "ordered_list_open" : "bullet_list_open", tag, 1);
  open.map = [startLine, line];
  const number = Number.parseInt(first[1]!, 10);
  if (isOrdered && number !== 1 && Number.isSafeInteger(number)) open.attrSet("start", String(number));
  const firstChildren: (FirstChild | undefined)[] = [];
  for (const [index, item] of items.entries()) {
    const itemOpen = state.push("list_item_open", "li", 1);
    itemOpen.map = [item.startLine, item.startLine + item.lines.length];
    const split = item.split ?? item.lines.length;
    const tokens = parseNested(state, item.lines.slice(0, split), item.startLine);
    if (split < item.lines.length) {
      for (const token of parseNested(state, item.lines.slice(split), item.startLine + split)) {
        tokens.push(token);
      }
    }
    const child = firstChild(tokens, item);
    firstChildren.push(child);
    if (child?.paragraph && isTight(child, index, firstChildren, items.length, isEnded)) {
      child.isTight = true;
      child.paragraph.hidden = true;
      tokens.find((token) => token.type === "paragraph_close")!.hidden = true;
    }
    state.push("list_item_close", "li", -1);
  }
  state.push(isOrdered ? "ordered_list_close" : "bullet_list_close", tag, -1);
  state.line = line;
  return true;
}

function readItems(state: StateBlock, startLine: number, endLine: number, isOrdered: boolean) {
  const items: Item[] = [];
  let item: Item | undefined;
  /** How far in the text of the item in hand begins. */
  let indent = 0;
  let markIndent = 3;
  let hasNested = false;
  let lastIsBlank = false;
  let isEnded = false;
  let line = startLine;
  for (; line < endLine; line++) {
    const text = lineOf(state, line);
    if (lastIsBlank && RULE.test(text)) break;
    if (END_OF_BLOCK.test(text)) {
      isEnded = true;
      line++;
      break;
    }
    const start = LIST_START.exec(text);
    if (start && (start[2] === undefined) === isOrdered && spacesBefore(text) <= markIndent) {
      let content = start[3]!;
      [content, indent] = firstLine(start[1]!.length, content);
      item = { startLine: line, lines: [content] };
      items.push(item);
      markIndent = Math.min(3, Math.max(0, indent - 1));
      hasNested = LIST_START.test(content);
      lastIsBlank = false;
      continue;
    }
    if (state.isEmpty(line)) {
      hasNested = true;
      lastIsBlank = true;
      item!.lines.push("");
      continue;
    }
    const inside = dedent(text, indent);
    if (inside === undefined && (lastIsBlank || endsItem(text, indent) || isMarkedRule(text))) break;
    let result = inside ?? expandTabs(text);
    if (!hasNested && inside !== undefined && LIST_START.test(inside)) {
      hasNested = true;
      item!.split = item!.lines.length;
    }
    // `2. text` that is of neither list is a line of the inner item's text.
    else if (hasNested && inside === undefined && LIST_START.test(result))
      result = " ".repeat(indent + 4) + result;
    item!.lines.push(result);
    lastIsBlank = false;
  }
  return { items, line, isEnded };
}

/** Of a line behind a list mark: its text, and the column where what belongs to the item begins. */
export function firstLine(markWidth: number, tail: string): [text: string, indent: number] {
  if (BLANK_OR_ATTRIBUTES.test(tail)) return [tail.trim(), 4];
  let column = markWidth;
  let index = 0;
  for (; tail[index] === " " || tail[index] === "\t"; index++) {
    column += tail[index] === "\t" ? 4 - (column % 4) : 1;
  }
  return [tail.slice(index), column];
}

/** A line of an item without the item's indentation; undefined where it has less. */
export function dedent(text: string, indent: number): string | undefined {
  const spaced = expandTabs(text);
  return spacesBefore(spaced) >= indent ? spaced.slice(indent) : undefined;
}

const expandTabs = (text: string) => text.replace(/^\t+/, (tabs) => "    ".repeat(tabs.length));

const spacesBefore = (text: string) => /^ */.exec(text)![0].length;

/** `***` and `___` right under a list, which kramdown leaves on the page; a `---` makes a heading of the line above. */
const isMarkedRule = (text: string): boolean =>
  /^ {0,3}[*_]/.test(text) && RULE.test(text) && !LIST_START.test(text);

/** An attribute list or an HTML block that is not in the item ends it; any other line goes on with it. */
export const endsItem = (text: string, indent: number): boolean =>
  startsHtmlBlock(text, Math.min(indent, 3)) || (ATTRIBUTE_LINE.test(text) && spacesBefore(text) <= indent);

interface FirstChild {
  paragraph?: Token;
  isTight?: boolean;
  /** Whether an empty line follows it, and whether nothing but empty lines does. */
  blankAfter: boolean;
  alone: boolean;
}

function firstChild(tokens: Token[], item: Item): FirstChild | undefined {
  const token = tokens.find((one) => one.type !== "attribute_list");
  if (!token) return undefined;
  const startsBlank = item.lines[0] === "" && item.lines[1]?.trim() === "";
  if (token.type !== "paragraph_open" || startsBlank) return { blankAfter: false, alone: false };
  let end = token.map![1] - item.startLine;
  while (ATTRIBUTE_LINE_START.test(item.lines[end] ?? "")) end++;
  const blankAfter = item.lines[end]?.trim() === "";
  return {
    paragraph: token,
    blankAfter,
    alone: item.lines.slice(end, end + 100).every((line) => line.trim() === "") && isLast(tokens, token),
  };
}

const isLast = (tokens: Token[], paragraph: Token): boolean =>
  !tokens.some((token) => token.map && token.map[0] >= paragraph.map![1]);

function isTight(
  child: FirstChild,
  index: number,
  children: (FirstChild | undefined)[],
  count: number,
  isEnded: boolean,
): boolean {
  const last = index === count - 1;
  if (child.blankAfter && !(last && child.alone && !isEnded)) return false;
  return !last || count === 1 || children.slice(0, -1).some((one) => !one?.paragraph || one.isTight);
}

const BOX = /^\[([ xX])\][ \t\n]+/;

/**
 * `- [ ] Book a room` → `<li class="task-list-item">☐ Book a room`. kramdown writes a form control, which pages of
 * content do not have and which would keep nothing.
 */
export function taskLists(state: StateCore): void {
  const open: Token[] = [];
  for (const [index, token] of state.tokens.entries()) {
    const { type } = token;
    if (type === "bullet_list_open" || type === "ordered_list_open") open.push(token);
    else if (type === "bullet_list_close" || type === "ordered_list_close") open.pop();
    if (type !== "inline") continue;
    const item = state.tokens[index - 2];
    const text = token.children?.[0];
    if (item?.type !== "list_item_open" || text?.type !== "text") continue;
    if (state.tokens[index - 1]?.type !== "paragraph_open") continue;
    // `[x]` without a space behind it in the same piece of text is something else.
    const box = BOX.exec(text.content);
    if (!box) continue;
    text.content = `${box[1] === " " ? "☐" : "☑"} ${text.content.slice(box[0].length)}`;
    item.attrJoin("class", "task-list-item");
    const list = open.at(-1);
    if (list && !/\btask-list\b/.test(String(list.attrGet("class")))) list.attrJoin("class", "task-list");
  }
}
