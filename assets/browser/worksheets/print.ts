/** Prints some parts of a page and nothing else: the style sheet for paper hides what is not marked. */
export function printOnly(...parts: HTMLElement[]): void {
  const marked = parts.map((part) => {
    part.dataset.printed = "";
    return part;
  });
  document.documentElement.dataset.printing = "parts";
  const restore = () => {
    delete document.documentElement.dataset.printing;
    for (const part of marked) delete part.dataset.printed;
  };
  addEventListener("afterprint", restore, { once: true });
  print();
}
