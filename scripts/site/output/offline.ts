/**
 * For use without a network: the worker beside the front page, and the list of what a release is made of. The worker's
 * text names the list, whose name is its hash; so it is another one for every release, by which browsers know it.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { browserScript } from "../layout/assets.ts";
import { relativeUrl } from "../text/addresses.ts";
import {
  bytesOf,
  folderOfFile,
  listAddress,
  MOST_BY_ITSELF,
  type ReleaseFile,
  type ReleaseList,
  releaseLine,
  WORKER,
  writeList,
} from "./release.ts";
import { typeOf } from "./static-server.ts";

/** `keptBack` are folders whose pages no browser keeps unasked. To be called last, when all other files of the release are in the folder. */
export async function writeOffline(
  folder: string,
  isOn: boolean,
  keptBack: readonly string[] = [],
): Promise<void> {
  if (!isOn) return writeFile(path.join(folder, WORKER), await takingAwayWorker());
  const lists = listsOf(filesOf(folder), keptBack);
  await mkdir(path.dirname(path.join(folder, listAddress(""))), { recursive: true });
  for (const [hash, text] of lists.all) await writeFile(path.join(folder, listAddress(hash)), text);
  await writeFile(path.join(folder, WORKER), await keepingWorker(lists.release));
}

const keepingWorker = async (release: string): Promise<string> =>
  `${releaseLine(release)}\n${await browserScript("browser/offline/worker.ts", {
    define: { RELEASE: JSON.stringify(release) },
  })}\n`;

/**
 * A worker that lets go of what an earlier one kept, and then of itself. Where `isPreview`, open pages are loaded again:
 * what they show may be of another site.
 */
export const takingAwayWorker = (isPreview = false): Promise<string> =>
  browserScript("browser/offline/take-away.ts", { define: { IS_PREVIEW: String(isPreview) } });

interface FoundFile extends ReleaseFile {
  address: string;
}

function filesOf(folder: string): FoundFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .filter((address) => !isForOthers(address))
    .sort()
    .map((address) => {
      // Thousands of small files: read at once each, they take a third of the time that waiting for each takes.
      const content = readFileSync(path.join(folder, address));
      return { hash: hashOf(content), bytes: content.length, url: relativeUrl("", address), address };
    });
}

/** What no page of the site asks for: marks for servers, lists for search engines, and the worker. */
const isForOthers = (address: string) =>
  /(?:^|\/)\.[^/]*$|\.xml$|^robots\.txt$/.test(address) || address === WORKER;

const hashOf = (content: string | Buffer) => createHash("sha256").update(content).digest("hex").slice(0, 16);

export interface Lists {
  /** The hash of the list from which all is found. */
  release: string;
  /** The text of each list, by its hash. */
  all: ReadonlyMap<string, string>;
}

/** The lists of a release: one, or in a course with much text one for each folder too. */
export function listsOf(files: readonly FoundFile[], keptBack: readonly string[] = []): Lists {
  const isTextForAll = (file: FoundFile) =>
    isText(file) && !keptBack.some((folder) => file.address.startsWith(`${folder}/`));
  const all = new Map<string, string>();
  const add = (list: ReleaseList) => {
    const text = writeList(list);
    const hash = hashOf(text);
    all.set(hash, text);
    return hash;
  };
  if (bytesOf(files.filter(isTextForAll)) <= MOST_BY_ITSELF) {
    return { release: add({ ...divide(files, isTextForAll), folders: [] }), all };
  }
  const byFolder = new Map<string, FoundFile[]>();
  for (const file of files) {
    const name = folderOfFile(file.address);
    if (!byFolder.has(name)) byFolder.set(name, []);
    byFolder.get(name)!.push(file);
  }
  const shared = byFolder.get("") ?? [];
  byFolder.delete("");
  const folders = [...byFolder].map(([name, inside]) => {
    const list = divide(inside, isTextForAll);
    return { hash: add({ ...list, folders: [] }), bytes: bytesOf(list.byItself), name, all: bytesOf(inside) };
  });
  return { release: add({ ...divide(shared, isTextForAll), folders }), all };
}

const isText = ({ address }: FoundFile) => /^(?:text\/|application\/json|image\/svg)/.test(typeOf(address));
const isFilm = ({ address }: FoundFile) => /^(?:video|audio)\//.test(typeOf(address));

/** Texts are kept; then pictures and documents, from the smallest on, as far as the limit lets; films when asked for. */
function divide(
  files: readonly FoundFile[],
  isTextForAll: (file: FoundFile) => boolean,
): Pick<ReleaseList, "byItself" | "whenAsked"> {
  const kept = new Set(files.filter(isTextForAll));
  let bytes = bytesOf([...kept]);
  for (const file of files.filter((one) => !isText(one) && !isFilm(one)).sort((a, b) => a.bytes - b.bytes)) {
    bytes += file.bytes;
    if (bytes > MOST_BY_ITSELF) break;
    kept.add(file);
  }
  return {
    byItself: files.filter((file) => kept.has(file)),
    whenAsked: files.filter((file) => !kept.has(file)),
  };
}
