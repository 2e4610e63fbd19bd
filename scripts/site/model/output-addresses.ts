/**
 * Every address of the output, claimed before anything is written: what two pages or files cannot share, and what no
 * disk could hold. What is found here would otherwise end a build half-way, or lose a file without a word.
 */

import { count, type Problems } from "../problems/problems.ts";
import { aliasAddress, composed, fileAddress, foldersAbove } from "../text/addresses.ts";
import type { Course } from "./course.ts";
import { facilitateFolder } from "./facilitation.ts";
import { GENERATED_FILES, OWN_PRINT_PAGE, THE_SITE } from "./generated-pages.ts";
import { modulePrintAddresses } from "./print.ts";

/** Bytes. Of a name: what Linux, macOS and Windows hold. Of an address: room for the folder the site is built in. */
const ADDRESS_LIMITS = { name: 255, address: 800 } as const;

/** What speaks against an address. `by` names who has the other one. */
type AddressFault =
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
export const SEARCH_FOLDER = "pagefind";
/** What the site writes where files of the content may stand too; see layout/assets.ts and layout/pictures.ts. */
const OWN_FILE = /^(?:assets\/(?:offline|worksheets|icons|[a-z]+-[0-9a-f]{8}\.(?:css|js|svg|png)))(?:\/|$)/;
const SITE = "the site itself";

interface Claim {
  address: string;
  by: string;
}

class OutputAddresses {
  readonly #files = new Map<string, Claim>();
  /** Each folder, and who needed it first. */
  readonly #folders = new Map<string, string>();
  readonly #kept: ReadonlySet<string>;
  readonly #keptFolders: readonly string[];

  /** Addresses and folders that the site keeps for itself, whether it has a page there or not. */
  constructor(kept: string[], keptFolders: string[]) {
    this.#kept = new Set(kept.map(keyOf));
    this.#keptFolders = keptFolders.map(keyOf);
    for (const folder of [SEARCH_FOLDER, "assets"]) this.#folders.set(folder, SITE);
  }

