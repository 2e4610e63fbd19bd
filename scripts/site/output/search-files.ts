/** The index as browsers get it; and the same as one script, for `file://`, where a page may fetch nothing. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { BROWSER_FLOOR } from "../layout/assets.ts";

/** Pagefind and the index as a classic script; see assets/browser/search.ts. */
const OFFLINE_SCRIPT = "offline.js";

/** What the site's own search needs; Pagefind's ready-made interfaces stay out. */
const NEEDED = /^(?:pagefind\.js|pagefind-entry\.json|pagefind-worker\.js|.*\.pf_\w+|wasm\..*\.pagefind)$/;

export async function writeSearchFiles(
  folder: string,
  files: { path: string; content: Uint8Array }[],
): Promise<void> {
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
