/** The speaker's window: what is on the screen, what comes next, how long it has been, and the notes. */
import { fill } from "../templates.ts";
import { type FromSlides, type FromSpeaker, SPEAKER } from "./messages.ts";

/** How often it says that it is there, and looks at the clock. */
const TICK_MS = 1_000;

export function speak(template: HTMLTemplateElement): void {
  const panel = fill(template).querySelector<HTMLElement>("[data-speaker]")!;
  const part = (name: string) => panel.querySelector<HTMLElement>(`[data-text="${name}"]`)!;
  const [previous, next] = [...panel.querySelectorAll("button")] as [HTMLButtonElement, HTMLButtonElement];
  let begun: number | undefined;

  document.documentElement.classList.add("led-speaking");
  template.closest("header")!.after(panel);

  const say = (message: Omit<FromSpeaker, "kind">) =>
    (window.opener as Window | null)?.postMessage(
      { kind: "site--speaker", ...message } satisfies FromSpeaker,
      "*",
    );
  const go = (step: 1 | -1) => say({ step });
  previous.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  addEventListener("keydown", (event) => {
    const step = { PageDown: 1, ArrowRight: 1, PageUp: -1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
    if (!step || (event.target as Element).matches("input")) return;
    event.preventDefault();
    go(step);
  });
  addEventListener("message", ({ source, data }) => {
    if (source !== window.opener || (data as { kind?: string } | null)?.kind !== "site--slides") return;
    const news = data as FromSlides;
    // The slides have gone on to the next section.
    if (news.page !== location.href.replace(/#.*/, "")) {
      if (sameSite(news.page)) location.replace(news.page + SPEAKER);
      return;
    }
    begun = news.begun;
    part("place").textContent = `${news.number} / ${news.of}`;
    part("title").textContent = news.title;
    part("lines").replaceChildren(
      ...news.lines.map((text) => Object.assign(document.createElement("p"), { textContent: text })),
    );
    part("next").textContent = news.next;
    show();
  });

  const show = () => {
    part("clock").textContent = new Date().toLocaleTimeString(document.documentElement.lang, {
      hour: "numeric",
      minute: "2-digit",
    });
    if (begun === undefined) return;
    const seconds = Math.floor((Date.now() - begun) / 1000);
    part("timer").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    panel.classList.toggle("led-speaker--late", seconds > Number(panel.dataset.minutes) * 60);
  };
  const tick = () => {
    say({});
    show();
  };
  tick();
  setInterval(tick, TICK_MS);
}

/** Messages come from whoever opened this window: only to a page beside this one does it go. */
function sameSite(page: string): boolean {
  const folder = location.href.replace(/[^/]*$/, "");
  return page.startsWith(folder) && !page.slice(folder.length).includes("/");
}
