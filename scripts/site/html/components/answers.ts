/**
 * Room to write on a worksheet.
 *
 *   What would you try first?           <p class="answer">What would you try first?</p>
 *   {: .answer rows="2"}             →  <div class="answer-room" data-added><i></i><i></i></div>
 *
 * Each line is an element, for borders are printed where backgrounds are not, and a page may end between two lines.
 */
import {
  ADDED,
  type AnyNode,
  type Element,
  elementsOf,
  elementsOfClass,
  isElement,
  newElement,
  replaceAll,
  setChildren,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";

const DEFAULT_ROWS = 4;
export const MOST_ROWS = 40;

export function makeAnswerRooms({ $ }: PageContext): void {
  const rooms = new Map<AnyNode, AnyNode[]>();
  for (const element of elementsOfClass($, "answer")) {
    const rows = Math.min(
      MOST_ROWS,
      Math.max(1, Number.parseInt(element.attribs.rows ?? "", 10) || DEFAULT_ROWS),
    );
    const room = newElement($, "div", { class: "answer-room", [ADDED]: "" });
    setChildren(
      room,
      Array.from({ length: rows }, () => newElement($, "i", {})),
    );
    if (element.name === "li" || element.name === "td" || element.name === "th") {
      setChildren(element, [...element.children, room]);
    } else {
      const block = blockAround(element);
      const [, ...others] = rooms.get(block) ?? [];
      rooms.set(block, [block, room, ...others]);
    }
  }
  replaceAll(rooms);
  for (const { attribs } of elementsOf($)) delete attribs.rows;
}

const HOLDERS = new Set("body div section article aside blockquote details figure li td th dd".split(" "));

/** The element itself, or what is around it that stands where a block may stand. */
function blockAround(element: Element): Element {
  let at = element;
  while (at.parent && isElement(at.parent) && !HOLDERS.has(at.parent.name)) at = at.parent;
  return at;
}
