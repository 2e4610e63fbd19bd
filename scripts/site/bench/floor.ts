/**
 * The floor: what the same Markdown costs in a bare Eleventy with markdown-it, markdown-it-attrs and one short layout,
 * and then Pagefind's own command. Nobody who uses these tools can be quicker.
 */
import { promises as fs } from "node:fs";
import path from "node:path";
import { PROJECT } from "../project.ts";
import type { Command } from "./measure.ts";

const PACKAGES = path.join(PROJECT, "node_modules");
/** Where the pages of the floor go, inside its folder. */
const OUT = "_site";

const CONFIG = `import createParser from "markdown-it";
import attributes from "markdown-it-attrs";

export default function (eleventy) {
  const parser = createParser({ html: true }).use(attributes, { leftDelimiter: "{:", rightDelimiter: "}" });
  eleventy.setLibrary("md", parser);
  eleventy.addGlobalData("layout", "page.liquid");
  return {
    dir: { input: "content", includes: "../layouts", output: "${OUT}" },
    templateFormats: ["md"],
    markdownTemplateEngine: false,
  };
}
`;

const LAYOUT = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body>
<main data-pagefind-body>
<h1>{{ title }}</h1>
{{ content }}
</main>
</body>
</html>
`;

interface Floor {
  /** What builds it, one after the other. */
  commands: Command[];
  /** Where its site is then, which must not be there before. */
  site: string;
}

/** Makes a folder in which the floor can be built from a content folder, and says how. */
export async function makeFloor(content: string, folder: string): Promise<Floor> {
  await fs.mkdir(path.join(folder, "layouts"), { recursive: true });
  await fs.writeFile(path.join(folder, "package.json"), '{ "type": "module" }\n');
  await fs.writeFile(path.join(folder, "eleventy.config.js"), CONFIG);
  await fs.writeFile(path.join(folder, "layouts/page.liquid"), LAYOUT);
  // Of links to folders, Windows allows everybody only this kind.
  await fs.symlink(PACKAGES, path.join(folder, "node_modules"), "junction");
  await fs.symlink(path.resolve(content), path.join(folder, "content"), "junction");
  const run = (script: string, ...options: string[]) => ({
    command: [process.execPath, path.join(PACKAGES, script), ...options],
    cwd: folder,
  });
  const commands = [
    run("@11ty/eleventy/cmd.cjs", "--quiet"),
    run("pagefind/lib/runner/bin.cjs", "--site", OUT),
  ];
  return { commands, site: path.join(folder, OUT) };
}
