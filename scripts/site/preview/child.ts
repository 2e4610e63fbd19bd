/** A process that makes sites, as its server talks with it. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Answer, FromBuilder, Made, ToBuilder } from "./messages.ts";

/** What a process said is kept for the case that it was its last. */
const LAST_WORDS = 10_000;

interface Listener {
  onMade(made: Made, ms: number): void;
  onEnd(how: string): void;
}

/** One process. None of its faults is thrown. */
export class Child {
  hasMade = false;
  /** What it wrote to its errors. */
  lastWords = "";
  readonly #child: ChildProcess | undefined;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;
  #isEnded = false;

  constructor(command: string[], { onMade, onEnd }: Listener) {
    const ended = (how: string) => {
      if (this.#isEnded) return;
      this.#isEnded = true;
      for (const resolve of this.#waiting.values()) resolve({ built: "", status: 503, fault: how });
      onEnd(how);
    };
    const failed = (error: Error) =>
      ended(`the build could not be started: ${error.message}; save again to try again`);
    try {
      const child = spawn(command[0]!, command.slice(1), { stdio: ["ignore", "ignore", "pipe", "ipc"] });
      this.#child = child;
      child.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
        process.stderr.write(chunk);
        this.lastWords = (this.lastWords + chunk).slice(-LAST_WORDS);
      });
      child.on("message", (message: FromBuilder) => {
        if ("made" in message) {
          this.hasMade = true;
          this.lastWords = "";
          onMade(message.made, message.ms);
        } else {
          this.#waiting.get(message.answered)?.(message.answer);
          this.#waiting.delete(message.answered);
        }
      });
      child.on("error", failed);
      child.on("close", (status, signal) =>
        ended(
          `the build ${signal ? `was ended by ${signal}` : `ended with status ${status}`}; save again to try again`,
        ),
      );
    } catch (error) {
      // Not in the constructor: who is told wants to know of whom.
      queueMicrotask(() => failed(error as Error));
    }
  }

  ask(target: string): Promise<Answer> {
    return new Promise((resolve) => {
      if (this.#isEnded) return resolve({ built: "", status: 503, fault: "the build has ended" });
      const ask = ++this.#asked;
      this.#waiting.set(ask, resolve);
      this.#tell({ ask, target });
    });
  }

  /** It follows no save any more, and still answers. */
  rest(): void {
    this.#tell({ rest: true });
  }

  async end(): Promise<void> {
    const child = this.#child;
    if (!child || this.#isEnded) return;
    const closed = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await closed;
  }

  #tell(message: ToBuilder): void {
    // One that has ended says so by itself.
    if (this.#child?.connected) this.#child.send(message, () => {});
  }
}
