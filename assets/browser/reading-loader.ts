/**
 * What helps with a text beyond reading it (reading.ts) is loaded at the first sign of a reader who may want it: the Tab
 * key, a touch, the pointer in the text. And where a link led into the text.
 */
import { loadScript } from "./load-script.ts";

export function helpReading(): void {
  let loading: Promise<void> | undefined;
  let isDecided = false;
  // Where it cannot be had, links are followed.
  const begin = () => {
    loading ??= loadScript(document.body.dataset.reading!)
      .catch(() => {})
      .then(() => {
        isDecided = true;
      });
    return loading;
  };
  addEventListener("touchstart", begin, { passive: true });
  addEventListener("keydown", ({ key }) => key === "Tab" && begin());
  addEventListener("pointerover", (event) => {
    if ((event.target as Element).closest(".section-body")) begin();
  });
  // A finger presses a term before what explains it has come.
  addEventListener("click", (event) => {
    const term = (event.target as Element).closest<HTMLElement>("[data-term]");
    if (isDecided || !term || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void begin().then(() => term.click());
  });
  if (location.hash) begin();
}
