/**
 * What this browser keeps of a site for use without a network. Each file is kept once, under the hash of what is in it;
 * a release is a list of hashes. So a new one is fetched as far as it differs, and several stand side by side, each
 * whole. For the worker and for pages.
 */
import {
  type Folder,
  listAddress,
  type ReleaseFile,
  type ReleaseList,
  readList,
  releaseIn,
  WORKER,
} from "../../../scripts/site/output/release.ts";

/**
 * What is noted beside the files: the release that readers get, the one that is being fetched, the one for which there
 * was no room; whether all of a folder is there; of which releases files were kept when others were last deleted; when
 * the server was last asked whether there is still a site.
 */
type Note = "newest" | "coming" | "too-large" | "whole" | "tidied" | "asked";

/** Behind a reader's back few at a time, so that what the reader asks for has its way. */
const AT_ONCE = 2;
const NO_FILES: ReleaseList = { byItself: [], whenAsked: [], folders: [] };

export class Kept {
  /** The site's address, with `/` at its end. */
  readonly site: string;
  readonly #files: string;
  /** Which release each open page is of. */
  readonly #pages: string;
  readonly #lists = new Map<string, Promise<ReleaseList | undefined>>();

  constructor(site: string) {
    this.site = site;
    this.#files = `site ${site} offline`;
    this.#pages = `site ${site} offline pages`;
  }

  #key = (kind: string, id: string) => `${this.site}?${kind}=${encodeURIComponent(id)}`;

