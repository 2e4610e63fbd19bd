/** "Write here" on an activity whose worksheet is a link only. What makes the note is loaded when one is asked for. */
import { loadScript } from "../load-script.ts";
import { fill, templateOf } from "../templates.ts";

const template = templateOf("site--note");

export function offerNotes(): void {
  if (!template) return;
  for (const callout of document.querySelectorAll<HTMLElement>("[data-note]")) {
    const button = fill(template).querySelector("button")!;
    const open = () => {
      // The script, when it is there, has taken over.
      if (!window.siteNote)
        return void loadScript(template.dataset.script!).then(() => window.siteNote!(callout));
      window.siteNote(callout);
    };
    button.addEventListener("click", open);
    callout.append(button);
  }
}

declare global {
  interface Window {
    /** Opens the note of a callout, or closes it. */
    siteNote?: (callout: HTMLElement) => void;
  }
}
