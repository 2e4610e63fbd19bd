/** A site over HTTP as most hosts serve it, texts packed by gzip, with the bytes that went over the wire. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import path from "node:path";
import { gzipSync } from "node:zlib";

const TYPES: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

export interface PackedSite {
  base: string;
  /** The paths of all requests so far. */
  asked: string[];
  /** Bytes of all answers so far, their headers counted. */
  bytes(): number;
}

export async function servePacked(folder: string): Promise<PackedSite> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, "http://localhost");
    asked.push(pathname);
    const file = path.join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    const text = await readFile(file).catch(() => undefined);
    const type = TYPES[path.extname(file)];
    if (text && type) {
      const packed = gzipSync(text);
      response
        .writeHead(200, { "content-type": type, "content-encoding": "gzip", "content-length": packed.length })
        .end(packed);
    } else response.writeHead(404, { "content-length": 0 }).end();
  });
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    bytes: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0),
  };
}
