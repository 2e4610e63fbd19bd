import { SIZES, THEMES } from "../../scripts/site/model/kept-in-browsers.ts";
import { loadDialogs, makeDialog } from "./dialog.ts";
import { loadScript } from "./load-script.ts";
import { forgetProgress } from "./progress-record.ts";
import { applyPreferences, keepPreferences, type Preferences, readPreferences } from "./settings.ts";

let dialog: HTMLDialogElement | undefined;

export async function openSettings(): Promise<void> {
  await loadDialogs();
  dialog ??= makeSettings();
  dialog.showModal();
  void showKept(dialog.querySelector("[data-offline]")).catch(() => {});
}

/** What is kept for use without a network, where something can be. */
async function showKept(place: HTMLElement | null): Promise<void> {
  if (!place || !navigator.serviceWorker || location.protocol === "file:") return;
  // Its address counts from the script that brought the dialog.
  const base = new URL(document.body.dataset.dialogs!, location.href);
  if (!window.siteOffline) await loadScript(new URL(place.dataset.offline!, base).href);
  await window.siteOffline?.(place);
}

function makeSettings(): HTMLDialogElement {
  const dialog = makeDialog("site--settings");
  const preferences = readPreferences();
  // What is kept may be of another release, or damaged: then nothing has been chosen.
  if (!isOneOf(THEMES, preferences.theme)) preferences.theme = "auto";
  if (!isOneOf(SIZES, preferences.size)) preferences.size = "auto";
  for (const input of dialog.querySelectorAll("input")) {
    const name = input.name as keyof Preferences;
    input.checked = input.type === "radio" ? preferences[name] === input.value : preferences.singleKeys;
    input.addEventListener("change", () => {
      Object.assign(preferences, { [name]: input.type === "radio" ? input.value : input.checked });
      applyPreferences(preferences);
      keepPreferences(preferences);
    });
  }
  dialog.querySelector("[data-forget]")!.addEventListener("click", forgetProgress);
  return dialog;
}

const isOneOf = (known: readonly string[], value: string): boolean => known.includes(value);
