/** Inputs that look random and are the same each time. */

/** Whole numbers from 0 below a bound. */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
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
