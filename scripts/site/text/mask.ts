/**
 * The same text with everything in it blanked that is not to be read as markup: fenced code, code spans and
 * HTML comments. Every other character keeps its place, so what is found in the mask is found in the text.
 */
export function maskCode(text: string): string {
  return maskComments(maskCodeOnly(text));
}

/** The same with the comments left in. */
export function maskCodeOnly(text: string): string {
  return maskSpans(maskFences(text));
}

const blank = (text: string) => text.replace(/[^\n]/g, " ");

const FENCE = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*$)|~{3,})/;

function maskFences(text: string): string {
  // Most pages have none.
  if (!text.includes("```") && !text.includes("~~~")) return text;
  let fence: string | undefined;
  return text
    .split("\n")
    .map((line) => {
      if (fence === undefined) {
        fence = FENCE.exec(line)?.[1];
        return fence === undefined ? line : blank(line);
      }
      const end = /^[\s>]*(`{3,}|~{3,})\s*$/.exec(line)?.[1];
      if (end && end[0] === fence[0] && end.length >= fence.length) fence = undefined;
      return blank(line);
    })
    .join("\n");
}

/** Code spans: a run of backticks up to the next run of the same length in its paragraph. */
function maskSpans(text: string): string {
  if (!text.includes("`")) return text;
  const parts: string[] = [];
  let done = 0;
  for (const paragraph of text.matchAll(/(?:[^\n]+\n?)+/g)) {
    const start = paragraph.index;
    const runs = [...paragraph[0].matchAll(/`+/g)].map((run) => ({
      at: start + run.index,
      length: run[0].length,
    }));
    const byLength = new Map<number, number[]>();
    for (const run of runs) {
      const sameLength = byLength.get(run.length);
      if (sameLength) sameLength.push(run.at);
      else byLength.set(run.length, [run.at]);
    }
    for (const queue of byLength.values()) queue.reverse();
    for (const run of runs) {
      if (run.at < done) continue;
      const queue = byLength.get(run.length)!;
      while (queue.length && queue.at(-1)! <= run.at) queue.pop();
      const close = queue.at(-1);
      if (close === undefined || text[run.at - 1] === "\\") continue;
      parts.push(text.slice(done, run.at), blank(text.slice(run.at, close + run.length)));
      done = close + run.length;
    }
  }
  parts.push(text.slice(done));
  return parts.join("");
}

function maskComments(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (let open = text.indexOf("<!--"); open >= 0; open = text.indexOf("<!--", done)) {
    const close = text.indexOf("-->", open + 4);
    if (close < 0) break;
    parts.push(text.slice(done, open), blank(text.slice(open, close + 3)));
    done = close + 3;
  }
  parts.push(text.slice(done));
  return parts.join("");
}
