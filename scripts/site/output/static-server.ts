/** A static file server, as plain as the ones the site will stand on; for `npm start` and for the tests. */
import { constants, promises as fs } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { decode } from "../text/addresses.ts";
import { isInside } from "../text/paths.ts";
import { readRange } from "./range.ts";

/** By the ending of a name. */
export const TYPES: Record<string, string> = {
  ".aac": "audio/aac",
  ".avif": "image/avif",
  ".css": "text/css; charset=utf-8",
  ".flac": "audio/flac",
  ".gif": "image/gif",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".m4a": "audio/mp4",
  ".m4v": "video/mp4",
  ".mov": "video/quicktime",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".oga": "audio/ogg",
  ".ogg": "audio/ogg",
  ".ogv": "video/ogg",
  ".opus": "audio/ogg",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".vtt": "text/vtt; charset=utf-8",
  ".wav": "audio/wav",
  ".webm": "video/webm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

/** A linked last part is never followed, and a pipe never waited for: both could come after the look at the path. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** How the system says that a path leads to nothing that can be read. Any other fault is the machine's own. */
const ABSENT = new Set(["EACCES", "EINVAL", "ELOOP", "ENAMETOOLONG", "ENOENT", "ENOTDIR", "ENXIO", "EPERM"]);

export interface ServeOptions {
  /** The path under which the folder is served, with `/` at both ends; `/` is the root. */
  prefix?: string;
  /** Changes a page's HTML on its way out. */
  transform?: (html: string) => string;
}

/** What a request leads to. The file is open, so that it stays whole when its folder is swapped for another. */
export interface Found {
  status: 200 | 301 | 400 | 404 | 503;
  file?: OpenFile | undefined;
  /** In place of a file: what is in memory only. */
  text?: { text: string | Buffer; type: string } | undefined;
  /** Where the folder's page is, of a redirect: a path on this server. */
  location?: string;
}

interface OpenFile {
  handle: fs.FileHandle;
  size: number;
  type: string;
}

/** Answers one request from a folder: a file, a folder's index.html, or 404.html. It never throws. */
export async function serveFile(
  folder: string,
  request: IncomingMessage,
  response: ServerResponse,
  { prefix = "/", transform }: ServeOptions = {},
): Promise<void> {
  await send(await findFile(folder, request.url ?? "/", prefix), request, response, transform);
}

/** Opens what a request's target names: never a file outside the folder. Who takes it sends it, or closes it. */
export async function findFile(folder: string, target: string, prefix = "/"): Promise<Found> {
  const asked = readTarget(target);
  if (typeof asked === "number") return { status: asked };
  try {
    const root = await fs.realpath(folder);
    const opened = asked.startsWith(prefix) ? await openPage(root, asked.slice(prefix.length)) : undefined;
    if (opened === "folder") {
      // No part is empty, and each is encoded: `//other.example/` would lead a browser to another host.
      return { status: 301, location: `${asked.split("/").map(encodeURIComponent).join("/")}/` };
    }
    return opened ? { status: 200, file: opened } : { status: 404, file: await openFile(root, "404.html") };
  } catch (error) {
    return { status: isAbsence(error) ? 404 : 503 };
  }
}

/**
 * The path that a request's target names, decoded: `/a%20b/?c` is `/a b/`. 400 where it is no path: another form of
 * target, an escape that is no UTF-8, a NUL. 404 where a part of it is one that no file of a site is called by, and
 * that some system would take for a way out of the folder.
 */
export function readTarget(target: string): string | 400 | 404 {
  if (!target.startsWith("/")) return 400;
  const parts = target
    .replace(/[?#].*$/s, "")
    .slice(1)
    .split("/")
    .map(decode);
  if (parts.some((part) => part === undefined || part.includes("\0"))) return 400;
  const isName = (part: string | undefined, index: number) =>
    part === "" ? index === parts.length - 1 : part !== "." && part !== ".." && !/[/\\]/.test(part!);
  return parts.every(isName) ? `/${parts.join("/")}` : 404;
}

/** The file at a path in the folder, or that of the folder at this path where it ends in `/`. */
async function openPage(root: string, inside: string): Promise<OpenFile | "folder" | undefined> {
  const asksFolder = inside === "" || inside.endsWith("/");
  const file = await openFile(root, asksFolder ? `${inside}index.html` : inside);
  if (file || asksFolder) return file;
  return (await isFolder(root, inside)) ? "folder" : undefined;
}

/** A file below the folder, symbolic links followed, or undefined. Throws where the machine fails. */
async function openFile(root: string, inside: string): Promise<OpenFile | undefined> {
  let handle: fs.FileHandle | undefined;
  try {
    const file = await fs.realpath(path.join(root, inside));
    if (!isInside(root, file)) return undefined;
    handle = await fs.open(file, READ_ONLY);
    const stats = await handle.stat();
    if (stats.isFile()) {
      const opened = { handle, size: stats.size, type: typeOf(inside) };
      handle = undefined;
      return opened;
    }
  } catch (error) {
    if (!isAbsence(error)) throw error;
  } finally {
    await handle?.close();
  }
  return undefined;
}

/** Opens a file by its absolute path, as one that a site has under a name. */
export async function openAs(name: string, from: string): Promise<Found> {
  let handle: fs.FileHandle | undefined;
  try {
    handle = await fs.open(from, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile()) return { status: 404 };
    const file = { handle, size: stats.size, type: typeOf(name) };
    handle = undefined;
    return { status: 200, file };
  } catch (error) {
    return { status: isAbsence(error) ? 404 : 503 };
  } finally {
    await handle?.close();
  }
}

/** What a file holds, by the ending of its name. */
export const typeOf = (name: string): string =>
  TYPES[path.extname(name).toLowerCase()] ?? "application/octet-stream";

/** Whether a folder below this one is at the path. */
async function isFolder(root: string, inside: string): Promise<boolean> {
  const folder = await fs.realpath(path.join(root, inside)).catch(() => undefined);
  if (!folder || !isInside(root, folder)) return false;
  return fs.stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

const isAbsence = (error: unknown) => ABSENT.has((error as NodeJS.ErrnoException).code ?? "");

/** Sends what was found, and closes it, whatever becomes of the reader. It never throws. */
export async function send(
  { status, file, text, location }: Found,
  request: IncomingMessage,
  response: ServerResponse,
  transform?: (html: string) => string,
): Promise<void> {
  try {
    response.setHeader("cache-control", "no-cache");
    if (location !== undefined) response.writeHead(status, { location }).end();
    else if (text) {
      const isPage = transform && text.type === TYPES[".html"];
      sendText(response, status, isPage ? transform(`${text.text}`) : text.text, text.type);
    } else if (!file) sendText(response, status, STATUS_TEXTS[status]);
    else if (transform && file.type === TYPES[".html"]) {
      sendText(response, status, transform(await file.handle.readFile("utf8")), file.type);
    } else await sendFile(file, status, request, response);
  } catch {
    // The reader went away, or the disk failed in the middle: what was promised cannot be kept.
    response.destroy();
  } finally {
    await file?.handle.close().catch(() => {});
  }
}

const STATUS_TEXTS = {
  200: "",
  301: "",
  400: "the address is none",
  404: "not found",
  503: "the file cannot be read now",
} as const;

function sendText(
  response: ServerResponse,
  status: number,
  text: string | Buffer,
  type = TYPES[".txt"]!,
): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) }).end(text);
}

async function sendFile(
  { handle, size, type }: OpenFile,
  status: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // With If-Range the whole: we name no version that it could hold.
  const asked = request.headers["if-range"] === undefined ? request.headers.range : undefined;
  const range = status === 200 && request.method === "GET" ? readRange(asked, size) : undefined;
  response.setHeader("accept-ranges", "bytes");
  if (range === "none") {
    response.writeHead(416, { "content-range": `bytes */${size}`, "content-length": 0 }).end();
    return;
  }
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const length = end - start + 1;
  response.writeHead(range ? 206 : status, {
    "content-type": type,
    "content-length": length,
    ...(range && { "content-range": `bytes ${start}-${end}/${size}` }),
  });
  if (request.method === "HEAD" || length === 0) {
    response.end();
    return;
  }
  const stream = handle.createReadStream({ start, end, autoClose: false });
  await pipeline(stream, response, { end: false });
  // A file that was cut short while it was read: the reader must not wait for the rest.
  if (stream.bytesRead < length) response.destroy();
  else response.end();
}
