/**
 * Questions for oneself: the choices become a form, and what was written on each is told beside it. Runs on pages that
 * have a question; without it the answers are folded below the choices (see scripts/site/html/components/questions.ts).
 */
import { loadStyle } from "./load-script.ts";
import { loadReadingMarkup } from "./reading-markup.ts";
import { addressAt, keep, recall } from "./site-storage.ts";
import { fill, templateOf, wordsIn } from "./templates.ts";

const style = loadStyle(templateOf("site--questions")!.dataset.style!);
Promise.all([style, loadReadingMarkup()]).then(
  () => {
    for (const callout of document.querySelectorAll<HTMLElement>("[data-question]")) {
      const list = callout.querySelector<HTMLElement>("[data-choose]");
      if (list) askIn(callout, list);
    }
  },
  // Without them the answers stay folded below the choices.
  () => {},
);

interface Choice {
  input: HTMLInputElement;
  /** What its author wrote, by which it is known again when choices have changed. */
  text: string;
  isRight: boolean;
  feedback: readonly Node[];
  /** Where feedback is told; assistive technology reads what comes into it. */
  place: HTMLElement;
}

function askIn(callout: HTMLElement, list: HTMLElement): void {
  const name = `${addressAt(location.href)}#${callout.dataset.question}`;
  const answers = callout.querySelectorAll<HTMLElement>("details > ol > li");
  const choices = [...list.children].map((item, index) =>
    choiceIn(
      item as HTMLElement,
      answers[index]!,
      list.dataset.choose === "one" ? "radio" : "checkbox",
      name,
    ),
  );
  const template = templateOf("site--question")!;
  const form = fill(template).querySelector<HTMLElement>("[role=group]")!;
  const title = callout.getAttribute("aria-labelledby");
  if (title) form.setAttribute("aria-labelledby", title);
  else form.setAttribute("aria-label", callout.getAttribute("aria-label")!);
  const button = form.querySelector("button")!;
  const status = form.querySelector<HTMLElement>("[data-status]")!;
  const say = (what: string) => {
    const words = wordsIn(template, what);
    status.replaceChildren(words ? fill(words) : "");
  };
  list.replaceWith(form);
  form.prepend(list);

  const chosenBefore = recall(`question ${name}`);
  for (const { input, text } of choices) {
    input.checked = Array.isArray(chosenBefore) && chosenBefore.includes(text);
    input.addEventListener("change", () => {
      keep(`question ${name}`, textsOf(choices.filter(isChosen)));
      // What was told is about another choice.
      for (const choice of choices) tell(choice, false);
      say("nothing");
    });
  }
  button.addEventListener("click", () => {
    const isAny = choices.some(isChosen);
    for (const choice of choices) tell(choice, isChosen(choice));
    const isMissed = choices.some((choice) => choice.isRight && !isChosen(choice));
    const isAllRight = choices.filter(isChosen).every(({ isRight }) => isRight);
    say(isAny ? (isMissed && isAllRight ? "more" : "nothing") : "none");
  });
}

const isChosen = ({ input }: Choice) => input.checked;
const textsOf = (choices: readonly Choice[]) => choices.map(({ text }) => text);

function choiceIn(item: HTMLElement, answer: HTMLElement, type: string, name: string): Choice {
  const text = item.textContent.trim();
  const label = document.createElement("label");
  const input = document.createElement("input");
  const words = document.createElement("span");
  input.type = type;
  input.name = name;
  words.append(...item.childNodes);
  label.append(input, words);
  const place = document.createElement("div");
  place.setAttribute("role", "status");
  place.className = "question-feedback";
  item.append(label, place);
  const feedback = [...(answer.cloneNode(true) as HTMLElement).childNodes];
  for (const node of feedback) {
    // The same text stands in the folded answers, ids and all.
    if (node instanceof Element)
      for (const one of [node, ...node.querySelectorAll("[id]")]) one.removeAttribute("id");
  }
  return { input, text, isRight: "right" in answer.dataset, feedback, place };
}

const tell = ({ feedback, place }: Choice, isTold: boolean): void =>
  place.replaceChildren(...(isTold ? feedback : []));
