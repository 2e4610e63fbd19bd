/**
 * What helps with a text beyond reading it (reading.ts) is loaded at the first sign of a reader who may want it: a key, a
 * touch, the pointer on a heading or a term. A pointer that only rests somewhere is none. And where a link led into the text.
 */
import { loadScript } from "./load-script.ts";

const SIGNS = ["keydown", "pointerover", "touchstart"];

export function helpReading(): void {
  const begin = (event?: Event) => {
    const isPointer = event?.type === "pointerover";
    if (isPointer && !(event.target as Element).closest("h2,h3,h4,h5,h6,[data-term]")) return;
    for (const sign of SIGNS) removeEventListener(sign, begin);
    // Where it cannot be had, links are followed.
    loadScript(document.body.dataset.reading!).catch(() => {});
  };
  for (const sign of SIGNS) addEventListener(sign, begin, { passive: true });
  if (location.hash) begin();
}
