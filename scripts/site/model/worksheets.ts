/**
 * Worksheets: activity callouts whose title is a link, and the pages under `content/worksheets/`, as one list.
 * A callout and a page are the same worksheet when the callout links to the page, or when both have one number in
 * one module.
 */

import type { Place, Problems } from "../problems/problems.ts";
import { nameOf, orderOf, slugOf } from "../text/addresses.ts";
import { isWebAddress } from "../text/web-addresses.ts";
import { say } from "../words/say.ts";
import type { Words } from "../words/words.ts";
import { noteForm, noteId, type Way, type WorksheetForm } from "../worksheet/form.ts";
import type { Course, Module, Page } from "./course.ts";

/** An activity callout in a section. */
export interface WorksheetCallout {
  /** What browsers keep its answers under: the address of its page, or see `noteId`. */
  id: string;
  page: Page;
  place: Place;
  /** The id on the page that a link lands on. */
  anchor: string;
  title: string;
  number: number | undefined;
  /** The address of a document elsewhere: what the author linked to, or a trainer set in site.yaml. */
  external: string | undefined;
  /** The page on this site, linked by the author or of the same number. */
  local: Page | undefined;
  /** Its words, for the search index. */
  text: string;
}

export interface Worksheet {
  id: string;
  number: number | undefined;
  /** Without "Worksheet #7:". */
  title: string;
  module: Module | undefined;
  local: Page | undefined;
  external: string | undefined;
  callouts: WorksheetCallout[];
  /** What it asks; of one that is a link only, a note. Undefined where there is nothing to fill in. */
  form: WorksheetForm | undefined;
}

const ENGLISH_WORD = "worksheet";

/** How titles begin that have a number: by the word for a worksheet, that of a language or the English one. */
const beginnings = new Map<string, RegExp>();

