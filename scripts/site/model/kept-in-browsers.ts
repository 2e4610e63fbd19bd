/** What browsers keep for a reader, as far as pages and scripts have to agree on it; see assets/browser/site-storage.ts. */

/** Under which key something of a site is kept, by the address of its front page. */
export const storageKey = (site: string, name: string): string => `site ${site} ${name}`;

/** The name of the settings among it. */
export const SETTINGS = "settings";

/** Themes and sizes of the text besides what the device has. */
export const THEMES = ["light", "dark"] as const;
export const SIZES = ["large", "huge"] as const;
