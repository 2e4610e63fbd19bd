import { loadDialogs, makeDialog } from "./dialog.ts";
import { forgetProgress } from "./progress-record.ts";
import { applyTheme, keepPreferences, type Preferences, readPreferences } from "./settings.ts";

let dialog: HTMLDialogElement | undefined;

export async function openSettings(): Promise<void> {
  await loadDialogs();
  dialog ??= makeSettings();
  dialog.showModal();
}

function makeSettings(): HTMLDialogElement {
  const dialog = makeDialog("site--settings");
  const preferences = readPreferences();
  for (const input of dialog.querySelectorAll("input")) {
    const isTheme = input.name === "theme";
    input.checked = isTheme ? preferences.theme === input.value : preferences.singleKeys;
    input.addEventListener("change", () => {
      if (isTheme) preferences.theme = input.value as Preferences["theme"];
      else preferences.singleKeys = input.checked;
      applyTheme(preferences);
      keepPreferences(preferences);
    });
  }
  dialog.querySelector("[data-forget]")!.addEventListener("click", forgetProgress);
  return dialog;
}
