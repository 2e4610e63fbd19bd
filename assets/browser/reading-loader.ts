/**
 * What helps with a text beyond reading it (reading.ts) is loaded at the first sign of a reader who may want it: the Tab
 * key, a touch, the pointer in the text. And where a link led into the text.
 */
import { loadScript } from "./load-script.ts";

export function helpReading(): void {
  const { dataset } = document.body;
  const begin = () => {
    const address = dataset.reading;
    delete dataset.reading;
    // Where it cannot be had, links are followed.
    if (address) loadScript(address).catch(() => {});
  };
  addEventListener("touchstart", begin, { passive: true });
  addEventListener("keydown", ({ key }) => key === "Tab" && begin());
  addEventListener("pointerover", (event) => {
    if ((event.target as Element).closest(".section-body")) begin();
  });
  if (location.hash) begin();
}
