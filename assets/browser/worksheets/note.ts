/** A note for a worksheet that is a link only, in its callout: kept in this browser, as all answers are. */
import { loadStyle } from "../load-script.ts";
import { fill, templateOf, wordsIn } from "../templates.ts";
import { makeFields } from "./fields.ts";
import { type Keeping, sayIn, startKeeping } from "./keeping.ts";

const template = templateOf("site--note")!;
const notes = new Map<HTMLElement, HTMLElement>();
const says: ((what: string) => void)[] = [];

void loadStyle(template.dataset.style!);

const keeping = startKeeping(
  (name) => titles().get(name.replace(/#.*$/s, "")) ?? "",
  (what) => {
    for (const say of says) say(what);
  },
);

window.siteNote = (callout) => {
  void keeping.then((kept) => toggle(callout, kept));
};

function toggle(callout: HTMLElement, kept: Keeping): void {
  const button = callout.querySelector<HTMLElement>(":scope > button")!;
  const known = notes.get(callout);
  const note = known ?? noteFor(callout, kept);
  note.hidden = known !== undefined && !known.hidden;
  button.setAttribute("aria-expanded", `${!note.hidden}`);
  if (!note.hidden) note.querySelector("textarea")!.focus();
}

function noteFor(callout: HTMLElement, kept: Keeping): HTMLElement {
  const note = fill(wordsIn(template, "field")!).querySelector<HTMLElement>("div")!;
  callout.append(note);
  notes.set(callout, note);
  says.push(sayIn(note.querySelector<HTMLElement>("[data-status]")!, template.id));
  makeFields(note, callout.dataset.note!, kept);
  return note;
}

function titles(): Map<string, string> {
  const callouts = [...document.querySelectorAll<HTMLElement>("[data-note]")];
  return new Map(callouts.map((callout) => [callout.dataset.note!, titleOf(callout)]));
}

function titleOf(callout: HTMLElement): string {
  const heading = callout.querySelector("h2, h3, h4, h5, h6")!.cloneNode(true) as HTMLElement;
  for (const added of heading.querySelectorAll("[data-added]")) added.remove();
  return heading.textContent!.trim();
}
