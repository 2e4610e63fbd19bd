/** In the settings: what of the site is kept on this device. A reader may keep all of it, or none. */
import {
  bytesOf,
  listAddress,
  type ReleaseFile,
  type ReleaseList,
  readList,
  WORKER,
} from "../../../scripts/site/output/release.ts";
import { keep, site } from "../site-storage.ts";
import { fill } from "../templates.ts";
import { WISH } from "./begin.ts";
import { isFull, Kept } from "./kept.ts";

declare global {
  interface Window {
    /** Shows it, as it is now, in its place in the dialog. */
    siteOffline?: (place: HTMLElement) => Promise<void>;
  }
}

/** A reader waits for it. */
const AT_ONCE = 6;

const kept = new Kept(site);
let panel: Panel | undefined;

window.siteOffline = (place) => {
  panel ??= new Panel(place);
  return panel.show();
};

interface Tally {
  /** Bytes that are here. */
  here: number;
  all: number;
}

class Panel {
  readonly #place: HTMLElement;
  readonly #keep: HTMLButtonElement;
  /** All but what is large. */
  readonly #keepPages: HTMLButtonElement;
  readonly #delete: HTMLButtonElement;
  readonly #status: HTMLElement;
  #isBusy = false;

  constructor(place: HTMLElement) {
    this.#place = place;
    this.#keep = place.querySelector("[data-keep]")!;
    this.#keepPages = place.querySelector("[data-keep-pages]")!;
    this.#delete = place.querySelector("[data-delete]")!;
    this.#status = place.querySelector("[data-status]")!;
    this.#keep.addEventListener("click", () => this.#do(() => this.#keepOf(everything)));
    this.#keepPages.addEventListener("click", () => this.#do(() => this.#keepOf(byItself)));
    this.#delete.addEventListener("click", () => this.#do(deleteAll));
  }

  async show(): Promise<void> {
    if (this.#isBusy) return;
    const newest = await kept.read("newest");
    const list = newest ? await kept.list(newest) : await listOnServer().catch(() => undefined);
    // Neither kept nor to be had: there is nothing to tell.
    this.#place.hidden = !list;
    if (!list) return;
    const { here, all } = await tally(list);
    const isKept = newest !== undefined;
    this.#say(!isKept ? "none" : here < all ? "part" : "whole", { here: isKept ? here : 0, all });
    this.#offer(this.#keep, here < all || !isKept, isKept ? all - here : all);
    const { byItself, whenAsked, folders } = list;
    this.#offer(this.#keepPages, !isKept && !!whenAsked.length && !folders.length, bytesOf(byItself));
    this.#offer(this.#delete, isKept);
  }

  #say(what: string, { here, all }: Tally): void {
    const words = this.#place.querySelector<HTMLTemplateElement>(`[data-say=${what}]`)!;
    this.#status.replaceChildren(fill(words, { here: sizeOf(here), all: sizeOf(all) }));
  }

  /** `bytes` are to be fetched for it. The focus of a button that goes is the next one's. */
  #offer(button: HTMLButtonElement, isOffered: boolean, bytes = 0): void {
    const hadFocus = document.activeElement === button;
    button.hidden = !isOffered;
    const size = button.querySelector("[data-text]");
    if (size) size.textContent = sizeOf(bytes);
    if (!hadFocus || isOffered) return;
    const other = button === this.#delete ? this.#keep : this.#delete;
    other.hidden = false;
    other.focus();
  }

  async #do(work: () => Promise<void>): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    let hasFailed = false;
    await work().catch(() => {
      hasFailed = true;
    });
    this.#isBusy = false;
    await this.show();
    if (hasFailed) this.#say("incomplete", { here: 0, all: 0 });
  }

  async #keepOf(wanted: (list: ReleaseList) => ReleaseList): Promise<void> {
    keep(WISH, true);
    // What a reader asked for is not to be the first to go when the device runs short.
    void navigator.storage?.persist?.();
    await kept.whileBringing(async () => {
      const newest = await kept.read("newest");
      const release = await kept.onServer();
      if (release !== newest) await kept.note("coming", release);
      await kept.forget("too-large");
      const list = wanted(await kept.bringList(release));
      await this.#bring(list, release === newest ? [] : [release]);
    });
    const registration = await navigator.serviceWorker.register(site + WORKER);
    await registration.update();
    const { installing } = registration;
    if (installing) await new Promise((resolve) => installing.addEventListener("statechange", resolve));
  }

  /** `brought` are the hashes of what has been brought for it. */
  async #bring(list: ReleaseList, brought: string[]): Promise<void> {
    const count = await tally(list);
    this.#say("keeping", count);
    const onFile = ({ hash, bytes }: ReleaseFile) => {
      brought.push(hash);
      count.here += bytes;
      this.#say("keeping", count);
    };
    const bring = (files: readonly ReleaseFile[]) => kept.bringAll(files, { atOnce: AT_ONCE, onFile });
    try {
      await bring(list.folders.map(({ hash }) => ({ hash, bytes: 0, url: listAddress(hash) })));
      const folders = await Promise.all(list.folders.map(({ hash }) => kept.list(hash)));
      const lists = [list, ...folders.filter((one) => one !== undefined)];
      await bring(lists.flatMap(({ byItself }) => byItself));
      for (const { hash } of list.folders) await kept.noteWhole(hash);
      await bring(lists.flatMap(({ whenAsked }) => whenAsked));
    } catch (error) {
      // The room is for what readers write.
      if (isFull(error)) await Promise.all([kept.drop(brought), kept.forget("coming")]);
      throw error;
    }
  }
}

const everything = (list: ReleaseList): ReleaseList => list;
const byItself = (list: ReleaseList): ReleaseList => ({ ...list, whenAsked: [] });

async function deleteAll(): Promise<void> {
  keep(WISH, false);
  const registration = await navigator.serviceWorker.getRegistration(site);
  await registration?.unregister();
  await kept.whileNoneComes(() => kept.deleteAll());
}

async function listOnServer(): Promise<ReleaseList> {
  const answer = await fetch(new URL(listAddress(await kept.onServer()), site));
  if (!answer.ok) throw new Error("the server has no list");
  return readList(await answer.text());
}

/** Of a folder whose list is not here, nothing is. */
async function tally({ byItself, whenAsked, folders }: ReleaseList): Promise<Tally> {
  const hashes = await kept.hashes();
  const files = [...byItself, ...whenAsked];
  for (const { hash } of folders) {
    const list = hashes.has(hash) ? await kept.list(hash) : undefined;
    if (list) files.push(...list.byItself, ...list.whenAsked);
  }
  return {
    here: bytesOf(files.filter(({ hash }) => hashes.has(hash))),
    all: bytesOf([...byItself, ...whenAsked]) + folders.reduce((sum, { all }) => sum + all, 0),
  };
}

/** As in "1.2 MB", in the page's language. */
function sizeOf(bytes: number): string {
  const format = { style: "unit", unit: "megabyte", maximumFractionDigits: 1 } as const;
  return (bytes / 1e6).toLocaleString(document.documentElement.lang || "en", format);
}
