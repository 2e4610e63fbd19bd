/** `site.yaml`: the one settings file. Without it, a bare content of Markdown is a site too. */

import { count, type Problems } from "../problems/problems.ts";
import { contrast, GROUNDS, LEAST_CONTRAST } from "../text/colors.ts";
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
  checkColors(read, problems);
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

/** Links and signs have the accent color, on every ground; of those too close to it, the one that is closest is told. */
function checkColors({ data: { colors }, places }: YamlData<WrittenSettings>, problems: Problems): void {
  for (const [key, grounds, wanted] of [
    ["accent", GROUNDS.light, "darker"],
    ["accentDark", GROUNDS.dark, "lighter"],
  ] as const) {
    const color = colors?.[key];
    if (!color) continue;
    const [worst] = [...grounds].sort((a, b) => contrast(color, a.color) - contrast(color, b.color));
    const found = contrast(color, worst!.color);
    if (found >= LEAST_CONTRAST) continue;
    problems.error(
      "accent-contrast",
      places.get(`colors.${key}`)!,
      `links in the color ${color} have a contrast of ${rounded(found)} to 1 on the ground of ${worst!.of}, ${worst!.color}`,
      `take a ${wanted} color; text needs ${LEAST_CONTRAST} to 1`,
      color,
    );
  }
}

/** Down: 4.496 is not enough, and 4.5 would be. */
const rounded = (ratio: number): string => (Math.floor(ratio * 10) / 10).toFixed(1);
