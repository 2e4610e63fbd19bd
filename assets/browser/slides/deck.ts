/**
 * A text as slides: each of its headings of the second and third level begins one, and what is too long for the screen
 * is divided. Nothing is copied: what is on a slide works as it does on the page, and goes back to its place.
 */

export interface Slide {
  element: HTMLElement;
  title: string;
}

const STARTS = /^H[23]$/;
/** What is said to those who lead, and is on no slide. */
export const NOTE = ".callout--trainer, .trainer";
/** What can be divided between its parts. */
const DIVISIBLE = /^(?:UL|OL)$/;

export interface DeckWords {
  /** What the first slide says, line by line, the title first. */
  title: readonly string[];
  /** What stands over the rest of a slide, with `{title}`. */
  goesOn: string;
}

export class Deck {
  slides: Slide[] = [];
  readonly #nodes: ChildNode[];
  /** Lists whose ends stand on other slides, and these ends, in their order. */
  readonly #ends: { list: HTMLElement; end: HTMLElement }[] = [];

  constructor(
    private readonly body: HTMLElement,
    private readonly words: DeckWords,
  ) {
    this.#nodes = [...body.childNodes];
  }

  /** For the screen as it is; once more when that is another one. */
  divide(): void {
    this.join();
    const first = newSlide("led-slide led-slide--title");
    for (const [index, text] of this.words.title.entries())
      first.append(line(text, index ? "times" : "led-slide-title"));
    const slides = [first];
    for (const block of [...this.body.children] as HTMLElement[]) {
      const isFirst = slides.length === 1 || STARTS.test(block.tagName);
      if (isFirst && !block.matches(NOTE)) slides.push(newSlide());
      slides.at(-1)!.append(block);
    }
    // Measured one below the other, as if each were on the screen.
    this.body.classList.add("led-dividing");
    this.body.append(...slides);
    const all = slides.flatMap((slide) => this.#fit(slide));
    this.body.classList.remove("led-dividing");
    this.slides = all.map((element) => ({ element, title: this.#titleOf(element) }));
  }

  /** The text as it stood. */
  join(): void {
    for (const { list, end } of this.#ends.splice(0).reverse()) {
      list.append(...end.childNodes);
      end.remove();
    }
    // What other scripts have added meanwhile, such as a button beside a heading, stays behind what it was put behind.
    const known = new Set<Node>(this.#nodes);
    const added = [
      ...this.body.querySelectorAll<HTMLElement>(
        ":scope > .led-slide:not(.led-slide--title) > :not(.led-slide-goes-on)",
      ),
    ]
      .filter((one) => !known.has(one))
      .map((one) => ({ one, before: one.previousElementSibling }));
    this.body.replaceChildren(...this.#nodes);
    for (const { one, before } of added) before?.after(one);
    this.slides = [];
  }

  #titleOf(slide: HTMLElement): string {
    return slide.querySelector("h2, h3, h4, .led-slide-goes-on")?.textContent?.trim() || this.words.title[0]!;
  }

  /** A slide and those that it needs more: moves blocks on from its end until it is no longer than the screen. */
  #fit(slide: HTMLElement): HTMLElement[] {
    const slides = [slide];
    for (let at = slide; isTooLong(at); at = slides.at(-1)!) {
      const rest = newSlide();
      at.after(rest);
      while (isTooLong(at) && blocksOf(at).length > 1) rest.prepend(blocksOf(at).at(-1)!);
      const last = blocksOf(at).at(-1);
      if (last && isTooLong(at) && DIVISIBLE.test(last.tagName)) this.#divideList(last, at, rest);
      if (!rest.childElementCount) {
        // One block that is longer than the screen scrolls, by keyboard too.
        rest.remove();
        at.tabIndex = 0;
        break;
      }
      const heading = at.querySelector(":scope > :is(h2, h3, .led-slide-goes-on)");
      if (heading) rest.prepend(line(this.#goingOn(heading), "led-slide-goes-on"));
      slides.push(rest);
    }
    return slides;
  }

  #goingOn(heading: Element): string {
    const text = heading.textContent!.trim();
    return heading.matches(".led-slide-goes-on") ? text : this.words.goesOn.replace("{title}", () => text);
  }

  #divideList(list: HTMLElement, at: HTMLElement, rest: HTMLElement): void {
    const end = list.cloneNode() as HTMLElement;
    end.removeAttribute("id");
    while (isTooLong(at) && list.childElementCount > 1) end.prepend(list.lastChild!);
    if (!end.childElementCount) return;
    if (end instanceof HTMLOListElement)
      end.start = (list as HTMLOListElement).start + list.childElementCount;
    this.#ends.push({ list, end });
    rest.prepend(end);
  }
}

function newSlide(className = "led-slide"): HTMLElement {
  const slide = document.createElement("section");
  slide.className = className;
  return slide;
}

function line(text: string, className: string): HTMLElement {
  const element = document.createElement("p");
  element.className = className;
  element.textContent = text;
  return element;
}

/** What of a slide can be moved on: all but its title and notes. */
function blocksOf(slide: HTMLElement): HTMLElement[] {
  return ([...slide.children] as HTMLElement[]).filter(
    (one) => !one.matches(`${NOTE}, h2, h3, .led-slide-goes-on`),
  );
}

function isTooLong({ scrollHeight, clientHeight }: HTMLElement): boolean {
  return scrollHeight > clientHeight + 1;
}
