/** A host like those that sites stand on, compressing what is text, which keeps account of what it sends. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { findFile, send } from "../output/static-server.ts";

export interface Host {
  /** What stands before a page's address, with `/` at its end. */
  base: string;
  /** Every answer so far. */
  sent: Answer[];
  close(): void;
}

export interface Answer {
  /** Path and query. */
  target: string;
  /** With its head. */
  bytes: number;
}

const COMPRESSED = /^(?:text\/|application\/json|image\/svg)/;

/**
 * Serves a folder on a free port.
 * @param workerDelayMs How long the script of a worker takes to begin to arrive: a browser that slows all that it
 * loads leaves that out.
 */
export async function openHost(folder: string, workerDelayMs = 0): Promise<Host> {
  const sent: Answer[] = [];
  const server = createServer(async (request, response) => {
    const socket = request.socket;
    const before = socket.bytesWritten;
    response.on("finish", () => sent.push({ target: request.url!, bytes: socket.bytesWritten - before }));
    if (request.headers["sec-fetch-dest"] === "worker") await wait(workerDelayMs);
    const found = await findFile(folder, request.url!);
    if (!found.file || !COMPRESSED.test(found.file.type)) return send(found, request, response);
    const { handle, type } = found.file;
    const packed = await promisify(gzip)(await handle.readFile());
    await handle.close();
    response.writeHead(found.status, {
      "content-type": type,
      "content-encoding": "gzip",
      "content-length": packed.length,
    });
    response.end(packed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sent,
    close: () => server.close(),
  };
}
