/**
 * Questions for oneself: choices with feedback, or an answer to compare with. Without scripts the answers are folded
 * below; assets/browser/questions.ts makes a form of the choices.
 *
 *   - [ ] A poster          <ol class="question-choices" data-choose="one"><li>A poster</li>
 *                             <li>An introduction</li></ol>
 *     A start.         →    <details class="question-answers"><summary data-added>Answers</summary>
 *   - [x] An introduction     <ol><li><p class="question-verdict" data-added>Not this one</p><p>A start.</p></li>
 *                             <li data-right><p class="question-verdict" data-added>Right</p></li></ol></details>
 */
import {
  ADDED,
  type AnyNode,
  closest,
  type Element,
  elementsOfClass,
  firstIn,
  hasClass,
  isElement,
  newElement,
  placeOf,
  replaceAll,
  setChildren,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { titleOf } from "./callouts.ts";

interface Choice {
  text: AnyNode[];
  feedback: AnyNode[];
  isRight: boolean;
}

export function makeQuestions(context: PageContext): void {
  const replaced = new Map<AnyNode, AnyNode[]>();
  for (const callout of questionsOf(context)) {
    const list = firstIn(callout, (inner) => hasClass(inner, "task-list") && isOf(callout, inner));
    const last = callout.children.findLast((child) => !isBlank(child));
    if (list) {
      const choices = choicesOf(context, callout, list);
      if (choices) replaced.set(list, formOf(context, choices));
    } else if (last && isElement(last) && last.name === "blockquote") {
      replaced.set(last, [foldedIn(context, context.ask.words.questions.comparison, last.children)]);
    } else {
      refuse(
        context,
        callout,
        "the question has no choices and no answer",
        "write choices as a task list (- [ ] and - [x]), or an answer to compare with as a quotation (>) at its end",
      );
    }
  }
  replaceAll(replaced);
}

/** Names each question for the script that remembers what was chosen: by the id of its title, which readers' browsers know. */
export function nameQuestions(context: PageContext): void {
  for (const [index, callout] of questionsOf(context).entries()) {
    callout.attribs["data-question"] = titleOf(callout)?.attribs.id ?? `${index + 1}`;
  }
}

const questionsOf = ({ $ }: PageContext) => elementsOfClass($, "callout--question", "aside");

const isCallout = ({ name, attribs }: Element) => name === "aside" && attribs.role === "note";
const isOf = (callout: Element, inner: Element) => closest(inner, isCallout) === callout;
const isBlank = (node: AnyNode) => node.type === "text" && !node.data.trim();

/** The choices in a list; undefined where they are no question, of which its author is told. */
function choicesOf(context: PageContext, callout: Element, list: Element): Choice[] | undefined {
  const items = list.children.filter(isElement);
  const withoutBox = items.find((item) => !hasClass(item, "task-list-item"));
  if (withoutBox) {
    refuse(
      context,
      withoutBox,
      "the choice has no box",
      "begin it with - [ ], or with - [x] where it is right; indent what is feedback by two spaces",
    );
    return undefined;
  }
  const choices = items.map(readChoice);
  if (choices.length < 2) {
    refuse(
      context,
      callout,
      "the question has one choice only",
      "write one more, or a quotation (>) as its answer",
    );
    return undefined;
  }
  if (!choices.some(({ isRight }) => isRight)) {
    refuse(context, callout, "none of the choices is right", "write - [x] before each that is");
    return undefined;
  }
  for (const [index, { feedback }] of choices.entries()) {
    if (feedback.length) continue;
    context.problems.warning(
      "question-feedback",
      placeOf(items[index]!, context.file),
      "the choice has no feedback",
      "write below it, after an empty line and indented by two spaces, what speaks for it or against it",
    );
  }
  return choices;
}

function refuse({ file, problems }: PageContext, element: Element, message: string, cure: string): void {
  problems.error("question", placeOf(element, file), message, cure);
}

/** What a task list's item begins with; see `taskLists`. */
const BOX = /^\s*([☐☑])\s*/;

function readChoice({ children }: Element): Choice {
  const first = children.find((child) => !isBlank(child));
  // With an empty line somewhere in the list each text is a paragraph.
  const paragraph = first && isElement(first) && first.name === "p" ? first : undefined;
  const end = paragraph ? children.indexOf(paragraph) + 1 : children.findIndex(isBlock);
  const own = end < 0 ? children : children.slice(0, end);
  const text = paragraph ? paragraph.children : own;
  const feedback = children.slice(own.length).filter((child) => !isBlank(child));
  const box = text.find((node) => node.type === "text" && BOX.test(node.data));
  const isRight = box?.type === "text" && BOX.exec(box.data)?.[1] === "☑";
  if (box?.type === "text") box.data = box.data.replace(BOX, "");
  return { text, feedback, isRight };
}

const BLOCKS = new Set("p ul ol dl div blockquote pre table figure aside details".split(" "));
const isBlock = (node: AnyNode) => isElement(node) && BLOCKS.has(node.name);

function formOf(context: PageContext, choices: Choice[]): Element[] {
  const { $ } = context;
  const words = context.ask.words.questions;
  const isOne = choices.filter(({ isRight }) => isRight).length === 1;
  const list = newElement($, "ol", { class: "question-choices", "data-choose": isOne ? "one" : "several" });
  setChildren(
    list,
    choices.map(({ text }) => holding(newElement($, "li", {}), text)),
  );
  const answers = newElement($, "ol", {});
  setChildren(
    answers,
    choices.map(({ isRight, feedback }) => {
      const verdict = newElement(
        $,
        "p",
        { class: "question-verdict", [ADDED]: "" },
        isRight ? words.right : words.wrong,
      );
      return holding(newElement($, "li", isRight ? { "data-right": "" } : {}), [verdict, ...feedback]);
    }),
  );
  const hint = isOne ? [] : [newElement($, "p", { class: "times", [ADDED]: "" }, words.several)];
  return [...hint, list, foldedIn(context, words.answers, [answers])];
}

/** Search leaves it out: an excerpt of it would tell the answer. */
function foldedIn({ $ }: PageContext, title: string, nodes: AnyNode[]): Element {
  const folded = newElement($, "details", { class: "question-answers", "data-pagefind-ignore": "all" });
  return holding(folded, [newElement($, "summary", { [ADDED]: "" }, title), ...nodes]);
}

function holding(element: Element, nodes: AnyNode[]): Element {
  setChildren(element, nodes);
  return element;
}
