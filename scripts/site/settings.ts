/** `site.yaml`: the one settings file. Without it, a bare folder of Markdown is a site too. */
import type { Problems } from "./problems.ts";
import { type Settings, settingsSchema } from "./schema.ts";
import { type ContentFolder, SETTINGS_FILE } from "./source.ts";
import { parseYaml } from "./yaml.ts";

export function readSettings(folder: ContentFolder, problems: Problems): Settings {
  const defaults = settingsSchema.parse({});
  if (!folder.settings) return defaults;
  const { text, file } = folder.settings;
  return parseYaml({ text, file, line: 1, name: SETTINGS_FILE }, settingsSchema, problems) ?? defaults;
}
