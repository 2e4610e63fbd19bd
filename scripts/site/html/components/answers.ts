/**
 * Fields of a worksheet: room to write on paper, from which assets/browser/worksheets/ makes fields to fill in.
 *
 *   What would you try first?                <p class="answer" id="first">What would you try first?</p>
 *   {: .answer #first rows="2"}           →  <div class="answer-room" data-field="first" data-type="long" data-added>
 *                                              <i></i><i></i></div>
 *
 *   - A ride                                 <ul class="answers" data-field="hurdles" data-type="one">
 *   - A fee                               →    <li data-choice="a-ride">A ride</li> …
 *   {: .answers #hurdles}                    a task list (`- [ ] A ride`) is one of which any may be chosen
 *
 *   | | Not yet | Often |                    <table class="answers" data-field="now"> …
 *   |---|---|---|                              <td data-type="one"></td> …
 *   | I try things | | |                  →
 *   {: .answers #now type="one"}             `type="one one long"` says it column by column
 *
 * Each line is an element, for borders are printed where backgrounds are not, and a page may end between two lines.
 */
import { headingId, IdCounter } from "../../markdown/heading-ids.ts";
import type { Page } from "../../model/course.ts";
import {
  type Cell,
  type CellType,
  CHOICE_TYPES,
  type Choice,
  type ChoiceType,
  type Field,
  type Source,
  TEXT_TYPES,
  type TextType,
} from "../../worksheet/form.ts";
import {
  ADDED,
  type AnyNode,
  addClass,
  authorsText,
  blockAround,
  classesOf,
  closest,
  type Element,
  elementsIn,
  elementsOf,
  hasClass,
  headingLevel,
  isElement,
  isTable,
  newElement,
  placeOf,
  replaceAll,
  setChildren,
  wordsOf,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { isTrainerNote } from "./trainer-notes.ts";

const DEFAULT_ROWS = 4;
export const MOST_ROWS = 40;
/** Whether what is written as `rows` is a number of lines. */
export const isRowCount = (rows: string): boolean => isNumber(rows, 1, MOST_ROWS);

const isNumber = (text: string, least: number, most: number): boolean =>
  /^\s*\d+\s*$/.test(text) && Number(text) >= least && Number(text) <= most;

const LEAST_STEPS = 2;
const MOST_STEPS = 11;

/** A form is a learner's: without what is for facilitators, which stands on the page until the passes take it out. */
const wordsForAll = (element: Element): string => wordsOf(element, isTrainerNote);

/** Fields by what stands for them on the page: the room below a question, the list, the table. */
export type Fields = ReadonlyMap<Element, Field>;

/** Attributes that say what a field is, and are no HTML. */
const OWN_ATTRIBUTES = ["rows", "steps", "low", "high", "max", "from"];

export function makeAnswerFields(context: PageContext): Fields {
  const { $ } = context;
  const fields = new Map<Element, Field>();
  /** What stands in the place of a block: it with what was added. */
  const blocks = new Map<AnyNode, AnyNode[]>();
  const ids = new FieldIds(context);
  let heading: Element | undefined;
  for (const element of elementsOf($)) {
    if (headingLevel(element)) {
      heading = element;
      ids.passHeading(element);
    }
    const isList = element.name === "ul" || element.name === "ol";
    const isOfMany = hasClass(element, "answers") && (isTable(element) || isList);
    if (!isOfMany && !hasClass(element, "answer")) continue;
    const facts = factsOf(context, element, ids);
    const room = isOfMany ? element : newElement($, "div", { class: "answer-room", [ADDED]: "" });
    const make = !isOfMany ? makeRoom : isTable(element) ? makeTable : makeChoices;
    const field = make(context, element, room, {
      ...facts,
      label: isOfMany ? labelBefore(element, heading) : wordsForAll(element),
    });
    fields.set(room, field);
    mark(room, facts, context.page);
    if (isInRow(element)) addInside(element, [...(isOfMany ? [] : [room]), ...reminderOf(element)]);
    else addBelow(element, [...(isOfMany ? [] : [room]), ...reminderOf(element)], field);
  }
  replaceAll(blocks);
  for (const { name, attribs } of elementsOf($)) {
    for (const attribute of OWN_ATTRIBUTES) delete attribs[attribute];
    if (name !== "ol" && name !== "source") delete attribs.type;
  }
  return fields;

  function reminderOf(element: Element): Element[] {
    if (!hasClass(element, "no-names")) return [];
    return [newElement($, "p", { class: "answer-reminder", [ADDED]: "" }, context.ask.words.fields.noNames)];
  }

  function addInside(element: Element, added: Element[]): void {
    setChildren(element, [...element.children, ...added]);
  }

  /** Right below the block, and what helps to fill the field in, which its author wrote after it, folded. */
  function addBelow(element: Element, added: Element[], field: Field): void {
    const block = blockAround(element);
    const help = (["hint", "example"] as const).flatMap((kind) => {
      const written = helpAfter(block, kind);
      if (!written) return [];
      field[kind] = authorsText(written, isTrainerNote).trim();
      blocks.set(written, []);
      const folded = newElement($, "details", { class: "answer-help" });
      setChildren(folded, [
        newElement($, "summary", { [ADDED]: "" }, context.ask.words.fields[kind]),
        written,
      ]);
      return [folded];
    });
    if (!added.length && !help.length) return;
    const [, ...others] = blocks.get(block) ?? [];
    blocks.set(block, [block, ...added, ...others, ...help]);
  }
}

const isInRow = ({ name }: Element): boolean => name === "li" || name === "td" || name === "th";

/** The attributes that scripts know a field by. */
function mark(room: Element, { id, isPrivate, from }: Facts, page: Page): void {
  Object.assign(room.attribs, {
    "data-field": id,
    ...(isPrivate && { "data-private": "" }),
    ...(from && {
      "data-from": `${from.worksheet === page.address ? "" : from.worksheet}#${from.field}`,
      "data-from-title": from.title,
    }),
  });
}

/** `{: .hint}` or `{: .example}`: the block right after a field, or after the other of the two. */
function helpAfter(block: Element, kind: "hint" | "example"): Element | undefined {
  for (let at = nextElement(block); at; at = nextElement(at)) {
    if (hasClass(at, kind)) return at;
    if (!hasClass(at, "hint") && !hasClass(at, "example")) return undefined;
  }
  return undefined;
}

function nextElement({ next }: AnyNode): Element | undefined {
  let at: AnyNode | null = next;
  while (at && !isElement(at)) {
    if (at.type === "text" && at.data.trim()) return undefined;
    at = at.next;
  }
  return at ?? undefined;
}

/** What is said of a field of any type. */
interface Facts {
  id: string;
  isPrivate?: true;
  from?: Source;
}

function factsOf(context: PageContext, element: Element, ids: FieldIds): Facts {
  const id = ids.of(element);
  const from = sourceOf(context, element, id);
  return {
    id,
    ...(hasClass(element, "private") && { isPrivate: true }),
    ...(from && { from }),
  };
}

/** `from="06-the-case.md#stock"`: whether that field is there, only all pages together tell. */
function sourceOf(
  { ask, page, file, problems, fieldLinks }: PageContext,
  element: Element,
  id: string,
): Facts["from"] {
  const written = element.attribs.from;
  if (written === undefined) return undefined;
  const target = ask.target(written);
  const place = placeOf(element, file);
  if (target.kind === "left out") {
    problems.error(
      "field-source",
      place,
      `the answer is to come from "${written}", a page that site.yaml leaves out`,
      "take that page out of leaveOut, or leave this one out too",
      written,
    );
    return undefined;
  }
  if (target.kind !== "page" || !target.page || !target.fragment) {
    problems.error(
      "field-source",
      place,
      `the answer is to come from "${written}", which is no answer of a page`,
      'write the page and the id of the answer, as in from="03-listening.md#pattern"',
      written,
    );
    return undefined;
  }
  if (target.page === page && target.fragment === id) {
    problems.error("field-source", place, "the answer is to come from itself", "delete the from", written);
    return undefined;
  }
  fieldLinks.push({ place, field: id, target: target.page, source: target.fragment, written });
  return { worksheet: target.page.address, field: target.fragment, title: ask.title(written) };
}

type Labelled = Facts & { label: string };

function refuseSource({ file, problems }: PageContext, element: Element): void {
  const { from } = element.attribs;
  if (from === undefined) return;
  problems.error(
    "field-source",
    placeOf(element, file),
    "only an answer in words, or a table, can come from another answer",
    "delete the from",
    from,
  );
}

function makeRoom(context: PageContext, element: Element, room: Element, facts: Labelled): Field {
  const { $ } = context;
  const type = oneType<TextType | "scale">(context, element, [...TEXT_TYPES, "scale"]);
  room.attribs["data-type"] = type;
  const { attribs } = element;
  if (type === "scale") {
    refuseSource(context, element);
    const steps = numberIn(context, element, "steps", LEAST_STEPS, MOST_STEPS, 5);
    const { low = "", high = "" } = attribs;
    const marks = Array.from({ length: steps }, (_, index) => newElement($, "b", {}, `${index + 1}`));
    setChildren(room, [
      ...(low ? [newElement($, "span", {}, low)] : []),
      ...marks,
      ...(high ? [newElement($, "span", {}, high)] : []),
    ]);
    return { ...facts, type, steps, low, high };
  }
  if (type !== "long") addClass(element, "answer--line");
  const asked = Number.parseInt(attribs.rows ?? "", 10) || (type === "long" ? DEFAULT_ROWS : 1);
  const rows = Math.min(MOST_ROWS, Math.max(1, asked));
  setChildren(
    room,
    Array.from({ length: rows }, () => newElement($, "i", {})),
  );
  return { ...facts, type, rows };
}

function makeChoices(context: PageContext, list: Element, _: Element, facts: Labelled): Field {
  const { file, problems } = context;
  refuseSource(context, list);
  const items = list.children.filter(isElement).filter((item) => !isTrainerNote(item));
  const hasBoxes = items.some((item) => hasClass(item, "task-list-item"));
  const [byBoxes, other]: ChoiceType[] = hasBoxes ? ["any", "one"] : ["one", "any"];
  const type = oneType<ChoiceType>(context, list, [byBoxes!, other!]);
  const counter = new IdCounter();
  const choices: Choice[] = [];
  for (const item of items) {
    removeBox(item);
    const label = wordsForAll(item);
    const id = counter.unique(headingId(item.attribs.id ?? label) || "choice");
    item.attribs["data-choice"] = id;
    if (!hasClass(item, "task-list-item")) item.attribs.class = "task-list-item";
    choices.push({ id, label });
  }
  if (choices.length < 2 || choices.some(({ label }) => !label)) {
    problems.error(
      "field-choices",
      placeOf(list, file),
      choices.length < 2 ? "there is nothing to choose from" : "a choice has no words",
      "write two or more choices, each with its words",
    );
  }
  list.attribs["data-type"] = type;
  list.attribs.class = [...new Set([...classesOf(list), "task-list"])].join(" ");
  return { ...facts, type, choices };
}

/** Of a task list's item, the sign that stands for its box: the style sheet draws it. */
function removeBox(item: Element): void {
  const texts = [item, ...elementsIn(item)]
    .flatMap(({ children }) => children)
    .filter((node) => node.type === "text");
  const box = texts.find((node) => /^\s*[☐☑]/.test(node.data));
  if (box) box.data = box.data.replace(/^\s*[☐☑]\s*/, "");
}

function makeTable(context: PageContext, table: Element, _: Element, facts: Labelled): Field {
  const rows = elementsIn(table).filter((row) => row.name === "tr" && !isTrainerNote(row));
  const own = rows.filter((row) => closest(row, isTable) === table);
  const isHead = (row: Element) => (row.parent as Element).name === "thead";
  const cellsOf = (row: Element) => row.children.filter(isElement).filter((cell) => !isTrainerNote(cell));
  const heads = own.filter(isHead).flatMap((row) => cellsOf(row).map((cell) => wordsForAll(cell)));
  const body = own.filter((row) => !isHead(row)).map(cellsOf);
  const isToWrite = (cell: Element) =>
    !cell.children.some(isElement) && !authorsText(cell, isTrainerNote).trim();
  const columns = [
    ...new Set(body.flatMap((cells) => [...cells.keys()].filter((at) => isToWrite(cells[at]!)))),
  ];
  const types = columnTypes(
    context,
    table,
    columns.sort((a, b) => a - b),
  );
  const { file, problems } = context;
  const isMerged = own.some((row) => cellsOf(row).some(({ attribs }) => attribs.colspan ?? attribs.rowspan));
  const bodies = new Set(own.filter((row) => !isHead(row)).map((row) => row.parent));
  if (!columns.length || isMerged || bodies.size > 1) {
    problems.error(
      "field-cells",
      placeOf(table, file),
      columns.length
        ? `the table for answers has ${isMerged ? "merged cells" : "its rows in several parts"}`
        : "the table for answers has no empty cell to write in",
      columns.length
        ? "write every row with as many cells as the head, all in one table body"
        : "leave the cells empty that are to be written in",
    );
  }
  const tableRows = body.map((cells) =>
    cells.map((cell, column): Cell => {
      if (!isToWrite(cell)) return wordsForAll(cell);
      const type = types.get(column)!;
      cell.attribs["data-type"] = type;
      return { type };
    }),
  );
  const least = tableRows.length;
  const most =
    table.attribs.max === undefined ? undefined : numberIn(context, table, "max", least, MOST_ROWS, least);
  if (most !== undefined) table.attribs["data-most"] = `${most}`;
  if ([...types.values()].some((type) => type === "one" || type === "any")) table.attribs["data-ticks"] = "";
  const isWide = tableRows.some((row) => widthOf(row) >= WIDE_FROM);
  return {
    ...facts,
    type: "table",
    heads,
    rows: tableRows,
    ...(most !== undefined && { most }),
    ...(isWide && { isWide }),
  };
}

/** How much room the cells of a row want, and from where on a sheet is printed across. */
const WIDTHS: Record<CellType, number> = { long: 2, short: 1, number: 1, date: 1, one: 0.5, any: 0.5 };
const WIDE_FROM = 5;
const widthOf = (row: readonly Cell[]): number =>
  row.reduce((sum, cell) => sum + (typeof cell === "string" ? 0 : WIDTHS[cell.type]), 0);

/** One type for all columns to write in, or one for each. */
function columnTypes(context: PageContext, table: Element, columns: number[]): Map<number, CellType> {
  const written = table.attribs.type?.trim().split(/\s+/) ?? ["long"];
  for (const type of written) refuseType(context, table, type, [...TEXT_TYPES, ...CHOICE_TYPES]);
  if (written.length !== 1 && written.length !== columns.length) {
    const { file, problems } = context;
    problems.error(
      "field-type",
      placeOf(table, file),
      `the table has ${columns.length} columns to write in, and ${written.length} types`,
      "write one type for all of them, or one for each",
    );
  }
  return new Map(columns.map((column, index) => [column, (written[index] ?? written[0]) as CellType]));
}

function oneType<Type extends string>(context: PageContext, element: Element, types: readonly Type[]): Type {
  const type = element.attribs.type ?? types[0]!;
  refuseType(context, element, type, types);
  return (types as readonly string[]).includes(type) ? (type as Type) : types[0]!;
}

function refuseType(
  { file, problems }: PageContext,
  element: Element,
  type: string,
  types: readonly string[],
): void {
  if (types.includes(type)) return;
  problems.error(
    "field-type",
    placeOf(element, file),
    `the type "${type}" of the answer is not known`,
    `write one of ${types.join(", ")}`,
    type,
  );
}

function numberIn(
  { file, problems }: PageContext,
  element: Element,
  name: "steps" | "max",
  least: number,
  most: number,
  otherwise: number,
): number {
  const written = element.attribs[name];
  if (written === undefined) return otherwise;
  if (isNumber(written, least, most)) return Number(written);
  problems.error(
    "field-number",
    placeOf(element, file),
    `${name}="${written}" is no number from ${least} to ${most}`,
    name === "max"
      ? 'write how many rows there may be with those that are added, as in max="8"'
      : 'write how many steps the scale has, as in steps="5"',
    written,
  );
  return otherwise;
}

/** The paragraph right before a list or a table, or the heading that it stands under. */
function labelBefore(element: Element, heading: Element | undefined): string {
  let at: AnyNode | null = element.prev;
  while (at && !isElement(at)) at = at.prev;
  if (at?.name === "p" && !hasClass(at, "answer")) {
    addClass(at, "answer-question");
    return wordsForAll(at);
  }
  return heading ? wordsForAll(heading) : "";
}

/** The ids of a page's fields, under which readers' browsers keep the answers. */
class FieldIds {
  readonly #context: PageContext;
  readonly #taken = new Set<string>();
  readonly #byHeadings = new IdCounter();
  #heading = "answer";

  constructor(context: PageContext) {
    this.#context = context;
  }

  passHeading({ attribs }: Element): void {
    if (attribs.id) this.#heading = attribs.id;
  }

  /** What its author wrote, or one by the heading above it. */
  of(element: Element): string {
    const { file, problems } = this.#context;
    const { id, rows } = element.attribs;
    if (id === undefined) {
      const given = this.#free(this.#heading);
      // Of a list that is written wrongly one message is enough.
      if (rows !== undefined && !isRowCount(rows)) return given;
      problems.warning(
        "field-id",
        placeOf(element, file),
        "the answer has no id, and what readers have written is lost to them when its heading changes",
        `write one that stays, as in {: .${hasClass(element, "answers") ? "answers" : "answer"} #${given.replace(/^\d+-/, "")}}`,
      );
      return given;
    }
    if (/[\s#.]/.test(id)) {
      problems.error(
        "field-id-signs",
        placeOf(element, file),
        `the id "${id}" has signs that an answer's id cannot have`,
        "write letters, digits and hyphens",
        id,
      );
    }
    if (this.#taken.has(id)) {
      problems.error(
        "field-id-twice",
        placeOf(element, file),
        `the id "${id}" belongs to another answer of this page`,
        "write another one; what readers have written stays with the first",
        id,
      );
    }
    this.#taken.add(id);
    return id;
  }

  #free(id: string): string {
    let free: string;
    do {
      free = this.#byHeadings.unique(id);
    } while (this.#taken.has(free));
    this.#taken.add(free);
    return free;
  }
}
