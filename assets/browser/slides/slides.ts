/**
 * A section on a projector: its slides on this page, what is said to them in a second window. The two send each other
 * messages, for from a disk no window may read another.
 */
import { readPreferences } from "../settings.ts";
import { fill, templateOf } from "../templates.ts";
import { Deck, NOTE } from "./deck.ts";
import { type FromSlides, hash, SPEAKER } from "./messages.ts";
import { speak } from "./speaker.ts";

const template = templateOf("site--slides")!;
const article = template.closest("article")!;
const body = article.querySelector<HTMLElement>(".section-body")!;
const { dataset } = article;
const root = document.documentElement;

if (location.hash === SPEAKER) speak(template);
else offer();

function offer(): void {
  const button = article.querySelector<HTMLButtonElement>("[data-project]")!;
  button.parentElement!.hidden = false;
  button.addEventListener("click", () => project(0, button));
  // A page that is loaded again, or the next section's.
  const kept = /^#site--slide-(\d+)$/.exec(location.hash);
  if (kept) project(Number(kept[1]) - 1, button);
}

function project(from: number, opener: HTMLElement): void {
  const controls = fill(template).querySelector<HTMLElement>("[data-controls]")!;
  const [previous, next, black, speaker, leave] = [
    ...controls.querySelectorAll("button"),
  ] as HTMLButtonElement[];
  const place = controls.querySelector<HTMLElement>("[data-place]")!;
  const deck = new Deck(body, {
    title: [article.querySelector("h1")!.textContent!.trim(), dataset.module!],
    goesOn: dataset.goesOn!,
  });
  const begun = Date.now();
  const untilLeft = new AbortController();
  let at = 0;
  /** What stood first on the slide that was come to. */
  let inHand: Element | null | undefined;
  let second: Window | null = null;

  root.classList.add("led-projecting");
  article.append(controls);
  deck.divide();
  go(Math.min(from, deck.slides.length - 1));

  function go(to: number): void {
    if (to >= deck.slides.length) {
      if (dataset.after) location.assign(dataset.after + hash(1));
      return;
    }
    show(Math.max(0, to));
    // The end of a list goes back to it.
    const [block] = [...deck.slides[at]!.element.children].filter(
      (one) => !one.matches(`.led-slide-goes-on, ${NOTE}`),
    );
    inHand = block?.matches("ul, ol") ? block.firstElementChild : block;
  }

  function show(index: number): void {
    at = index;
    for (const [place, { element }] of deck.slides.entries())
      element.classList.toggle("led-slide--on", place === at);
    place.textContent = `${at + 1} / ${deck.slides.length}`;
    previous!.disabled = at === 0;
    next!.disabled = at === deck.slides.length - 1 && !dataset.after;
    history.replaceState(null, "", hash(at + 1));
    const { element } = deck.slides[at]!;
    const heading =
      element.querySelector<HTMLElement>("h2, h3, .led-slide-title, .led-slide-goes-on") ?? element;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    tell();
  }

  function tell(): void {
    const { element, title } = deck.slides[at]!;
    const text = [...element.children].filter((one) => !one.matches(NOTE));
    const news: FromSlides = {
      kind: "site--slides",
      page: location.href.replace(/#.*/, ""),
      number: at + 1,
      of: deck.slides.length,
      title,
      next: deck.slides[at + 1]?.title ?? "",
      lines: text.map((one) => (one as HTMLElement).innerText.trim()).filter((one) => one && one !== title),
      begun,
    };
    second?.postMessage(news, "*");
  }

  function stop(): void {
    untilLeft.abort();
    if (document.fullscreenElement) void document.exitFullscreen();
    deck.join();
    controls.remove();
    root.classList.remove("led-projecting", "led-blackened");
    history.replaceState(null, "", location.pathname + location.search);
    opener.focus();
  }

  function onKey(event: KeyboardEvent): void {
    const { key, target, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (ctrlKey || metaKey || altKey || (target as Element).matches("input, select, textarea")) return;
    const isOnControl = (target as Element).closest("button, a, summary") !== null;
    const step = stepOf(key, shiftKey, isOnControl);
    const does = (name: string) => key.toLowerCase() === name && readPreferences().singleKeys;
    if (step !== undefined) go(at + step);
    else if (key === "Home") go(0);
    else if (key === "End") go(deck.slides.length - 1);
    else if (key === "Escape") stop();
    else if (does("b") || does(".")) root.classList.toggle("led-blackened");
    else if (does("s")) speaker!.click();
    else if (does("f"))
      void (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen());
    else return;
    event.preventDefault();
  }

  /** On another screen other slides: the one that shows what was come to. */
  function onResize(): void {
    deck.divide();
    const index = deck.slides.findIndex(({ element }) => inHand && element.contains(inHand));
    show(Math.max(0, index));
  }

  function onMessage({ source, data }: MessageEvent): void {
    if ((data as { kind?: string } | null)?.kind !== "site--speaker") return;
    second = source as Window;
    const { step } = data as { step?: number };
    if (step) go(at + step);
    else tell();
  }

  let touched = 0;
  const { signal } = untilLeft;
  body.addEventListener(
    "touchstart",
    ({ touches }) => {
      touched = touches[0]!.clientX;
    },
    { signal },
  );
  body.addEventListener(
    "touchend",
    ({ changedTouches }) => {
      const moved = changedTouches[0]!.clientX - touched;
      if (Math.abs(moved) > SWIPE_PX) go(at + (moved < 0 === (root.dir !== "rtl") ? 1 : -1));
    },
    { signal },
  );
  previous!.addEventListener("click", () => go(at - 1));
  next!.addEventListener("click", () => go(at + 1));
  black!.addEventListener("click", () => root.classList.toggle("led-blackened"));
  speaker!.addEventListener("click", () => {
    second = open(location.href.replace(/#.*/, SPEAKER), "site--speaker", "popup,width=900,height=700");
  });
  leave!.addEventListener("click", stop);
  addEventListener("keydown", onKey, { signal });
  addEventListener("resize", onResize, { signal });
  addEventListener("message", onMessage, { signal });
}

/** A finger's way that is meant as a step, in CSS pixels. */
const SWIPE_PX = 60;

/** Arrows, a remote's keys, and the space bar where it does nothing else. */
function stepOf(key: string, isBack: boolean, isOnControl: boolean): 1 | -1 | undefined {
  const forward = root.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = root.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  if (key === forward || key === "PageDown" || (key === " " && !isBack && !isOnControl)) return 1;
  if (key === back || key === "PageUp" || (key === " " && isBack && !isOnControl)) return -1;
  return undefined;
}
