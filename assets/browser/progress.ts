/**
 * Which sections a reader has read: marked at their ends, by hand or by having been there, and shown wherever a page
 * leads to them. Where the reader goes on is said on the pages that lead to sections; see overview.ts.
 */
import { keepProgress, readProgress } from "./progress-record.ts";
import { addressAt } from "./site-storage.ts";
import { fill, templateOf } from "./templates.ts";

/** How long the end of a section is in sight before the section counts as read. */
const DWELL_MS = 4_000;

/** The address of this page. */
const page = addressAt(location.href);

let button: HTMLButtonElement | undefined;

const isRead = (address: string): boolean => readProgress().read.includes(address);

function setRead(isDone: boolean): void {
  const progress = readProgress();
  const read = progress.read.filter((address) => address !== page);
  const next = isDone && document.querySelector<HTMLAnchorElement>("nav > [rel=next]");
  const last = next
    ? { address: addressAt(next.href), title: next.querySelector("b")!.textContent! }
    : { address: page, title: document.querySelector("h1")!.textContent! };
  keepProgress({ ...progress, read: isDone ? [...read, page] : read, last });
  show();
}

export function followProgress(): void {
  const template = templateOf("site--read");
  if (template) {
    button = fill(template).querySelector("button")!;
    let timer: ReturnType<typeof setTimeout> | undefined;
    button.addEventListener("click", () => {
      // What the reader says counts, whatever time would say a moment later.
      clearTimeout(timer);
      setRead(!isRead(page));
    });
    template.replaceWith(button);
    setRead(isRead(page));
    new IntersectionObserver((changes) => {
      clearTimeout(timer);
      if (changes.at(-1)!.isIntersecting) timer = setTimeout(() => setRead(true), DWELL_MS);
    }).observe(button);
  }
  show();
  // The Back button brings a page back as it was left.
  addEventListener("pageshow", show);
}

function show(): void {
  const read = new Set(readProgress().read);
  button?.setAttribute("aria-pressed", `${read.has(page)}`);
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".sidebar-list a, a[data-minutes]")) {
    mark(link, read.has(addressAt(link.href)));
  }
}

function mark(link: HTMLAnchorElement, isDone: boolean): void {
  link.querySelector(":scope > .read-sign")?.remove();
  if (!isDone) return;
  const sign = document.createElement("span");
  sign.className = "read-sign";
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = ` (${document.body.dataset.read})`;
  sign.append(words);
  link.append(sign);
}