function beginningWith(word: string): RegExp {
  let beginning = beginnings.get(word);
  if (!beginning) {
    const either = [ENGLISH_WORD, word].map((one) => one.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")).join("|");
    const sign = "#|number|número|n(?:o|r|úm)?\\.?[º°]?";
    beginning = new RegExp(`^\\s*(?:${either})\\s*(?:${sign})?\\s*(\\d{1,4})\\b\\s*[:.–—-]?\\s*`, "iu");
    beginnings.set(word, beginning);
  }
  return beginning;
}

/** "Worksheet #7: Putting it to use" → 7 and "Putting it to use"; with Spanish words, "Hoja de trabajo n.º 7: …" too. */
export function readTitle(title: string, words?: Words): { number: number | undefined; title: string } {
  const match = beginningWith(words?.worksheets.number ?? ENGLISH_WORD).exec(title);
  const rest = match ? title.slice(match[0].length).trim() : title.trim();
  return { number: match ? Number(match[1]) : undefined, title: rest || title.trim() };
}

export function numberOf(page: Page, course: Course): number | undefined {
  const inTitle = readTitle(page.title, course.wordsIn(page.language)).number;
  const order = orderOf(nameOf(page.source.path));
  return inTitle ?? (order && !order.includes("-") ? Number(order) : undefined);
}

/** The page's module: named in its front matter, or the only one there is. */
function moduleOf(page: Page, course: Course): Module | undefined {
  const named = page.data.module;
  if (named !== undefined) return course.modulesBySlug.get(slugOf(named));
  const [only, ...others] = course.editionOf(page).modulesToRead;
  return others.length ? undefined : only;
}

/** Of each number the first page, for each module and, under undefined, of no module; with its rank among all pages. */
type ByNumber = Map<number, Map<Module | undefined, { page: Page; rank: number }>>;

const numbered = new WeakMap<Course, ByNumber>();

/** Made once: a course may have a callout for each of a thousand pages. */
function pagesByNumber(course: Course): ByNumber {
  let byNumber = numbered.get(course);
  if (byNumber) return byNumber;
  byNumber = new Map();
  for (const [rank, page] of course.worksheetPages.entries()) {
    const number = numberOf(page, course);
    if (number === undefined) continue;
    const byModule = byNumber.get(number) ?? new Map();
    byNumber.set(number, byModule);
    const module = moduleOf(page, course);
    if (!byModule.has(module)) byModule.set(module, { page, rank });
  }
  numbered.set(course, byNumber);
  return byNumber;
}

/** The page of a number, as a callout in a module means it: the first that is the module's or no module's. */
export function pageOfNumber(
  number: number | undefined,
  module: Module | undefined,
  course: Course,
): Page | undefined {
  const byModule = number === undefined ? undefined : pagesByNumber(course).get(number);
  const found = [byModule?.get(module), byModule?.get(undefined)];
  return found.filter((one) => one !== undefined).sort((a, b) => a.rank - b.rank)[0]?.page;
}

/** What a worksheet is known by that is a link only, in the module of the page that links to it. */
export const idOfLink = (module: Module | undefined, number: number | undefined, title: string): string =>
  noteId(module?.slug || "course", `${number ?? (slugOf(title) || "worksheet")}`);

/**
 * The document that a trainer gave a worksheet in site.yaml: by the name of its page's file, or by its number, with the
 * module where several have it: `07-your-plan`, `7`, `connected-learning/7`.
 */
export function documentOf(
  { settings: { worksheets } }: Course,
  number: number | undefined,
  local: Page | undefined,
  module: Module | undefined,
): string | undefined {
  const documents = worksheets?.documents;
  if (!documents) return undefined;
  const found = keysOf(number, local, module).find((key) => Object.hasOwn(documents, key));
  return found === undefined ? undefined : documents[found];
}

function keysOf(number: number | undefined, local: Page | undefined, module: Module | undefined): string[] {
  const name = local && nameOf(local.source.path);
  const keys = name ? [name, name.replace(/\.[^.]*$/, "")] : [];
  if (number === undefined) return keys;
  return [
    ...keys,
    ...(module ? [`${module.folder}/${number}`, `${module.slug}/${number}`] : []),
    `${number}`,
  ];
}

/** Whether a page has something to fill in, told by its text. */
export const hasFields = (text: string): boolean =>
  /\{:[^}\n]*\.answers?\b|class=["'][^"'>]*\banswers?\b/.test(text);

/** Whether a trainer left a way of working switched on. */
export const isOn = ({ settings }: Course, way: Way): boolean => !settings.worksheets?.off?.includes(way);

/** All worksheets in the order of their modules and numbers. `formOf` is asked of pages. */
export function listWorksheets(
  course: Course,
  callouts: WorksheetCallout[],
  formOf: (page: Page) => WorksheetForm | undefined,
): Worksheet[] {
  const byKey = new Map<string, Worksheet>();
  const byPage = new Map<Page, Worksheet>();
  /** The first callout for each page. */
  const callers = new Map<Page, WorksheetCallout>();
  for (const callout of callouts) {
    if (callout.local && !callers.has(callout.local)) callers.set(callout.local, callout);
  }
  for (const page of course.worksheetPages) {
    const module = moduleOf(page, course) ?? callers.get(page)?.page.module;
    const number = numberOf(page, course);
    const document = isOn(course, "documents") ? documentOf(course, number, page, module) : undefined;
    const worksheet: Worksheet = {
      id: page.address,
      number,
      title: readTitle(page.title, course.wordsIn(page.language)).title,
      module,
      local: page,
      external: document,
      callouts: [],
      form: withModule(formOf(page), module),
    };
    byPage.set(page, worksheet);
    byKey.set(keyOf(module, number, page.address), worksheet);
  }
  const wordsOf = ({ language }: Page) => ({ words: course.wordsIn(language), language });
  for (const callout of callouts) {
    const { module } = callout.page;
    const key = keyOf(module, callout.number, slugOf(callout.title));
    const worksheet: Worksheet = (callout.local && byPage.get(callout.local)) ??
      byKey.get(key) ?? {
        id: callout.id,
        number: callout.number,
        title: callout.title,
        module,
        local: undefined,
        external: undefined,
        callouts: [],
        form: withModule(
          noteForm(
            callout.id,
            fullTitle(callout, wordsOf(callout.page)),
            wordsOf(callout.page).words.fields.notes,
          ),
          module,
        ),
      };
    worksheet.external ??= callout.external;
    worksheet.callouts.push(callout);
    if (!worksheet.local) byKey.set(key, worksheet);
  }
  const all = [...new Set([...byPage.values(), ...byKey.values()])];
  const ranks = new Map(course.modules.map((module, index) => [module, index]));
  const rank = ({ module }: Worksheet) => (module && ranks.get(module)) ?? Number.POSITIVE_INFINITY;
  const order = (worksheet: Worksheet) => worksheet.number ?? Number.POSITIVE_INFINITY;
  return all.sort(
    (a, b) => compare(rank(a), rank(b)) || compare(order(a), order(b)) || (a.title < b.title ? -1 : 1),
  );
}

const withModule = (
  form: WorksheetForm | undefined,
  module: Module | undefined,
): WorksheetForm | undefined => (form && module?.isNamed ? { ...form, module: module.title } : form);

/** "Worksheet #7: Your plan" */
export const fullTitle = (
  { number, title }: Pick<Worksheet, "number" | "title">,
  { words, language }: { words: Words; language: string },
): string =>
  number === undefined ? title : say(words.worksheets.numbered, { number: `${number}`, title }, language);

/** Documents of site.yaml for worksheets that are not there. */
export function checkDocuments(course: Course, worksheets: readonly Worksheet[], problems: Problems): void {
  const { worksheets: settings, places } = course.settings;
  const known = new Set(worksheets.flatMap(({ number, local, module }) => keysOf(number, local, module)));
  for (const key of Object.keys(settings?.documents ?? {})) {
    if (known.has(key)) continue;
    const meant = problems.nearest(key, [...known]);
    problems.error(
      "worksheet-document",
      places.get(`worksheets.documents.${key}`) ?? places.get("worksheets")!,
      `there is no worksheet "${key}"`,
      meant ? `did you mean "${meant}"?` : "write its number, or the name of its file in worksheets/",
      key,
    );
  }
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);

const keyOf = (module: Module | undefined, number: number | undefined, otherwise: string) =>
  `${module?.folder ?? "?"}#${number ?? otherwise}`;

/** Where a document's own copy is made, where its host has an address for that. Google's asks for an account. */
export function copyOf(url: string): string | undefined {
  const match =
    /^(https:\/\/docs\.google\.com\/(?:document|spreadsheets|presentation)\/d\/[\w-]+)(?:[/?#]|$)/.exec(url);
  return match ? `${match[1]}/copy` : undefined;
}

/** Where a worksheet's link leads, said before the reader follows it. */
export function leadsTo(url: string, { worksheets: words }: Words): string {
  const opens = (text: string, host: string) => say(text, { host }, "");
  if (!isWebAddress(url)) return words.opensTab;
  const { hostname, pathname } = new URL(url);
  if (hostname === "docs.google.com") {
    const kinds: Record<string, string> = {
      document: "Google Docs",
      spreadsheets: "Google Sheets",
      presentation: "Google Slides",
      forms: "Google Forms",
    };
    const kind = kinds[pathname.split("/")[1] ?? ""] ?? "Google Docs";
    return kind === "Google Forms" ? opens(words.opensHost, kind) : opens(words.opensAccount, kind);
  }
  return opens(words.opensHost, hostname.replace(/^www\./, ""));
}
