/**
 * What this browser keeps of worksheets. A database, for what is kept there is on the disk at once: `localStorage` comes
 * there seconds later, and a browser that is ended before has lost it.
 */
import { site } from "./site-storage.ts";

const STORE = "answers";

export interface Answers {
  /** What is kept under this name; "" where nothing is. */
  of(name: string): string;
  /** Tells whether all of it is kept: storage may be full or forbidden. What is empty is forgotten. */
  keep(changes: ReadonlyMap<string, string>): Promise<boolean>;
}

/** `hear` is told what another tab keeps. Where there is no storage, nothing is kept. */
export async function openAnswers(hear: (name: string, text: string) => void): Promise<Answers> {
  const database = await open().catch(() => undefined);
  const known = database ? await readAll(database).catch(() => new Map<string, string>()) : new Map();
  const tabs = new BroadcastChannel(`answers ${site}`);
  tabs.addEventListener("message", ({ data }: MessageEvent<ReadonlyMap<string, string>>) => {
    for (const [name, text] of data) hear(name, text);
  });
  return {
    of: (name) => known.get(name) ?? "",
    async keep(changes) {
      try {
        await write(database!, changes);
      } catch {
        return false;
      }
      tabs.postMessage(changes);
      return true;
    },
  };
}

/** Named by the site: two sites on one host, and two copies on one disk, never see each other's. */
function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(`answers ${site}`, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

async function readAll(database: IDBDatabase): Promise<Map<string, string>> {
  const store = database.transaction(STORE).objectStore(STORE);
  const [names, texts] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
  const known = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    if (typeof texts[index] === "string") known.set(String(name), texts[index]);
  }
  return known;
}

function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function write(database: IDBDatabase, changes: ReadonlyMap<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    const store = transaction.objectStore(STORE);
    for (const [name, text] of changes) {
      if (text) store.put(text, name);
      else store.delete(name);
    }
  });
}
