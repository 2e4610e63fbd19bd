/** A modal dialog with a title and a close button; Escape closes it, and focus goes back to where it was. */
export function makeDialog(title: string): { dialog: HTMLDialogElement; content: HTMLElement } {
  const dialog = document.createElement("dialog");
  const id = `site--dialog-${title.toLowerCase()}`;
  dialog.setAttribute("aria-labelledby", id);
  const head = document.createElement("div");
  head.className = "dialog-head";
  const heading = document.createElement("h2");
  heading.id = id;
  heading.textContent = title;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "plain-button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  head.append(heading, close);
  const content = document.createElement("div");
  const box = document.createElement("div");
  box.className = "dialog-box";
  box.append(head, content);
  dialog.append(box);
  // A click beside the dialog is on the dialog itself: its backdrop.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return { dialog, content };
}
