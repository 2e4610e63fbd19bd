/**
 * Pages made into PDFs by a browser, which is asked over two pipes in the language of its developers' tools (Chrome
 * DevTools Protocol), one JSON text after the other, each ended by a NUL. It needs no library and opens no port.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { Fault } from "../problems/faults.ts";
import type { FoundBrowser } from "./browser.ts";

/** Milliseconds for one PDF. About 200 sections take one, on a slow machine; what needs more will never end. */
const LIMIT = 180_000;

/** The browser ended by itself, or never began: on this machine none can run. */
export class NoBrowser extends Error {}

/** A browser that prints. To be closed in any case. */
export class Printer {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #limit: number;
  readonly #ended: Promise<never>;
  #last = 0;
  readonly #waiting = new Map<number, { take: (result: Result) => void; fail: (error: Error) => void }>();
  readonly #events = new Map<string, () => void>();

  private constructor(child: ChildProcess, profile: string, limit: number) {
    this.#child = child;
    this.#profile = profile;
    this.#limit = limit;
    let complaint = "";
    child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-2_000);
    });
    this.#ended = new Promise((_, reject) => {
      const end = (reason: string) => reject(new NoBrowser(reason));
      child.on("error", ({ message }) => end(message));
      child.on("close", (status, signal) => end(reasonIn(complaint) ?? `it ended with ${signal ?? status}`));
    });
    // Who waits for an answer hears of it.
    this.#ended.catch(() => {});
    // What is asked of a browser that has ended is answered by its end.
    this.#toBrowser.on("error", () => {});
    let rest = "";
    (child.stdio[4] as Readable).setEncoding("utf8").on("data", (text: string) => {
      const messages = (rest + text).split("\0");
      rest = messages.pop()!;
      for (const message of messages) this.#hear(JSON.parse(message) as Message);
    });
  }

  static async open(
    { executablePath, args, env }: FoundBrowser,
    { limit = LIMIT }: { limit?: number } = {},
  ): Promise<Printer> {
    const profile = await mkdtemp(path.join(os.tmpdir(), "printing-"));
    const child = spawn(
      executablePath,
      [...args, "--headless", "--remote-debugging-pipe", `--user-data-dir=${profile}`],
      { env, stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] },
    );
    return new Printer(child, profile, limit);
  }

  /**
   * The bytes of a PDF of a page, in which a script is run before: with tags for those who hear it, an outline of its headings, and the language and title of the
   * page. Throws `NoBrowser` where the browser cannot run, and a Fault where it does not come to an end.
   */
  async print(url: string, prepare = ""): Promise<Buffer> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(
          new Fault(
            undefined,
            `the browser did not print ${decodeURI(url.replace(/.*\//, ""))} within ${this.#limit / 1000} seconds, and was stopped`,
            "run it again with less else to do, name another browser in CHROMIUM_PATH, or leave the PDFs out: --without-pdf",
          ),
        );
      }, this.#limit);
    });
    try {
      return await Promise.race([this.#print(url, prepare), this.#ended, tooLong]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #print(url: string, prepare: string): Promise<Buffer> {
    const { targetId } = await this.#ask("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.#ask("Target.attachToTarget", { targetId, flatten: true });
    const ask = (method: string, params: object = {}) => this.#ask(method, params, sessionId as string);
    await ask("Page.enable");
    const loaded = new Promise<void>((resolve) =>
      this.#events.set(`Page.loadEventFired ${sessionId}`, resolve),
    );
    const { errorText } = await ask("Page.navigate", { url });
    if (errorText) throw new Error(`the browser could not open ${url}: ${errorText}`);
    await loaded;
    const { exceptionDetails } = await ask("Runtime.evaluate", { expression: prepare });
    if (exceptionDetails) {
      throw new Error(`the page could not be prepared: ${JSON.stringify(exceptionDetails)}`);
    }
    const { data } = await ask("Page.printToPDF", {
      preferCSSPageSize: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
    await this.#ask("Target.closeTarget", { targetId });
    return Buffer.from(data as string, "base64");
  }

  #ask(method: string, params: object, sessionId?: string): Promise<Result> {
    const id = ++this.#last;
    return new Promise((take, fail) => {
      this.#waiting.set(id, { take, fail });
      this.#toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #hear({ id, method, sessionId, result, error }: Message): void {
    if (id === undefined) {
      this.#events.get(`${method} ${sessionId}`)?.();
      return;
    }
    const asked = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) asked?.fail(new Error(`the browser said: ${error.message}`));
    else asked?.take(result ?? {});
  }

  get #toBrowser(): Writable {
    return this.#child.stdio[3] as Writable;
  }

  async close(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended.catch(() => {});
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
  }
}

type Result = Record<string, unknown>;

interface Message {
  id?: number;
  method?: string;
  sessionId?: string;
  result?: Result;
  error?: { message: string };
}

/** The line that tells: of a library that is missing, of a sandbox that is not allowed. */
const reasonIn = (complaint: string): string | undefined =>
  complaint
    .split("\n")
    .map((line) => line.trim())
    .find((line) => /error|cannot|failed|not found|no such/i.test(line));

const PRINTED_BY = /\/Producer \(Skia\/PDF m(\d+)/;
const WITH_PAGE_NUMBERS = 131;

/** Whether the browser that wrote a PDF knows the boxes in a page's margin, where its number stands. */
export const hasPageNumbers = (pdf: Buffer): boolean =>
  Number(PRINTED_BY.exec(pdf.toString("latin1"))?.[1] ?? 0) >= WITH_PAGE_NUMBERS;

/**
 * The same PDF as printed at a date, with the cells of its tables numbered from 1: Chromium counts what it has laid out
 * since it began. All of it has as many bytes as before, for a PDF lists where each of its parts begins.
 */
export function steadyPdf(pdf: Buffer, date: Date): Buffer {
  const time = `${date.toISOString().replace(/\D/g, "").slice(0, 14)}+00'00'`;
  const text = pdf.toString("latin1");
  const nodes = [...new Set(text.match(NODE))].sort();
  // In their order, for they stand in a sorted list too.
  const numbers = new Map(nodes.map((node, index) => [node, `(node${`${index + 1}`.padStart(8, "0")})`]));
  return Buffer.from(
    text
      .replace(/(\/(?:CreationDate|ModDate) \(D:)\d{14}\+00'00'/g, `$1${time}`)
      .replace(NODE, (node) => numbers.get(node)!),
    "latin1",
  );
}

const NODE = /\(node\d{8}\)/g;
