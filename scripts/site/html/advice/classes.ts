/** Classes and their like that do nothing, near those that do: `anwser`, `rows="six"`, `clas="info callout"`. */
import { POSITION_ATTR } from "../../markdown/positions.ts";
import { isCalloutKind, isTrainerClass, looksLikeTrainer } from "../../model/callouts.ts";
import type { Problems } from "../../problems/problems.ts";
import { isRowCount, MOST_ROWS } from "../components/answers.ts";
import { isTrainerNote } from "../components/trainer-notes.ts";
import { classesOf, type Element, elementsOf, placeOf } from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { ELEMENTS } from "../sanitize/allowlist.ts";

/** What the program answers to wherever it stands. */
const KNOWN =
  "callout answer answers private no-names handout no_toc colorhighlight color1 color2 color3".split(" ");

/** Before elements and attributes are taken out. */
export function adviseOnClasses({ $, file, problems }: PageContext): void {
  for (const element of elementsOf($)) {
    const classes = classesOf(element);
    for (const name of classes) {
      const meant = knownNear(name);
      if (meant === undefined) continue;
      problems.warning(
        "class-name",
        placeOf(element, file),
        `the class "${name}" does nothing`,
        `did you mean "${meant}"?`,
      );
    }
    const kind = classes.find((name) => isCalloutKind(name) && name !== "colorhighlight");
    if (/^(?:div|section|aside)$/.test(element.name) && kind && !isTrainerNote(element)) {
      const hasCallout = classes.some((name) => name === "callout" || knownNear(name) === "callout");
      if (!hasCallout) {
        problems.warning(
          "class-name",
          placeOf(element, file),
          `the class "${kind}" does nothing by itself`,
          `write class="${kind} callout" for a callout`,
        );
      }
    }
    if (classes.includes("answers") && /^(?:p|h[1-6])$/.test(element.name)) {
      problems.warning(
        "class-name",
        placeOf(element, file),
        'the class "answers" does nothing here: it is for tables and lists',
        "write {: .answer} for room to write, or put the line below a table or a list",
      );
    }
    adviseOnRows(element, classes, file, problems);
    adviseOnAttributes(element, file, problems);
    const { name } = element;
    if (!ELEMENTS.has(name) && (isTrainerClass(name) || looksLikeTrainer(name))) {
      problems.error(
        "trainer-lookalike",
        placeOf(element, file),
        `<${name}> is no element, and learners would see what is in it`,
        'write <div class="trainer callout" markdown="1"> for a facilitator\'s note',
      );
    }
  }
}

/** The known class that one is a slip of: one letter more, fewer, other or moved, or another case of letters. */
function knownNear(name: string): string | undefined {
  if (KNOWN.includes(name)) return undefined;
  const same = KNOWN.find((known) => plain(known) === plain(name));
  // `color4` is an author's own.
  if (same || /^color\d*$/i.test(name)) return same;
  return KNOWN.find((known) => isOneSlip(plain(name), plain(known)));
}

const plain = (text: string) => text.toLowerCase().replace(/[-_]/g, "");

function isOneSlip(typed: string, known: string): boolean {
  if (typed === known || Math.abs(typed.length - known.length) > 1) return false;
  let start = 0;
  while (start < typed.length && typed[start] === known[start]) start++;
  return (
    typed.slice(start + 1) === known.slice(start + 1) ||
    typed.slice(start + 1) === known.slice(start) ||
    typed.slice(start) === known.slice(start + 1) ||
    (typed[start] === known[start + 1] &&
      typed[start + 1] === known[start] &&
      typed.slice(start + 2) === known.slice(start + 2))
  );
}

function adviseOnRows(element: Element, classes: string[], file: string, problems: Problems): void {
  const { rows } = element.attribs;
  // Of a quote that is never closed its list tells.
  if (rows === undefined || element.name === "textarea" || /["“”]/.test(rows)) return;
  if (!classes.includes("answer")) {
    if (classes.some((name) => knownNear(name) !== undefined)) return;
    problems.warning(
      "answer-rows",
      placeOf(element, file),
      `rows="${rows}" makes room to write only beside the class answer`,
      `write {: .answer rows="${rows}"}`,
    );
  } else if (!isRowCount(rows)) {
    problems.warning(
      "answer-rows",
      placeOf(element, file),
      `rows="${rows}" is no number of lines from 1 to ${MOST_ROWS}`,
      'write a number, as in {: .answer rows="6"}',
    );
  }
}

function adviseOnAttributes(element: Element, file: string, problems: Problems): void {
  for (const name in element.attribs) {
    // Of most elements it is the only one.
    if (name === POSITION_ATTR) continue;
    if (isTrainerClass(name) || looksLikeTrainer(name) || isCalloutKind(name)) {
      problems.error(
        "trainer-lookalike",
        placeOf(element, file),
        `the attribute ${name} means nothing`,
        `write class="${isTrainerClass(name) ? "trainer" : name} callout" if it is meant as a class`,
      );
    } else if (isOneSlip(name, "class")) {
      problems.error(
        "trainer-lookalike",
        placeOf(element, file),
        `the attribute ${name} means nothing`,
        'did you mean "class"?',
      );
    } else if (isOneSlip(name, "markdown") && element.attribs[name] === "1") {
      problems.error(
        "trainer-lookalike",
        placeOf(element, file),
        `the attribute ${name} means nothing`,
        'did you mean markdown="1"?',
      );
    }
  }
}
