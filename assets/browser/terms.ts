/** What a glossary says of a term, shown where a text links to it. */
import { type Term, termsAddress } from "../../scripts/site/model/terms.ts";
import { loadScript } from "./load-script.ts";
import { addressAt, site } from "./site-storage.ts";
import { fill, templateOf } from "./templates.ts";

declare global {
  interface Window {
    /** By the addresses of glossaries. */
    siteTerms?: Record<string, Term[]>;
  }
}

/** Between the term and what explains it, and between that and the edge of the screen, in pixels. */
const GAP = 6;
const EDGE = 12;

let box: HTMLElement | undefined;
/** The link that is explained, or was last. */
let current: HTMLAnchorElement | undefined;
/** The link that was explained when the pointer went down, which closes what is open. */
let closing: HTMLAnchorElement | undefined;

const isOpen = (): boolean => !!box?.matches(":popover-open");

/** A click on a link to a term shows what it means, a second one takes it away; with a key held down the link is followed. */
export function explainTerms(parts: Promise<void>): void {
  if (!("popover" in document.body)) return;
  // Links to terms say that something opens.
  for (const link of document.querySelectorAll("[data-term]")) link.setAttribute("aria-haspopup", "dialog");
  addEventListener("pointerdown", ({ target }) => {
    closing = isOpen() && current!.contains(target as Node) ? current : undefined;
  });
  addEventListener("resize", () => {
    if (isOpen()) place();
  });
  addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("[data-term]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // In most browsers the pointer has closed it already. A key has not.
    if (event.detail && closing === link) box!.hidePopover();
    else parts.then(() => explain(link)).catch(() => location.assign(link.href));
  });
}

/** Rejects where the glossary cannot be had, or does not explain the term. */
async function explain(link: HTMLAnchorElement): Promise<void> {
  const { title, html } = await termAt(link);
  box ??= makeBox();
  if (isOpen()) box.hidePopover();
  const find = (what: string) => box!.querySelector<HTMLElement>(`[data-${what}]`)!;
  find("name").textContent = title;
  find("meaning").innerHTML = html;
  for (const inner of find("meaning").querySelectorAll("a")) {
    // Written for the glossary's own page.
    inner.href = new URL(inner.getAttribute("href")!, link.href).href;
  }
  find("glossary").setAttribute("href", link.href);
  current = link;
  // Right behind the link, which is where the next press of Tab leads.
  link.after(box);
  box.showPopover();
  place();
  box.focus({ preventScroll: true });
}

async function termAt(link: HTMLAnchorElement): Promise<Term> {
  const glossary = decodeURIComponent(addressAt(link.href));
  const known = () => window.siteTerms?.[glossary];
  if (!known()) {
    const address = termsAddress(glossary).split("/").map(encodeURIComponent).join("/");
    await loadScript(new URL(address, site).href);
  }
  const id = decodeURIComponent(link.hash.slice(1));
  const term = known()?.find((one) => one.id === id);
  if (!term) throw new Error(`${glossary} does not explain ${id}`);
  return term;
}

function makeBox(): HTMLElement {
  const made = fill(templateOf("site--term")!).querySelector<HTMLElement>("[popover]")!;
  made.querySelector("[data-close]")!.addEventListener("click", () => made.hidePopover());
  // Who goes on by the keyboard leaves it behind.
  made.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !made.contains(relatedTarget as Node) && isOpen()) made.hidePopover();
  });
  return made;
}

/** Below the link, or above it where there is more room; a narrow screen has it at its foot (see reading.css). */
function place(): void {
  const lines = current!.getClientRects();
  const { clientWidth, clientHeight } = document.documentElement;
  const { offsetWidth: width, offsetHeight: height } = box!;
  const [first, last] = [lines[0]!, lines[lines.length - 1]!];
  const isBelow = last.bottom + GAP + height <= clientHeight || first.top < GAP + height;
  const line = isBelow ? last : first;
  const start = getComputedStyle(box!).direction === "rtl" ? line.right - width : line.left;
  const left = Math.max(EDGE, Math.min(start, clientWidth - EDGE - width));
  const top = isBelow ? line.bottom + GAP : line.top - GAP - height;
  box!.style.setProperty("--left", `${left + scrollX}px`);
  box!.style.setProperty("--top", `${top + scrollY}px`);
}
