/** Search: a dialog on every page, and the search page itself. Loaded when it is first asked for. */
import { loadDialogs, makeDialog } from "./dialog.ts";
import { excerptBelow } from "./search-excerpt.ts";
import { STEP } from "./search-globals.ts";
import {
  type Filters,
  type Found,
  loadIndex,
  loadMeant,
  type Result,
  type SearchIndex,
} from "./search-index.ts";
import { countIn, fill, pluralOf } from "./templates.ts";

const HEADINGS_SHOWN = 4;
const QUIET_MS = 150;

export function prepareSearch(): void {
  // What fails now is tried again, and told, when the reader searches.
  loadIndex().catch(() => {});
  loadDialogs().catch(() => {});
}

let dialog: { element: HTMLDialogElement; form: SearchForm } | undefined;

export async function openSearch(): Promise<void> {
  await loadDialogs();
  if (!dialog) {
    const element = makeDialog("site--search");
    dialog = { element, form: new SearchForm(element) };
    // A link to a place on this same page would lead there behind the open dialog.
    element.addEventListener("click", (event) => {
      if ((event.target as Element).closest("a") && !event.defaultPrevented) element.close();
    });
  }
  if (!dialog.element.open) {
    const root = document.documentElement;
    root.style.setProperty("--scroll-bar", `${innerWidth - root.clientWidth}px`);
    dialog.element.showModal();
  }
  dialog.form.input.select();
}

export function searchHere(): void {
  const template = document.querySelector<HTMLTemplateElement>("template[data-search-here]");
  if (!template) return;
  const place = template.parentElement!;
  template.replaceWith(fill(template));
  const form = new SearchForm(place);
  const query = new URLSearchParams(location.search);
  form.input.value = query.get("q") ?? "";
  void form.restore(query);
  form.input.focus();
}

/** A search field with its filters, status and results: the elements of layouts/partials/search-form.liquid. */
class SearchForm {
  static #count = 0;
  readonly input: HTMLInputElement;
  /** Tells the searches of this form from those of another one in the page. */
  readonly #number = ++SearchForm.#count;
  readonly #place: HTMLElement;
  readonly #filters: HTMLElement;
  /** The filters of the layout; those that apply are shown once the index is there. */
  readonly #labels: HTMLLabelElement[];
  /** What the layout calls each kind of page: "Worksheet" for `worksheet`. */
  readonly #kinds: Map<string, string>;
  readonly #status: HTMLElement;
  /** Where else to look, shown where nothing was found. */
  readonly #elsewhere: HTMLElement;
  readonly #results: HTMLElement;
  readonly #more: HTMLButtonElement;
  /** The link to the search page; absent on that page, where the address bar shows the query instead. */
  readonly #allResults: HTMLAnchorElement | null;
  readonly #searchPage: string;
  /** Shows more results when the reader has come to their end. */
  readonly #atEnd: IntersectionObserver;
  #found: Found | undefined;
  /** The query that was meant, while it is offered. */
  #offered = "";
  #shown = 0;
  /** The results that are on their way, so that the next ones come after them. */
  #showing: Promise<void> = Promise.resolve();
  #turn = 0;
  #timer = 0;

  constructor(place: HTMLElement) {
    this.#place = place;
    const find = <E extends HTMLElement>(what: string): E => place.querySelector<E>(what)!;
    this.input = find("input");
    this.#filters = find("[data-filters]");
    this.#labels = [...this.#filters.querySelectorAll("label")];
    this.#kinds = new Map(
      [...find<HTMLSelectElement>("[name=type]").options].map((option) => [option.value, option.text]),
    );
    this.#filters.replaceChildren();
    this.#status = find("[data-status]");
    this.#elsewhere = find("[data-elsewhere]");
    this.#results = find("[data-results]");
    this.#more = find("[data-more]");
    this.#allResults = place.querySelector("[data-all-results]");
    this.#searchPage = this.#allResults?.getAttribute("href") ?? location.pathname;

