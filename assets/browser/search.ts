/** Search: a dialog on every page, and the search page itself. Loaded when it is first asked for. */
import { makeDialog } from "./dialog.ts";
import { type Found, loadIndex, type SearchIndex } from "./search-index.ts";

const TYPE_NAMES: Record<string, string> = { section: "Section", worksheet: "Worksheet", page: "Page" };
const FILTERS = [
  ["module", "Module"],
  ["type", "Kind"],
] as const;
const PAGE_SIZE = 10;
const QUIET_MS = 150;

let dialog: { element: HTMLDialogElement; form: SearchForm } | undefined;

function openSearch(): void {
  if (!dialog) {
    const made = makeDialog("Search");
    dialog = { element: made.dialog, form: new SearchForm(made.content) };
    // A link inside the page in hand moves nothing by itself while the dialog covers it.
    made.dialog.addEventListener("click", (event) => {
      if ((event.target as Element).closest("a")) made.dialog.close();
    });
  }
  dialog.element.showModal();
  dialog.form.input.select();
}

function searchHere(): void {
  const place = document.querySelector<HTMLElement>("[data-search-here]")!;
  if (place.childElementCount) return;
  const form = new SearchForm(place, true);
  const query = new URLSearchParams(location.search);
  form.input.value = query.get("q") ?? "";
  void form.restore(query);
  form.input.focus();
}

/** One search field with its filters, its status and its results. */
class SearchForm {
  readonly input = document.createElement("input");
  readonly #filters = document.createElement("div");
  readonly #status = document.createElement("p");
  readonly #results = document.createElement("ol");
  readonly #more = document.createElement("button");
  readonly #toPage = document.createElement("a");
  readonly #inAddress: boolean;
  #loading: Promise<SearchIndex | undefined> | undefined;
  #found: Found[] = [];
  #shown = 0;
  #turn = 0;
  #timer = 0;

