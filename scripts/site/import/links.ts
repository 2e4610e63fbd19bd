/**
 * Rewrites the addresses of links and pictures to where their targets stand now. Which text is a link, the renderer
 * says, so that code stays code; nothing but the address is changed.
 *
 *   [Interests](../interests/)       →  [Interests](03-interests.md)
 *   ![A plan](/img/basics/plan.png)  →  ![A plan](img/plan.png)
 */

import { elementsOf, parseHtml, placeOf } from "../html/dom.ts";
import { renderMarkdown } from "../markdown/markdown.ts";
import { unmark } from "../markdown/positions.ts";
import { Problems } from "../problems/problems.ts";
import { decoded, folderOf, relativeUrl, resolvePath } from "../text/addresses.ts";
import { maskCode } from "../text/mask.ts";
import type { Draft, Edit } from "./draft.ts";
import type { FilePlan } from "./files.ts";
import { asWritten, type Note } from "./notes.ts";
import { authorsLine, type PlannedPage } from "./plan.ts";
import type { Found, OldSite } from "./targets.ts";

const ADDRESSES = ["href", "src", "data", "poster"];

export function rewriteLinks(page: PlannedPage, site: OldSite, files: FilePlan): void {
  const { draft, notes } = page;
  const $ = parseHtml(renderMarkdown(draft.text, page.source.path, new Problems()));
  const finder = new AddressFinder(draft);
  const edits: Edit[] = [];
  for (const element of elementsOf($)) {
    for (const name of ADDRESSES) {
      if (element.attribs[name] === undefined) continue;
      const written = unmark(element.attribs[name]);
      const { line, column } = placeOf(element, "");
      if (/^https?:/i.test(written) && !site.find(written, page) && site.isOldPage(written)) {
        notes.push({
          kind: "person",
          at: draft.lineAt(draft.offsetOf(line, column)),
          message: `the link \`${written}\` leads to another site's copy of a page of this course`,
        });
      }
      const found = site.find(written, page);
      const now = found && newAddress(found, page, files);
      if (now === undefined || meansTheSame(written, now, page)) continue;
      const place = finder.find(written, draft.offsetOf(line, column));
      if (!place) continue;
      edits.push({ ...place, text: now });
      notes.push(linkNote(page, place.start, written, now, found!.isMended));
    }
  }
  draft.apply(edits);
}

/** Where a link leads now, as it is written on the page; undefined where its target was not imported. */
function newAddress({ target, fragment }: Found, page: PlannedPage, files: FilePlan): string | undefined {
  // What is kept back is no target; the link is reported when the build misses it.
  if (target.kind === "page" && target.page.data.others.draft && !page.data.others.draft) return undefined;
  const hash = fragment ? `#${encodeURIComponent(fragment)}` : "";
  const path =
    target.kind === "page"
      ? target.page.target
      : target.kind === "module"
        ? `${target.module.folder}/index.html`
        : files.place(target.path, page);
  if (path === undefined) return undefined;
  if (path === page.target && hash) return hash;
  return inMarkdown(relativeUrl(page.target, path)) + hash;
}

/** Parentheses would end the address. */
const inMarkdown = (url: string) => url.replace(/\(/g, "%28").replace(/\)/g, "%29");

/** Whether the address that the author wrote leads to the same place from where the page stands now. */
function meansTheSame(written: string, now: string, page: PlannedPage): boolean {
  if (/^[a-z]+:|^\/|[?\\]/i.test(written)) return false;
  const meaning = (address: string) => {
    const [path = "", fragment = ""] = address.split("#");
    return `${resolvePath(folderOf(page.target), decoded(path))}#${decoded(fragment)}`;
  };
  return meaning(written) === meaning(now) && !written.endsWith("/");
}

function linkNote(page: PlannedPage, at: number, was: string, now: string, isMended: boolean): Note {
  const line = page.draft.lineAt(at);
  const before = asWritten(line, authorsLine(page, line.source), was);
  const why = isMended ? "; it led nowhere, and its words name nothing else" : "";
  return { kind: "change", at: line, message: `\`${before}\` is now \`${now}\`${why}` };
}

/** What stands before an address: in `[text](address)` and `href="address"`, and in `[name]: address`. */
const IN_LINK = /(?:\]\(\s*<?|=\s*["']?\s*)$/;
const IN_DEFINITION = /\]:\s*<?$/;

/** Finds an address in the text near the element that holds it, each place once. */
export class AddressFinder {
  readonly #used = new Set<number>();
  readonly #text: string;

  constructor(draft: Draft) {
    this.#text = maskCode(draft.text);
  }

  find(address: string, from: number): { start: number; end: number } | undefined {
    if (!address) return undefined;
    const forms = [...new Set([address, address.replace(/&/g, "&amp;")])];
    const lineStart = this.#text.lastIndexOf("\n", from - 1) + 1;
    const tries = [
      [from, IN_LINK],
      [lineStart, IN_LINK],
      [0, IN_DEFINITION],
    ] as const;
    for (const [start, where] of tries) {
      for (const form of forms) {
        const at = this.#near(form, start, where);
        if (at !== undefined) {
          this.#used.add(at);
          return { start: at, end: at + form.length };
        }
      }
    }
    return undefined;
  }

  #near(form: string, from: number, where: RegExp): number | undefined {
    for (let at = this.#text.indexOf(form, from); at >= 0; at = this.#text.indexOf(form, at + 1)) {
      const before = this.#text.slice(Math.max(0, at - 40), at);
      const after = this.#text[at + form.length] ?? "\n";
      if (where.test(before) && /[\s)>"']/.test(after) && !this.#used.has(at)) return at;
    }
    return undefined;
  }
}
