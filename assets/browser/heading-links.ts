/** A button beside each heading of a text, which copies the heading's address. */
import { fill, templateOf, wordsIn } from "./templates.ts";

/** Between a heading's last letter and its button, in pixels. */
const GAP = 4;
/** How long a reader is told. */
const TOLD_MS = 4_000;

export function addHeadingLinks(): void {
  const template = templateOf("site--heading-link")!;
  // It is there before there is something to tell: only then do screen readers hear it.
  const status = fill(wordsIn(template, "status")!).firstElementChild as HTMLElement;
  document.querySelector("main")!.append(status);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (what: string) => {
    clearTimeout(timer);
    status.replaceChildren(fill(wordsIn(template, what)!));
    timer = setTimeout(() => status.replaceChildren(), TOLD_MS);
  };
  const places = new ResizeObserver((changes) => {
    for (const { target } of changes) place(target.nextElementSibling as HTMLElement, target);
  });
  for (const heading of document.querySelectorAll<HTMLElement>(".section-body :is(h2,h3,h4,h5,h6)[id]")) {
    // In these a button has no place, or another task; what stands on a page to print has an address of its own.
    if (heading.closest("table, summary, a, [data-workbook], [data-print]")) continue;
    const button = fill(template, { title: titleOf(heading) }).querySelector("button")!;
    button.addEventListener("click", () => {
      const address = new URL(`#${encodeURIComponent(heading.id)}`, location.href).href;
      const copied = navigator.clipboard?.writeText(address) ?? Promise.reject();
      copied.then(
        () => say("copied"),
        // Where nothing may be copied, as over http, the address bar has it.
        () => {
          location.hash = heading.id;
          say("shown");
        },
      );
    });
    heading.after(button);
    places.observe(heading);
  }
}

/** Without what the site adds. */
function titleOf(heading: HTMLElement): string {
  const copy = heading.cloneNode(true) as HTMLElement;
  for (const added of copy.querySelectorAll("[data-added]")) added.remove();
  return copy.textContent!.trim();
}

/** Puts a button, which stands below its heading, behind the heading's last word; at the edge where there is no room. */
function place(button: HTMLElement, heading: Element): void {
  const text = document.createRange();
  text.selectNodeContents(heading);
  // Without what is there for screen readers only.
  const boxes = [...text.getClientRects()].filter(({ width }) => width > 1);
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const line = boxes.filter((box) => box.bottom > bottom - box.height / 2);
  button.style.transform = "";
  const from = button.getBoundingClientRect();
  const around = heading.getBoundingClientRect();
  const isRightToLeft = getComputedStyle(heading).direction === "rtl";
  const x = isRightToLeft
    ? Math.max(Math.min(...line.map(({ left }) => left)) - GAP - from.width, around.left)
    : Math.min(Math.max(...line.map(({ right }) => right)) + GAP, around.right - from.width);
  const y = bottom - (line[0]?.height ?? 0) / 2 - from.height / 2;
  if (boxes.length) button.style.transform = `translate(${x - from.left}px, ${y - from.top}px)`;
}
