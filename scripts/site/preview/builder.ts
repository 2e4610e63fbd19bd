/**
 * The process that makes a preview's site, from the server's side. When the program itself was saved, another one is
 * started; the one before it answers until the new one has a site.
 */
import { type Found, openAs, typeOf } from "../output/static-server.ts";
import { Child } from "./child.ts";
import type { Made } from "./messages.ts";

export interface PreviewSite {
  /** Tells one site from any other, of an earlier preview too. */
  id: string;
  /** What it has at a request's target. Who takes it sends it, or closes it. */
  find(target: string): Promise<FoundInSite>;
}

export interface FoundInSite extends Found {
  /** The site that it is of, which may be a newer one already. */
  built: string;
  /** What keeps the page from being shown. */
  fault?: string | undefined;
}

/** Before a process that has ended is started again: where it had made something, and where it never came so far. */
const START_AGAIN_MS = { once: 1_000, never: 15_000 };

export class Builder {
  /** The last good site. */
  site: PreviewSite | undefined;
  /** The address of its style sheet. */
  css = "";
  /** What is wrong with the content, or the program, as it is now; "" when nothing is. */
  problems = "";
  readonly #command: string[];
  readonly #name: string;
  readonly #onNews: () => void;
  #processes = 0;
  /** The one that answers. */
  #current: Child | undefined;
  /** The one that will, once it has a site. */
  #next: Child | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastReport = "";
  #isStopped = false;

  /**
   * @param command What to run; a name for its sites is put after it.
   * @param name What these names begin with.
   * @param onNews Called when site, style or problems may be other ones.
   */
  constructor(command: string[], name: string, onNews: () => void = () => {}) {
    this.#command = command;
    this.#name = name;
    this.#onNews = onNews;
  }

  /** Starts a process of the program as it is now, in place of any before it. */
  start(): void {
    if (this.#isStopped) return;
    clearTimeout(this.#timer);
    void this.#next?.end();
    this.#current?.rest();
    const started = new Child([...this.#command, `${this.#name}-${++this.#processes}`], {
      onMade: (made, ms) => this.#take(started, made, ms),
      onEnd: (how) => this.#lose(started, how),
    });
    this.#next = started;
  }

  /** Ends the processes; none begins after it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await Promise.all([this.#current?.end(), this.#next?.end()]);
  }

  #take(from: Child, made: Made, ms: number): void {
    if (from !== this.#current && from !== this.#next) return;
    if (from === this.#next && made.built) {
      void this.#current?.end();
      this.#current = from;
      this.#next = undefined;
    }
    if (from === this.#current) {
      this.css = made.css;
      if (this.site?.id !== made.built) this.site = { id: made.built, find: (target) => find(from, target) };
    }
    this.problems = made.problems;
    this.#say(made, ms);
    this.#onNews();
  }

  #say({ report, problems }: Made, ms: number): void {
    // What has been said need not be said again at every save.
    const isKnown = report === this.#lastReport;
    this.#lastReport = report;
    if (report && !isKnown) console.error(report);
    if (!problems) console.log(`Built in ${(ms / 1000).toFixed(2)} s`);
    else if (this.site && !isKnown) console.log("The last good build is still being served");
  }

  #lose(ended: Child, how: string): void {
    if (this.#isStopped || (ended !== this.#current && ended !== this.#next)) return;
    if (ended === this.#current) this.#current = undefined;
    if (ended === this.#next) this.#next = undefined;
    // In the page only what ended it; all that it said is in the terminal already.
    const lines = ended.lastWords.split("\n").filter((line) => line && !line.startsWith("warning: "));
    if (!lines.length) console.error(how);
    this.problems = lines.join("\n") || how;
    this.#lastReport = "";
    if (this.#current) console.log("The last good build is still being served");
    if (!this.#next) {
      const pause = ended.hasMade ? START_AGAIN_MS.once : START_AGAIN_MS.never;
      this.#timer = setTimeout(() => this.start(), pause);
    }
    this.#onNews();
  }
}

/** What a process has at a target, opened where it is a file. */
async function find(from: Child, target: string): Promise<FoundInSite> {
  const { built, status, found, location, fault } = await from.ask(target);
  if (!found) return { built, status, fault, ...(location !== undefined && { location }) };
  const { name, standing } = found;
  if ("from" in standing) return { built, ...(await openAs(name, standing.from)) };
  const text = "base64" in standing ? Buffer.from(standing.base64, "base64") : standing.text;
  return { built, status, text: { text, type: typeOf(name) } };
}
