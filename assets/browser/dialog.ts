import { loadScript, loadStyle } from "./load-script.ts";
import { fill, templateOf } from "./templates.ts";

declare global {
  interface Window {
    /** The markup of dialogs: layouts/dialogs.liquid. */
    siteDialogs?: string;
  }
}

let loading: Promise<void> | undefined;

/** Brings the templates of dialogs into the page, and their style. Rejects where they cannot be had. */
export function loadDialogs(): Promise<void> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<void> {
  const { dialogs, dialogStyle } = document.body.dataset;
  await Promise.all([loadScript(dialogs!), loadStyle(dialogStyle!)]);
  const holder = document.createElement("div");
  holder.innerHTML = window.siteDialogs!;
  const base = new URL(dialogs!, location.href);
  for (const template of holder.querySelectorAll("template")) resolveLinks(template.content, base);
  document.body.append(...holder.childNodes);
}

/** Links count from the script, of which a site has one; a template may hold others. */
function resolveLinks(content: DocumentFragment, base: URL): void {
  for (const link of content.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    link.href = new URL(link.getAttribute("href")!, base).href;
  }
  for (const inner of content.querySelectorAll("template")) resolveLinks(inner.content, base);
}

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
