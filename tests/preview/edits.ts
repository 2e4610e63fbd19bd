/** What an author, a designer or git does to a project between two saves, at random. */
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Random } from "../support/random.ts";

/** An edit of a project's folder, by name. */
export type Edit = (project: string, random: Random) => Promise<void>;

const WORDS = "quokka numbat bilby wombat dingo possum".split(" ");
const MODULES = ["01-first-steps", "02-späte-Übung", "03-made", "04-other"];

/** Files of the content folder, from it, in order. */
async function filesOf(project: string, pattern: RegExp): Promise<string[]> {
  const content = path.join(project, "content");
  const entries = await readdir(content, { recursive: true, encoding: "utf8" });
  return entries.filter((file) => pattern.test(file)).sort();
}

async function changeOne(
  project: string,
  random: Random,
  pattern: RegExp,
  change: (text: string, file: string) => string,
): Promise<void> {
  const files = await filesOf(project, pattern);
  if (!files.length) return;
  const file = random.pick(files);
  const whole = path.join(project, "content", file);
  await writeFile(whole, change(await readFile(whole, "utf8"), file));
}

const changeIn = (file: string, from: RegExp, to: (random: Random) => string): Edit => {
  return async (project, random) => {
    const whole = path.join(project, file);
    const text = await readFile(whole, "utf8");
    const changed = text.replace(from, to(random));
    if (changed === text) throw new Error(`${file} has nothing like ${from}`);
    await writeFile(whole, changed);
  };
};

const number = (random: Random): string => String(1 + random.below(99)).padStart(2, "0");
const sentence = (random: Random): string =>
  `${random.pick(WORDS)} ${random.times(12, () => `${random.pick(WORDS)} `)}`;

/** A link, a picture or a worksheet's callout, most of which lead somewhere. */
const reference = (random: Random): string =>
  random.pick([
    "[forms](../01-first-steps/02-forms.md)",
    // Numbers only order.
    "[forms](../01-first-steps/77-forms.md#tables)",
    "[its page](/first-steps/welcome.html)",
    "[an old address](/old-welcome.html)",
    "[all](../sections.html) and [worksheets](../worksheets/)",
    "[the module](../first-steps/)",
    "![A square](../01-first-steps/img/square.png)",
    "![A circle](../01-first-steps/img/circle.svg)",
    "[elsewhere](https://example.org/)",
    `[a heading](../01-first-steps/02-forms.md#${random.pick(["pictures", "text"])})`,
    `\n\n<div class="activity callout" markdown="1">\n\n### [Worksheet #${random.below(5)}: A sheet](https://example.org/sheet)\n\n${random.pick(WORDS)}\n\n</div>\n`,
  ]);

const newPage = (random: Random, title = `${random.pick(WORDS)} ${random.below(1e6)}`): string =>
  `---\ntitle: ${title}\n${random.pick(["", "tags: [sectionHead]\n", "do: 5\n", "draft: true\n", `aliases: [old/${random.below(1e6)}/]\n`])}---\n${sentence(random)}\n\n## A ${random.pick(WORDS)}\n\n${reference(random)}\n\n## B\n\n${sentence(random)}\n\n## C\n`;

const SECTION = /^\d\d-[^/]+[/\\](?!index)[^/\\]+\.md$/;
const MADE = /(?:quokka|numbat|bilby|wombat|dingo|possum)[^/\\]*\.md$/;