  async read(note: Note, of = ""): Promise<string | undefined> {
    // Looking must not make a place that is not there.
    const found = await caches.match(this.#key(note, of), { cacheName: this.#files });
    return found?.text();
  }

  async note(note: Note, text: string, of = ""): Promise<void> {
    await (await caches.open(this.#files)).put(this.#key(note, of), new Response(text));
  }

  async forget(note: Note): Promise<void> {
    await (await caches.open(this.#files)).delete(this.#key(note, ""));
  }

  /** Of an open page, or of a worker of one. */
  async releaseOf(client: string): Promise<string | undefined> {
    return (await caches.match(this.#key("page", client), { cacheName: this.#pages }))?.text();
  }

  async noteRelease(client: string, release: string): Promise<void> {
    // All may have been deleted a moment ago.
    if (!(await caches.has(this.#files))) return;
    await (await caches.open(this.#pages)).put(this.#key("page", client), new Response(release));
  }

  /** The releases of open pages, of those that `isOpen`; the others are forgotten. */
  async releasesInUse(isOpen: (client: string) => Promise<boolean>): Promise<string[]> {
    const pages = await caches.open(this.#pages);
    const used: string[] = [];
    for (const { url } of await pages.keys()) {
      const client = new URL(url).searchParams.get("page")!;
      if (await isOpen(client)) used.push((await this.releaseOf(client)) ?? "");
      else await pages.delete(url);
    }
    return used.filter(Boolean);
  }

  file(hash: string): Promise<Response | undefined> {
    return caches.match(this.#key("file", hash), { cacheName: this.#files });
  }

  /** The hashes of all files that are there. */
  async hashes(): Promise<Set<string>> {
    if (!(await caches.has(this.#files))) return new Set();
    const keys = await (await caches.open(this.#files)).keys();
    return new Set(keys.map(({ url }) => new URL(url).searchParams.get("file") ?? ""));
  }

  /** A list that is there. */
  list(hash: string): Promise<ReleaseList | undefined> {
    const known = this.#lists.get(hash) ?? this.#readList(hash);
    this.#lists.set(hash, known);
    return known;
  }

  async #readList(hash: string): Promise<ReleaseList | undefined> {
    const text = await (await this.file(hash))?.text();
    // It may come yet.
    if (text === undefined) this.#lists.delete(hash);
    return text === undefined ? undefined : readList(text);
  }

  /** A list, fetched where it is not there. */
  async bringList(hash: string): Promise<ReleaseList> {
    if (!(await this.file(hash))) await this.bring({ hash, url: listAddress(hash) });
    return (await this.list(hash)) ?? NO_FILES;
  }

  /** The release that the server has now. Rejects where it has none, or is not there. */
  async onServer(): Promise<string> {
    const answer = await fetch(new URL(WORKER, this.site), { cache: "no-store" });
    const release = releaseIn(await answer.text());
    if (!release) throw new Error("the server has no release");
    return release;
  }

  /** Fetches a file and keeps it. Rejects where the server has another one, or something else: then nothing is kept. */
  async bring({ hash, url }: Pick<ReleaseFile, "hash" | "url">): Promise<void> {
    // What a reader has just seen need not come over the line again; of what is too old, the server has a newer one.
    for (const cache of ["default", "reload"] as const) {
      const options = { cache, priority: "low" } as RequestInit;
      if (await this.keep(hash, await fetch(new URL(url, this.site), options))) return;
    }
    throw new Error(`${url} is not of this release`);
  }

  /** Keeps an answer where it is the file with this hash; whatever its status: a host may send 404.html with 404. */
  async keep(hash: string, answer: Response): Promise<boolean> {
    const bytes = await answer.arrayBuffer();
    if ((await hashOf(bytes)) !== hash) return false;
    const headers = new Headers(answer.headers);
    // Of how it came over the line, and of what else might have come.
    for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
    await (await caches.open(this.#files)).put(this.#key("file", hash), new Response(bytes, { headers }));
    return true;
  }

  /** Fetches what is not there of some files, and tells of each. The first one that cannot be had ends it. */
  async bringAll(
    files: readonly ReleaseFile[],
    { atOnce = AT_ONCE, onFile = (_file: ReleaseFile) => {} } = {},
  ): Promise<void> {
    const missing = await this.missingOf(files);
    let failure: unknown;
    const work = async () => {
      for (let file = missing.shift(); file; file = missing.shift()) {
        try {
          await this.bring(file);
          onFile(file);
        } catch (error) {
          failure ??= error;
          missing.length = 0;
        }
      }
    };
    // The first by itself: from a server whose files are all others, no more than one is fetched in vain.
    const others = missing.splice(1);
    await work();
    if (!failure) missing.push(...others);
    await Promise.all(Array.from({ length: atOnce }, work));
    if (failure) throw failure;
  }

  async missingOf<File extends ReleaseFile>(files: readonly File[]): Promise<File[]> {
    const hashes = await this.hashes();
    const missing = new Map(files.filter(({ hash }) => !hashes.has(hash)).map((file) => [file.hash, file]));
    return [...missing.values()];
  }

  /** What is kept by itself of a folder that has a list of its own. */
  async bringFolder({ hash }: Folder): Promise<void> {
    if (await this.isWhole(hash)) return;
    await this.bringAll((await this.bringList(hash)).byItself);
    await this.noteWhole(hash);
  }

  noteWhole = (hash: string): Promise<void> => this.note("whole", "", hash);

  /** Whether all of that is there; `hash` is that of the list. */
  async isWhole(hash: string): Promise<boolean> {
    return (await this.read("whole", hash)) !== undefined;
  }

  /** Deletes the files that none of some releases has. */
  async keepOnly(releases: ReadonlySet<string>): Promise<void> {
    const used = new Set<string>();
    const use = async (hash: string): Promise<void> => {
      used.add(hash);
      const { byItself, whenAsked, folders } = (await this.list(hash)) ?? NO_FILES;
      for (const file of [...byItself, ...whenAsked]) used.add(file.hash);
      for (const folder of folders) await use(folder.hash);
    };
    for (const release of releases) await use(release);
    const files = await caches.open(this.#files);
    for (const { url } of await files.keys()) {
      const query = new URL(url).searchParams;
      const hash = query.get("file") ?? query.get("whole");
      if (hash && !used.has(hash)) await files.delete(url);
    }
  }

  async drop(hashes: readonly string[]): Promise<void> {
    const files = await caches.open(this.#files);
    await Promise.all(hashes.map((hash) => files.delete(this.#key("file", hash))));
  }

  async deleteAll(): Promise<void> {
    this.#lists.clear();
    await Promise.all([caches.delete(this.#files), caches.delete(this.#pages)]);
  }

  /** While files are being brought nobody deletes any. */
  whileBringing<Result>(work: () => Promise<Result>): Promise<Result> {
    return navigator.locks.request(this.#files, { mode: "shared" }, work);
  }

  /** When no files are being brought; where `ifNow`, only if that is so now. */
  async whileNoneComes(work: () => Promise<void>, ifNow = false): Promise<void> {
    await navigator.locks.request(this.#files, { ifAvailable: ifNow }, async (lock) => {
      if (lock) await work();
    });
  }
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).subarray(0, 8);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether a browser refused to keep something because it keeps too much already. */
export const isFull = (error: unknown): boolean => (error as DOMException).name === "QuotaExceededError";
