/**
 * Emphasis by kramdown's rules, which look only at spaces and letters around a mark:
 *
 *   **Label:**text      <strong>Label:</strong>text
 *   snake_case_name     as it is
 *
 * and, beyond kramdown, which shows the asterisks there, what the author meant by a space inside:
 *
 *   **bold ** text      <strong>bold </strong> text
 *
 * kramdown tries each opening mark by reading on to its closing one, and takes it for text if there is none. Here a
 * place once found to lead nowhere is remembered, so the time is proportional to the text.
 */
import type { StateInline } from "markdown-it";

type Delimiter = StateInline["delimiters"][number];

interface Pair {
  open: number;
  close: number;
  length: 1 | 2;
}

/** One token for each `*` and `_`; what they mean is told when the text around them is read. */
export function readMarks(state: StateInline, silent: boolean): boolean {
  const marker = state.src.charCodeAt(state.pos);
  if (silent || (marker !== 0x2a && marker !== 0x5f)) return false;
  while (state.pos < state.posMax && state.src.charCodeAt(state.pos) === marker) {
    state.push("text", "", 0).content = String.fromCharCode(marker);
    const token = state.tokens.length - 1;
    // markdown-it's own field for the closing mark holds where in its text this one stands.
    state.delimiters.push({ marker, length: 1, token, end: state.pos++, open: false, close: false });
  }
  return true;
}

/** Turns the marks that belong together into tags: those of the text, and those inside of links and the like. */
export function pairMarks(state: StateInline): void {
  pairIn(state, state.delimiters);
  for (const meta of state.tokens_meta) if (meta?.delimiters) pairIn(state, meta.delimiters);
}

function pairIn(state: StateInline, delimiters: Delimiter[]): void {
  const marks = delimiters.filter((one) => one.marker === 0x2a || one.marker === 0x5f);
  if (marks.length < 2) return;
  const places = marks.map((one) => one.end);
  for (const { open, close, length } of meantPairs(state.src, places, kramdownPairs(state.src, places))) {
    const [type, tag] = length === 2 ? ["strong", "strong"] : ["em", "em"];
    const markup = state.src.slice(places[open], places[open]! + length);
    // Of two marks the outer one becomes the tag, so that an attribute list stands right behind it.
    for (const [mark, other, nesting] of [
      [open, open + 1, 1],
      [close + length - 1, close, -1],
    ] as const) {
      const token = state.tokens[marks[mark]!.token]!;
      token.type = `${type}_${nesting === 1 ? "open" : "close"}`;
      token.tag = tag!;
      token.nesting = nesting;
      token.markup = markup;
      token.content = "";
      if (length === 2) state.tokens[marks[other]!.token]!.content = "";
    }
  }
}

const isSpace = (char: string | undefined) => char === undefined || /\s/.test(char);

/** The pairs that kramdown finds. `places` are those of the marks in `src`. */
function kramdownPairs(src: string, places: number[]): Pair[] {
  const pairs: Pair[] = [];
  /** Places from which no closing mark was found, by mark, length and whether another element is open. */
  const hopeless = new Map<string, Uint8Array>();

  const isDouble = (mark: number) =>
    places[mark + 1] === places[mark]! + 1 && src[places[mark]!] === src[places[mark]! + 1];

  const canOpen = (mark: number, length: number) => {
    const at = places[mark]!;
    if (isSpace(src[at + length])) return false;
    return src[at] !== "_" || !/\p{L}-?$/u.test(src.slice(Math.max(0, at - 3), at));
  };

  const canClose = (mark: number, char: string, length: number, textStart: number) => {
    const at = places[mark]!;
    if (src[at] !== char || at <= textStart || isSpace(src[at - 1])) return false;
    if (length === 2 && !isDouble(mark)) return false;
    if (length === 1 && src[at + 1] === char && src[at + 2] !== char) return false;
    return char !== "_" || !/[\p{L}\p{N}]/u.test(src[at + length] ?? "");
  };

  /** The mark that closes an element of which `mark` is the first inside; -1 if there is none. */
  const closeOf = (
    mark: number,
    char: string,
    length: 1 | 2,
    textStart: number,
    isInside: boolean,
  ): number => {
    const kind = `${char}${length}${isInside}`;
    let dead = hopeless.get(kind);
    if (!dead) {
      dead = new Uint8Array(places.length + 2);
      hopeless.set(kind, dead);
    }
    const firstPair = pairs.length;
    const path: number[] = [];
    for (let at = mark; at < places.length; ) {
      if (dead[at]) break;
      path.push(at);
      if (canClose(at, char, length, textStart)) return at;
      const width = isDouble(at) ? 2 : 1;
      at = (isInside || width === length ? undefined : element(at, width, true)) ?? at + width;
    }
    for (const at of path) dead[at] = 1;
    pairs.length = firstPair;
    return -1;
  };

  /** Reads the element that `mark` opens; answers with the mark after it, or undefined if it opens none. */
  const element = (mark: number, length: 1 | 2, isInside: boolean): number | undefined => {
    if (!canOpen(mark, length)) return undefined;
    const end = tryElement(mark, length, isInside);
    // `**a*`, `***a** b*`: the first asterisk opens emphasis where the two open nothing.
    return end === undefined && length === 2 && !isInside ? tryElement(mark, 1, false) : end;
  };

  const tryElement = (mark: number, length: 1 | 2, isInside: boolean): number | undefined => {
    const at = places[mark]!;
    const slot = pairs.length;
    pairs.push({ open: mark, close: -1, length });
    const close = closeOf(mark + length, src[at]!, length, at + length, isInside);
    if (close >= 0) {
      pairs[slot]!.close = close;
      return close + length;
    }
    pairs.length = slot;
    return undefined;
  };

  for (let mark = 0; mark < places.length; ) {
    const width = isDouble(mark) ? 2 : 1;
    mark = element(mark, width, false) ?? mark + width;
  }
  return pairs;
}

