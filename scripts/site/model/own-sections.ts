/**
 * Which sections a group gets, and which first, as a trainer wrote it into site.yaml.
 *
 *   sections:
 *     leaveOut: [mistakes, training-office, worksheets/05-one-small-try]
 *     first: [keeping-safe, the-case]
 *
 * What stays of a part whose first section is left out is still a part. The first section of a part brings it along.
 */
import type { Parsed } from "../content/front-matter.ts";
import type { Settings } from "../content/schema.ts";
import type { Source } from "../content/source.ts";
import type { Place, Problems } from "../problems/problems.ts";
import { slugOf } from "../text/addresses.ts";
import { typeset } from "../text/typesetting.ts";
import { type Course, type Group, HEAD_TAG, type Module, type Page } from "./course.ts";
import { fullNameOfSection, nameOfSection, placeOfSetting, sectionsNamed } from "./section-names.ts";

/** An author's page, placed in the site. */
export interface PlacedPage {
  source: Source;
  address: string;
  kind: Page["kind"];
  /** Of its module. */
  folder: string;
  /** Undefined where its front matter is at fault. */
  parsed: Parsed | undefined;
}

/** The paths of the pages that are left out, each with the place in site.yaml that says so. */
export function pagesLeftOut(
  pages: readonly PlacedPage[],
  settings: Settings,
  problems: Problems,
): Map<string, Place> {
  const leftOut = new Map<string, Place>();
  const nameable = pages.filter(({ kind }) => kind === "section" || kind === "worksheet");
  for (const [index, written] of (settings.sections?.leaveOut ?? []).entries()) {
    const place = placeOfSetting(["sections", "leaveOut", `${index}`], settings);
    const ofModule = sectionsNamed(written, nameable).length ? [] : pagesOfModule(written, pages);
    const one = ofModule.length
      ? undefined
      : pageNamed(written, "sections.leaveOut", place, nameable, problems);
    for (const { source } of one ? [one] : ofModule) leftOut.set(source.path, place);
  }
  return leftOut;
}

/** All pages of the module with a folder of this name, and the worksheets that say they are its. */
function pagesOfModule(written: string, pages: readonly PlacedPage[]): PlacedPage[] {
  const slug = slugOf(written);
  const isOf = (folder: string | undefined) => !!folder && [folder, slugOf(folder)].includes(written);
  const own = pages.filter(({ kind, folder }) => kind !== "worksheet" && isOf(folder));
  if (!own.length) return [];
  return [
    ...own,
    ...pages.filter(({ kind, parsed }) => kind === "worksheet" && slugOf(parsed?.data.module ?? "") === slug),
  ];
}

/** The page that a name in site.yaml means; undefined where it means none, or several, which is told. */
export function pageNamed<Named extends PlacedPage | Page>(
  written: string,
  key: string,
  place: Place,
  pages: readonly Named[],
  problems: Problems,
): Named | undefined {
  const named = sectionsNamed(written, pages);
  if (named.length === 1) return named[0];
  if (named.length) {
    problems.error(
      "section-name",
      place,
      `${key} names "${written}", and ${named.length} pages have that name`,
      `write ${named.map(fullNameOfSection).join(" or ")}`,
      written,
    );
    return undefined;
  }
  const names = [...new Set(pages.flatMap((page) => [nameOfSection(page), fullNameOfSection(page)]))];
  const meant = problems.nearest(written, names);
  problems.error(
    "section-name",
    place,
    `${key} names a section "${written}", which the course does not have`,
    meant
      ? `did you mean "${meant}"?`
      : `write the name of a section's file${names[0] ? `, as in ${names[0]}` : ""}`,
    written,
  );
  return undefined;
}

/** The pages that stay. Where the head of a part is left out, the section after it becomes the head. */
export function withoutLeftOut(
  pages: readonly PlacedPage[],
  leftOut: ReadonlyMap<string, unknown>,
): PlacedPage[] {
  /** Folders in which the part that goes on has lost its head. */
  const headless = new Set<string>();
  return pages.flatMap((page) => {
    const { kind, folder, parsed, source } = page;
    const isHead = parsed?.data.tags?.includes(HEAD_TAG) ?? false;
    if (leftOut.has(source.path)) {
      if (kind === "section" && isHead) headless.add(folder);
      return [];
    }
    if (kind !== "section" || !parsed || !headless.delete(folder) || isHead) return [page];
    const data = { ...parsed.data, tags: [...(parsed.data.tags ?? []), HEAD_TAG] };
    return [{ ...page, parsed: { ...parsed, data } }];
  });
}

/** Sets the sections that come first at the beginning of their modules. `pages` are all that a name may mean. */
export function putFirst(
  modules: readonly Module[],
  settings: Settings,
  pages: readonly PlacedPage[],
  problems: Problems,
): void {
  const sections = pages.filter(({ kind }) => kind === "section");
  const first = (settings.sections?.first ?? []).flatMap((written, index) => {
    const place = placeOfSetting(["sections", "first", `${index}`], settings);
    return pageNamed(written, "sections.first", place, sections, problems)?.source.path ?? [];
  });
  if (!first.length) return;
  for (const module of modules) {
    module.groups = inWantedOrder(module.groups, first);
    module.sections = module.groups.flatMap(({ section, children }) => [section, ...children]);
  }
}

/** What a trainer adds at the end of a section: where they work, and whom to ask there. */
export interface LocalNote {
  /** Paragraphs. */
  example: string[];
  contact: string | undefined;
}

/** The notes of site.yaml by their sections; one for a section that is left out waits until it is back. */
export function localNotesOf(
  course: Course,
  pages: readonly PlacedPage[],
  problems: Problems,
): Map<Page, LocalNote> {
  const { settings, byPath } = course;
  const sections = pages.filter(({ kind }) => kind === "section");
  const notes = new Map<Page, LocalNote>();
  for (const [written, { example, contact }] of Object.entries(settings.local ?? {})) {
    const named = pageNamed(
      written,
      "local",
      placeOfSetting(["local", written], settings),
      sections,
      problems,
    );
    const page = named && byPath.get(named.source.path);
    if (page) notes.set(page, { example: example?.split(/\n\s*\n/).map(typeset) ?? [], contact });
  }
  return notes;
}

function inWantedOrder(groups: readonly Group[], first: readonly string[]): Group[] {
  const rank = ({ source }: Page) => first.indexOf(source.path);
  const isFirst = (page: Page) => rank(page) >= 0;
  const parts = groups.flatMap(({ section, children }): Group[] => [
    { section, children: children.filter((child) => !isFirst(child)) },
    ...children.filter(isFirst).map((child) => ({ section: child, children: [] })),
  ]);
  const moved = parts.filter(({ section }) => isFirst(section));
  return [
    ...moved.sort((a, b) => rank(a.section) - rank(b.section)),
    ...parts.filter(({ section }) => !isFirst(section)),
  ];
}
