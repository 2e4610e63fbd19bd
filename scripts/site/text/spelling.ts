/** Words that were mistyped, and those that were meant. Search runs it in browsers too. */

/**
 * A word as it is compared: without case, accents and the signs in it, `Co-learning` as `colearning` and `interés` as
 * `interes`. Search takes words so too.
 */
export const folded = (word: string): string =>
  word
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();

/**
 * The word that was meant, of the known ones, the most usual first; undefined where none is near enough.
 *
 *   freind → friends     intrests → interests     relashionships → relationships
 */
export function wordMeant(typed: string, known: readonly string[]): string | undefined {
  const wanted = folded(typed);
  const limit = faultsAllowed(wanted.length);
  if (!limit) return undefined;
  let best: string | undefined;
  let least = limit + 1;
  for (const word of known) {
    const faults = faultsTo(folded(word), wanted, least);
    if (faults < least) [best, least] = [word, faults];
  }
  return best;
}

/**
 * A first letter is seldom mistyped: another one counts as a fault more. Another ending is half a fault: who typed
 * "freind" is nearer to "friends" than to "find".
 */
function faultsTo(word: string, typed: string, limit: number): number {
  const more = word[0] === typed[0] ? 0 : 1;
  const faults = (other: string) => more + editDistance(typed, other, Math.ceil(limit));
  return Math.min(faults(word), faults(word.slice(0, -1)) + 0.5);
}

/** How many faults a word of so many letters may have, beside its ending: to a short one, too many others are near. */
function faultsAllowed(length: number): number {
  if (length < 4) return 0;
  if (length < 6) return 1;
  return length < 10 ? 2 : 3;
}

/** Damerau-Levenshtein (adjacent transpositions count once); `limit` where it is no smaller than that. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    [before, above, row] = [above, row, [i]];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, before[j - 2]! + 1);
      }
      row.push(best);
      least = Math.min(least, best);
    }
    // The row above is smaller by one at most, and so is what a transposition reaches over it for.
    if (least > limit) return limit;
  }
  return Math.min(limit, row[b.length]!);
}
