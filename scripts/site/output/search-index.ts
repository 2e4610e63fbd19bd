/**
 * The search index: Pagefind's, of every page as it was written to the output, with each worksheet as a record of
 * its own; and the same index as one script, for `file://`, where a page may fetch nothing.
 */
import { promises as fs } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { close, createIndex } from "pagefind";
import { BROWSER_FLOOR } from "../layout/assets.ts";
import type { Site } from "../layout/site.ts";
import type { Page } from "../model/course.ts";

export const SEARCH_FOLDER = "pagefind";
/** Pagefind and the index as a classic script; see assets/browser/search.ts. */
const OFFLINE_SCRIPT = "offline.js";

export interface SearchCounts {
  pages: number;
  worksheets: number;
  /** Distinct words of each page, summed. */
  words: number;
}

const TYPES: Record<Page["kind"], string> = {
  front: "page",
  module: "page",
  section: "section",
  worksheet: "worksheet",
};

export async function writeSearchIndex(site: Site, out: string): Promise<SearchCounts> {
  const { course } = site;
  const language = course.settings.language.split("-")[0]!;
  const counts: SearchCounts = { pages: 0, worksheets: 0, words: 0 };
  try {
    const { index, errors } = await createIndex({ keepIndexUrl: true, forceLanguage: language });
    check(errors);
    for (const page of course.pages) {
      const html = await fs.readFile(path.join(out, page.address), "utf8");
      const facts = filtersOf(page, TYPES[page.kind]);
      const added = await index!.addHTMLFile({ url: page.address, content: withFacts(html, facts) });
      check(added.errors);
      counts.pages++;
      counts.words += added.file.uniqueWords;
    }
    for (const callout of site.rendering.worksheets) {
      const number = callout.number === undefined ? "" : `Worksheet #${callout.number}: `;
      const facts = filtersOf(callout.page, "worksheet");
      const added = await index!.addCustomRecord({
        url: `${callout.page.address}#${encodeURIComponent(callout.anchor)}`,
        content: callout.text,
        language,
        meta: { title: number + callout.title, section: callout.page.title, type: "worksheet" },
        filters: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, [value]])),
      });
      check(added.errors);
      counts.worksheets++;
      counts.words += added.file.uniqueWords;
    }
    const written = await index!.getFiles();
    check(written.errors);
    await writeFiles(path.join(out, SEARCH_FOLDER), written.files);
  } finally {
    await close();
  }
  return counts;
}

function check(errors: string[]): void {
  if (errors.length) throw new Error(`Pagefind could not index the site: ${errors.join("; ")}`);
}

function filtersOf(page: Page, type: string): Record<string, string> {
  return { type, ...(page.module?.isNamed && { module: page.module.title }) };
}

/** Pagefind reads filters from attributes; they are added to what it reads, not to what readers load. */
function withFacts(html: string, facts: Record<string, string>): string {
  const tags = Object.entries(facts).map(
    ([name, value]) => `<span data-pagefind-filter="${name}:${attribute(value)}"></span>`,
  );
  const meta = `<span data-pagefind-meta="type:${attribute(facts.type!)}"></span>`;
  return html.replace(/<article[^>]*data-pagefind-body[^>]*>/, (open) => open + tags.join("") + meta);
}

const attribute = (value: string) => value.replace(/&/g, "&amp;").replace(/"/g, "&quot;");

/** What the site's own search needs; Pagefind's ready-made interfaces stay out. */
const NEEDED = /^(?:pagefind\.js|pagefind-entry\.json|pagefind-worker\.js|.*\.pf_\w+|wasm\..*\.pagefind)$/;

async function writeFiles(folder: string, files: { path: string; content: Uint8Array }[]): Promise<void> {
  const needed = files.filter((file) => NEEDED.test(file.path));
  for (const file of needed) {
    await fs.mkdir(path.dirname(path.join(folder, file.path)), { recursive: true });
    await fs.writeFile(path.join(folder, file.path), file.content);
  }
  await fs.writeFile(path.join(folder, OFFLINE_SCRIPT), await offlineScript(needed));
}

/**
 * pagefind.js as a classic script that finds its files in itself. `fetch` inside it answers from them; the global it
 * leaves is what `import()` of pagefind.js would have given.
 */
async function offlineScript(files: { path: string; content: Uint8Array }[]): Promise<string> {
  const code = files.find((file) => file.path === "pagefind.js")!;
  const data = files.filter((file) => !file.path.endsWith(".js"));
  const result = await build({
    stdin: { contents: new TextDecoder().decode(code.content), loader: "js" },
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    globalName: "pagefindOffline",
    target: BROWSER_FLOOR,
    define: { "import.meta.url": '"pagefind-offline:/pagefind.js"', fetch: "pagefindFetch" },
    logLevel: "silent",
  });
  const base64 = Object.fromEntries(
    data.map((file) => [file.path, Buffer.from(file.content).toString("base64")]),
  );
  return `var pagefindFiles=${JSON.stringify(base64)};
function pagefindFetch(address){
var name=String(address).replace(/^pagefind-offline:\\//,"").replace(/[?#].*$/,"");
var text=pagefindFiles[name];
if(text===undefined)return Promise.reject(new Error("not in the index: "+name));
var bytes=Uint8Array.from(atob(text),function(c){return c.charCodeAt(0)});
return Promise.resolve(new Response(bytes,{headers:{"content-type":/\\.json$/.test(name)?"application/json":"application/octet-stream"}}));
}
${result.outputFiles[0]!.text}`;
}
