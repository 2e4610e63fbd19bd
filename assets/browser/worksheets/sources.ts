/**
 * Answers that can be taken from another worksheet are named below the field. What shows and takes them
 * (carry-over.ts) is loaded when a reader opens that.
 */
import { loadScript } from "../load-script.ts";
import { fill, wordsIn } from "../templates.ts";
import type { Keeping } from "./keeping.ts";

export interface Offer {
  /** The field's element, which names the source. */
  room: HTMLElement;
  source: { worksheet: string; field: string };
  /** The worksheet that the field is of. */
  worksheet: string;
  /** Where what can be taken is shown. */
  place: HTMLElement;
  keeping: Keeping;
}

declare global {
  interface Window {
    siteCarryOver?: (offer: Offer) => Promise<void>;
  }
}

/** `template` has the words, and the address of the script. */
export function offerSources(root: ParentNode, template: HTMLTemplateElement, keeping: Keeping): void {
  for (const room of root.querySelectorAll<HTMLElement>("[data-from]")) offer(room, template, keeping);
}

function offer(room: HTMLElement, template: HTMLTemplateElement, keeping: Keeping): void {
  const worksheet = template.dataset.worksheet!;
  const [from, field] = room.dataset.from!.split("#") as [string, string];
  const copy = fill(wordsIn(template, "source")!, { title: room.dataset.fromTitle });
  const box = copy.querySelector("details")!;
  const place = box.querySelector<HTMLElement>("[data-pieces]")!;
  const below = room.closest(".table-frame") ?? room;
  const reminder = below.nextElementSibling;
  (reminder?.classList.contains("answer-reminder") ? reminder : below).after(box);
  const source = { worksheet: from || worksheet, field };
  const show = async () => {
    if (!window.siteCarryOver) await loadScript(template.dataset.carryOver!);
    await window.siteCarryOver!({ room, source, worksheet, place, keeping });
  };
  box.addEventListener("toggle", () => {
    if (!box.open) return;
    void show().catch(() => place.replaceChildren(fill(wordsIn(template, "source-lost")!)));
  });
}