  constructor(place: HTMLElement, inAddress = false) {
    this.#inAddress = inAddress;
    const form = document.createElement("form");
    form.setAttribute("role", "search");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#search();
    });
    const label = document.createElement("label");
    label.className = "visually-hidden";
    label.textContent = "Search this site";
    label.htmlFor = inAddress ? "site--query-page" : "site--query";
    this.input.id = label.htmlFor;
    this.input.type = "search";
    this.input.name = "q";
    this.input.className = "search-field";
    this.input.placeholder = "A word or a phrase";
    this.input.autocomplete = "off";
    this.input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#search(), QUIET_MS) as unknown as number;
    });
    this.#filters.className = "search-filters";
    this.#status.className = "search-status";
    this.#status.setAttribute("role", "status");
    this.#results.className = "search-results";
    this.#more.type = "button";
    this.#more.className = "plain-button";
    this.#more.textContent = "More results";
    this.#more.hidden = true;
    this.#more.addEventListener("click", () => void this.#showMore(true));
    form.append(label, this.input, this.#filters);
    place.append(form, this.#status, this.#results, this.#more);
    if (!inAddress) {
      this.#toPage.textContent = "All results on a page of their own";
      this.#toPage.hidden = true;
      const line = document.createElement("p");
      line.append(this.#toPage);
      place.append(line);
    }
    place.addEventListener("keydown", (event) => this.#moveByArrow(event));
    // A search field takes the first Escape for itself, to clear; it is meant for the dialog.
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || inAddress) return;
      event.preventDefault();
      this.input.closest("dialog")?.close();
    });
    void this.#load();
  }

  /** The index, and with it the filters; undefined where it cannot be had. */
  #load(): Promise<SearchIndex | undefined> {
    this.#loading ??= this.#loadWithFilters().catch(() => {
      this.#loading = undefined;
      this.#status.replaceChildren(
        "Search could not be loaded here. ",
        linkTo(sectionsPage(), "See the list of all sections"),
      );
      return undefined;
    });
    return this.#loading;
  }

  async #loadWithFilters(): Promise<SearchIndex> {
    const index = await loadIndex();
    const filters = await index.filters();
    for (const [name, text] of FILTERS) {
      const values = Object.keys(filters[name] ?? {});
      if (values.length > 1) this.#filters.append(this.#filterOf(name, text, values));
    }
    return index;
  }

  #filterOf(name: string, text: string, values: string[]): HTMLElement {
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.name = name;
    select.append(
      new Option("All", ""),
      ...values.map((value) => new Option(TYPE_NAMES[value] ?? value, value)),
    );
    select.addEventListener("change", () => void this.#search());
    label.append(`${text} `, select);
    return label;
  }

  get #selects(): HTMLSelectElement[] {
    return [...this.#filters.querySelectorAll("select")];
  }

  async restore(query: URLSearchParams): Promise<void> {
    await this.#load();
    for (const select of this.#selects) select.value = query.get(select.name) ?? "";
    if (query.toString()) await this.#search();
  }

  async #search(): Promise<void> {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    const words = this.input.value.trim();
    const shown = words.length > 60 ? `${words.slice(0, 59)}…` : words;
    const filters = Object.fromEntries(
      this.#selects.filter((one) => one.value).map((one) => [one.name, one.value]),
    );
    this.#rememberQuery(words, filters);
    if (!words && !Object.keys(filters).length) {
      this.#results.replaceChildren();
      this.#more.hidden = true;
      this.#status.textContent = "";
      return;
    }
    this.#status.textContent = "Searching …";
    const index = await this.#load();
    if (!index) this.#toPage.hidden = true;
    if (!index || turn !== this.#turn) return;
    const found = await index.search(words, filters);
    if (turn !== this.#turn) return;
    this.#found = found;
    this.#shown = 0;
    this.#results.replaceChildren();
    this.#status.textContent =
      found.length === 0
        ? `Nothing found for “${shown}”. Try fewer or other words.`
        : `${found.length} ${found.length === 1 ? "result" : "results"}${words && ` for “${shown}”`}`;
    await this.#showMore(false);
  }

  async #showMore(focusFirst: boolean): Promise<void> {
    const turn = this.#turn;
    const next = this.#found.slice(this.#shown, this.#shown + PAGE_SIZE);
    this.#shown += next.length;
    const level = this.#inAddress ? "h2" : "h3";
    const items = await Promise.all(
      next.map((found) => found.data().then((data) => resultItem(data, level))),
    );
    if (turn !== this.#turn) return;
    this.#results.append(...items);
    this.#more.hidden = this.#shown >= this.#found.length;
    if (focusFirst) items[0]?.querySelector("a")?.focus();
  }

  #rememberQuery(words: string, filters: Record<string, string>): void {
    const page = document.querySelector<HTMLElement>(".search-button")!.dataset.searchPage!;
    const parts = new URLSearchParams({ ...(words && { q: words }), ...filters }).toString();
    const query = parts && `?${parts}`;
    this.#toPage.href = page + query;
    this.#toPage.hidden = !query;
    if (!this.#inAddress) return;
    try {
      history.replaceState(null, "", location.pathname + query);
    } catch {
      // some browsers keep the address of a file as it is
    }
  }

  /** Down and up go from the field through the links of the results and back. */
  #moveByArrow(event: KeyboardEvent): void {
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || event.target instanceof HTMLSelectElement)
      return;
    const stops: HTMLElement[] = [this.input, ...this.#results.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }
}

function resultItem(data: Awaited<ReturnType<Found["data"]>>, level: "h2" | "h3"): HTMLLIElement {
  const item = document.createElement("li");
  const heading = document.createElement(level);
  heading.append(linkTo(data.url, data.meta.title ?? data.url));
  const type = document.createElement("p");
  type.className = "search-type";
  type.textContent = [TYPE_NAMES[data.meta.type ?? ""], data.meta.section && `in ${data.meta.section}`]
    .filter(Boolean)
    .join(" ");
  item.append(heading, type);
  const parts = data.sub_results.filter((part) => part.url !== data.url && part.anchor);
  // Where a heading matches, its own excerpt says more than the page's.
  if (!parts.length || data.sub_results.some((part) => part.url === data.url)) {
    item.append(excerpt(data.sub_results.find((part) => part.url === data.url)?.excerpt ?? data.excerpt));
  }
  if (parts.length) {
    const list = document.createElement("ul");
    for (const part of parts.slice(0, 4)) {
      const line = document.createElement("li");
      line.append(linkTo(part.url, part.title), excerpt(part.excerpt));
      list.append(line);
    }
    item.append(list);
  }
  return item;
}

const sectionsPage = (): string =>
  document.querySelector<HTMLAnchorElement>(".site-nav a[href$='sections.html']")!.href;

function linkTo(url: string, text: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = text;
  return link;
}

/** Pagefind gives text with `<mark>`s and escaped entities; only the marks are taken as markup. */
function excerpt(html: string): HTMLParagraphElement {
  const line = document.createElement("p");
  for (const [index, part] of html.split(/<\/?mark>/).entries()) {
    const text = new DOMParser().parseFromString(`<body>${part}`, "text/html").body.textContent ?? "";
    if (index % 2 === 0) line.append(text);
    else {
      const mark = document.createElement("mark");
      mark.textContent = text;
      line.append(mark);
    }
  }
  return line;
}

// Under a symbol: a plain name could be taken by an id in the page, which makes its element a global too.
Object.assign(globalThis, { [Symbol.for("site-search")]: { openSearch, searchHere } });
