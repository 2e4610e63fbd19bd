/** The reader's settings, kept in this browser and sent nowhere. Their dialog is in settings-dialog.ts. */

export interface Preferences {
  theme: "auto" | "light" | "dark";
  /** Whether `/` opens search (WCAG 2.1.4: single-key shortcuts can be switched off). */
  singleKeys: boolean;
}

const KEY = "site-settings";

export function readPreferences(): Preferences {
  return { theme: "auto", singleKeys: true, ...kept() };
}

function kept(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>;
  } catch {
    return {}; // storage is off, or holds what is no JSON
  }
}

export function keepPreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // storage is off: the setting lasts until the next page
  }
}

export function applyTheme({ theme }: Preferences): void {
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
}
