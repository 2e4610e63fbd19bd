/**
 * Pagefind's index with the same bytes each time. Pagefind keeps a site's filters and their values in tables without an
 * order, and writes them as they come; here they are sorted. The files are named by what is in them, so their names,
 * and what names them, change too. Words and pages it writes in order by itself.
 *
 *   filter/….pf_filter   [name, [ [value, pages], … ]]
 *   ….pf_meta            [version, pages, words, [ [name of a filter, name of its file], … ], sorts, names of meta]
 *   pagefind-entry.json  { languages: { en: { hash: "en_…" } } }, the hash in the name of the meta file
 */
import { createHash } from "node:crypto";
import { array, itemsOf, readText, text } from "./cbor.ts";
import { type IndexFile, pack, unpack } from "./split-index.ts";

export const ENTRY = "pagefind-entry.json";

/** The files, in the order of their paths. */
export async function stableIndex(files: readonly IndexFile[]): Promise<IndexFile[]> {
  const renamed = new Map<string, string>();
  const all = new Map(files.map((file) => [file.path, file]));
  const rewrite = async (path: string, write: (bytes: Buffer) => Buffer) => {
    const packed = await pack(write(await unpack(all.get(path)!.content)));
    const [, folder, old, ending] = /^(\w+\/|pagefind\.)([\w-]+)(\.\w+)$/.exec(path)!;
    const [language, hash] = old!.split(/_(?=[^_]*$)/) as [string, string];
    const name = `${language}_${createHash("sha256").update(packed).digest("hex").slice(0, hash.length)}`;
    renamed.set(old!, name);
    all.delete(path);
    all.set(`${folder}${name}${ending}`, { path: `${folder}${name}${ending}`, content: packed });
  };
  for (const { path } of files.filter(({ path }) => path.endsWith(".pf_filter"))) {
    await rewrite(path, sortedFilter);
  }
  for (const { path } of files.filter(({ path }) => path.endsWith(".pf_meta"))) {
    await rewrite(path, (bytes) => sortedMeta(bytes, renamed));
  }
  const entry = JSON.parse(new TextDecoder().decode(all.get(ENTRY)!.content)) as Entry;
  const languages = Object.entries(entry.languages)
    .sort(([a], [b]) => compare(a, b))
    .map(([language, { hash, ...facts }]) => [language, { hash: renamed.get(hash) ?? hash, ...facts }]);
  const content = Buffer.from(JSON.stringify({ ...entry, languages: Object.fromEntries(languages) }));
  all.set(ENTRY, { path: ENTRY, content });
  return [...all.values()].sort((a, b) => compare(a.path, b.path));
}

interface Entry {
  languages: Record<string, { hash: string }>;
}

function sortedFilter(bytes: Buffer): Buffer {
  const [, values, end] = itemsOf(bytes, 0) as [number, number, number];
  return Buffer.concat([bytes.subarray(0, values), sorted(bytes, values), bytes.subarray(end)]);
}

function sortedMeta(bytes: Buffer, renamed: ReadonlyMap<string, string>): Buffer {
  const [, , , filters, sorts] = itemsOf(bytes, 0) as [number, number, number, number, number];
  const named = itemsOf(bytes, filters)
    .slice(0, -1)
    .map((at) =>
      itemsOf(bytes, at)
        .slice(0, 2)
        .map((place) => readText(bytes, place)),
    )
    .sort(([a], [b]) => compare(a!, b!))
    .map(([name, file]) => array([text(name!), text(renamed.get(file!) ?? file!)]));
  return Buffer.concat([bytes.subarray(0, filters), array(named), bytes.subarray(sorts)]);
}

/** The list at a place, its items in the order of the texts with which they begin. */
function sorted(bytes: Buffer, at: number): Buffer {
  const places = itemsOf(bytes, at);
  const items = places
    .slice(0, -1)
    .map((place, index) => ({
      key: readText(bytes, itemsOf(bytes, place)[0]!),
      item: bytes.subarray(place, places[index + 1]),
    }))
    .sort((a, b) => compare(a.key, b.key));
  return array(items.map(({ item }) => item));
}

/** By code, for what a machine's language would sort otherwise. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
