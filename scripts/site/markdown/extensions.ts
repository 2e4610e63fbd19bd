/**
 * kramdown's extensions, and the names for attribute lists.
 *
 *   {::comment}a note among authors{:/comment}          nothing
 *   {::nomarkdown}<b>*x*</b>{:/nomarkdown}              <b>*x*</b>
 *   {::options toc_levels="2" /}                        nothing
 *   {:tip: .note title="A tip"}                         nothing; {: tip} is {: .note title="A tip"} from now on
 *   - Contents                                          nothing: every page has its own contents
 *   {:toc}
 */
import type { StateBlock, StateCore, StateInline, Token } from "markdown-it";
import { EXTENSION_END, EXTENSION_START, NAMED_LIST } from "./attribute-grammar.ts";
import { lineOf } from "./block-lines.ts";
import { type DialectEnv, envOf, pageLine } from "./environment.ts";
import { mayExpand } from "./expansion.ts";
import { findNext } from "./find-next.ts";

export function resolveNamedLists(state: StateCore): void {
  removeContents(state);
  resolveNames(state.tokens, envOf(state));
  attachStrayLists(state.tokens);
}

/** Longest list of attributes behind one name; a limit, because it is read again at each use. */
const LENGTH_LIMIT = 500;

export function namedList(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  const match = NAMED_LIST.exec(lineOf(state, startLine));
  if (!match) return false;
  if (silent) return true;
  const { lists } = envOf(state);
  const [, name, content] = match;
  const before = lists.get(name!);
  const list = `${before?.list ?? ""} ${content}`.trim();
  const line = before?.line ?? pageLine(state, startLine) + 1;
  if (list.length <= LENGTH_LIMIT) lists.set(name!, { list, line, length: list.length });
  state.line = startLine + 1;
  return true;
}

const TYPE = /\btype\s*=\s*["']?([^"']*)/;

interface Extension {
  name: string;
  body: string;
  end: number;
}

/** The extension that begins at a place, with what is in it. */
function extensionAt(state: { src: string }, at: number, limit: number): Extension | undefined {
  const { src } = state;
  EXTENSION_START.lastIndex = at;
  const start = EXTENSION_START.exec(src);
  if (!start) return undefined;
  const [whole, name, options, isEmpty] = start;
  const bodyStart = at + whole.length;
  if (isEmpty || name === "options") return { name: name!, body: "", end: bodyStart };
  const found = findNext(state, EXTENSION_END[name!]!, bodyStart);
  if (!found || found.end > limit) return undefined;
  const type = TYPE.exec(options!)?.[1];
  const isShown = name === "nomarkdown" && (type === undefined || /\bhtml\b/.test(type));
  return {
    name: name!,
    body: isShown ? src.slice(bodyStart, found.index) : "",
    end: found.end,
  };
}

export function blockExtension(
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
): boolean {
  const start = state.bMarks[startLine]! + state.tShift[startLine]!;
  if (!state.src.startsWith("{::", start)) return false;
  const extension = extensionAt(state, start, state.eMarks[endLine - 1]!);
  if (!extension) return false;
  let line = startLine;
  while (line < endLine - 1 && state.eMarks[line]! < extension.end) line++;
  if (state.src.slice(extension.end, state.eMarks[line]!).trim()) return false;
  if (silent) return true;
  if (extension.body.trim()) {
    const token = state.push("html_block", "", 0);
    token.content = extension.body.replace(/^[ \t]*\n/, "");
    token.map = [startLine, line + 1];
  }
  state.line = line + 1;
  return true;
}

export function spanExtension(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith("{:", state.pos)) return false;
  const extension = extensionAt(state, state.pos, state.posMax);
  if (!extension) return false;
  if (!silent && extension.body) state.push("html_inline", "", 0).content = extension.body;
  state.pos = extension.end;
  return true;
}

/** A list that asks for the contents: itself only a place for them. */
function removeContents(state: StateCore): void {
  const asksForContents = (token: Token | undefined) =>
    token?.type === "attribute_list" && /^\s*toc(?=[\s.#]|$)/.test(token.content);
  if (!state.tokens.some(asksForContents)) return;
  const kept: Token[] = [];
  const opens: number[] = [];
  let last: { from: number; to: number } | undefined;
  for (const token of state.tokens) {
    if (asksForContents(token)) {
      if (last && last.to === kept.length) kept.length = last.from;
      last = undefined;
      continue;
    }
    kept.push(token);
    if (/_list_open$/.test(token.type)) opens.push(kept.length - 1);
    if (/_list_close$/.test(token.type)) last = { from: opens.pop()!, to: kept.length };
  }
  state.tokens = kept;
}

/** `[Plan](plan.md) {:target="_blank"}`: kramdown leaves a list on the page for the space before it; the link is meant. */
function attachStrayLists(tokens: Token[]): void {
  for (const { children } of tokens) {
    if (!children) continue;
    for (let i = 2; i < children.length; i++) {
      const [before, space, list] = [children[i - 2]!, children[i - 1]!, children[i]!];
      if (list.type !== "attribute_list" || space.type !== "text" || space.content.trim()) continue;
      if (before.type === "link_close" || before.type === "image") {
        children[i - 1] = list;
        children[i] = space;
      }
    }
  }
}

function resolveNames(tokens: Token[], env: DialectEnv): void {
  if (!env.lists.size) return;
  for (const token of tokens) {
    if (token.type === "attribute_list") {
      token.content = token.content.replace(/(^|\s)([A-Za-z_][\w-]*)(?=\s|$)/g, (whole, space, name) => {
        const named = env.lists.get(name);
        return named && mayExpand(env, named) ? space + named.list : whole;
      });
    }
    if (token.children) resolveNames(token.children, env);
  }
}
