/** The engine in a worker: of ten thousand pages a search takes half a second, in which a page would stand still. */
import type { SearchEngine } from "./search-engine.ts";

export interface Question {
  id: number;
  method: keyof SearchEngine;
  parts: unknown[];
}

export interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

export function engineInWorker(address: string): SearchEngine {
  const worker = new Worker(address);
  const waiting = new Map<number, (answer: Partial<Answer>) => void>();
  let count = 0;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  };
  worker.onerror = () => {
    for (const end of waiting.values()) end({ error: "the worker failed" });
    waiting.clear();
  };
  const ask =
    (method: keyof SearchEngine) =>
    (...parts: unknown[]): Promise<never> =>
      new Promise((resolve, reject) => {
        const id = ++count;
        waiting.set(id, ({ value, error }) => (error ? reject(new Error(error)) : resolve(value as never)));
        worker.postMessage({ id, method, parts } satisfies Question);
      });
  return { start: ask("start"), search: ask("search"), result: ask("result") };
}
