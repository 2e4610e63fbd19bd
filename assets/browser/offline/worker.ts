/**
 * The worker beside the front page: answers for the site from what this browser keeps of it. A page and all that it
 * asks for are of one release, the newest that is here whole when the page is opened; what is not kept comes over the
 * network, as without a worker. A new release comes with a new worker, which is none before all of it is here. It
 * leaves its place to the one before until no page of the site is open: that one has the new release to give already, and
 * Chromium 147 breaks down where a worker takes the place of one that is answering. So an old worker reads new lists.
 */
import { readRange } from "../../../scripts/site/output/range.ts";
import {
  bytesOf,
  type Folder,
  folderOfFile,
  MOST_BY_ITSELF,
  type ReleaseFile,
  WORKER,
} from "../../../scripts/site/output/release.ts";
import { isFull, Kept } from "./kept.ts";
import { isThrifty } from "./thrifty.ts";

/** What this worker brings. */
declare const RELEASE: string;

const worker = self as unknown as ServiceWorkerScope;
const { registration, clients } = worker;
const site = registration.scope;
const kept = new Kept(site);

/** What a page is of whose HTML came over the network: maybe of a release that is not known here. */
const NETWORK = "network";
/** How long a reader who reloads waits at most for a new release. */
const WAIT_MS = 4_000;
const DAY_MS = 86_400_000;
const NOT_FOUND = "404.html";

worker.addEventListener("install", (event) => event.waitUntil(kept.whileBringing(install)));
// Pages that were opened before there was a worker: they too may be read, and searched, without a network.
worker.addEventListener("activate", (event) => event.waitUntil(clients.claim()));
// From a page that has been loaded.
worker.addEventListener("message", (event) =>
  event.waitUntil(kept.whileNoneComes(tidy, true).then(lookForSite)),
);
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = addressIn(request.url);
  if (request.method !== "GET" || address === undefined) return;
  if (request.mode === "navigate") event.respondWith(page(event, address));
  else if (!/reload|no-store|only/.test(request.cache)) event.respondWith(partOfPage(event, address));
});

