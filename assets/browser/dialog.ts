import { fill, templateOf } from "./templates.ts";

/** Puts the dialog of a template into the page. Escape, its button and a click on the backdrop close it. */
export function makeDialog(templateId: string): HTMLDialogElement {
  const dialog = fill(templateOf(templateId)!).querySelector("dialog")!;
  dialog.querySelector("[data-close]")!.addEventListener("click", () => dialog.close());
  // A click on the backdrop has the dialog as its target; any other has an element inside it.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}
