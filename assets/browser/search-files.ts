/**
 * The files of Pagefind's index, each in a classic script of its own, which loads everywhere: on `file://`, where a
 * page may fetch nothing, and from servers that refuse Pagefind's file types. Such a script, `fragment/en_26cad6e.js`,
 * puts what it has into a map: the file's name without its ending, and its bytes in base64.
 */
import { loadScript } from "./load-script.ts";
import { FILES } from "./search-globals.ts";

const everywhere = globalThis as unknown as Record<symbol, Map<string, string>>;
everywhere[FILES] ??= new Map();
const files = everywhere[FILES];

const coming = new Map<string, Promise<void>>();
let folder = "";
let failure: unknown;

/** Says where the scripts are, with `/` at the end. */
export function readFrom(place: string): void {
  folder = place;
  failure = undefined;
}

/** Takes the place of `fetch` in Pagefind's own script, which asks for `/fragment/en_26cad6e.pf_fragment`. */
export async function fetch(address: string): Promise<Response> {
  const name = address.replace(/^\/|\.\w+(?:\?.*)?$/g, "");
  try {
    if (!files.has(name)) await bring(name);
    const text = files.get(name);
    if (text === undefined) throw new Error(`${name} is not in its script`);
    return new Response(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  } catch (error) {
    failure ??= error;
    throw error;
  }
}

/** Throws where a file was missing: Pagefind goes on without it, and would find less than there is. */
export function checkFiles(): void {
  if (failure) throw failure;
}

/** Loads a file's script, once for all who ask at the same time. */
function bring(name: string): Promise<void> {
  let loading = coming.get(name);
  if (!loading) {
    loading = runScript(`${folder}${name}.js`).finally(() => coming.delete(name));
    coming.set(name, loading);
  }
  return loading;
}

export async function runScript(address: string): Promise<void> {
  if (typeof window === "object") return loadScript(address);
  // A worker would run one script after another; so it reads what they hold.
  const answer = await globalThis.fetch(address);
  if (!answer.ok) throw new Error(`${address} did not load`);
  for (const [, name, base64] of (await answer.text()).matchAll(/\("([^"]+)","([^"]*)"\)/g)) {
    files.set(name!, base64!);
  }
}
