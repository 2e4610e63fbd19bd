/** Lists of all sections and of all worksheets; long ones are divided by module. */
import type { EditionPages, PageToLayOut } from "./edition-pages.ts";

export function worksheetListPages(of: EditionPages): PageToLayOut[] {
  const { worksheets, worksheetLists, allWorksheets } = of;
  const { words, name } = of.edition;
  const summary = of.told(worksheets.length ? words.summary.worksheets : words.worksheets.noneYet, {
    course: name,
    count: worksheets.length,
  });
  const pages: PageToLayOut[] = [
    {
      address: allWorksheets.address,
      data: {
        layout: worksheetLists.isDivided ? "worksheets-by-module.liquid" : "worksheets.liquid",
        title: allWorksheets.title,
        summary,
        worksheetLists,
        list: worksheetLists.all[0],
        hasWorksheetStyle: true,
      },
    },
  ];
  if (!worksheetLists.isDivided) return pages;
  for (const list of worksheetLists.all) {
    const data = {
      layout: "worksheets.liquid",
      title: list.title,
      summary: `${list.title}. ${summary}`,
      list,
      parents: [allWorksheets],
      hasWorksheetStyle: true,
    };
    pages.push({ address: list.address, data });
  }
  return pages;
}

export function sectionListPages(of: EditionPages): PageToLayOut[] {
  const { sectionLists, allSections, edition } = of;
  const pages: PageToLayOut[] = [
    {
      address: allSections.address,
      data: {
        layout: sectionLists.isDivided ? "sections-by-module.liquid" : "sections.liquid",
        title: allSections.title,
        summary: of.summaryOfAll(),
        sectionLists,
      },
    },
  ];
  const unnamed = edition.modules.find((module) => !module.isNamed);
  if (sectionLists.isDivided && unnamed) {
    const data = {
      layout: "sections-of-module.liquid",
      title: unnamed.title,
      summary: of.summaryOfModule(unnamed),
      module: unnamed,
      parents: [allSections],
    };
    pages.push({ address: edition.divided.otherSections, data });
  }
  return pages;
}
