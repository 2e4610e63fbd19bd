/**
 * The index as browsers get it. Every file that Pagefind's script would fetch is a small classic script with the file
 * in base64 (see assets/browser/search-files.ts), one form for every way of opening a site: `file://` allows no other,
 * no server refuses it, and no record stands on a disk twice. Over the network base64 costs nothing where a host
 * packs scripts: what it adds, gzip takes away again.
 *
 *   pagefind/engine.js                Pagefind itself and its WebAssembly
 *   pagefind/entry.js                 what every search needs of this site: the lists of files, the filters
 *   pagefind/index/en_93b4d49.js      some words, and where they stand
 *   pagefind/fragment/en_26cad6e.js   a page's text, for its excerpts
 *   pagefind/words.js                 the words to offer for a misspelt one (see search-words.ts), and what chooses
 */
import { promises as fs, writeFileSync } from "node:fs";
import path from "node:path";
import { FILES } from "../../../assets/browser/search-globals.ts";
import { browserScript } from "../layout/assets.ts";
import { type IndexFile, splitIndex } from "./split-index.ts";

export async function writeSearchFiles(
  folder: string,
  files: IndexFile[],
  words: readonly string[],
): Promise<void> {
  const parts = await splitIndex(files);
  const engine = await engineScript(files);
  for (const part of ["index", "fragment"]) await fs.mkdir(path.join(folder, part), { recursive: true });
  // Thousands of small files: written at once each, they take a third of the time that waiting for each takes.
  for (const { name, text } of scriptsOf(parts, engine)) writeFileSync(path.join(folder, `${name}.js`), text);
  await fs.writeFile(path.join(folder, "words.js"), await wordsScript(words));
}

/** What every query needs, and so comes in one script. */
const ENTRY = /^pagefind-entry\.json$|\.pf_(?:meta|filter)$/;
const ON_DEMAND = /\.pf_(?:index|fragment)$/;

function* scriptsOf(parts: IndexFile[], engine: string): Generator<{ name: string; text: string }> {
  yield { name: "engine", text: engine };
  const entry = parts.filter((file) => ENTRY.test(file.path));
  yield { name: "entry", text: entry.map(record).join("") };
  for (const file of parts) {
    if (ON_DEMAND.test(file.path)) yield { name: nameOf(file.path), text: record(file) };
  }
}

const nameOf = (path: string) => path.replace(/\.\w+$/, "");

function record({ path, content }: IndexFile): string {
  const base64 = Buffer.from(content.buffer, content.byteOffset, content.length).toString("base64");
  return `(globalThis[Symbol.for("${Symbol.keyFor(FILES)}")]??=new Map).set("${nameOf(path)}","${base64}");\n`;
}

/** Words are letters, digits and hyphens. */
const wordsScript = (words: readonly string[]): Promise<string> =>
  browserScript("browser/search-meant.ts", { define: { COURSE_WORDS: JSON.stringify(words.join(" ")) } });

/** Pagefind's script in ours, with our `fetch` for its own, and the WebAssembly for the languages of the site. */
async function engineScript(files: IndexFile[]): Promise<string> {
  const fileAt = (path: string) => files.find((file) => file.path === path)!;
  const textAt = (path: string) => new TextDecoder().decode(fileAt(path).content);
  const { languages } = JSON.parse(textAt("pagefind-entry.json")) as Entry;
  const wasms = new Set(Object.values(languages).map(({ wasm }) => `wasm.${wasm ?? "unknown"}.pagefind`));
  const script = await browserScript("browser/search-engine.ts", {
    inject: ["browser/search-files.ts"],
    define: { "import.meta.url": "undefined" },
    // What fails, search.ts tells the reader, and the browser whoever opens its tools.
    drop: ["console"],
    plugins: [
      {
        name: "pagefind",
        setup(build) {
          build.onResolve({ filter: /^pagefind\.js$/ }, ({ path }) => ({ path, namespace: "pagefind" }));
          build.onLoad({ filter: /./, namespace: "pagefind" }, ({ path }) => ({
            contents: `${textAt(path)}\nexport { PagefindInstance };`,
          }));
        },
      },
    ],
  });
  return `${script}\n${[...wasms].map((path) => record(fileAt(path))).join("")}`;
}

/** Of pagefind-entry.json. */
interface Entry {
  /** Which WebAssembly a language has: with its stemmer, or the one of unknown languages. */
  languages: Record<string, { wasm: string | null }>;
}
