/** Numbers that a seed determines (mulberry32): a test that fails fails again. */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  /** From 0 to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
  pick<Item>(list: readonly Item[]): Item {
    return list[this.below(list.length)]!;
  }
  times(most: number, make: () => string): string {
    return Array.from({ length: this.below(most + 1) }, make).join("");
  }
}

/** Whole numbers from 0 below a bound. */
export function numbers(seed: number): (below: number) => number {
  const random = new Random(seed);
  return (below) => random.below(below);
}

/** Text of up to so many pieces. */
export function textOf(pieces: readonly string[], most: number, random: (below: number) => number): string {
  return Array.from({ length: 1 + random(most) }, () => pieces[random(pieces.length)]).join("");
}

/** What titles are made of that somebody wants to break something with, or just writes. */
export const TITLE_PIECES: readonly string[] = [
  ...[..." !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", " ", " ", "a", "b", "1", "07"],
  ...[
    "Plan",
    "Worksheet #7: ",
    "Index",
    "CON",
    "nul",
    "assets",
    "null",
    "yes",
    "1.10",
    "2024-01-05 ",
    "---",
    "...",
  ],
  ...[
    "é",
    "e\u0301",
    "ß",
    "İ",
    "ﬁ",
    "한글",
    "“",
    "’",
    "🐈",
    "👩‍👩‍👧",
    "\u05d0\u05d1",
    "\u0645",
    "\u202e",
    "\u00a0",
    "\ufeff",
  ],
  ...[
    "{{ x }}",
    "{% x %}",
    "<b>",
    "</title>",
    "C:\\new",
    "../",
    "x".repeat(60),
    "ü".repeat(90),
    "long words and ",
  ],
  ...["\u0000", "\u0007", "\u001b[31m", "\n", "\r", "\t", "\u0085", "\u2028", "\ud83d"],
];
