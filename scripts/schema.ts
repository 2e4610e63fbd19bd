/** `npm run schema`: the JSON Schemas of site.yaml and of front matter, for editors, and of a file with a reader's answers, written to .cache/. */
import { promises as fs } from "node:fs";
import { z } from "zod";
import { handleFaults } from "./site/command/command.ts";
import { frontMatterSchema, settingsSchema } from "./site/content/schema.ts";
import { answersSchema } from "./site/worksheet/answers-schema.ts";

handleFaults();

const FOLDER = ".cache";

await fs.mkdir(FOLDER, { recursive: true });
for (const [name, schema] of [
  ["site", settingsSchema],
  ["front-matter", frontMatterSchema],
  ["answers", answersSchema],
] as const) {
  const file = `${FOLDER}/${name}.schema.json`;
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  await fs.writeFile(file, `${JSON.stringify(json, null, 2)}\n`);
  console.log(`${file} is ready`);
}
