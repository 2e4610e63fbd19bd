/**
 * The last word on every page before it is published. Content that `check` passes never fails here: what this finds is a
 * fault of the program or of a layout, and no site is published with it.
 */
import { addressOf } from "../text/addresses.ts";
import { Thread } from "../threads/thread.ts";
import type { Task } from "./bridge.ts";
import type { EleventyConfig } from "./eleventy.ts";
import { faultOfLaidOut, faultOfPage, LOOK, type PageInLayout, type Shell, shellOf } from "./page-faults.ts";

export function pageGate(eleventy: EleventyConfig, { pages, sharedParts, gate, onPage }: Task): void {
  const contentsOf = new Map(pages.map(({ address, contents }) => [address, contents]));
  eleventy.on("eleventy.after", ({ results }) => {
    for (const { url, content: html } of results) {
      const address = addressOf(url);
      // The markup of dialogs is a script.
      if (!address.endsWith(".html")) {
        onPage(address, html);
        continue;
      }
      const contents = contentsOf.get(address)?.() ?? [];
      gate.look(address, { html, contents, shared: sharedParts.soundBeside(address) });
      onPage(address, html);
    }
  });
}

/** Looks at pages, and throws on one that is not fit to be published: at once, or at the end. */
export interface Gate {
  look(address: string, page: PageInLayout): void;
  /** Answers when all pages have been found fit. */
  end(): Promise<void>;
}

/** From so many pages on a thread looks at them. */
const PAGES_FOR_THREAD = 400;

export const openGate = (pages: number): Gate =>
  pages < PAGES_FOR_THREAD ? new GateHere() : new GateInThread();

export class GateHere implements Gate {
  look(address: string, page: PageInLayout): void {
    refuse(address, faultOfLaidOut(page));
  }
  async end(): Promise<void> {}
}

/** Pages of one message. */
const AT_ONCE = 16;

/** A thread looks at the pages while the next are laid out. */
export class GateInThread implements Gate {
  readonly #thread = new Thread<Shell[], (string | undefined)[]>(import.meta.resolve("./gate-thread.ts"));
  #waiting: { address: string; page: PageInLayout; shell: Shell }[] = [];
  readonly #verdicts: Promise<void>[] = [];

  look(address: string, page: PageInLayout): void {
    const shell = shellOf(page);
    if (shell === undefined) refuse(address, faultOfPage(page.html, page.contents));
    else this.#waiting.push({ address, page, shell });
    if (this.#waiting.length >= AT_ONCE) this.#send();
  }

  async end(): Promise<void> {
    this.#send();
    try {
      await Promise.all(this.#verdicts);
    } finally {
      await this.#thread.end();
    }
  }

  #send(): void {
    const asked = this.#waiting;
    this.#waiting = [];
    const verdict = this.#thread.ask(asked.map(({ shell }) => shell)).then((faults) => {
      for (const [index, { address, page }] of asked.entries()) {
        const fault = faults[index];
        refuse(address, fault === LOOK ? faultOfPage(page.html, page.contents) : fault);
      }
    });
    // Told at the end; until then it must not count as a fault that nobody caught.
    verdict.catch(() => {});
    this.#verdicts.push(verdict);
  }
}

function refuse(address: string, fault: string | undefined): void {
  if (fault) throw new Error(`the page ${address} is not fit to be published: ${fault}`);
}
