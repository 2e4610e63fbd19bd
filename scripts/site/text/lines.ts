/** Where in a text a place is: offsets as lines and columns. Asked often, so the lines are found once. */

/** The offset at which each line of a text begins. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}

/** The line, from 0, on which an offset stands; a line break belongs to the line that it ends. */
export function lineOfOffset(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The same as line and column from 1, as messages name places. */
export function placeOfOffset(starts: readonly number[], offset: number): { line: number; column: number } {
  const line = lineOfOffset(starts, offset);
  return { line: line + 1, column: offset - starts[line]! + 1 };
}
