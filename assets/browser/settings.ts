/** The reader's settings, kept in this browser and sent nowhere. Their dialog is in settings-dialog.ts. */
import { SETTINGS_KEY, type SIZES, type THEMES } from "../../scripts/site/layout/first-paint.ts";

export interface Preferences {
  theme: "auto" | (typeof THEMES)[number];
  /** Of the text. */
  size: "auto" | (typeof SIZES)[number];
  /** Whether `/` opens search (WCAG 2.1.4: single-key shortcuts can be switched off). */
  singleKeys: boolean;
}

export function readPreferences(): Preferences {
  return { theme: "auto", size: "auto", singleKeys: true, ...kept() };
}

function kept(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(SETTINGS_KEY) ?? "{}") as Partial<Preferences>;
  } catch {
    return {}; // storage is off, or holds what is no JSON
  }
}

export function keepPreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(SETTINGS_KEY, JSON.stringify(preferences));
  } catch {
    // storage is off: the setting lasts until the next page
  }
}

/** When a reader changes them; from then on every page does it before it is painted. */
export function applyPreferences({ theme, size }: Preferences): void {
  const { dataset } = document.documentElement;
  for (const [name, value] of Object.entries({ theme, size })) {
    if (value === "auto") delete dataset[name];
    else dataset[name] = value;
  }
}
