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
 *
 * Where a course has other languages beside its main one, each has an engine, an entry and words of its own in
 * `pagefind/es/`.
 */
import { promises as fs, writeFileSync } from "node:fs";
import path from "node:path";
import { FILES } from "../../../assets/browser/search-globals.ts";
import { browserScript } from "../layout/assets.ts";
import { type IndexFile, splitIndex } from "./split-index.ts";
import { ENTRY, stableIndex } from "./stable-index.ts";

/** By language, the most usual first. */
export type WordsByLanguage = Readonly<Record<string, readonly string[]>>;

export async function writeSearchFiles(
  folder: string,
  found: IndexFile[],
  mainLanguage: string,
  words: WordsByLanguage,
): Promise<void> {
  const files = await stableIndex(found);
  const parts = await splitIndex(files);
  for (const part of ["index", "fragment"]) await fs.mkdir(path.join(folder, part), { recursive: true });
  // Thousands of small files: written at once each, they take a third of the time that waiting for each takes.
  for (const file of parts.filter(({ path }) => ON_DEMAND.test(path))) {
    writeFileSync(path.join(folder, `${nameOf(file.path)}.js`), record(file));
  }
  const engine = await engineScript(files);
  for (const { folder: name, language, wasm } of languagesIn(files, mainLanguage)) {
    const own = path.join(folder, name);
    await fs.mkdir(own, { recursive: true });
    await fs.writeFile(path.join(own, "engine.js"), `${engine}\n${record(wasm)}`);
    const entry = parts.filter((file) => isEntry(file.path, language));
    await fs.writeFile(path.join(own, "entry.js"), entry.map(record).join(""));
    await fs.writeFile(path.join(own, "words.js"), await wordsScript(words[language] ?? []));
  }
}

const ON_DEMAND = /\.pf_(?:index|fragment)$/;

/** What every query in a language needs, and so comes in one script: `pagefind.en_4b2c.pf_meta`, `filter/en_9a1.pf_filter`. */
const isEntry = (path: string, language: string): boolean =>
  path === ENTRY ||
  (/\.pf_(?:meta|filter)$/.test(path) && path.split(/[./]/).some((part) => part.startsWith(`${language}_`)));

interface IndexedLanguage {
  /** Of its scripts: "" of the main one. */
  folder: string;
  language: string;
  /** With its stemmer, or the one of languages that have none. */
  wasm: IndexFile;
}

/** Where no page is in the main language, its readers search another one. */
function languagesIn(files: IndexFile[], main: string): IndexedLanguage[] {
  const { languages } = JSON.parse(textOf(fileAt(ENTRY, files))) as Entry;
  const all = Object.entries(languages).map(([language, { wasm }]) => ({
    folder: language === main ? "" : language,
    language,
    wasm: fileAt(`wasm.${wasm ?? "unknown"}.pagefind`, files),
  }));
  return all[0] && !(main in languages) ? [{ ...all[0], folder: "" }, ...all] : all;
}

const fileAt = (path: string, files: IndexFile[]) => files.find((file) => file.path === path)!;
const textOf = ({ content }: IndexFile) => new TextDecoder().decode(content);

const nameOf = (path: string) => path.replace(/\.\w+$/, "");

function record({ path, content }: IndexFile): string {
  const base64 = Buffer.from(content.buffer, content.byteOffset, content.length).toString("base64");
  return `(globalThis[Symbol.for("${Symbol.keyFor(FILES)}")]??=new Map).set("${nameOf(path)}","${base64}");\n`;
}

/** Words are letters, digits and hyphens. */
const wordsScript = (words: readonly string[]): Promise<string> =>
  browserScript("browser/search-meant.ts", { define: { COURSE_WORDS: JSON.stringify(words.join(" ")) } });

/** Pagefind's script in ours, with our `fetch` for its own. */
const engineScript = (files: IndexFile[]): Promise<string> =>
  browserScript("browser/search-engine.ts", {
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
            contents: `${textOf(fileAt(path, files))}\nexport { PagefindInstance };`,
          }));
        },
      },
    ],
  });

/** Of pagefind-entry.json. */
interface Entry {
  /** Which WebAssembly a language has: with its stemmer, or the one of unknown languages. */
  languages: Record<string, { wasm: string | null }>;
}
