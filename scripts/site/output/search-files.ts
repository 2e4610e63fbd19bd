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
 */
import { promises as fs } from "node:fs";
import path from "node:path";
import { FILES } from "../../../assets/browser/search-globals.ts";
import { browserScript } from "../layout/assets.ts";
import { type IndexFile, splitIndex } from "./split-index.ts";

/** Files that are written at the same time. */
const WRITERS = 16;

export async function writeSearchFiles(folder: string, files: IndexFile[]): Promise<void> {
  const scripts = await searchScripts(files);
  const folders = new Set(scripts.map((script) => path.dirname(script.path)));
  for (const one of folders) await fs.mkdir(path.join(folder, one), { recursive: true });
  const waiting = scripts.values();
  const write = async () => {
    for (const script of waiting) await fs.writeFile(path.join(folder, script.path), script.text);
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
}

interface Script {
  path: string;
  text: string;
}

/** What every query needs, and so comes in one script. */
const ENTRY = /^(?:pagefind-entry\.json|.*\.pf_meta|.*\.pf_filter)$/;
const ON_DEMAND = /\.pf_(?:index|fragment)$/;

async function searchScripts(files: IndexFile[]): Promise<Script[]> {
  const contentOf = (path: string) => files.find((file) => file.path === path)!.content;
  const parts = await splitIndex(files);
  const entry = parts.filter((file) => ENTRY.test(file.path));
  const { languages } = JSON.parse(new TextDecoder().decode(contentOf("pagefind-entry.json"))) as {
    languages: Record<string, { wasm: string | null }>;
  };
  const wasms = Object.values(languages).map(({ wasm }) => `wasm.${wasm ?? "unknown"}.pagefind`);
  const engine = await engineScript(new TextDecoder().decode(contentOf("pagefind.js")));
  return [
    {
      path: "engine.js",
      text: engine + wasms.map((path) => record({ path, content: contentOf(path) })).join(""),
    },
    { path: "entry.js", text: entry.map(record).join("") },
    ...parts
      .filter((file) => ON_DEMAND.test(file.path))
      .map((file) => ({ path: `${nameOf(file.path)}.js`, text: record(file) })),
  ];
}

const nameOf = (path: string) => path.replace(/\.\w+$/, "");

function record({ path, content }: IndexFile): string {
  const base64 = Buffer.from(content.buffer, content.byteOffset, content.length).toString("base64");
  return `(globalThis[Symbol.for("${Symbol.keyFor(FILES)}")]??=new Map).set("${nameOf(path)}","${base64}");\n`;
}

/** Pagefind's script in ours, with our `fetch` for its own. */
function engineScript(pagefind: string): Promise<string> {
  return browserScript("browser/search-engine.ts", {
    inject: ["browser/search-files.ts"],
    define: { "import.meta.url": "undefined" },
    // What fails, search.ts tells the reader, and the browser whoever opens its tools.
    drop: ["console"],
    plugins: [
      {
        name: "pagefind",
        setup(build) {
          build.onResolve({ filter: /^pagefind\.js$/ }, ({ path }) => ({ path, namespace: "pagefind" }));
          build.onLoad({ filter: /./, namespace: "pagefind" }, () => ({ contents: pagefind, loader: "js" }));
        },
      },
    ],
  });
}
