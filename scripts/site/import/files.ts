/** Pictures and documents: each stands beside the Markdown that uses it, once for each module. */

import { fileKind } from "../content/files.ts";
import { composed, fileAddress, folderOf, nameOf, slugOf } from "../text/addresses.ts";
import type { PlannedPage } from "./plan.ts";

export const isPicture = (path: string): boolean => fileKind(path) === "picture";
/** What a course gives to its readers, as opposed to what makes its site. */
export const isForReaders = (path: string): boolean => fileKind(path) !== undefined;

export class FilePlan {
  /** From the source folder, by the path in the content folder. */
  readonly copies = new Map<string, string>();
  readonly #byUse = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** Where a file of the source stands for a page to use it; undefined where it cannot be published. */
  place(source: string, page: PlannedPage): string | undefined {
    if (!isForReaders(source)) return undefined;
    const use = `${page.module.folder}\n${source}`;
    const known = this.#byUse.get(use);
    if (known !== undefined) return known;

    const prefix = page.module.folder && `${page.module.folder}/`;
    const target = this.#freePath(prefix + wantedPath(source, page));
    this.#byUse.set(use, target);
    this.copies.set(target, source);
    return target;
  }

  /** Two names that differ only in case would be one file to some file systems. */
  #freePath(wanted: string): string {
    const [, stem = wanted, ending = ""] = /^(.*?)(\.[^./]*)?$/s.exec(wanted) ?? [];
    let free = wanted;
    for (let i = 2; this.#taken.has(fileAddress(free).toLowerCase()); i++) free = `${stem}-${i}${ending}`;
    this.#taken.add(fileAddress(free).toLowerCase());
    return free;
  }
}

/** Below the page's own folder a file stays where it is; one from elsewhere goes into img/ or docs/. */
function wantedPath(source: string, page: PlannedPage): string {
  const own = folderOf(page.source.path);
  const inside =
    own === "" ? source : source.startsWith(`${own}/`) ? source.slice(own.length + 1) : undefined;
  const folders = inside === undefined ? [] : folderOf(inside).split("/").filter(Boolean);
  const canStay =
    inside !== undefined &&
    folders.every((folder) => slugOf(folder) && !/^[._]/.test(folder)) &&
    !["assets", "pagefind", "worksheets"].includes(slugOf(folders[0] ?? "")) &&
    !/(^|\/)_posts$/.test(own) &&
    page.oldAddresses.length === 0;
  if (canStay) return [...folders, tidyName(nameOf(source))].join("/");
  return `${isPicture(source) ? "img" : "docs"}/${tidyName(nameOf(source))}`;
}

/** Names as they are, but for what a content folder leaves out and what some file systems refuse. */
const tidyName = (name: string) =>
  composed(name)
    .replace(/^[._\s]+/, "")
    .replace(/[\p{Cc}\\:*?"<>|]/gu, "-") || `file${name.replace(/[._\s]/g, "")}`;
