/** What makes an open page follow the builds: a script in every page, and a stream of events that it listens to. */
import type { ServerResponse } from "node:http";

export const LIVE_SCRIPT = "/.live.js";
export const LIVE_EVENTS = "/.live";

/** What open pages are told. */
export interface News {
  /** Which build the site is of; "" before the first good one. */
  built: string;
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
 * A page that follows the builds, and knows of which one it is: what was built while it was loading is not missed. A
 * page that stands alone has a policy without scripts: here it has none, so that it can be reloaded too.
 */
export function addLiveScript(html: string, built: string): string {
  const script = `<script src="${LIVE_SCRIPT}" data-built="${built}" defer></script>`;
  return html
    .replace(/<meta http-equiv="Content-Security-Policy" content="(?:(?!script-src)[^"])*">/, "")
    .replace("</head>", `${script}</head>`);
}

/**
 * In the page: reload when there is another build than the page's, show what is wrong when something is. Only while
 * the page is seen: a browser has six connections to a host, and the seventh open page would wait for ever.
 */
export const liveScript = `(() => {
  const { built } = document.currentScript.dataset;
  let events, notice;
  const show = ({ data }) => {
    const news = JSON.parse(data);
    if (news.built !== built) return location.reload();
    notice?.remove();
    if (!news.problems) return;
    notice = document.createElement("pre");
    notice.id = "live-problems";
    notice.setAttribute("role", "alert");
    notice.textContent = news.problems;
    Object.assign(notice.style, {
      position: "fixed", inset: "auto 0 0 0", zIndex: 9, margin: 0, maxHeight: "60vh", overflow: "auto",
      padding: "1rem 1.5rem", background: "#7a1420", color: "#fff", font: "14px/1.5 monospace", whiteSpace: "pre-wrap",
    });
    document.body.append(notice);
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
