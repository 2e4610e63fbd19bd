/** A reader's theme and size of text, set before a page is first painted: what came later would flash. */

/** Where browsers keep the settings; see assets/browser/settings.ts, which imports this. */
export const SETTINGS_KEY = "site-settings";

/** Themes and sizes besides what the device has. */
export const THEMES = ["light", "dark"] as const;
export const SIZES = ["large", "huge"] as const;

/** Stands in the head of every page, which its policy allows by its hash. What is kept may be anything, or nothing. */
export const FIRST_PAINT = `try{let{theme:t,size:s}=JSON.parse(localStorage["${SETTINGS_KEY}"]),d=document.documentElement.dataset;/^(${THEMES.join("|")})$/.test(t)&&(d.theme=t);/^(${SIZES.join("|")})$/.test(s)&&(d.size=s)}catch{}`;
