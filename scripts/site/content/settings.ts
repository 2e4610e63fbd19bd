/** `site.yaml`: the one settings file. Without it, a bare content of Markdown is a site too. */

import { count, type Problems } from "../problems/problems.ts";
import { contrast, LEAST_CONTRAST, PAPER } from "../text/colors.ts";
import { FRONT_MATTER_LIMIT } from "./front-matter.ts";
import { type Settings, settingsSchema, type WrittenSettings } from "./schema.ts";
import { type Content, SETTINGS_FILE } from "./source.ts";
import { parseYaml, type YamlData } from "./yaml.ts";

export function readSettings(content: Content, problems: Problems): Settings {
  const defaults = defaultSettings();
  if (!content.settings) return defaults;
  const { text, file } = content.settings;
  if (text.length > FRONT_MATTER_LIMIT) {
    problems.error(
      "settings-length",
      { file, line: 1, column: 1 },
      `the ${SETTINGS_FILE} has ${count(text.length, "character")}, more than the ${FRONT_MATTER_LIMIT.toLocaleString("en-US")} it may have`,
      "keep the settings in it, and nothing else",
    );
    return defaults;
  }
  const read = parseYaml({ text, file, line: 1, name: SETTINGS_FILE }, settingsSchema, problems);
  if (!read) return defaults;
  adviseOnColors(read, problems);
  return withOneSpelling(read, problems);
}

export const defaultSettings = (): Settings => ({ ...settingsSchema.parse({}), places: new Map() });

/** `license` is `licence`. */
function withOneSpelling({ data, places }: YamlData<WrittenSettings>, problems: Problems): Settings {
  const { license, ...settings } = { ...data, places };
  if (!license) return settings;
  if (settings.licence) {
    problems.error(
      "key-twice",
      places.get("license")!,
      `the ${SETTINGS_FILE} has both licence and license, which are the same`,
      "keep one of the two",
      "license",
    );
  }
  return { ...settings, licence: settings.licence ?? license };
}

/** Links have the accent color on the page's ground. */
function adviseOnColors({ data: { colors }, places }: YamlData<WrittenSettings>, problems: Problems): void {
  for (const [key, paper, wanted] of [
    ["accent", PAPER.light, "darker"],
    ["accentDark", PAPER.dark, "lighter"],
  ] as const) {
    const color = colors?.[key];
    if (!color || contrast(color, paper) >= LEAST_CONTRAST) continue;
    problems.warning(
      "accent-contrast",
      { ...places.get(`colors.${key}`)!, column: 1 },
      `links in the color ${color} have a contrast of ${contrast(color, paper).toFixed(1)} to 1 on the page's ${paper}`,
      `take a ${wanted} color; text needs ${LEAST_CONTRAST} to 1`,
    );
  }
}
