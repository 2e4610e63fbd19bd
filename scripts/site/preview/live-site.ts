/** A site in memory. A page of it is laid out when it is asked for, and then kept as long as the site. */

import { svgFile } from "../content/svg.ts";
import type { Bundled } from "../layout/assets.ts";
import { publishedFiles } from "../layout/content-files.ts";
import type { PageToLayOut } from "../layout/edition-pages.ts";
import { layOutPages } from "../layout/lay-out.ts";
import { madeFilesOf } from "../layout/made-files.ts";
import { pagesToLayOut } from "../layout/page-data.ts";
import type { Site } from "../layout/site.ts";
import { GENERATED_PAGES } from "../model/generated-pages.ts";
import { fileAddress } from "../text/addresses.ts";
import type { Turns } from "./turns.ts";

/** What stands at an address: a text, or bytes, or a file on the disk by its absolute path. */
export type Standing = { text: string } | { base64: string } | { from: string };

export class LiveSite {
  readonly #turns: Turns;
  readonly #pages: ReadonlyMap<string, PageToLayOut>;
  /** By address, names in the content folder. */
  readonly #contentFiles: ReadonlyMap<string, string>;
  /** For scripts, Word documents, pictures: each made when it is asked for. */
  readonly #madeFiles: ReturnType<typeof madeFilesOf>;
  readonly #laidOut = new Map<string, Promise<string>>();
  #others: Promise<void> | undefined;
  /** Of the site before this one: a page of that one may still be on its way. */
  readonly #olderFiles: ReadonlyMap<string, string>;

  constructor(
    readonly site: Site,
    readonly browserFiles: Bundled,
    turns: Turns,
    before?: LiveSite,
  ) {
    this.#turns = turns;
    this.#pages = new Map(pagesToLayOut(site).map((page) => [page.address, page]));
    this.#contentFiles = new Map(publishedFiles(site).map((name) => [fileAddress(name), name]));
    this.#madeFiles = madeFilesOf(site);
    this.#olderFiles = before?.browserFiles.files ?? new Map();
  }

  /** Of all that stands in the site, but for search. */
  get addresses(): string[] {
    return [
      ...this.#pages.keys(),
      ...this.browserFiles.files.keys(),
      ...this.#contentFiles.keys(),
      ...this.#madeFiles.keys(),
    ];
  }

  /** Undefined where the site has nothing. Rejects where a layout is at fault. */
  async at(address: string): Promise<Standing | undefined> {
    const page = this.#laidOut.get(address) ?? (this.#pages.has(address) && this.#layOut(address));
    if (page) return { text: await page };
    const text = this.browserFiles.files.get(address) ?? this.#olderFiles.get(address);
    if (text !== undefined) return { text };
    const made = await this.#madeFiles.get(address)?.();
    if (made !== undefined) {
      return typeof made === "string" ? { text: made } : { base64: Buffer.from(made).toString("base64") };
    }
    const name = this.#contentFiles.get(address);
    if (name === undefined) return this.#otherAt(address);
    const { drawing, from } = this.site.course.contentFiles.look(name);
    return drawing ? { text: svgFile(drawing) } : { from: from! };
  }

  isFolder(address: string): boolean {
    return this.addresses.some((one) => one.startsWith(`${address}/`));
  }

  /** Lays out several pages at a time, and what a designer has added to Eleventy, which no model knows of. */
  async prepare(addresses: readonly string[]): Promise<void> {
    const pages = addresses.map((address) => this.#pages.get(address)!);
    const laidOut = await this.#turns.take(() => layOutPages(this.site, pages));
    for (const [address, html] of laidOut) this.#laidOut.set(address, Promise.resolve(html));
  }

  /** A page for each layout, which together tell whether pages can be laid out at all. */
  get samples(): string[] {
    const byLayout = new Map([...this.#pages.values()].map(({ address, data }) => [data.layout, address]));
    return [...new Set([...byLayout.values(), GENERATED_PAGES.front])];
  }

  async #otherAt(address: string): Promise<Standing | undefined> {
    this.#others ??= this.prepare([]);
    await this.#others;
    const other = await this.#laidOut.get(address);
    return other === undefined ? undefined : { text: other };
  }

  #layOut(address: string): Promise<string> {
    const page = this.#pages.get(address)!;
    const laidOut = this.#turns.take(async () => {
      const html = (await layOutPages(this.site, [page])).get(address);
      if (html === undefined) throw new Error(`the page ${address} was not laid out`);
      return html;
    });
    this.#laidOut.set(address, laidOut);
    // The next who asks may have better luck: a layout may have been saved again.
    laidOut.catch(() => this.#laidOut.delete(address));
    return laidOut;
  }
}
