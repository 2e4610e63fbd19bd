/**
 * Room to write on a worksheet.
 *
 *   What would you try first?           <p class="answer">What would you try first?</p>
 *   {: .answer rows="2"}             →  <div class="answer-room" data-added><i></i><i></i></div>
 *
 * Each line is an element, for borders are printed where backgrounds are not, and a page may end between two lines.
 */
import { ADDED, type CheerioAPI, type Element } from "./dom.ts";

const DEFAULT_ROWS = 4;
const MOST_ROWS = 40;

export function makeAnswerRooms($: CheerioAPI): void {
  for (const element of $(".answer").toArray() as Element[]) {
    const rows = Math.min(
      MOST_ROWS,
      Math.max(1, Number.parseInt(element.attribs.rows ?? "", 10) || DEFAULT_ROWS),
    );
    const room = `<div class="answer-room" ${ADDED}>${"<i></i>".repeat(rows)}</div>`;
    if (element.name === "li" || element.name === "td" || element.name === "th") $(element).append(room);
    else $(element).after(room);
  }
  $("[rows]").removeAttr("rows");
}
