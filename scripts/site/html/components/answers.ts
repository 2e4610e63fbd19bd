/**
 * Fields of a worksheet: room to write on paper, from which assets/browser/worksheet.ts makes fields to fill in.
 *
 *   What would you try first?                <p class="answer" id="first">What would you try first?</p>
 *   {: .answer #first rows="2"}           →  <div class="answer-room" data-field="first" data-type="long" data-added>
 *                                              <i></i><i></i></div>
 *
 *   | | Not yet | Often |                    <table class="answers" data-field="now" data-type="ticks" id="now"> …
 *   |---|---|---|
 *   | I try things | | |                  →
 *   {: .answers #now type="ticks"}
 *
 * Each line is an element, for borders are printed where backgrounds are not, and a page may end between two lines.
 */
import { IdCounter } from "../../markdown/heading-ids.ts";
import {
  ADDED,
  type AnyNode,
  type Element,
  elementsOf,
  hasClass,
  headingLevel,
  isElement,
  isTable,
  newElement,
  placeOf,
  replaceAll,
  setChildren,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";

const DEFAULT_ROWS = 4;
export const MOST_ROWS = 40;
/** Whether what is written as `rows` is a number of lines. */
export const isRowCount = (rows: string): boolean =>
  /^\s*\d+\s*$/.test(rows) && Number(rows) >= 1 && Number(rows) <= MOST_ROWS;

/** Of a question: a text of any length, a line, a number, a date. */
const ANSWER_TYPES = ["long", "short", "number", "date"];
/** Of a table: a text in each empty cell, or one tick in each row. */
const TABLE_TYPES = ["long", "ticks"];

export function makeAnswerRooms(context: PageContext): void {
  const { $ } = context;
  const rooms = new Map<AnyNode, AnyNode[]>();
  const ids = new FieldIds(context);
  for (const element of elementsOf($)) {
    if (headingLevel(element)) ids.passHeading(element);
    if (isTable(element) && hasClass(element, "answers")) {
      Object.assign(element.attribs, fieldOf(context, element, TABLE_TYPES, ids));
    } else if (hasClass(element, "answer")) {
      const field = fieldOf(context, element, ANSWER_TYPES, ids);
      addRoom(element, newElement($, "div", { class: "answer-room", ...field, [ADDED]: "" }));
    }
  }
  replaceAll(rooms);
  for (const { name, attribs } of elementsOf($)) {
    delete attribs.rows;
    if (name !== "ol") delete attribs.type;
  }

  function addRoom(element: Element, room: Element): void {
    const rows = Number.parseInt(element.attribs.rows ?? "", 10) || defaultRows(room.attribs["data-type"]!);
    setChildren(
      room,
      Array.from({ length: Math.min(MOST_ROWS, Math.max(1, rows)) }, () => newElement($, "i", {})),
    );
    if (element.name === "li" || element.name === "td" || element.name === "th") {
      setChildren(element, [...element.children, room]);
    } else {
      const block = blockAround(element);
      const [, ...others] = rooms.get(block) ?? [];
      rooms.set(block, [block, room, ...others]);
    }
  }
}

const defaultRows = (type: string) => (type === "long" ? DEFAULT_ROWS : 1);

/** What the script knows a field by. */
function fieldOf(
  { file, problems }: PageContext,
  element: Element,
  types: readonly string[],
  ids: FieldIds,
): Record<string, string> {
  const { type = types[0]! } = element.attribs;
  if (!types.includes(type)) {
    problems.error(
      "field-type",
      placeOf(element, file),
      `the type "${type}" of the answer is not known`,
      `write one of ${types.join(", ")}`,
      type,
    );
  }
  return { "data-field": ids.of(element), "data-type": type };
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
        `write one that stays, as in {: .${isTable(element) ? "answers" : "answer"} #${given.replace(/^\d+-/, "")}}`,
      );
      return given;
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

const HOLDERS = new Set("body div section article aside blockquote details figure li td th dd".split(" "));

/** The element itself, or what is around it that stands where a block may stand. */
function blockAround(element: Element): Element {
  let at = element;
  while (at.parent && isElement(at.parent) && !HOLDERS.has(at.parent.name)) at = at.parent;
  return at;
}
