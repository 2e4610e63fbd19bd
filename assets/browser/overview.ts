/** On pages that lead to sections: where the reader stopped, how far they are, and how long it takes from there. */
import { forgetProgress, readProgress } from "./progress-record.ts";
import { addressAt, site } from "./site-storage.ts";
import { countIn, fill } from "./templates.ts";

const { last, read } = readProgress();
const place = document.querySelector<HTMLElement>("[data-progress]");
if (place && (last || read.length)) offer(place);

function offer(place: HTMLElement): void {
  const done = new Set(read);
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a[data-minutes]")];
  const left = links.filter((link) => !done.has(addressAt(link.href)));
  const at = links.findIndex((link) => addressAt(link.href) === last?.address);
  const next = left.find((link) => links.indexOf(link) >= at) ?? left[0];
  const title = next ? titleOf(next) : links.length ? undefined : last?.title;
  const href = next?.href ?? (last && new URL(last.address, site).href);
  const minutes = left.reduce((sum, link) => sum + Number(link.dataset.minutes), 0);
  const copy = fill(place.querySelector("template")!, {
    title,
    read: countIn(links.length - left.length),
    of: links.length ? countIn(links.length) : undefined,
    hours: minutes >= 60 ? countIn(Math.floor(minutes / 60)) : undefined,
    minutes: minutes ? countIn(minutes % 60) : undefined,
  });
  const start = document.querySelector<HTMLAnchorElement>("[data-start]");
  const link = copy.querySelector("a") ?? start;
  if (link && title && href) {
    link.href = href;
    if (link === start) start.textContent = start.dataset.start!.replace("{title}", () => title);
  }
  copy.querySelector("button")!.addEventListener("click", forgetProgress);
  place.append(copy);
}

/** Without the sign that it is read. */
function titleOf(link: HTMLAnchorElement): string {
  const texts = [...link.childNodes].map((node) => (node instanceof Text ? node.data : ""));
  return texts.join("").trim();
}
