/** How long the stages of a build take, by what they report of themselves. */
import type { Progress } from "../layout/site.ts";

/** What goes on before the first report: the program is loaded. */
export const STARTING = "starting";

/** Passes every report on. Where stages overlap, the time up to a report is of the stage that reported last. */
export class StageClock implements Progress {
  readonly #now: () => number;
  readonly #next: Progress | undefined;
  readonly #times = new Map<string, number>();
  #stage = STARTING;
  #since = 0;

  /** @param now Milliseconds since the process began. */
  constructor(now: () => number, next?: Progress) {
    this.#now = now;
    this.#next = next;
  }

  report(stage: string, done?: number, total?: number): void {
    this.#turnTo(stage);
    this.#next?.report(stage, done, total);
  }

  /** Milliseconds of each stage, in the order in which they began. */
  end(): Record<string, number> {
    this.#turnTo(this.#stage);
    return Object.fromEntries(this.#times);
  }

  #turnTo(stage: string): void {
    const now = this.#now();
    this.#times.set(this.#stage, (this.#times.get(this.#stage) ?? 0) + now - this.#since);
    this.#stage = stage;
    this.#since = now;
  }
}
