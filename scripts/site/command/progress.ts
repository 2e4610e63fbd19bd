/** What a long build says of itself: nothing in the first two seconds, then where it is. */

const QUIET_MS = 2000;

export interface ProgressOutput {
  /** Whether lines can be written over. */
  isTerminal: boolean;
  write(text: string): void;
  /** Milliseconds since the build began. */
  elapsed(): number;
}

/** One line that changes on a terminal; in a log a line for each stage, and one every two seconds within it. */
export class Progress {
  readonly #output: ProgressOutput;
  #stage = "";
  #lastLine = 0;
  #isShown = false;

  constructor(output: ProgressOutput) {
    this.#output = output;
  }

  /** Says that a stage has begun, or how many of its pages are done. */
  report(stage: string, done?: number, total?: number): void {
    const now = this.#output.elapsed();
    if (now < QUIET_MS) return;
    const count = total ? `, ${done} of ${total} pages` : "";
    if (this.#output.isTerminal) {
      this.#output.write(`\r\u001b[K${stage}${count} …`);
      this.#isShown = true;
    } else if (stage !== this.#stage || now - this.#lastLine >= QUIET_MS) {
      this.#output.write(`${(now / 1000).toFixed(1)} s: ${stage}${count}\n`);
      this.#lastLine = now;
    }
    this.#stage = stage;
  }

  /** Takes the changing line away. */
  end(): void {
    if (this.#isShown) this.#output.write("\r\u001b[K");
    this.#isShown = false;
  }
}
