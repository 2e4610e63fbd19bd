/** What every page runs. Small, and nothing that a reader without it would miss to read, print or follow links. */
import { playCards } from "./frames.ts";
import { applyTheme, openSettings, preferences } from "./settings.ts";

applyTheme();

const body = document.body;
const link = document.querySelector<HTMLAnchorElement>(".search-button")!;

/** Search: the link to all sections becomes the button that opens it. */
const searchButton = document.createElement("button");
searchButton.type = "button";
searchButton.className = "search-button";
searchButton.textContent = "Search";
searchButton.dataset.searchPage = link.dataset.searchPage;
searchButton.setAttribute("aria-haspopup", "dialog");
searchButton.addEventListener("click", () => void search("openSearch"));
link.replaceWith(searchButton);

const settingsButton = document.createElement("button");
settingsButton.type = "button";
settingsButton.className = "settings-button";
settingsButton.textContent = "Settings";
settingsButton.setAttribute("aria-haspopup", "dialog");
settingsButton.addEventListener("click", openSettings);
document.querySelector(".site-footer")!.append(settingsButton);

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !preferences.singleKeys) return;
  const at = event.target as HTMLElement;
  if (
    at.isContentEditable ||
    /^(?:INPUT|TEXTAREA|SELECT)$/.test(at.tagName) ||
    document.querySelector("dialog[open]")
  )
    return;
  event.preventDefault();
  void search("openSearch");
});

if (document.querySelector("[data-search-here]")) void search("searchHere");
playCards();

// In a long module the current section may stand below what the sidebar shows.
const sidebar = document.querySelector<HTMLElement>(".sidebar .sidebar-list");
const current = sidebar?.querySelector<HTMLElement>("[aria-current]");
if (sidebar && current) sidebar.scrollTop = current.offsetTop - sidebar.offsetTop - sidebar.clientHeight / 2;

// On paper nothing can be unfolded.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll<HTMLDetailsElement>(".section-body details"))
    folded.open = true;
});

/** The search script and, from it, the index: neither is loaded before it is asked for. */
interface SearchScript {
  openSearch(): void;
  searchHere(): void;
}

const NAME = Symbol.for("site-search");
let loading: Promise<void> | undefined;

async function search(what: keyof SearchScript): Promise<void> {
  const scripts = globalThis as { [NAME]?: SearchScript };
  if (!scripts[NAME]) {
    loading ??= new Promise<void>((resolve, reject) => {
      const script = document.createElement("script");
      script.src = body.dataset.search!;
      script.onload = () => resolve();
      script.onerror = () => reject(new Error("the search script did not load"));
      document.head.append(script);
    });
    await loading.catch(() => location.assign(link.href));
  }
  scripts[NAME]?.[what]();
}
