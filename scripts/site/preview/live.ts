/** What makes an open page follow the saves: a script in every page, and a stream of events that it listens to. */
import type { ServerResponse } from "node:http";

export const LIVE_SCRIPT = "/.live.js";
export const LIVE_EVENTS = "/.live";

/** What open pages are told. */
export interface News {
  /** Which site is shown; "" before the first good one. */
  built: string;
  /** The address of its style sheet. */
  css: string;
  /** Whether the index that search answers from is of an older site. */
  isSearchOld: boolean;
  /** What is wrong with the content as it is now; "" when nothing is. */
  problems: string;
}

/** A page that holds more than this unread is not listening: it is asleep, or gone without a word. */
const MOST_UNREAD_BYTES = 1_000_000;

/** The pages that are open. */
export class Readers {
  readonly open = new Set<ServerResponse>();

  add(response: ServerResponse, news: News): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
    this.open.add(response);
    response.on("close", () => this.open.delete(response));
    this.#tell(response, news);
  }

  tellAll(news: News): void {
    for (const reader of this.open) this.#tell(reader, news);
  }

  #tell(reader: ServerResponse, news: News): void {
    // Who is cut off comes back by itself, and hears the news then.
    if (reader.destroyed || reader.writableLength > MOST_UNREAD_BYTES) reader.destroy();
    else reader.write(`data: ${JSON.stringify(news)}\n\n`);
  }
}

/**
 * A page that follows the saves, and knows of which site it is: what was saved while it was loading is not missed. A
 * page that stands alone has a policy without scripts: here it has none, so that it can be reloaded too.
 */
export function addLiveScript(html: string, built: string): string {
  const script = `<script src="${LIVE_SCRIPT}" data-built="${built}" defer></script>`;
  return html
    .replace(/<meta http-equiv="Content-Security-Policy" content="(?:(?!script-src)[^"])*">/, "")
    .replace("</head>", `${script}</head>`);
}

/**
 * In the page: reload when another site is shown than the page's, take its style sheet when only that is another one,
 * and say what is wrong, and that search is not up to date yet. Only while the page is seen: a browser has six
 * connections to a host, and the seventh open page would wait for ever. No worker keeps the site for use without a
 * network: what it keeps would hide what is saved.
 */
export const liveScript = `(() => {
  const { built } = document.currentScript.dataset;
  Object.defineProperty(navigator, "serviceWorker", { value: undefined });
  const notes = {};
  let events;
  const note = (name, element, role, text, style) => {
    if (notes[name]?.textContent === text) return;
    notes[name]?.remove();
    delete notes[name];
    if (!text) return;
    const made = notes[name] = document.createElement(element);
    made.id = "live-" + name;
    made.setAttribute("role", role);
    made.textContent = text;
    Object.assign(made.style, { position: "fixed", margin: 0, color: "#fff", ...style });
    document.body.append(made);
  };
  const takeStyle = (address) => {
    const old = [...document.querySelectorAll('link[rel="stylesheet"]')];
    const now = old.findLast((link) => /assets\\/site-[^/]*$/.test(link.getAttribute("href")));
    if (!now || !address || now.getAttribute("href").endsWith(address)) return;
    const next = now.cloneNode();
    next.setAttribute("href", now.getAttribute("href").replace(/assets\\/[^/]*$/, address));
    // The old one goes when the new one is there, so that the page is never without.
    next.onload = next.onerror = () => now.remove();
    now.after(next);
  };
  let hasOldSearch = false;
  const searchNote = (isOld) => {
    const isInUse = performance.getEntriesByType("resource").some(({ name }) => name.includes("/pagefind/"));
    if (isOld) hasOldSearch = true;
    if (isOld) return "Search is being brought up to date …";
    return hasOldSearch && isInUse ? "Search is up to date once this page is loaded again" : "";
  };
  const show = ({ data }) => {
    const news = JSON.parse(data);
    if (news.built !== built) return location.reload();
    takeStyle(news.css);
    note("search", "p", "status", searchNote(news.isSearchOld), {
      inset: "auto 0 0 auto", zIndex: 8, padding: ".25rem .75rem", background: "#333", font: "13px/1.5 sans-serif",
    });
    note("problems", "pre", "alert", news.problems, {
      inset: "auto 0 0 0", zIndex: 9, maxHeight: "60vh", overflow: "auto",
      padding: "1rem 1.5rem", background: "#7a1420", font: "14px/1.5 monospace", whiteSpace: "pre-wrap",
    });
  };
  const listen = () => {
    events?.close();
    if (document.hidden) return;
    events = new EventSource(${JSON.stringify(LIVE_EVENTS)});
    events.onmessage = show;
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();`;
