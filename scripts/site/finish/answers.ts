/**
 * Room to write on a worksheet.
 *
 *   What would you try first?           <p class="answer">What would you try first?</p>
 *   {: .answer rows="6"}             →  <div class="answer-room" style="--rows:6" data-added></div>
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
    const room = `<div class="answer-room" style="--rows:${rows}" ${ADDED}></div>`;
    if (element.name === "li" || element.name === "td" || element.name === "th") $(element).append(room);
    else $(element).after(room);
  }
  $("[rows]").removeAttr("rows");
}
