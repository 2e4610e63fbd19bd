/** Tables that every reader can use: headers that are headers, and a frame that scrolls where a phone is too narrow. */
import { shorten } from "../../problems/problems.ts";
import { say } from "../../words/say.ts";
import {
  type AnyNode,
  addClass,
  authorsText,
  closest,
  type Element,
  elementsIn,
  elementsNamed,
  elementsOf,
  hasClass,
  headingLevel,
  isElement,
  isTable,
  newElement,
  rename,
  setChildren,
  textOf,
  wordsOf,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";

export function makeTableFrames(context: PageContext): void {
  const { $ } = context;
  /** What frames each outermost table, by its parent: put in one by one, they would take time by their square. */
  const frames = new Map<Element, Map<AnyNode, Element>>();
  const labels = labelsOf(context);
  for (const table of elementsNamed($, "table")) {
    const rows = elementsIn(table).filter((row) => row.name === "tr" && closest(row, isTable) === table);
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
    adaptToPhones(table, rows);
    if (closest(table, (around) => around !== table && isTable(around))) continue;
    const caption = table.children.filter(isElement).find(({ name }) => name === "caption");
    const label = (caption && textOf(caption).trim()) || labels.get(table)!;
    const attribs = { class: "table-frame", role: "group", tabindex: "0", "aria-label": label };
    const parent = table.parent as Element;
    frames.set(parent, (frames.get(parent) ?? new Map()).set(table, newElement($, "div", attribs)));
  }
  for (const [parent, byTable] of frames) {
    setChildren(
      parent,
      parent.children.map((child) => byTable.get(child) ?? child),
    );
    for (const [table, frame] of byTable) setChildren(frame, [table]);
  }
}

/** From so many columns on a phone has no room for them side by side. */
const COLUMNS_FOR_CARDS = 3;

/**
 * What the style sheet sets otherwise on a phone: rows of several columns as cards, each cell with its column's head; rows
 * of a concept and its text as bands. Roles say what the elements say already, for without them what is no longer set as
 * a table would no longer be one to a screen reader.
 */
function adaptToPhones(table: Element, rows: readonly Element[]): void {
  const cellsOf = (row: Element) => row.children.filter(isElement).filter(({ name }) => /^t[dh]$/.test(name));
  const isPlain = rows.every((row) =>
    cellsOf(row).every(({ attribs }) => !attribs.colspan && !attribs.rowspan),
  );
  const isNested = elementsIn(table).some(isTable);
  if (!isPlain || isNested || !rows.length) return;
  const [head, ...others] = rows;
  const heads = (head!.parent as Element).name === "thead" ? cellsOf(head!) : [];
  const body = heads.length ? others : rows;
  const isOfConcepts =
    !heads.length && body.every((row) => cellsOf(row).length === 2 && hasClass(cellsOf(row)[0]!, "tint"));
  if (!isOfConcepts && (heads.length < COLUMNS_FOR_CARDS || !body.length)) return;
  addClass(table, isOfConcepts ? "as-bands" : "as-cards");
  table.attribs.role = "table";
  for (const group of table.children.filter(isElement)) {
    if (/^t(?:head|body|foot)$/.test(group.name)) group.attribs.role = "rowgroup";
  }
  for (const row of rows) {
    row.attribs.role = "row";
    for (const [column, cell] of cellsOf(row).entries()) {
      const { scope } = cell.attribs;
      cell.attribs.role = cell.name === "td" ? "cell" : scope === "col" ? "columnheader" : "rowheader";
      const label = row === head ? "" : heads[column] && wordsOf(heads[column]).trim();
      if (label && column > 0) cell.attribs["data-head"] = label;
    }
  }
}

/** Characters of a heading in the name of a table: a page may have thousands of tables under one. */
const LABEL_LIMIT = 120;

/** Each table named by the heading it stands under: "Table: Plan", "Table 2: Plan". */
function labelsOf({ $, ask }: PageContext): Map<Element, string> {
  const labels = new Map<Element, string>();
  let heading = "";
  let count = 0;
  for (const element of elementsOf($)) {
    if (headingLevel(element)) {
      heading = shorten(wordsOf(element), LABEL_LIMIT);
      count = 0;
    } else if (element.name === "table") {
      count++;
      const { table, tableNumber, tableOf, tableNumberOf } = ask.words.text;
      const label = count > 1 ? (heading ? tableNumberOf : tableNumber) : heading ? tableOf : table;
      labels.set(element, say(label, { number: count, heading }, ask.language));
    }
  }
  return labels;
}

const isEmpty = (cell: Element) => !authorsText(cell).trim() && !cell.children.some(holdsPicture);

const holdsPicture = (node: AnyNode): boolean =>
  isElement(node) && (node.name === "img" || node.name === "svg" || node.children.some(holdsPicture));

/** An empty header cell heads nothing. */
function makeDataCell(cell: Element): void {
  rename(cell, "td");
  delete cell.attribs.scope;
}
