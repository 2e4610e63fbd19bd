/** A search in a text that many places of it ask for: what was found, or not found, is remembered for the next one. */

export interface Found {
  index: number;
  end: number;
}

const searches = new WeakMap<object, Map<string, { from: number; found: Found | undefined }>>();

/** The first match of a global `pattern` from `from` on; `state` stands for the text that it holds. */
export function findNext(state: { src: string }, pattern: RegExp, from: number): Found | undefined {
  let known = searches.get(state);
  if (!known) {
    known = new Map();
    searches.set(state, known);
  }
  const last = known.get(pattern.source);
  if (last && last.from <= from && (!last.found || last.found.index >= from)) return last.found;
  pattern.lastIndex = from;
  const match = pattern.exec(state.src);
  const found = match ? { index: match.index, end: match.index + match[0].length } : undefined;
  known.set(pattern.source, { from, found });
  return found;
}
