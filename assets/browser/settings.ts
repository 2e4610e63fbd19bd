/** The reader's settings, kept in this browser and sent nowhere. */
import { makeDialog } from "./dialog.ts";

const THEMES = { auto: "As on this device", light: "Light", dark: "Dark" };

interface Preferences {
  theme: keyof typeof THEMES;
  /** Whether `/` opens search (WCAG 2.1.4: single-key shortcuts can be switched off). */
  singleKeys: boolean;
}

const KEY = "site-settings";

export const preferences: Preferences = { theme: "auto", singleKeys: true, ...read() };

function read(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>;
  } catch {
    return {}; // storage is off, or holds something else
  }
}

function save(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // storage is off: the setting holds for this page
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
  const { dialog, content } = makeDialog("Settings");
  dialog.classList.add("settings");
  content.append(
    group(
      "Colors",
      ...Object.entries(THEMES).map(([value, text]) =>
        choice("radio", text, preferences.theme === value, () => {
          preferences.theme = value as Preferences["theme"];
          applyTheme();
        }),
      ),
    ),
    group(
      "Keyboard",
      choice("checkbox", "The / key opens search", preferences.singleKeys, (on) => {
        preferences.singleKeys = on;
      }),
    ),
  );
  return dialog;
}

function group(name: string, ...choices: HTMLElement[]): HTMLElement {
  const fieldset = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = name;
  fieldset.append(legend, ...choices);
  return fieldset;
}

function choice(type: string, text: string, checked: boolean, onChange: (on: boolean) => void): HTMLElement {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = type;
  input.name = `setting-${type}`;
  input.checked = checked;
  input.addEventListener("change", () => {
    onChange(input.checked);
    save();
  });
  label.append(input, text);
  return label;
}
