/** Tables that every reader can use: headers that are headers, and a frame that scrolls where a phone is too narrow. */
import { type AnyNode, authorsText, type CheerioAPI, type Element, isElement } from "./dom.ts";

export function finishTables($: CheerioAPI): void {
  for (const table of $("table").toArray() as Element[]) {
    const rows = ($(table).find("tr").toArray() as Element[]).filter((row) => tableOf(row) === table);
    for (const [index, row] of rows.entries()) {
      const cells = row.children.filter(
        (cell): cell is Element => "name" in cell && /^t[dh]$/.test(cell.name),
      );
      const inHead =
        (row.parent as Element).name === "thead" ||
        (index === 0 && cells.every((cell) => cell.name === "th"));
      for (const cell of cells) if (cell.name === "th" && isEmpty(cell)) makeDataCell(cell);
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

/** The table that a row is part of: the nearest around it. */
function tableOf(row: Element): Element | undefined {
  let at = row.parent;
  while (at && !(isElement(at) && at.name === "table")) at = at.parent;
  return at ?? undefined;
}

const isEmpty = (cell: Element) => !authorsText(cell).trim() && !cell.children.some(holdsPicture);

const holdsPicture = (node: AnyNode): boolean =>
  isElement(node) && (node.name === "img" || node.name === "svg" || node.children.some(holdsPicture));

/** An empty header cell heads nothing. */
function makeDataCell(cell: Element): void {
  cell.name = "td";
  cell.tagName = "td";
  delete cell.attribs.scope;
}
