/**
 * Every address of the output, claimed before anything is written: what two pages or files cannot share, and what no
 * disk could hold. What is found here would otherwise end a build half-way, or lose a file without a word.
 */
import { composed } from "./addresses.ts";

/** Bytes. Of a name: what Linux, macOS and Windows hold. Of an address: room for the folder the site is built in. */
export const ADDRESS_LIMITS = { name: 255, address: 800 } as const;

/** What speaks against an address. `by` names who has the other one. */
export type AddressFault =
  | { kind: "taken"; by: string }
  /** What stands there, the site writes itself. */
  | { kind: "the site's own" }
  /** Some file systems take it for the address of `by`, as they take `A.html` for `a.html`. */
  | { kind: "taken for another"; by: string }
  /** The address needs `folder` where `by` has a file. */
  | { kind: "needs a folder"; folder: string; by: string }
  /** The address is a file where `by` needs a folder. */
  | { kind: "is a folder"; by: string }
  /** `name` is the part that is too long; undefined where only all together is. */
  | { kind: "too long"; bytes: number; name: string | undefined };

/** A folder that is filled last, with names that are not known before: `pagefind/`. */
const SEARCH_FOLDER = "pagefind";
/** What the site writes into `assets/`, where files of the content may stand too; see browser-files.ts. */
const OWN_ASSET = /^assets\/(?:site|search|icon)-[0-9a-f]{8}\.(?:css|js|svg)(?:\/|$)/;
const SITE = "the site itself";

interface Claim {
  address: string;
  by: string;
}

export class OutputAddresses {
  readonly #files = new Map<string, Claim>();
  /** Each folder, and who needed it first. */
  readonly #folders = new Map<string, string>();

  constructor() {
    for (const folder of [SEARCH_FOLDER, "assets"]) this.#folders.set(folder, SITE);
  }

  /** Claims an address for `by`; where that cannot be, says why and claims nothing. */
  claim(address: string, by: string): AddressFault | undefined {
    const tooLong = lengthFault(address);
    if (tooLong) return tooLong;
    const key = keyOf(address);
    if (key.startsWith(`${SEARCH_FOLDER}/`) || OWN_ASSET.test(key)) return { kind: "the site's own" };
    const rival = this.#files.get(key);
    if (rival) return { kind: rival.address === address ? "taken" : "taken for another", by: rival.by };
    const user = this.#folders.get(key);
    if (user) return { kind: "is a folder", by: user };
    const folders = foldersOf(key);
    for (const folder of folders) {
      const file = this.#files.get(folder);
      if (file) return { kind: "needs a folder", folder: file.address, by: file.by };
    }
    this.#files.set(key, { address, by });
    for (const folder of folders) if (!this.#folders.has(folder)) this.#folders.set(folder, by);
    return undefined;
  }
}

/** `a/b/c.html` → `a` and `a/b` */
function foldersOf(address: string): string[] {
  const parts = address.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** What two addresses have in common that Windows, macOS or a memory stick take for one. */
const keyOf = (address: string): string =>
  [...composed(address).replace(/[. ]+(?=\/|$)/g, "")].map(folded).join("");

/** A letter without its case, as file systems fold it: each by itself, never into two, and a Turkish `ı` is no `i`. */
function folded(letter: string): string {
  if (letter === "ı") return letter;
  const upper = letter.toUpperCase();
  const lower = (upper.length === letter.length ? upper : letter).toLowerCase();
  return lower.length === letter.length ? lower : letter;
}

function lengthFault(address: string): AddressFault | undefined {
  const name = address.split("/").find((part) => Buffer.byteLength(part) > ADDRESS_LIMITS.name);
  if (name !== undefined) return { kind: "too long", bytes: Buffer.byteLength(name), name };
  const bytes = Buffer.byteLength(address);
  return bytes > ADDRESS_LIMITS.address ? { kind: "too long", bytes, name: undefined } : undefined;
}