  /** Claims an address for `by`; where that cannot be, says why and claims nothing. */
  claim(address: string, by: string): AddressFault | undefined {
    const tooLong = lengthFault(address);
    if (tooLong) return tooLong;
    const key = keyOf(address);
    if (
      key.startsWith(`${SEARCH_FOLDER}/`) ||
      OWN_FILE.test(key) ||
      OWN_PRINT_PAGE.test(key) ||
      this.#kept.has(key) ||
      this.#keptFolders.some((folder) => key.startsWith(`${folder}/`))
    ) {
      return { kind: "the site's own" };
    }
    const rival = this.#files.get(key);
    if (rival) return { kind: rival.address === address ? "taken" : "taken for another", by: rival.by };
    const user = this.#folders.get(key);
    if (user) return { kind: "is a folder", by: user };
    const folders = foldersAbove(key);
    for (const folder of folders) {
      const file = this.#files.get(folder);
      if (file) return { kind: "needs a folder", folder: file.address, by: file.by };
    }
    this.#files.set(key, { address, by });
    for (const folder of folders) if (!this.#folders.has(folder)) this.#folders.set(folder, by);
    return undefined;
  }
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

/**
 * Claims what a course needs and reports what cannot be: pages first, for what stands in their way is at fault, then
 * files, then old addresses, of which the course gets those that can be.
 */
export function claimAddresses(course: Course, problems: Problems): void {
  const kept = [
    ...course.editions.flatMap(({ modules, divided: { otherSections, otherWorksheets, worksheetsOf } }) => [
      otherSections,
      otherWorksheets,
      ...modules.filter(({ isNamed }) => isNamed).map(({ slug }) => worksheetsOf(slug)),
    ]),
    // Manifest, sitemap and feed are of kinds that content does not have.
    GENERATED_FILES.touchIcon,
  ];
  const isLed = course.settings.facilitate !== false;
  const addresses = new OutputAddresses(kept, isLed ? course.editions.map(facilitateFolder) : []);
  claimPages(course, addresses, problems);
  claimFiles(course, addresses, problems);
  collectAliases(course, addresses, problems);
}

function claimPages(course: Course, addresses: OutputAddresses, problems: Problems): void {
  const toPrint = new Set(modulePrintAddresses(course));
  for (const page of course.pages) {
    const fault = addresses.claim(page.address, page.source.file);
    const what = `the page would have the address ${shortened(page.address)}`;
    if (toPrint.has(page.address)) {
      problems.error(
        "address-taken",
        page.top,
        `${what}, which ${THE_SITE} has already`,
        "give it another file name",
      );
    }
    if (!fault) continue;
    if (fault.kind === "too long") {
      problems.error(
        "address-length",
        page.top,
        `${what}, ${tooLong(fault)}`,
        "give the file, or its folder, a shorter name",
      );
    } else {
      const rival = "by" in fault ? fault.by : "the site itself";
      problems.error(
        "address-taken",
        page.top,
        `${what}, and to many file systems that is the one of ${rival}`,
        "give one of them another file name",
      );
    }
  }
  for (const address of [
    ...course.editions.flatMap(({ generated }) => Object.values<string>(generated)),
    ...course.moduleAddresses,
  ]) {
    if (!course.byAddress.has(address)) addresses.claim(address, THE_SITE);
  }
}

/** Of two pictures at one address the later would take the place of the other. */
function claimFiles(course: Course, addresses: OutputAddresses, problems: Problems): void {
  for (const path of course.files) {
    const fault = addresses.claim(fileAddress(path), `${course.folder.name}/${path}`);
    if (fault) {
      problems.error(
        "address-taken",
        { file: `${course.folder.name}/${path}`, line: 1, column: 1 },
        ...fileFault(fault),
      );
    }
  }
}

function fileFault(fault: AddressFault): [message: string, cure: string] {
  const another = "give one of them, or its folder, another name";
  switch (fault.kind) {
    case "needs a folder":
      return [
        `the file would stand in a folder ${fault.folder}/, but ${fault.by} is a file of that name`,
        another,
      ];
    case "is a folder":
      return [`the file has the name of a folder that ${fault.by} needs`, "give the file another name"];
    case "the site's own":
      return [
        "the file would have an address that the site keeps for itself",
        "give it, or its folder, another name",
      ];
    case "too long":
      return [`the file would have an address ${tooLong(fault)}`, "give it, or its folder, a shorter name"];
    default:
      return [`the file would have the same address as ${fault.by}`, another];
  }
}

function tooLong({ bytes, name }: AddressFault & { kind: "too long" }): string {
  return name === undefined
    ? `of ${count(bytes, "byte")}, more than the ${ADDRESS_LIMITS.address} it may have`
    : `with a name of ${count(bytes, "byte")}, more than the ${ADDRESS_LIMITS.name} a name may have`;
}

const SHOWN_LENGTH = 60;
const shortened = (text: string) =>
  text.length > SHOWN_LENGTH ? `${[...text.slice(0, SHOWN_LENGTH)].slice(0, -1).join("")}…` : text;

function collectAliases(course: Course, addresses: OutputAddresses, problems: Problems): void {
  for (const page of course.pages) {
    const place = page.placeOfKey("aliases");
    for (const written of page.data.aliases ?? []) {
      const address = aliasAddress(written);
      const what = `the alias "${shortened(written)}"`;
      if (!address || !isPageAddress(address)) {
        problems.error(
          "alias-address",
          place,
          `${what} is no address of a page`,
          "write it from the site's root, as in modules/basics/interests/",
          written,
        );
        continue;
      }
      const fault = addresses.claim(address, page.source.file);
      if (fault)
        problems.error("alias-taken", place, `${what} ${aliasFault(fault)}`, "delete the alias", written);
      else course.aliases.set(address, page);
    }
  }
}

function aliasFault(fault: AddressFault): string {
  switch (fault.kind) {
    case "taken":
      return `is already the address of ${fault.by}`;
    case "the site's own":
      return "is an address that the site keeps for itself";
    case "taken for another":
      return `is to many file systems the address of ${fault.by}`;
    case "needs a folder":
      return `needs a folder ${fault.folder}/, but ${fault.by} is a file of that name`;
    case "is a folder":
      return `has the name of a folder that ${fault.by} needs`;
    case "too long":
      return `is an address ${tooLong(fault)}`;
  }
}

/** Kinds of files that are no pages: a browser would take a page at such an address for what it is not. */
const OTHER_KIND =
  /\.(?:[cm]?[jt]s|css|json|xml|txt|csv|map|wasm|svg|a?png|jpe?g|jfif|gif|webp|avif|bmp|ico|heic|tiff?|pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|epub|zip|mp[34]|m4[av]|ogg|wav|webm|mov|vtt|ics|woff2?|[ot]tf)\/index\.html$/i;

/** Whether an old address is one at which a page can stand, on any disk and for any server. */
const isPageAddress = (address: string): boolean =>
  !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufffd]|\.html?\//iu.test(address) &&
  !OTHER_KIND.test(address) &&
  address.split("/").every((part) => !/^[._]|^ *$/.test(part));
