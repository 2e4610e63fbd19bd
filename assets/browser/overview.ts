/** On pages that lead to sections: where the reader goes on, how far they are, and how long it takes from there. */
import { forgetProgress, readProgress } from "./progress-record.ts";
import { addressAt, site } from "./site-storage.ts";
import { countIn, fill } from "./templates.ts";

const start = document.querySelector<HTMLAnchorElement>("[data-start]");
const place = document.querySelector<HTMLElement>("[data-progress]");
if (start && place) followReader(start, place);

function followReader(start: HTMLAnchorElement, place: HTMLElement): void {
  const { href, textContent: words } = start;
  const parts = [...place.childNodes];
  const show = () => {
    start.href = href;
    start.textContent = words;
    place.replaceChildren(...parts);
    offer(start, place);
  };
  show();
  // The Back button brings a page back as it was left.
  addEventListener("pageshow", ({ persisted }) => persisted && show());
}

/** Leaves all as it is where nothing has been read of what the page leads to. */
function offer(start: HTMLAnchorElement, place: HTMLElement): void {
  const { last, read } = readProgress();
  const done = new Set(read);
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a[data-minutes]")];
  const left = links.filter((link) => !done.has(addressAt(link.href)));
  const at = links.findIndex((link) => addressAt(link.href) === last?.address);
  if (links.length ? at < 0 && left.length === links.length : !last || !isInModuleHere(last.address)) return;
  const next = left.find((link) => links.indexOf(link) >= at) ?? left[0];
  const title = next ? titleOf(next) : links.length ? undefined : last?.title;
  const minutes = left.reduce((sum, link) => sum + Number(link.dataset.minutes), 0);
  const template = place.querySelector("template")!;
  const copy = fill(template, {
    read: countIn(links.length - left.length),
    of: links.length ? countIn(links.length) : undefined,
    hours: minutes >= 60 ? countIn(Math.floor(minutes / 60)) : undefined,
    minutes: minutes ? countIn(minutes % 60) : undefined,
  });
  if (title !== undefined) {
    start.href = next?.href ?? new URL(last!.address, site).href;
    start.textContent = start.dataset.start!.replace("{title}", () => title);
  }
  copy.querySelector("button")!.addEventListener("click", forgetProgress);
  place.replaceChildren(template, copy);
}

/** Whether a section is in one of the modules that the page leads to, and not in those of another language. */
function isInModuleHere(address: string): boolean {
  const modules = [...document.querySelectorAll<HTMLAnchorElement>("a[data-module]")];
  return modules.some(({ href }) => address.startsWith(addressAt(new URL(".", href).href)));
}

/** Without the sign that it is read. */
function titleOf(link: HTMLAnchorElement): string {
  const texts = [...link.childNodes].map((node) => (node instanceof Text ? node.data : ""));
  return texts.join("").trim();
}