/** `basics/a b.html`; undefined where it is not of this site. */
function addressIn(url: string): string | undefined {
  if (!url.startsWith(site)) return undefined;
  try {
    return decodeURIComponent(url.slice(site.length).replace(/[?#].*$/s, ""));
  } catch {
    return undefined;
  }
}

async function install(): Promise<void> {
  if ((await kept.read("too-large")) === RELEASE) throw new Error("there is no room for this release");
  await kept.note("coming", RELEASE);
  try {
    const { byItself, folders } = await kept.bringList(RELEASE);
    await kept.bringAll(byItself);
    await bringAgain(folders);
    await kept.note("asked", String(Date.now()));
    await kept.note("newest", RELEASE);
    await kept.forget("coming");
  } catch (error) {
    if (isFull(error)) await giveUp();
    throw error;
  }
}

/** The folders that are here of the release before, as long as all that is new in them comes to no more than the limit. */
async function bringAgain(folders: readonly Folder[]): Promise<void> {
  const newest = await kept.read("newest");
  const before = newest ? await kept.list(newest) : undefined;
  let bytes = 0;
  for (const { hash, name } of before?.folders ?? []) {
    const now = folders.find((folder) => folder.name === name);
    if (!now || !(await kept.isWhole(hash))) continue;
    bytes += bytesOf(await kept.missingOf((await kept.bringList(now.hash)).byItself));
    if (bytes > MOST_BY_ITSELF) break;
    await kept.bringFolder(now);
  }
}

/** What was fetched is deleted, and not fetched again: the room is for what readers write. */
async function giveUp(): Promise<void> {
  await kept.forget("coming");
  await kept.keepOnly(new Set(await releasesInUse()));
  await kept.note("too-large", RELEASE);
}

async function page(event: FetchEvent, address: string): Promise<Response> {
  const { request, resultingClientId } = event;
  // A reader who reloads wants to see what is new.
  if (/no-cache|reload/.test(request.cache)) await lookForRelease();
  const newest = await kept.read("newest");
  const file = newest ? await fileOf(newest, pageNames(address)) : undefined;
  const response = file && (await kept.file(file.hash));
  if (newest) event.waitUntil(noteRelease(resultingClientId, response ? newest : NETWORK));
  if (response) {
    // From `/basics` the links of its page would lead astray.
    const isFolder = file.name === `${address}/index.html`;
    return isFolder ? Response.redirect(request.url.replace(/(?=[?#]|$)/, "/")) : response;
  }
  if (newest) event.waitUntil(bringFolderOf(newest, address).catch(() => {}));
  try {
    const answer = await fetch(request);
    if (file) keepOpened(event, file, answer);
    return answer;
  } catch (error) {
    const notFound = newest && !file && (await isWithout(newest, address)) && (await notFoundOf(newest));
    if (!notFound) throw error;
    return notFound;
  }
}

/** Servers differ in how they call a page: `basics/`, `basics/mistakes`. */
const pageNames = (address: string): string[] =>
  /(?:^|\/)$/.test(address)
    ? [`${address}index.html`]
    : [address, `${address}.html`, `${address}/index.html`];

async function partOfPage(event: FetchEvent, address: string): Promise<Response> {
  const { request, clientId, resultingClientId } = event;
  const newest = await kept.read("newest");
  // Where a reader has deleted all, nothing is kept again.
  const release = newest && ((await releaseOf(clientId)) ?? newest);
  // A worker of a page is of the page's release.
  if (resultingClientId && release) event.waitUntil(noteRelease(resultingClientId, release));
  const isKnown = release && release !== NETWORK;
  const file = isKnown ? await fileOf(release, [address]) : undefined;
  const response = file && (await kept.file(file.hash));
  if (response) return partOf(response, request.headers.get("range"));
  const answer = await fetch(request);
  const toKeep = file ?? (newest && (await fileOf(newest, [address])));
  if (toKeep) keepOpened(event, toKeep, answer);
  return answer;
}

interface NamedFile extends ReleaseFile {
  /** One of the names that it was looked for by. */
  name: string;
}

/** The files of each list, by address. */
const filesOfLists = new Map<string, Map<string, ReleaseFile>>();

/** The first of these that a release has, as far as its lists are here. */
async function fileOf(release: string, names: readonly string[]): Promise<NamedFile | undefined> {
  for (const name of names) {
    const folder = await folderOf(release, name);
    const file = (await filesOf(release))?.get(name) ?? (folder && (await filesOf(folder.hash)))?.get(name);
    if (file) return { ...file, name };
  }
  return undefined;
}

async function filesOf(hash: string): Promise<Map<string, ReleaseFile> | undefined> {
  const known = filesOfLists.get(hash);
  if (known) return known;
  const list = await kept.list(hash);
  if (!list) return undefined;
  const files = new Map(
    [...list.byItself, ...list.whenAsked].map((file) => [decodeURIComponent(file.url), file]),
  );
  filesOfLists.set(hash, files);
  return files;
}

/** The folder with a list of its own that an address belongs to. */
async function folderOf(release: string, address: string): Promise<Folder | undefined> {
  const name = folderOfFile(address);
  return (await kept.list(release))?.folders.find((folder) => folder.name === name);
}

/** Whether it is known that a release has no such page. */
async function isWithout(release: string, address: string): Promise<boolean> {
  const folder = await folderOf(release, address.replace(/\/?$/, "/"));
  return !folder || (await kept.list(folder.hash)) !== undefined;
}

async function notFoundOf(release: string): Promise<Response | undefined> {
  const file = await fileOf(release, [NOT_FOUND]);
  const response = file && (await kept.file(file.hash));
  return response && new Response(response.body, { status: 404, headers: response.headers });
}

/** What a reader opened is here the next time, where it is no film. */
function keepOpened(event: FetchEvent, { hash, bytes }: ReleaseFile, answer: Response): void {
  if (answer.status !== 200 || bytes > MOST_BY_ITSELF) return;
  event.waitUntil(kept.keep(hash, answer.clone()).catch(() => {}));
}

const coming = new Set<string>();

/** Of a large course, the module that a reader is in. */
async function bringFolderOf(release: string, address: string): Promise<void> {
  const folder = await folderOf(release, address.replace(/\/?$/, "/"));
  if (!folder || coming.has(folder.hash) || isThrifty()) return;
  coming.add(folder.hash);
  try {
    await kept.whileBringing(async () => {
      if (folder.bytes > MOST_BY_ITSELF) await kept.bringList(folder.hash);
      else await kept.bringFolder(folder);
    });
  } finally {
    coming.delete(folder.hash);
  }
}

/** A player asks for parts of what it plays. */
async function partOf(response: Response, header: string | null): Promise<Response> {
  if (!header) return response;
  const whole = await response.blob();
  const range = readRange(header, whole.size);
  if (!range) return new Response(whole, { headers: response.headers });
  const headers = new Headers(response.headers);
  headers.set("accept-ranges", "bytes");
  if (range === "none") {
    headers.set("content-range", `bytes */${whole.size}`);
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-range", `bytes ${range.start}-${range.end}/${whole.size}`);
  return new Response(whole.slice(range.start, range.end + 1), { status: 206, headers });
}

const releases = new Map<string, string>();

async function noteRelease(client: string, release: string): Promise<void> {
  if (!client) return;
  releases.set(client, release);
  await kept.noteRelease(client, release);
}

/** Of an open page. The worker may have been ended and started again since it was opened. */
async function releaseOf(client: string): Promise<string | undefined> {
  return releases.get(client) ?? (await kept.releaseOf(client));
}

/** Waits until the server's release is here, where that is another one. */
async function lookForRelease(): Promise<void> {
  const look = async () => {
    await registration.update();
    const { installing } = registration;
    if (installing) await new Promise((resolve) => installing.addEventListener("statechange", resolve));
  };
  await Promise.race([look().catch(() => {}), new Promise((resolve) => setTimeout(resolve, WAIT_MS))]);
}

/** What may not be deleted: of open pages, the newest, and the one that is being fetched. */
async function releasesInUse(): Promise<string[]> {
  const open = new Set(
    (await clients.matchAll({ includeUncontrolled: true, type: "all" })).map(({ id }) => id),
  );
  const used = await kept.releasesInUse(async (id) => open.has(id) || (await clients.get(id)) !== undefined);
  const [newest, next] = [await kept.read("newest"), await kept.read("coming")];
  return [...new Set([newest, next, ...used].filter((one) => one !== undefined))].filter(
    (one) => one !== NETWORK,
  );
}

/** Deletes what only releases had that no open page is of any more. */
async function tidy(): Promise<void> {
  if ((await kept.read("newest")) === undefined) return;
  const used = (await releasesInUse()).sort();
  if ((await kept.read("tidied")) === used.join()) return;
  await kept.keepOnly(new Set(used));
  await kept.note("tidied", used.join());
}

/**
 * A site that is gone, or has moved, must not live on here: once a day the server is asked. One that says so ends it;
 * one that cannot be reached, or is out of order, does not.
 */
async function lookForSite(): Promise<void> {
  if (Date.now() - Number(await kept.read("asked")) < DAY_MS) return;
  const answer = await fetch(new URL(WORKER, site), { cache: "no-store", redirect: "manual" }).catch(
    () => undefined,
  );
  if (!answer || (await kept.read("newest")) === undefined) return;
  if (answer.type !== "opaqueredirect" && answer.status !== 404 && answer.status !== 410)
    return kept.note("asked", String(Date.now()));
  await registration.unregister();
  await kept.deleteAll();
}
