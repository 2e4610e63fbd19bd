/** The reader's settings, kept in this browser and sent nowhere. */
import { makeDialog } from "./dialog.ts";

interface Preferences {
  theme: "auto" | "light" | "dark";
  /** Whether `/` opens search (WCAG 2.1.4: single-key shortcuts can be switched off). */
  singleKeys: boolean;
}

const KEY = "site-settings";

export const preferences: Preferences = { theme: "auto", singleKeys: true, ...read() };

function read(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>;
  } catch {
    return {}; // storage is off, or holds what is no JSON
  }
}

function save(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // storage is off: the setting lasts until the next page
  }
}

export function applyTheme(): void {
  const root = document.documentElement;
  if (preferences.theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = preferences.theme;
}

let dialog: HTMLDialogElement | undefined;

export function openSettings(): void {
  dialog ??= makeSettings();
  dialog.showModal();
}

function makeSettings(): HTMLDialogElement {
  const dialog = makeDialog("site--settings");
  for (const input of dialog.querySelectorAll("input")) {
    const isTheme = input.name === "theme";
    input.checked = isTheme ? preferences.theme === input.value : preferences.singleKeys;
    input.addEventListener("change", () => {
      if (isTheme) preferences.theme = input.value as Preferences["theme"];
      else preferences.singleKeys = input.checked;
      applyTheme();
      save();
    });
  }
  return dialog;
}