/**
 * The pairs that the author meant: `**` that are still text are paired where one follows another in the same element.
 *
 *   **Goal **one and **two** more     <strong>Goal </strong>one and <strong>two</strong> more
 */
function meantPairs(src: string, places: number[], pairs: Pair[]): Pair[] {
  const role: (Pair | undefined)[] = new Array(places.length).fill(undefined);
  for (const pair of pairs) {
    for (let i = 0; i < pair.length; i++) {
      role[pair.open + i] = pair;
      role[pair.close + i] = pair;
    }
  }
  if (!places.some((_, mark) => !role[mark] && isLoneDouble(mark))) return pairs;
  const found: Pair[] = [];
  /** The elements around the mark in hand, each with the `**` that are text in it. */
  const around: { pair: Pair | undefined; doubles: number[] }[] = [{ pair: undefined, doubles: [] }];
  for (let mark = 0; mark < places.length; mark++) {
    const pair = role[mark];
    if (pair) {
      if (mark === pair.open) around.push({ pair, doubles: [] });
      else if (mark === pair.close) leave();
      mark += pair.length - 1;
    } else if (isLoneDouble(mark)) {
      around.at(-1)!.doubles.push(mark);
      mark++;
    }
  }
  leave();
  return [...pairs.filter((pair) => pair.close >= 0), ...found];

  function leave(): void {
    const { pair, doubles } = around.pop()!;
    // Inside a strong element they show that it was closed too late: at the second `**`, not at the last.
    if (pair?.length === 2 && src[places[pair.open]!] === "*" && doubles.length) {
      if (doubles.length % 2) return;
      const marks = [pair.open, ...doubles, pair.close];
      pair.close = -1;
      for (let i = 0; i < marks.length; i += 2) {
        found.push({ open: marks[i]!, close: marks[i + 1]!, length: 2 });
      }
      return;
    }
    if (pair?.length === 2) return;
    for (let i = 0; i + 1 < doubles.length; ) {
      if (isMeant(doubles[i]!, doubles[i + 1]!)) {
        found.push({ open: doubles[i]!, close: doubles[i + 1]!, length: 2 });
        i += 2;
      } else {
        i++;
      }
    }
  }

  function isLoneDouble(mark: number): boolean {
    const at = places[mark]!;
    return (
      src[at + 1] === src[at] &&
      places[mark + 1] === at + 1 &&
      src[at - 1] !== src[at] &&
      src[at + 2] !== src[at]
    );
  }

  /** Not `2 ** 3 ** 4`: one of the two stands right at its text, or the text begins with a letter. */
  function isMeant(open: number, close: number): boolean {
    const [from, to] = [places[open]!, places[close]!];
    if (src[from] !== src[to] || to - from < 3) return false;
    if (/[\p{L}\p{N}]/u.test(src[from - 1] ?? "") || /[\p{L}\p{N}]/u.test(src[to + 2] ?? "")) {
      // `**Bold **text`: the space in front shows which side it closes.
      if (!isSpace(src[to - 1]) || isSpace(src[from + 2]) || /[\p{L}\p{N}]/u.test(src[from - 1] ?? ""))
        return false;
    }
    const isTight = !isSpace(src[from + 2]) || !isSpace(src[to - 1]);
    return isTight || /^\s*["'(]?\p{L}/u.test(src.slice(from + 2, from + 12));
  }
}
