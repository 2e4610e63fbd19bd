/** Threads beside the main one, for what needs no order. Each answers what it is sent, in turn. */
import { Worker } from "node:worker_threads";

/** A thread's own start: TypeScript is registered in each anew. */
const startOf = (
  module: string,
) => `import(${JSON.stringify(import.meta.resolve("tsx/esm/api"))}).then(({ register }) => {
  register();
  return import(${JSON.stringify(module)});
});`;

/** A thread that runs a module, which answers each message with one. `data` is there from its start. */
export class Thread<Question, Answer> {
  readonly #worker: Worker;
  readonly #asked: { resolve(answer: Answer): void; reject(fault: unknown): void }[] = [];
  #fault: unknown;

  /** `module` is an address, as of `import.meta.resolve`. */
  constructor(module: string, data?: unknown) {
    this.#worker = new Worker(startOf(module), { eval: true, execArgv: [], workerData: data });
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
