/**
 * For those who lead a group: the hours of a plan from when a session really begins, what is on now and how long it
 * has left, and the notes for one way of meeting. All of it stays in this browser.
 */
import { keep, recall } from "./site-storage.ts";
import { countIn, pluralOf, templateOf, wordsIn } from "./templates.ts";

/** How often the clock looks, in milliseconds. */
const TICK_MS = 5_000;

const variants = document.querySelector<HTMLElement>(".note-variants");
if (variants) offerVariants(variants);
const clockWords = templateOf("site--clock");
if (clockWords)
  for (const session of document.querySelectorAll<HTMLElement>("[data-session]")) follow(session, clockWords);

function offerVariants(choice: HTMLElement): void {
  const radios = [...choice.querySelectorAll("input")];
  const show = (variant: string) => {
    document.body.dataset.variants = variant;
    keep("variant", variant);
  };
  const kept = radios.find(({ value }) => value === recall("variant"));
  if (kept) {
    kept.checked = true;
    show(kept.value);
  }
  for (const radio of radios) radio.addEventListener("change", () => show(radio.value));
  choice.hidden = false;
}

/** When a session of a page began, or is to begin, on one day. */
interface Begun {
  day: string;
  /** Minutes since midnight. */
  at: number;
}

function follow(session: HTMLElement, words: HTMLTemplateElement): void {
  const name = `session ${location.pathname} ${session.dataset.session}`;
  const slots = [...session.querySelectorAll<HTMLElement>("[data-at]")];
  const planned = Number(session.dataset.start);
  const hours = session.querySelector<HTMLElement>("[data-hours]")!;
  const clock = session.querySelector<HTMLElement>(".led-session-clock")!;
  const input = clock.querySelector("input")!;
  const button = clock.querySelector("button")!;
  const last = slots.at(-1)!;
  const length = Number(last.dataset.at) + Number(last.dataset.minutes) - planned;
  const left = document.createElement("strong");
  left.className = "led-slot-left";
  /** Of what is told already. */
  let told = "";

  const show = (start: number) => {
    input.value = `${two(Math.floor(start / 60))}:${two(start % 60)}`;
    for (const slot of slots) {
      slot.querySelector(".led-slot-time")!.textContent = timeOf(Number(slot.dataset.at) - planned + start);
    }
    hours.textContent = words.content
      .querySelector<HTMLTemplateElement>("[data-hours]")!
      .content.textContent!.replace("{from}", timeOf(start))
      .replace("{until}", timeOf(start + length));
  };
  const begin = (at: number) => {
    keep(name, { day: today(), at } satisfies Begun);
    show(at);
    tick();
  };
  const tick = () => {
    const begun = recall(name) as Begun | undefined;
    const start = begun?.day === today() ? begun.at : undefined;
    const passed = start === undefined ? -1 : minutesNow() - start + planned;
    const on = slots.find(({ dataset: { at, minutes } }) => passed >= +at! && passed < +at! + +minutes!);
    const minutes = on && Math.ceil(+on.dataset.at! + +on.dataset.minutes! - passed);
    for (const slot of slots) {
      if (slot === on) slot.setAttribute("aria-current", "step");
      else slot.removeAttribute("aria-current");
    }
    const text = minutes === undefined ? "" : leftOf(words, minutes);
    if (text !== told) left.textContent = told = text;
    if (on && left.parentNode !== on.lastElementChild) on.lastElementChild!.append(left);
    else if (!on) left.remove();
  };

  input.addEventListener("change", () => {
    const [hour, minute] = input.value.split(":").map(Number);
    if (hour !== undefined && minute !== undefined) begin(hour * 60 + minute);
  });
  button.addEventListener("click", () => begin(Math.floor(minutesNow())));
  clock.hidden = false;
  const begun = recall(name) as Begun | undefined;
  show(begun?.day === today() ? begun.at : planned);
  tick();
  setInterval(tick, TICK_MS);
}

function leftOf(words: HTMLTemplateElement, minutes: number): string {
  const form = pluralOf(minutes, (one) => wordsIn(words, `left-${one}`) !== null);
  return wordsIn(words, `left-${form}`)!.content.textContent!.replace("{count}", countIn(minutes));
}

function timeOf(minutes: number): string {
  const date = new Date(2000, 0, 1, 0, minutes);
  const options = { hour: "numeric", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(document.documentElement.lang || "en", options).format(date);
}

function minutesNow(): number {
  const now = new Date();
  return now.getHours() * 60 + now.getMinutes() + now.getSeconds() / 60;
}

function today(): string {
  return new Date().toDateString();
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