    find("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#search(), QUIET_MS) as unknown as number;
    });
    this.#more.addEventListener("click", () => void this.#showMore(true));
    this.#atEnd = new IntersectionObserver((changes) => {
      // A reader whose focus is on the button presses it; the results that come then take the focus.
      if (changes.at(-1)!.isIntersecting && document.activeElement !== this.#more) void this.#showMore(false);
    });
    this.#status.addEventListener("click", (event) => this.#takeOffer(event));
    place.addEventListener("keydown", (event) => {
      this.#moveByArrow(event);
      this.#typeOn(event);
    });
    // Browsers clear a search field on the first Escape; here it closes the dialog.
    this.input.addEventListener("keydown", (event) => {
      const dialog = this.input.closest("dialog");
      if (event.key !== "Escape" || !dialog) return;
      event.preventDefault();
      dialog.close();
    });
    void this.#load();
  }

  #template(hook: string): HTMLTemplateElement {
    return this.#place.querySelector<HTMLTemplateElement>(`template[${hook}]`)!;
  }

  #sentence(what: string, texts?: Record<string, string>): DocumentFragment {
    return fill(this.#template(`data-say=${what}`), texts);
  }

  /** One sentence after the other, those that there are. */
  #say(...sentences: (DocumentFragment | 0 | "" | undefined)[]): void {
    const said = sentences.filter((sentence) => !!sentence);
    this.#status.replaceChildren(
      ...said.flatMap((sentence, index) => (index ? [" ", sentence] : [sentence])),
    );
  }

  /** In the form that the language has for the number. */
  #countOf(what: string, count: number, texts: Record<string, string>): DocumentFragment {
    const form = pluralOf(count, (form) => !!this.#template(`data-say=${what}-${form}`));
    return this.#sentence(`${what}-${form}`, { ...texts, count: countIn(count) });
  }

  #fail(): void {
    this.#say(this.#sentence("failed"));
    if (this.#allResults) this.#allResults.hidden = true;
  }

  /** The index, and with it the filters; undefined where it cannot be had. */
  async #load(): Promise<SearchIndex | undefined> {
    try {
      const index = await loadIndex();
      if (!this.#selects.length) this.#showFilters(index.filters);
      return index;
    } catch {
      this.#fail();
      return undefined;
    }
  }

  #showFilters(filters: Filters): void {
    for (const label of this.#labels) {
      const select = label.querySelector("select")!;
      const values = Object.keys(filters[select.name] ?? {});
      if (values.length < 2) continue;
      const named = new Set([...select.options].map((option) => option.value));
      for (const option of [...select.options]) {
        if (option.value && !values.includes(option.value)) option.remove();
      }
      for (const value of values) if (!named.has(value)) select.add(new Option(value));
      select.addEventListener("change", () => void this.#search());
      this.#filters.append(label);
    }
  }

  get #selects(): HTMLSelectElement[] {
    return [...this.#filters.querySelectorAll("select")];
  }

  async restore(query: URLSearchParams): Promise<void> {
    await this.#load();
    for (const select of this.#selects) select.value = query.get(select.name) ?? "";
    if (query.toString()) await this.#search();
  }

  /** The Enter key: from the dialog it leads to the search page, which shows the same. */
  #submit(): void {
    const query = this.#query;
    if (!this.#allResults) void this.#search();
    else if (!isEmpty(query)) location.assign(this.#addressOf(query));
  }

  get #query(): Query {
    const chosen = this.#selects.filter((one) => one.value).map((one) => [one.name, one.value]);
    return { words: this.input.value.trim(), filters: Object.fromEntries(chosen) };
  }

  async #search(): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    const query = this.#query;
    this.#rememberQuery(query);
    this.#atEnd.disconnect();
    if (isEmpty(query)) {
      this.#clear();
      this.#say();
      return;
    }
    this.#say(this.#sentence("searching"));
    const index = await this.#load();
    if (!index || turn !== this.#turn) return;
    const found = await index.search(this.#number, query.words, query.filters).catch(() => undefined);
    if (turn !== this.#turn) return;
    this.#clear();
    if (!found) {
      this.#fail();
      return;
    }
    this.#found = found;
    this.#shown = 0;
    // Those of an earlier search need not be waited for.
    this.#showing = Promise.resolve();
    if (!(await this.#showMore(false)) || turn !== this.#turn) return;
    const meant = found.unknown.length ? await loadMeant(query.words, found.unknown) : undefined;
    if (turn !== this.#turn) return;
    this.#elsewhere.hidden = found.count > 0;
    if (this.#allResults) this.#allResults.hidden = !found.count;
    this.#tell(query.words, found, meant);
  }

  #clear(): void {
    this.#results.replaceChildren();
    for (const part of [this.#more, this.#elsewhere, this.#allResults]) if (part) part.hidden = true;
  }

  /** How much was found, what was not, and what may have been meant. */
  #tell(words: string, { count, unknown }: Found, meant: string | undefined): void {
    const offer = meant && this.#sentence("meant", { words: short(meant) });
    if (offer) {
      this.#offered = meant;
      offer.querySelector("a")!.href = this.#addressOf({ words: meant, filters: this.#query.filters });
    }
    if (count) {
      // Without the words that no text has: what was found has them not.
      const parts = unknown.length ? words.split(/[\s"]+/) : [words];
      const known = parts.filter((word) => !unknown.includes(word)).join(" ");
      const missing = unknown.length && this.#sentence("unknown", { words: short(unknown.join(", ")) });
      this.#say(missing, offer, this.#countOf(`found${words && "-for"}`, count, { words: short(known) }));
    } else {
      const nothing = this.#sentence(`none${words && "-for"}`, { words: short(words) });
      this.#say(nothing, offer || this.#sentence("try-other"));
    }
  }

  /** A link to the query that was meant: it is asked here, unless in a tab of its own. */
  #takeOffer(event: MouseEvent): void {
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (isElsewhere || !(event.target as Element).closest("[data-offer] a")) return;
    event.preventDefault();
    this.input.value = this.#offered;
    this.input.focus();
    void this.#search();
  }

  /** Shows the next results, after those that are on their way; false where they cannot be had. */
  #showMore(focusFirst: boolean): Promise<boolean> {
    const turn = this.#turn;
    const showing = this.#showing.then(() => turn !== this.#turn || this.#showNext(focusFirst));
    const answer = showing.catch(() => {
      if (turn === this.#turn) this.#fail();
      return false;
    });
    this.#showing = answer.then(() => {});
    return answer;
  }

  async #showNext(focusFirst: boolean): Promise<true> {
    const turn = this.#turn;
    const found = this.#found!;
    const end = Math.min(this.#shown + STEP, found.count);
    const next = Array.from({ length: end - this.#shown }, (_, index) => found.result(this.#shown + index));
    const items = (await Promise.all(next)).map((result) => this.#resultItem(result));
    if (turn !== this.#turn) return true;
    this.#shown = end;
    this.#results.append(...items);
    this.#more.hidden = end >= found.count;
    // Observed anew, it says at once whether the end is still in view.
    this.#atEnd.disconnect();
    this.#atEnd.observe(this.#more);
    if (focusFirst) items[0]?.querySelector("a")?.focus();
    return true;
  }

  #addressOf({ words, filters }: Query): string {
    const parts = new URLSearchParams({ ...(words && { q: words }), ...filters }).toString();
    return this.#searchPage + (parts && `?${parts}`);
  }

  #rememberQuery(query: Query): void {
    const address = this.#addressOf(query);
    if (this.#allResults) {
      this.#allResults.href = address;
      return;
    }
    try {
      history.replaceState(null, "", address);
    } catch {
      // some browsers do not let a page on file:// change its address
    }
  }

  #resultItem(data: Result): Element {
    const title = data.meta.title ?? data.url;
    const item = fill(this.#template("data-result"), {
      title,
      kind: this.#kinds.get(data.filters.type![0]!),
      section: data.meta.section,
      part: data.meta.part,
    }).firstElementChild!;
    item.querySelector("a")!.href = data.url;
    const ofPage = data.sub_results.find((part) => part.url === data.url);
    const headings = data.sub_results.filter((part) => part.url !== data.url && part.anchor);
    // Where a heading matches, its own excerpt says more than the page's.
    const isExcerptShown = ofPage || !headings.length;
    showExcerpt(item, title, isExcerptShown ? (ofPage?.excerpt ?? data.excerpt) : "");
    const list = item.querySelector("[data-headings]")!;
    for (const { title, url, excerpt } of headings.slice(0, HEADINGS_SHOWN)) {
      const line = fill(this.#template("data-heading"), { title });
      line.querySelector("a")!.href = url;
      showExcerpt(line, title, excerpt);
      list.append(line);
    }
    if (!headings.length) list.remove();
    return item;
  }

  /** The arrow keys move between the field and the links below it. */
  #moveByArrow(event: KeyboardEvent): void {
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || event.target instanceof HTMLSelectElement)
      return;
    const links = [this.#status, this.#elsewhere, this.#results].filter((part) => !part.hidden);
    const stops: HTMLElement[] = [this.input, ...links.flatMap((part) => [...part.querySelectorAll("a")])];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }

  /** Who types on a link goes on in the field. A blank there scrolls, and `/` may open search. */
  #typeOn({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent): void {
    if (!(target instanceof HTMLAnchorElement) || ctrlKey || metaKey || altKey) return;
    if (key.length > 1 || key === " " || key === "/") return;
    const end = this.input.value.length;
    this.input.focus();
    // The letter follows the focus, to where the words end.
    this.input.setSelectionRange(end, end);
  }
}

interface Query {
  words: string;
  filters: Record<string, string>;
}

const isEmpty = ({ words, filters }: Query) => !words && !Object.keys(filters).length;

/** As much of a query as a sentence can hold. */
const short = (words: string) => (words.length > 60 ? `${words.slice(0, 59)}…` : words);

/** In an excerpt's own element; where there is nothing to show, the element goes. */
function showExcerpt(around: ParentNode, heading: string, excerpt: string): void {
  const place = around.querySelector("[data-excerpt]")!;
  const parts = excerptBelow(heading, excerpt);
  if (parts.length) place.append(...parts);
  else place.remove();
}
