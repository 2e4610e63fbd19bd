/** Where the links of the old course led. */
import { decoded, folderOf, nameOf, resolvePath, slugOf } from "../text/addresses.ts";
import type { JekyllConfig } from "./jekyll.ts";
import type { PlannedModule, PlannedPage } from "./plan.ts";

export type OldTarget =
  | { kind: "page"; page: PlannedPage }
  | { kind: "module"; module: PlannedModule }
  | { kind: "file"; path: string };

export interface Found {
  target: OldTarget;
  fragment: string;
  /** Whether the link led nowhere in the old course, and its words leave no doubt about what was meant. */
  isMended: boolean;
}

export class OldSite {
  readonly #pages = new Map<string, PlannedPage>();
  readonly #modules = new Map<string, PlannedModule>();
  readonly #files = new Map<string, string>();
  readonly #all: PlannedPage[];

  constructor(
    private readonly modules: PlannedModule[],
    files: readonly string[],
    private readonly config: JekyllConfig,
  ) {
    this.#all = modules.flatMap((module) => module.pages);
    for (const page of this.#all) {
      for (const address of page.oldAddresses) this.#pages.set(keyOf(address), page);
    }
    for (const page of this.#all) {
      for (const key of [keyOf(page.source.path), keyOf(stem(page.source.path))]) {
        if (!this.#pages.has(key)) this.#pages.set(key, page);
      }
    }
    for (const module of modules) if (module.path) this.#modules.set(keyOf(module.path), module);
    for (const file of files) this.#files.set(keyOf(file), file);
  }

  /** The target of a link as it is written on a page; undefined where it leaves the course or leads nowhere. */
  find(written: string, from: PlannedPage): Found | undefined {
    const local = this.#localPart(written);
    if (local === undefined) return undefined;
    const [, path = "", , fragment = ""] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(local) ?? [];
    if (!path) return undefined;
    const found = (target: OldTarget | undefined, isMended = false) =>
      target && { target, fragment: decoded(fragment), isMended };
    // `Plan #1.pdf`: a name that holds the signs of an address.
    const whole = local === path ? undefined : this.#fileAt(local, from);
    return (
      found(this.#atAddress(path, from)) ??
      found(this.#atPath(path, from)) ??
      (whole && { target: whole, fragment: "", isMended: false }) ??
      found(this.#meant(path, from), true)
    );
  }

  /** Of a link to another host: whether its path is that of a page of this course. */
  isOldPage(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const path = keyOf(decoded(new URL(url).pathname));
    return this.#all.some((page) =>
      page.oldAddresses.some((address) => {
        const key = keyOf(address);
        return key.includes("/") && (path === key || path.endsWith(`/${key}`));
      }),
    );
  }

  /** The page that `{% post_url %}` or `{% link %}` names. */
  addressOf(name: string): string | undefined {
    const wanted = keyOf(stem(name));
    return this.#all.find((page) => {
      const key = keyOf(stem(page.source.path));
      return key === wanted || key.replace(/_posts\//, "") === wanted || key.endsWith(`/${wanted}`);
    })?.oldAddresses[0];
  }

  #localPart(written: string): string | undefined {
    const href = written.trim();
    const url = /^(?:https?:)?\/\/([^/?#]+)(.*)$/is.exec(href);
    if (url && !this.config.hosts.includes(url[1]!.toLowerCase())) return undefined;
    if (!url && /^[a-z][a-z0-9+.-]*:/i.test(href)) return undefined;
    const local = url ? url[2] || "/" : href;
    const { baseurl } = this.config;
    return baseurl && local.startsWith(`${baseurl}/`) ? local.slice(baseurl.length) : local;
  }

  /** As a browser read it on the old site: from the page's address. */
  #atAddress(path: string, from: PlannedPage): OldTarget | undefined {
    const base = from.oldAddresses[0];
    if (base === undefined) return undefined;
    const folder = base.endsWith("/") ? base : folderOf(base);
    const resolved = resolvePath(folder.replace(/^\/|\/$/g, ""), decoded(path));
    return resolved === undefined ? undefined : this.#at(resolved);
  }

  /** As files lie: from the Markdown file. */
  #atPath(path: string, from: PlannedPage): OldTarget | undefined {
    const resolved = resolvePath(folderOf(from.source.path), decoded(path));
    return resolved === undefined ? undefined : this.#at(resolved);
  }

  #fileAt(name: string, from: PlannedPage): OldTarget | undefined {
    const resolved = resolvePath(folderOf(from.source.path), decoded(name));
    const path = resolved === undefined ? undefined : this.#files.get(keyOf(resolved));
    return path === undefined ? undefined : { kind: "file", path };
  }

  #at(path: string): OldTarget | undefined {
    const key = keyOf(path);
    const page = this.#pages.get(key);
    if (page) return { kind: "page", page };
    const module = this.#modules.get(key);
    if (module) return toModule(module);
    const file = this.#files.get(key);
    if (file) return { kind: "file", path: file };
    const readme = this.#pages.get(key ? `${key}/readme` : "readme");
    return readme && { kind: "page", page: readme };
  }

  /** What a dead link means where its last words name one thing only. */
  #meant(path: string, from: PlannedPage): OldTarget | undefined {
    const parts = decoded(path)
      .split("/")
      .filter((part) => part && part !== "." && part !== "..");
    const last = parts.at(-1);
    if (!last) return undefined;
    if (/\.\w{2,5}$/.test(last) && !/\.(?:html?|md|markdown)$/i.test(last)) {
      const files = [...this.#files.values()].filter((file) => sameText(nameOf(file), last));
      return files.length === 1 ? { kind: "file", path: files[0]! } : undefined;
    }
    const wanted = slugOf(stem(last));
    if (!wanted) return undefined;
    const inModule = parts.at(-2) && this.#moduleNamed(slugOf(parts.at(-2)!));
    if (inModule) return only(inModule.pages, wanted);
    const module = this.#moduleNamed(wanted);
    return (
      (path.startsWith("/") ? undefined : only(from.module.pages, wanted)) ??
      (module && toModule(module)) ??
      only(this.#all, wanted)
    );
  }

  #moduleNamed(slug: string): PlannedModule | undefined {
    return this.modules.find((module) => module.name !== "" && slugOf(module.name) === slug);
  }
}

const toModule = (module: PlannedModule): OldTarget => {
  const landing = module.pages.find((page) => nameOf(page.target) === "index.md");
  return landing ? { kind: "page", page: landing } : { kind: "module", module };
};

function only(pages: PlannedPage[], slug: string): OldTarget | undefined {
  const found = pages.filter((page) => slugOf(stem(nameOf(page.source.path))) === slug);
  return found.length === 1 ? { kind: "page", page: found[0]! } : undefined;
}

const stem = (path: string) => path.replace(/\.(?:md|markdown|html?)$/i, "");

const sameText = (a: string, b: string) =>
  a.normalize("NFC").toLowerCase() === b.normalize("NFC").toLowerCase();

/** What two addresses of one page have in common: no case, no slashes around them, no index, no ending. */
const keyOf = (address: string): string =>
  address
    .normalize("NFC")
    .toLowerCase()
    .replace(/\/{2,}/g, "/")
    .replace(/^\/|\/$/g, "")
    .replace(/\.html?$/, "")
    .replace(/(^|\/)index$/, "")
    .replace(/\/$/, "");
