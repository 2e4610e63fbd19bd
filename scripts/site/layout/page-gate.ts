/**
 * The last word on every page before it is written. Content that `check` passes never fails here: what this finds is a
 * fault of the program or of a layout, and no site is published with it.
 */
import { addressOf, folderOf } from "../text/addresses.ts";
import { Thread } from "../threads/thread.ts";
import type { Task } from "./bridge.ts";
import type { EleventyConfig } from "./eleventy.ts";
import type { PagesInParcels, Trouble } from "./gate-thread.ts";
import { keepIn } from "./keep-in.ts";
import { faultOfLaidOut, type PageInLayout, placesOf } from "./page-faults.ts";
import { SoundParts } from "./shared-parts.ts";

export function pageGate(eleventy: EleventyConfig, { pages, sharedParts, gate }: Task): void {
  const contentsOf = new Map(pages.map(({ address, contents }) => [address, contents]));
  eleventy.on("eleventy.after", ({ results }) => {
    for (const { url, content: html } of results) {
      const address = addressOf(url);
      const contents = contentsOf.get(address)?.() ?? [];
      gate.take(address, { html, contents, shared: [...sharedParts.beside(address).values()] });
    }
  });
}

/** Looks at pages, keeps those that are fit to be published, and throws on one that is not: at once, or at the end. */
export interface Gate {
  take(address: string, page: PageInLayout): void;
  /** Answers when all pages have been found fit, and kept. */
  end(): Promise<void>;
}

type Keep = (address: string, html: string) => void;

export class GateHere implements Gate {
  readonly #keep: Keep;
  readonly #soundParts = new SoundParts();

  constructor(keep: Keep) {
    this.#keep = keep;
  }

  take(address: string, { html, contents, shared = [] }: PageInLayout): void {
    // The markup of dialogs is a script.
    const isPage = address.endsWith(".html");
    const fault = isPage && faultOfLaidOut({ html, contents, shared: this.#soundParts.among(shared) });
    if (fault) throw new Error(`the page ${address} is not fit to be published: ${fault}`);
    this.#keep(address, html);
  }

  async end(): Promise<void> {}
}

/** From so many pages on a thread looks at them and writes them. */
const PAGES_FOR_THREAD = 400;

/** The gate in front of a folder. */
export const openGate = (pages: number, folder: string): Gate =>
  pages < PAGES_FOR_THREAD ? new GateHere(keepIn(folder)) : new GateInThread(folder);

/** Pages of one message. */
const AT_ONCE = 16;

/** A thread looks at the pages, and writes them, while the next are laid out. */
export class GateInThread implements Gate {
  readonly #thread: Thread<PagesInParcels, Trouble | undefined>;
  #waiting: PagesInParcels = { pages: [], parts: [] };
  /** Of each folder, how many of its parts the thread knows. */
  readonly #known = new Map<string, number>();
  readonly #answers: Promise<void>[] = [];
  #fault: { error: unknown } | undefined;

  constructor(folder: string) {
    this.#thread = new Thread("scripts/site/layout/gate-thread.ts", folder);
  }

  take(address: string, { html, contents = [], shared = [] }: PageInLayout): void {
    if (this.#fault) throw this.#fault.error;
    const folder = folderOf(address);
    const known = this.#known.get(folder) ?? 0;
    if (shared.length > known) this.#waiting.parts.push([folder, shared.slice(known)]);
    this.#known.set(folder, shared.length);
    this.#waiting.pages.push({ address, html, contents: placesOf(html, contents) ?? contents });
    if (this.#waiting.pages.length >= AT_ONCE) this.#send();
  }

  async end(): Promise<void> {
    this.#send();
    try {
      await Promise.all(this.#answers);
    } finally {
      await this.#thread.end();
    }
  }

  #send(): void {
    const answer = this.#thread.ask(this.#waiting).then((trouble) => {
      if (trouble) throw Object.assign(new Error(trouble.message), trouble);
    });
    // Told with the next page, or at the end; until then it must not count as a fault that nobody caught.
    answer.catch((error) => {
      this.#fault ??= { error };
    });
    this.#answers.push(answer);
    this.#waiting = { pages: [], parts: [] };
  }
}
