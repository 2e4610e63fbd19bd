/**
 * Links and pictures whose brackets are wrong, and names of links that nothing defines.
 *
 *   [Plan]{plan.md}   [Plan] (plan.md)   (Plan)[plan.md]   [Plan](plan.md
 */
import { addressIn } from "../../markdown/links.ts";
import type { Place } from "../../problems/problems.ts";
import { type AuthorsText, looksLikeAddress } from "./authors-text.ts";
import { adviseOnDefinitions, adviseOnReference, isDefined, shorten } from "./references.ts";

export function adviseOnBrackets(text: AuthorsText): void {
  const undefinedNames: Place[] = [];
  const broken = [...brokenPairs(text, undefinedNames), ...swappedPairs(text)];
  const places = broken.map(({ at }) => text.placeAt(at));
  for (const [index, { what, fault, cure }] of broken.entries()) {
    const message = `${what} ${fault}, and so is shown as text`;
    text.problems.warning("broken-link-form", places[index]!, message, cure);
  }
  dropListsBehind([...places, ...undefinedNames], text);
  adviseOnDefinitions(text);
}

interface Broken {
  at: number;
  what: "the link" | "the picture";
  fault: string;
  cure: string;
}

/** What follows the text of a link, its address in it, and what is wrong. */
const AFTER_TEXT: [form: RegExp, fault: string][] = [
  [/^\{([^{}\n]*)\}/, "has braces"],
  [/^\[([^\]\n]*)\]/, "has its address in the wrong brackets"],
  [/^([\w./#][^\s()[\]]*)\)/, "has no ( before its address"],
  [/^(?=\s)[ \t]{0,9}\n?[ \t]{0,9}\(([^()\s]+)(?:\s+"[^"\n]*")?\)/, "has a blank between its brackets"],
];
/** Of an address that may follow a text. */
const LONGEST = 1000;

/**
 * Each pair of brackets that may be the text of a link, judged by what follows it. The places of names that nothing
 * defines, which are told of here, go to `undefinedNames`.
 */
function* brokenPairs(text: AuthorsText, undefinedNames: Place[]): Generator<Broken> {
  const { markdown } = text;
  /** The end of the last address: brackets in it are its own. */
  let done = 0;
  for (const { open, close, limit } of bracketPairs(markdown)) {
    if ((open ?? close) < done) continue;
    const after = markdown.slice(close + 1, Math.min(limit, close + 1 + LONGEST));
    if (open === undefined) {
      const address = /^\(([^()\s]+)\)/.exec(after)?.[1];
      if (address && looksLikeAddress(address)) {
        const fault = "has no [ before its text";
        yield { at: close, what: "the link", fault, cure: `write [its text](${address})` };
      }
      continue;
    }
    const label = markdown.slice(open + 1, close);
    // A footnote's.
    if (label.startsWith("^")) continue;
    const isPicture = markdown[open - 1] === "!";
    const what = isPicture ? "the picture" : "the link";
    const whole = `${isPicture ? "!" : ""}[${shorten(label)}]`;
    const at = isPicture ? open - 1 : open;
    if (after.startsWith("(")) {
      const found = addressIn(after, 0);
      if (found) {
        done = close + 1 + found.end;
        continue;
      }
      const address = /^\(\s*<?([^\s<>()[\]{}]*)/.exec(after)![1]!;
      const shown = looksLikeAddress(address) ? `: ${whole}(${address})` : "";
      yield { at, what, fault: "is never closed", cure: `end its address with )${shown}` };
      continue;
    }
    const [match, fault] = formAfter(after);
    if (!match || !fault) continue;
    const address = match[1]!;
    if (after.startsWith("[")) {
      if (address.startsWith("^") || isDefined(address || label, text)) continue;
      if (!looksLikeAddress(address)) {
        adviseOnReference(text, at, label, address);
        undefinedNames.push(text.placeAt(at));
      }
    } else if (!after.startsWith("{")) {
      // `[Plan] (plan.md)`, where `[Plan]` is a link by its name; and a link before it is one.
      if (isDefined(label, text) || (/^\s/.test(after) && markdown[open - 1] === "]")) continue;
      // `content/[module]/index.md)`, whose parenthesis began further up.
      if (fault.includes("no (") && /[\w/]/.test(markdown[open - 1] ?? " ")) continue;
    }
    if (looksLikeAddress(address)) yield { at, what, fault, cure: `write ${whole}(${address})` };
  }
}

function formAfter(after: string): [match?: RegExpExecArray, fault?: string] {
  for (const [form, fault] of AFTER_TEXT) {
    const match = form.exec(after);
    if (match) return [match, fault];
  }
  return [];
}

/** Brackets of the wrong kind at one end, or at both. */
const SWAPPED: [form: RegExp, fault: string][] = [
  [/(?<!\])\(([^()[\]\n]{1,200})\)\[([^\][\s]{1,500})\]/g, "has its brackets the wrong way round"],
  [/\[([^()[\]\n]{1,200})\)\(([^()\s]{1,500})\)/g, "has ) where ] belongs"],
  [/\[([^()[\]\n]{1,200})\(([^()[\]\s]{1,500})\)(?!\])/g, "has no ] behind its text"],
];

function* swappedPairs(text: AuthorsText): Generator<Broken> {
  for (const [form, fault] of SWAPPED) {
    for (const { 0: whole, 1: label = "", 2: address = "", index } of text.markdown.matchAll(form)) {
      // `(see above)[plan.md]`, where `[plan.md]` is a link by its name.
      if (!looksLikeAddress(address) || (whole.startsWith("(") && isDefined(address, text))) continue;
      yield { at: index, what: "the link", fault, cure: `write [${shorten(label)}](${address})` };
    }
  }
}

/** An attribute list behind a link that is none belongs to nothing for that reason. */
function dropListsBehind(links: readonly Place[], { file, problems }: AuthorsText): void {
  if (!links.length) return;
  const first = new Map<number, number>();
  for (const { line, column } of links) first.set(line, Math.min(column, first.get(line) ?? column));
  problems.drop(
    (problem) =>
      problem.severity === "warning" &&
      problem.rule === "attribute-list" &&
      problem.file === file &&
      // One that follows plain text names itself.
      problem.subject !== undefined &&
      problem.column > (first.get(problem.line) ?? Number.POSITIVE_INFINITY),
  );
}

/** Each `]` of the text with the `[` it closes, if there is one, and the end of its paragraph. */
function* bracketPairs(text: string): Generator<{ open: number | undefined; close: number; limit: number }> {
  const paragraphEnd = /\n(?=[ \t]*\n)/g;
  let limit = 0;
  let open: number[] = [];
  for (const { 0: sign, index } of text.matchAll(/\\.|[[\]]/g)) {
    if (index >= limit) {
      paragraphEnd.lastIndex = index;
      limit = paragraphEnd.test(text) ? paragraphEnd.lastIndex : text.length;
      open = [];
    }
    if (sign === "[") open.push(index);
    else if (sign === "]") yield { open: open.pop(), close: index, limit };
  }
}
