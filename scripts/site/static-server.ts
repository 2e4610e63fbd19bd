/** A static file server, as plain as the ones the site will stand on; for `npm start` and for the tests. */
import { createReadStream, promises as fs } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
};

export interface ServeOptions {
  /** The path under which the folder is served, with `/` at both ends; `/` is the root. */
  prefix?: string;
  /** Changes a page's HTML on its way out. */
  transform?: (html: string) => string;
}

/** Answers one request from a folder: a file, a folder's index.html, or 404.html. Never a file outside the folder. */
export async function serveFile(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
  { prefix = "/", transform }: ServeOptions = {},
): Promise<void> {
  const asked = decode((request.url ?? "/").replace(/[?#].*$/, ""));
  if (asked === undefined || !asked.startsWith(prefix))
    return send(response, 404, TYPES[".txt"]!, "not found");
  const inside = path.normalize(asked.slice(prefix.length)).replace(/^(?:\.\.(?:[/\\]|$))+/, "");
  let file = path.join(folder, inside);
  let stats = await fs.stat(file).catch(() => undefined);
  if (stats?.isDirectory()) {
    if (!asked.endsWith("/")) {
      response.writeHead(301, { location: `${encodeURI(asked)}/` });
      response.end();
      return;
    }
    file = path.join(file, "index.html");
    stats = await fs.stat(file).catch(() => undefined);
  }
  const status = stats?.isFile() ? 200 : 404;
  if (status === 404) file = path.join(folder, "404.html");
  const type = TYPES[path.extname(file).toLowerCase()] ?? "application/octet-stream";

  if (type.startsWith("text/html")) {
    const html = await fs.readFile(file, "utf8").catch(() => "not found");
    return send(response, status, type, transform ? transform(html) : html);
  }
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-cache",
    "content-length": stats!.size,
  });
  createReadStream(file).pipe(response);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-cache" });
  response.end(body);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
