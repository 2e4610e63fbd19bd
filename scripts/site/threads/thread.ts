/** Threads beside the main one, for what needs no order. Each answers what it is sent, in turn. */
import { Worker } from "node:worker_threads";
import { compiled } from "../project.ts";

/** A thread that runs a module, which answers each message with one. `data` is there from its start. */
export class Thread<Question, Answer> {
  readonly #worker: Worker;
  readonly #asked: { resolve(answer: Answer): void; reject(fault: unknown): void }[] = [];
  #fault: unknown;

  /** `module` is a file of the project, by a name that ends with `-thread.ts`. */
  constructor(module: string, data?: unknown) {
    this.#worker = new Worker(compiled(module), { execArgv: [], workerData: data });
    this.#worker.on("message", (answer: Answer) => this.#asked.shift()!.resolve(answer));
    this.#worker.on("error", (fault) => this.#fail(fault));
    this.#worker.on("exit", (status) => this.#fail(new Error(`a thread ended with status ${status}`)));
  }

  /** Rejects when the thread fails or ends. */
  ask(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#fault !== undefined) return reject(this.#fault);
      this.#asked.push({ resolve, reject });
      this.#worker.postMessage(question);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(fault: unknown): void {
    this.#fault ??= fault;
    for (const { reject } of this.#asked.splice(0)) reject(this.#fault);
  }
}
