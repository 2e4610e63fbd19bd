import { fill, templateOf } from "./templates.ts";

/** The modal dialog of a template; Escape closes it, and focus goes back to where it was. */
export function makeDialog(templateId: string): HTMLDialogElement {
  const dialog = fill(templateOf(templateId)!).querySelector("dialog")!;
  dialog.querySelector("[data-close]")!.addEventListener("click", () => dialog.close());
  // A click on the dialog itself, and on nothing in it, is beside its box.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}
