/** A course system as a browser meets it: scorm-again's API in a page, the package in a frame, and a server that keeps what it is told. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { BrowserContext, FrameLocator, Page } from "playwright-core";
import type { StandardName } from "../../scripts/site/lms/facts.ts";
import { serveFile } from "../../scripts/site/output/static-server.ts";

const APIS: Record<StandardName, { script: string; make: string; name: string }> = {
  "1.2": { script: scriptOf("scorm-again/scorm12/min"), make: "Scorm12API", name: "API" },
  "2004": { script: scriptOf("scorm-again/scorm2004/min"), make: "Scorm2004API", name: "API_1484_11" },
};

function scriptOf(name: string): string {
  // The form for a page without modules lies beside the one that node is given.
  return readFileSync(fileURLToPath(import.meta.resolve(name)).replace("/esm/", "/"), "utf8");
}

/** Systems add to the address what they need. */
const LAUNCH = "/course/7/lms.html?attempt=1";

/** What it knows of a learner, by the elements' names in the standard. */
export interface Known {
  status: string;
  place: string;
  kept: string;
  exit: string;
  time: string;
  entry: string;
  measure: string;
}

type Cmi = Record<string, unknown> & { core?: Record<string, unknown> };

export class TestSystem {
  base = "";
  /** Whose sittings were ended, as the standards have it, and not only left. */
  readonly ended: string[] = [];
  /** Whether it answers no commit, as without a network. */
  isDown = false;
  readonly #standard: StandardName;
  readonly #folder: string;
  readonly #known = new Map<string, Cmi>();
  #onCommit: (() => void)[] = [];

  private constructor(standard: StandardName, folder: string) {
    this.#standard = standard;
    this.#folder = folder;
  }

  /** Over HTTP on a free port, with the unpacked package in a folder. */
  static async start(standard: StandardName, folder: string): Promise<TestSystem> {
    const system = new TestSystem(standard, folder);
    const server = createServer((request, response) => void system.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    server.unref();
    system.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return system;
  }

  of(learner: string): Known {
    const cmi = this.#known.get(learner) ?? {};
    const in12 = cmi.core;
    const text = (value: unknown) => String(value ?? "");
    return {
      status: text(in12 ? in12.lesson_status : cmi.completion_status),
      place: text(in12 ? in12.lesson_location : cmi.location),
      kept: text(cmi.suspend_data),
      exit: text(in12 ? in12.exit : cmi.exit),
      time: text(in12 ? in12.session_time : cmi.session_time),
      entry: text(in12 ? in12.entry : cmi.entry),
      measure: text(cmi.progress_measure),
    };
  }

  /** Waits for what it is told. */
  async until(learner: string, isSo: (known: Known) => boolean): Promise<Known> {
    while (!isSo(this.of(learner))) await this.#nextCommit(learner);
    return this.of(learner);
  }

  #nextCommit(learner: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = () =>
        reject(new Error(`no more is told of ${learner} than ${JSON.stringify(this.of(learner))}`));
      const limit = setTimeout(fail, 20_000);
      this.#onCommit.push(() => {
        clearTimeout(limit);
        resolve();
      });
    });
  }

  /** A learner starts the course, or resumes it. No script may fail in it, and no policy refuse what the course asks for. */
  async launch(
    context: BrowserContext,
    learner: string,
  ): Promise<{ page: Page; course: FrameLocator; launch: FrameLocator }> {
    const page = await context.newPage();
    page.on("pageerror", (error) => assert.fail(String(error)));
    page.on("console", (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) assert.fail(message.text());
    });
    await page.goto(`${this.base}?learner=${learner}`);
    const launch = page.frameLocator("iframe");
    return { page, launch, course: launch.frameLocator("iframe") };
  }

  /** The same in a window of its own, which the course system opens. */
  async launchInWindow(
    context: BrowserContext,
    learner: string,
  ): Promise<{ page: Page; course: FrameLocator }> {
    const opener = await context.newPage();
    await opener.goto(`${this.base}window?learner=${learner}`);
    const opened = opener.waitForEvent("popup");
    await opener.evaluate((launch) => void window.open(launch), LAUNCH);
    const page = await opened;
    return { page, course: page.frameLocator("iframe") };
  }

  /** As a learner leaves it by a button of the course system. */
  async leave(page: Page): Promise<void> {
    await page.locator("iframe").evaluate((frame) => frame.remove());
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, "http://localhost");
    const learner = searchParams.get("learner") ?? "";
    const frame = `<iframe src="${LAUNCH}" style="width: 1000px; height: 600px"></iframe>`;
    if (pathname === "/") return this.#player(learner, frame, response);
    if (pathname === "/window") return this.#player(learner, "", response);
    if (pathname === "/commit") return this.#commit(learner, request, response, searchParams.has("end"));
    if (pathname === "/api.js")
      response.writeHead(200, { "content-type": "text/javascript" }).end(APIS[this.#standard].script);
    else await serveFile(this.#folder, request, response, { prefix: "/course/7/" });
  }

  #player(learner: string, content: string, response: ServerResponse): void {
    const { make, name } = APIS[this.#standard];
    const settings = {
      autocommit: false,
      lmsCommitUrl: `/commit?learner=${learner}`,
      terminateCommitParam: "end",
      logLevel: 5,
    };
    response.writeHead(200, { "content-type": "text/html" }).end(`<!DOCTYPE html><title>Courses</title>
<script src="/api.js"></script>
<script>${name} = new ${make}(${JSON.stringify(settings)}); ${name}.loadFromJSON(${JSON.stringify(this.#begun(learner))})</script>
${content}`);
  }

  /** What a learner who left the course by suspending it finds again; any other way of leaving would be the end of it. */
  #begun(learner: string): Cmi {
    const known = this.of(learner);
    const isBack = known.exit === "suspend";
    const own = isBack ? known : undefined;
    const entry = isBack ? "resume" : "ab-initio";
    if (this.#standard === "1.2") {
      const core = {
        student_id: learner,
        entry,
        lesson_status: own?.status ?? "not attempted",
        lesson_location: own?.place ?? "",
      };
      return { core, suspend_data: own?.kept ?? "" };
    }
    return {
      learner_id: learner,
      entry,
      completion_status: own?.status ?? "unknown",
      location: own?.place ?? "",
      suspend_data: own?.kept ?? "",
    };
  }

  async #commit(
    learner: string,
    request: IncomingMessage,
    response: ServerResponse,
    isEnd: boolean,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.isDown) return void request.socket.destroy();
    this.#known.set(learner, (JSON.parse(Buffer.concat(chunks).toString()) as { cmi: Cmi }).cmi);
    if (isEnd) this.ended.push(learner);
    response.writeHead(200, { "content-type": "application/json" }).end('{"result":"true","errorCode":0}');
    for (const told of this.#onCommit.splice(0)) told();
  }
}
