/** The reader's settings, kept in this browser and sent nowhere. Their dialog is in settings-dialog.ts. */
import { SETTINGS, type SIZES, type THEMES } from "../../scripts/site/model/kept-in-browsers.ts";
import { keep, recall } from "./site-storage.ts";

export interface Preferences {
  theme: "auto" | (typeof THEMES)[number];
  /** Of the text. */
  size: "auto" | (typeof SIZES)[number];
  /** Whether `/` opens search (WCAG 2.1.4: single-key shortcuts can be switched off). */
  singleKeys: boolean;
}

/** What is kept may be anything: a value that is none counts as one that nobody chose. */
export function readPreferences(): Preferences {
  return { theme: "auto", size: "auto", singleKeys: true, ...Object(recall(SETTINGS)) };
}

export const keepPreferences = (preferences: Preferences): void => keep(SETTINGS, preferences);

/** When a reader changes them; from then on every page does it before it is painted. */
export function applyPreferences({ theme, size }: Preferences): void {
  const { dataset } = document.documentElement;
  for (const [name, value] of Object.entries({ theme, size })) {
    if (value === "auto") delete dataset[name];
    else dataset[name] = value;
  }
}
