/** "Write here" on an activity whose worksheet is a link only: a note of its own, kept in this browser. */
import { fill, templateOf } from "../templates.ts";
import { makeFields } from "./fields.ts";
import { sayIn, startKeeping } from "./keeping.ts";

const callouts = [...document.querySelectorAll<HTMLElement>("[data-note]")];
const notes = callouts.map((callout) => {
  const note = fill(templateOf("site--note")!).querySelector<HTMLElement>("div")!;
  callout.append(note);
  return note;
});
const titles = new Map(callouts.map((callout) => [callout.dataset.note!, titleOf(callout)]));
const statuses = notes.map((note) => sayIn(note.querySelector<HTMLElement>("[data-status]")!, "site--note"));

function titleOf(callout: HTMLElement): string {
  const heading = callout.querySelector<HTMLElement>("h2, h3, h4, h5, h6")!.cloneNode(true) as HTMLElement;
  for (const added of heading.querySelectorAll("[data-added]")) added.remove();
  return heading.textContent!.trim();
}

void startKeeping(
  (name) => titles.get(name.replace(/#.*$/s, "")) ?? "",
  (what) => {
    for (const say of statuses) say(what);
  },
).then((keeping) => {
  for (const [index, note] of notes.entries()) {
    const id = callouts[index]!.dataset.note!;
    const button = note.querySelector<HTMLButtonElement>("[data-write]")!;
    const field = note.querySelector<HTMLElement>("[data-note-field]")!;
    makeFields(field, id, keeping);
    const open = (isOpen: boolean) => {
      field.hidden = !isOpen;
      button.setAttribute("aria-expanded", `${isOpen}`);
    };
    button.addEventListener("click", () => {
      open(field.hidden !== false);
      const area = field.querySelector("textarea")!;
      if (field.hidden) return;
      // Hidden, it had no height.
      area.dispatchEvent(new Event("site--fit"));
      area.focus();
    });
    if (keeping.store.of(`${id}#note`)) open(true);
  }
});
