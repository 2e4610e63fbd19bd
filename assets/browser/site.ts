/** Runs on every page. Reading, printing and following links work without it. */
import { playCards } from "./frames.ts";
import { callDialogs } from "./load-dialogs.ts";
import { closeMenu } from "./menu.ts";
import { beginToKeep } from "./offline/begin.ts";
import { followHeadings, showCurrentSection } from "./place.ts";
import { followProgress } from "./progress.ts";
import { loadQuestions } from "./question-loader.ts";
import { helpReading } from "./reading-loader.ts";
import { readPreferences } from "./settings.ts";
import { fill, templateOf } from "./templates.ts";
import { offerNotes } from "./worksheets/note-buttons.ts";

// The link to all sections is replaced by the button that opens search; where search cannot be loaded, it is followed.
const link = document.querySelector<HTMLAnchorElement>("[data-search-link]")!;
const openSearch = () => void callDialogs("openSearch").catch(() => location.assign(link.href));
const searchButton = showButton("site--search-button", openSearch);
// A pointer or the focus on the button is a reader about to search; failing is for the click to tell.
for (const sign of ["pointerenter", "focus"])
  searchButton.addEventListener(sign, () => void callDialogs("prepareSearch").catch(() => {}));
link.remove();
showButton("site--settings-button", () => void callDialogs("openSettings").catch(() => {}));

/** Puts a button in the place of its template. */
function showButton(templateId: string, onClick: () => void): HTMLButtonElement {
  const template = templateOf(templateId)!;
  const button = fill(template).querySelector("button")!;
  button.addEventListener("click", onClick);
  template.replaceWith(button);
  return button;
}

document.addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const isChord = key.toLowerCase() === "k" && ctrlKey !== metaKey && !altKey && !shiftKey;
  const isSlash = key === "/" && !ctrlKey && !metaKey && !altKey && readPreferences().singleKeys;
  if (!isChord && !(isSlash && !isTyping(event.target as HTMLElement))) return;
  event.preventDefault();
  openSearch();
});

/** Whether a letter has a use where the focus is. */
const isTyping = (at: HTMLElement): boolean =>
  at.isContentEditable ||
  /^(?:INPUT|TEXTAREA|SELECT)$/.test(at.tagName) ||
  !!document.querySelector("dialog[open]");

if (document.querySelector("[data-search-here]")) {
  void callDialogs("searchHere").catch(() => location.assign(link.href));
}
playCards();
offerNotes();
loadQuestions();

showCurrentSection();
followHeadings();
closeMenu();
followProgress();
helpReading();
beginToKeep();

// On paper, a closed <details> would hide its text.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll<HTMLDetailsElement>(".section-body details"))
    folded.open = true;
});
