/** Pages that a reader alone fills: the workbook with all that was written, and the record of what was read. */
import type { Module } from "../model/course.ts";
import type { Edition } from "../model/edition.ts";
import { LONGEST_LIST } from "../model/lists.ts";
import { isOn } from "../model/worksheets.ts";
import type { EditionPages, PageToLayOut } from "./edition-pages.ts";
import type { Site } from "./site.ts";
import { formsOf } from "./worksheet-files.ts";

export function readerPages(of: EditionPages): PageToLayOut[] {
  const { edition, site, allWorksheets } = of;
  const { words, generated } = edition;
  const pages: PageToLayOut[] = [];
  if (isOn(site.course, "write")) {
    const data = {
      layout: "workbook.liquid",
      title: words.workbook.title,
      summary: words.workbook.lead,
      isForReaderAlone: true,
      isWorkbook: true,
      hasDialogStyle: true,
      groups: workbookGroups(edition, site),
      parents: [allWorksheets],
      hasWorksheetStyle: true,
    };
    pages.push({ address: generated.workbook, data });
  }
  const data = {
    layout: "record.liquid",
    title: words.record.title,
    summary: of.told(words.summary.record, { course: edition.name }),
    isForReaderAlone: true,
    isRecord: true,
    recordModules: recordModulesOf(edition, site),
    pageClass: "page--sheet",
    hasWorksheetStyle: true,
  };
  return [...pages, { address: generated.record, data }];
}

/** From so many on, a record names the modules and no more. */
const MOST_OBJECTIVES = 40;

/** What a record may be of: each module, with what readers are to learn. */
function recordModulesOf(edition: Edition, { rendering }: Site): { module: Module; objectives: string[] }[] {
  const modules = edition.modulesToRead.map((module) => ({
    module,
    objectives: module.sections.flatMap((section) => rendering.of(section).objectives),
  }));
  const count = modules.reduce((sum, { objectives }) => sum + objectives.length, 0);
  return count > MOST_OBJECTIVES ? modules.map(({ module }) => ({ module, objectives: [] })) : modules;
}

/** From so many on, the workbook of a course shows those in which a reader has written, and names no others. */
const LONGEST_WORKBOOK = LONGEST_LIST;

/** All that has a form, by module. */
function workbookGroups(edition: Edition, site: Site): { title: string | undefined; entries: unknown[] }[] {
  const forms = formsOf(site).filter(({ of }) => site.course.editionOf(of) === edition);
  if (forms.length > LONGEST_WORKBOOK) return [];
  const groups = new Map<string | undefined, unknown[]>();
  const links = new Map(site.worksheets.map(({ id, callouts }) => [id, callouts[0]]));
  for (const { form, page } of forms) {
    const entries = groups.get(form.module) ?? [];
    groups.set(form.module, entries);
    const callout = links.get(form.id);
    const link = page?.address ?? (callout && `${callout.page.address}#${callout.anchor}`);
    entries.push({ id: form.id, title: form.title, link });
  }
  // What belongs to no module needs a title only beside what does.
  const titled = groups.size > 1;
  return [...groups].map(([title, entries]) => ({
    title: title ?? (titled ? edition.words.worksheets.others : undefined),
    entries,
  }));
}
