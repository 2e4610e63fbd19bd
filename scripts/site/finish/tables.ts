/** Tables that every reader can use: headers that are headers, and a frame that scrolls where a phone is too narrow. */
import type { CheerioAPI, Element } from "./dom.ts";

export function finishTables($: CheerioAPI): void {
  for (const table of $("table").toArray() as Element[]) {
    const rows = ($(table).find("tr").toArray() as Element[]).filter(
      (row) => $(row).closest("table")[0] === table,
    );
    for (const [index, row] of rows.entries()) {
      const cells = row.children.filter(
        (cell): cell is Element => "name" in cell && /^t[dh]$/.test(cell.name),
      );
      for (const cell of cells) if (cell.name === "th" && isEmpty($, cell)) makeDataCell(cell);
      const inHead =
        $(row).parent().is("thead") || (index === 0 && cells.every((cell) => cell.name === "th"));
      for (const cell of cells) if (cell.name === "th") cell.attribs.scope ??= inHead ? "col" : "row";
    }
    if ($(table).parents("table").length) continue;
    const caption = $(table).children("caption").text().trim();
    $(table).wrap('<div class="table-frame" role="group" tabindex="0"></div>');
    $(table)
      .parent()
      .attr("aria-label", caption || "Table");
  }
}

const isEmpty = ($: CheerioAPI, cell: Element) => !$(cell).text().trim() && !$(cell).find("img,svg").length;

/** An empty header cell heads nothing. */
function makeDataCell(cell: Element): void {
  cell.name = "td";
  cell.tagName = "td";
  delete cell.attribs.scope;
}