export const EDITS: Record<string, Edit> = {
  text: (project, random) =>
    changeOne(project, random, /\.md$/, (text) => `${text}\n\n${sentence(random)}\n`),
  reference: (project, random) =>
    changeOne(project, random, SECTION, (text) => `${text}\n\n${reference(random)}\n`),
  heading: (project, random) =>
    changeOne(project, random, /\.md$/, (text) => `${text}\n\n## ${sentence(random)}\n`),
  "less text": (project, random) =>
    changeOne(project, random, MADE, (text) => text.slice(0, Math.max(text.lastIndexOf("\n\n"), 60))),
  "the same": (project, random) => changeOne(project, random, /\.(?:md|yaml)$/, (text) => text),
  title: (project, random) =>
    changeOne(project, random, /\.md$/, (text) =>
      text.replace(
        /^title: ("?).*$/m,
        (_, quote: string) =>
          `title: ${quote}${random.pick(["Worksheet #2: ", "", ""]).replace(/.*/, (prefix) => (quote ? prefix : ""))}${random.pick(WORDS)} ${random.below(100)}${quote}`,
      ),
    ),
  language: (project, random) =>
    changeOne(project, random, /(?:index|\d\d-[^/\\]*)\.md$/, (text) =>
      text.replace(/^title: .*\n(?:lang: .*\n)?/m, (title) =>
        title.includes("lang: ")
          ? title.replace(/lang: .*\n/, "")
          : `${title}lang: ${random.pick(["es", "ar", "en"])}\n`,
      ),
    ),
  translation: (project, random) =>
    changeOne(project, random, MADE, (text) =>
      text.replace(/^title: .*\n(?:translates: .*\n)?/m, (title) =>
        title.includes("translates: ")
          ? title.replace(/translates: .*\n/, "")
          : `${title}translates: /${random.pick(["01-first-steps/02-forms.md", "01-first-steps/index.md"])}\n`,
      ),
    ),
  order: async (project, random) => {
    const files = await filesOf(project, /^\d\d-[^/]+[/\\]\d\d-[^/\\]+\.md$/);
    const file = random.pick(files);
    const to = path.join(path.dirname(file), `${number(random)}-${path.basename(file).replace(/^\d+-/, "")}`);
    if (!existsSync(path.join(project, "content", to)))
      await rename(path.join(project, "content", file), path.join(project, "content", to));
  },
  "a module's order": async (project, random) => {
    const folder = random.pick(MODULES.slice(2));
    const names = await readdir(path.join(project, "content"));
    const found = names.find((name) => name.endsWith(folder.slice(2)));
    const to = path.join(project, "content", `${number(random)}${folder.slice(2)}`);
    if (found && !existsSync(to)) await rename(path.join(project, "content", found), to);
  },
  added: async (project, random) => {
    const names = await readdir(path.join(project, "content"));
    const folder = random.pick([...MODULES, ...names.filter((name) => /^\d\d-/.test(name))]);
    const file = path.join(
      project,
      "content",
      folder,
      `${number(random)}-${random.pick(WORDS)}-${random.below(1e4)}.md`,
    );
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, newPage(random));
  },
  "a landing page": async (project, random) => {
    const folder = path.join(project, "content", random.pick(MODULES));
    if (existsSync(folder))
      await writeFile(
        path.join(folder, "index.md"),
        `---\ntitle: ${random.pick(WORDS)}\n---\n${sentence(random)}\n`,
      );
  },
  "a worksheet": async (project, random) => {
    const name = `${number(random)}-${random.pick(WORDS)}.md`;
    await writeFile(
      path.join(project, "content/worksheets", name),
      `---\ntitle: "Worksheet #${random.below(5)}: ${random.pick(WORDS)}"\n${random.pick(["", "module: first-steps\n"])}---\n${sentence(random)}\n`,
    );
  },
  removed: async (project, random) => {
    const files = await filesOf(project, MADE);
    if (files.length) await rm(path.join(project, "content", random.pick(files)));
  },
  renamed: async (project, random) => {
    const files = await filesOf(project, MADE);
    if (!files.length) return;
    const file = random.pick(files);
    const to = path.join(
      path.dirname(file),
      `${number(random)}-${random.pick(WORDS)}-${random.below(1e4)}.md`,
    );
    await rename(path.join(project, "content", file), path.join(project, "content", to));
  },
  "a linked page renamed": async (project, random) => {
    const files = await filesOf(project, /forms\.md$/);
    if (files.length)
      await rename(
        path.join(project, "content", files[0]!),
        path.join(project, "content", `01-first-steps/${number(random)}-forms.md`),
      );
  },
  moved: async (project, random) => {
    const files = await filesOf(project, MADE);
    if (!files.length) return;
    const file = random.pick(files);
    const to = path.join(project, "content", random.pick(MODULES), path.basename(file));
    await mkdir(path.dirname(to), { recursive: true });
    if (!existsSync(to)) await rename(path.join(project, "content", file), to);
  },
  picture: (project, random) =>
    writeFile(
      path.join(project, "content/01-first-steps/img/circle.svg"),
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="${1 + random.below(1e4) / 2500}"/></svg>`,
    ),
  "a picture swapped": async (project, random) => {
    const img = path.join(project, "content/01-first-steps/img");
    await cp(path.join(img, "square.png"), path.join(img, `new-${random.below(3)}.png`));
    await cp(path.join(img, `new-${random.below(3)}.png`), path.join(img, "square.png")).catch(() => {});
  },
  "a download": async (project, random) => {
    const file = path.join(project, "content/downloads", `plan ${random.below(3)}.txt`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, sentence(random));
  },
  settings: (project, random) =>
    writeFile(
      path.join(project, "content/site.yaml"),
      `name: ${random.pick(WORDS)}\n${random.pick(["", "version: 1.10\n"])}${random.pick(["", "language: de\n"])}${random.pick(["", "url: https://example.org/\n"])}${random.pick(["", "contact: desk@example.org\n"])}`,
    ),
  colors: async (project, random) => {
    const file = path.join(project, "content/site.yaml");
    const text = await readFile(file, "utf8").catch(() => "");
    const color = random.pick(["1f4fa3", "7a1420", "245c2a"]);
    await writeFile(file, `${text.replace(/^colors:\n.*\n/m, "")}colors:\n  accent: "#${color}"\n`);
  },
  /** What a trainer adapts; names may be of sections that are not there by now, or are left out. */
  adaptation: (project, random) =>
    writeFile(
      path.join(project, "content/site.yaml"),
      [
        `library: ${random.pick(WORDS)}\n`,
        random.pick(["", "logo: 01-first-steps/img/circle.svg\n", "logo: 01-first-steps/img/square.png\n"]),
        random.pick([
          "",
          `notice: { text: ${random.pick(WORDS)}, until: ${random.pick(["2023-11-20", "2023-11-01"])} }\n`,
        ]),
        random.pick([
          "",
          "sections: { first: [forms] }\n",
          "sections: { leaveOut: [forms] }\n",
          "sections: { leaveOut: [02-späte-Übung] }\n",
          "sections: { leaveOut: [welcome, plan], first: [letzte] }\n",
        ]),
        random.pick([
          "",
          `local:\n  ${random.pick(["forms", "welcome"])}: { example: ${random.pick(WORDS)} }\n`,
        ]),
      ].join(""),
    ),
  "no settings": (project) => rm(path.join(project, "content/site.yaml"), { force: true }),
  layout: changeIn("layouts/section.liquid", /<article/, (random) => `<!-- ${random.below(1e6)} --><article`),
  "a part of all layouts": changeIn(
    "layouts/base.liquid",
    /<footer class="[^"]*"/,
    (random) => `<footer class="site-footer f${random.below(1e6)}"`,
  ),
  "a layout's part": changeIn(
    "layouts/partials/breadcrumbs.liquid",
    /<ol[^>]*>/,
    (random) => `<ol class="b${random.below(1e6)}">`,
  ),
  "a word of the interface": changeIn(
    "layouts/words/en.json",
    /"home": "[^"]*"/,
    (random) => `"home": "Home${random.below(1e6)}"`,
  ),
  style: changeIn(
    "assets/css/base.css",
    /^/,
    (random) => `@layer base { .x${random.below(1e6)} { color: red; } }\n`,
  ),
  "the lone page's style": changeIn(
    "assets/css/not-found.css",
    /$/,
    (random) => `.x${random.below(1e6)} { color: red; }\n`,
  ),
  script: changeIn(
    "assets/browser/site.ts",
    /$/,
    (random) => `\nObject.assign(globalThis, { x: ${random.below(1e6)} });\n`,
  ),
  icon: changeIn("assets/img/icon.svg", /<\/svg>/, (random) => `<desc>${random.below(1e6)}</desc></svg>`),
};
