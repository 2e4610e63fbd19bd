/** A host as a test needs it that is about what a browser keeps: it goes away, comes back, and gets other sites. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { serveFile } from "../../scripts/site/output/static-server.ts";

export class Host {
  /** The folder at each path, as in `/training/`. */
  readonly sites = new Map<string, string>();
  /** What was asked for since it was last emptied, but for the worker: a browser looks for another one by itself. */
  asked: string[] = [];
  /** Answers in the folders' place where it says that it does. */
  instead: (url: string, response: ServerResponse) => boolean = () => false;
  #server: Server | undefined;
  #port = 0;

  /** The address of a path on this host, the same each time it is started. */
  base = (path: string): string => `http://127.0.0.1:${this.#port}${path}`;

  async start(): Promise<void> {
    const server = createServer((request, response) => this.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    server.unref();
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    this.#server?.closeAllConnections();
    await closed;
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? "/";
    if (!/\/sw\.js$/.test(url)) this.asked.push(url);
    if (this.instead(url, response)) return;
    const prefixes = [...this.sites.keys()].sort((a, b) => b.length - a.length);
    const prefix = prefixes.find((one) => url.startsWith(one));
    if (prefix) void serveFile(this.sites.get(prefix)!, request, response, { prefix });
    else response.writeHead(404).end();
  }
}
