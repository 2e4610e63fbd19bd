/**
 * What this browser keeps of worksheets. A database, for what is kept there is on the disk at once: `localStorage` comes
 * there seconds later, and a browser that is ended before has lost it.
 */
import { isName } from "../../../scripts/site/worksheet/answers-file.ts";
import { site } from "../site-storage.ts";

/** What was written, and the question as it was when it was: a later release may ask it no more. */
export interface Answer {
  text: string;
  question: string;
  worksheet: string;
}

/** Answers by the names in worksheet/form.ts. One without a text is to be forgotten. */
export type Answers = ReadonlyMap<string, Answer>;

export interface AnswerStore {
  /** What is kept under this name; "" where nothing is. */
  of(name: string): string;
  readonly all: Answers;
  /** Answers that are on the page, and are to be kept soon. */
  note(changes: Answers): void;
  /** Tells whether all of it is kept: storage may be full or forbidden. Either all of it is, or nothing. */
  keep(changes: Answers): Promise<boolean>;
  /** Forgets all that is kept, whatever it is. Tells whether that is done. */
  forget(): Promise<boolean>;
  /** Called with what another tab has kept. */
  onChange: (changes: Answers) => void;
}

const STORE = "answers";

/** Where there is no storage, nothing is kept. */
export async function openAnswers(): Promise<AnswerStore> {
  const database = await open().catch(() => undefined);
  const all = database ? await readAll(database).catch(() => new Map<string, Answer>()) : new Map();
  const tabs = new BroadcastChannel(`answers ${site}`);
  const take = (changes: Answers) => {
    for (const [name, answer] of changes) {
      if (answer.text) all.set(name, answer);
      else all.delete(name);
    }
  };
  const store: AnswerStore = {
    of: (name) => all.get(name)?.text ?? "",
    all,
    note: take,
    async keep(changes) {
      try {
        await write(database!, changes);
      } catch {
        return false;
      }
      take(changes);
      tabs.postMessage(changes);
      return true;
    },
    async forget() {
      const nothing = new Map([...all].map(([name, answer]) => [name, { ...answer, text: "" }]));
      try {
        await inStore(database!, (store) => store.clear());
      } catch {
        return false;
      }
      take(nothing);
      tabs.postMessage(nothing);
      return true;
    },
    onChange: () => {},
  };
  tabs.addEventListener("message", ({ data }: MessageEvent<Answers>) => {
    take(data);
    store.onChange(data);
  });
  return store;
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

async function readAll(database: IDBDatabase): Promise<Map<string, Answer>> {
  const store = database.transaction(STORE).objectStore(STORE);
  const [names, kept] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
  const known = new Map<string, Answer>();
  for (const [index, name] of names.entries()) {
    const answer = asAnswer(kept[index]);
    // Under another name nothing of ours is kept, and it would not come into a file.
    if (answer && typeof name === "string" && isName(name)) known.set(name, answer);
  }
  return known;
}

/** Whatever else is kept there is none, and stays. */
function asAnswer(kept: unknown): Answer | undefined {
  // The first release kept texts alone.
  if (typeof kept === "string") return asAnswer({ text: kept });
  const { text, question, worksheet } = Object(kept) as Partial<Record<keyof Answer, unknown>>;
  if (typeof text !== "string" || !text) return undefined;
  return { text, question: asText(question), worksheet: asText(worksheet) };
}

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const write = (database: IDBDatabase, changes: Answers): Promise<void> =>
  inStore(database, (store) => {
    for (const [name, answer] of changes) {
      if (answer.text) store.put(answer, name);
      else store.delete(name);
    }
  });

/** All of it, or nothing. */
function inStore(database: IDBDatabase, act: (store: IDBObjectStore) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    try {
      act(transaction.objectStore(STORE));
      // A page that is left has no time to say later that this is all of it.
      transaction.commit();
    } catch (error) {
      // What was put before would be kept, and half an import with it.
      transaction.abort();
      reject(error);
    }
  });
}
