/** The preview's answers: to whom it answers, from which site, and on which port. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { SEARCH_FOLDER } from "../model/output-addresses.ts";
import { WORKER } from "../output/release.ts";
import { readTarget, send } from "../output/static-server.ts";
import { sayFault } from "../problems/faults.ts";
import { escapeHtml } from "../text/escape.ts";
import type { Builder, FoundInSite } from "./builder.ts";
import { GUARD_HEADERS, refusalOf } from "./guard.ts";
import { addLiveScript, LIVE_EVENTS, LIVE_SCRIPT, liveScript, type News, type Readers } from "./live.ts";
import type { Search } from "./search.ts";

const PORTS_TO_TRY = 20;
const LAST_PORT = 65_535;

/** What a preview shows; what builds it changes these. */
export interface Shown extends Pick<Builder, "site" | "css" | "problems"> {
  search: Pick<Search, "built" | "problems" | "find">;
}

export const newsOf = ({ site, css, problems, search }: Shown): News => ({
  built: site?.id ?? "",
  css,
  isSearchOld: site !== undefined && search.built !== site.id && !search.problems,
  problems: problems || search.problems,
});

/** Answers every request, whatever is in it. */
export function answerFrom(shown: Shown, readers: Readers): RequestListener {
  return (request, response) => {
    // A reader that goes away while it is written to is no fault.
    response.on("error", () => {});
    for (const [name, value] of Object.entries(GUARD_HEADERS)) response.setHeader(name, value);
    const refusal = refusalOf(request);
    if (refusal) {
      if (refusal.status === 405) response.setHeader("allow", "GET, HEAD");
      answer(response, refusal.status, "text/plain; charset=utf-8", refusal.text);
    } else if (request.url === LIVE_SCRIPT) answer(response, 200, "text/javascript", liveScript);
    else if (request.url === `/${WORKER}`) void sendWorker(response);
    else if (request.url === LIVE_EVENTS && request.method === "GET") readers.add(response, newsOf(shown));
    else if (shown.site) void sendFromSite(shown, request, response);
    else answer(response, 503, HTML, waitingPage(shown.problems, ""));
  };
}

/**
 * A site that was served at this address before may have left a worker, which would show it in the preview's place: it
 * finds one that takes itself away. Rarely asked for, so loaded when it is.
 */
async function sendWorker(response: ServerResponse): Promise<void> {
  try {
    const { takingAwayWorker } = await import("../output/offline.ts");
    answer(response, 200, "text/javascript", await takingAwayWorker(true));
  } catch (error) {
    answer(response, 503, "text/plain; charset=utf-8", sayFault(error));
  }
}

function answer(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-cache" }).end(text);
}

async function sendFromSite(shown: Shown, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? "";
  if (isOfSearch(target)) return send(await shown.search.find(target), request, response);
  let site: Shown["site"];
  let found: FoundInSite | undefined;
  do {
    // What was not there may have been taken away a moment ago with all of the old site: then look in the new one.
    await found?.file?.handle.close().catch(() => {});
    site = shown.site!;
    found = await site.find(target);
  } while (found.status >= 404 && site !== shown.site);
  const { fault, built } = found;
  if (fault !== undefined) answer(response, 503, HTML, waitingPage(fault, shown.site?.id ?? ""));
  else await send(found, request, response, (html) => addLiveScript(html, built));
}

function isOfSearch(target: string): boolean {
  const asked = readTarget(target);
  return typeof asked === "string" && asked.startsWith(`/${SEARCH_FOLDER}/`);
}

const HTML = "text/html; charset=utf-8";

/** In place of a page; `built` is the site that it waits to be replaced. */
const waitingPage = (problems: string, built: string) =>
  addLiveScript(
    `<!DOCTYPE html><html lang="en"><head><title>Not built yet</title></head><body><pre>${escapeHtml(problems || "Building …")}</pre></body></html>`,
    built,
  );

/** Listens on this machine only, on the first free port; both ways in which "localhost" may resolve. */
export async function listen(
  listener: RequestListener,
  wanted: number,
): Promise<{ port: number; close: () => void }> {
  const last = Math.min(wanted + PORTS_TO_TRY - 1, LAST_PORT);
  for (let port = wanted; port <= last; port++) {
    const first = await listenOn(listener, "127.0.0.1", port);
    if (typeof first === "string" && first !== "EADDRINUSE") {
      throw new Error(
        `The system does not let the preview use port ${port} (${first}); name another: npm start -- --port N`,
      );
    }
    // A machine without IPv6 has no second; one where another program answers there would show that program.
    const second = typeof first === "string" ? first : await listenOn(listener, "::1", port);
    const close = () => {
      for (const server of [first, second]) if (typeof server !== "string") server.close();
    };
    if (second !== "EADDRINUSE") return { port, close };
    close();
    console.log(`Port ${port} is taken`);
  }
  throw new Error(`The ports ${wanted} to ${last} are all taken; name another: npm start -- --port N`);
}

/** A server that stays up: what Node's own does in silence, or by ending the process, is answered or let be. */
export function makeServer(listener: RequestListener): Server {
  const server = createServer(listener);
  // Node would end such a connection without a word.
  server.on("connect", (_request, socket) => {
    socket.on("error", () => {});
    socket.end("HTTP/1.1 405 Method Not Allowed\r\nallow: GET, HEAD\r\nconnection: close\r\n\r\n");
  });
  // Too few open files, for one: the next connection may find enough.
  server.on("error", () => {});
  return server;
}

/** The server that listens, or the system's word for why there is none. */
function listenOn(listener: RequestListener, host: string, port: number): Promise<Server | string> {
  const server = makeServer(listener);
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, ipv6Only: host === "::1" }, () => resolve(server));
  });
}
