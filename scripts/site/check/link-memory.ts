/** What the link check remembers between two runs: addresses that were good, for a day. */
import { promises as fs } from "node:fs";
import path from "node:path";
import type { LinkResult } from "./external-links.ts";

const REMEMBER_MS = 24 * 60 * 60 * 1000;
/** Bytes of a file that can be ours: thirty thousand links. */
const FILE_LIMIT = 10_000_000;
/** Milliseconds between two writings: a check that is killed loses no more. */
const WRITE_EVERY = 2000;

interface Entry {
  checked: number;
  outcome: "ok" | "redirected";
  detail: string;
}

export class LinkMemory {
  readonly #entries = new Map<string, Entry>();
  #written = 0;
  #isChanged = false;
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    readonly file: string | undefined,
    readonly now: number,
    /** Is told once why the file could not be written. */
    readonly onFault: (code: string) => void,
  ) {}

  /** What a file holds and is not too old; whatever else stands in it, or in its place, is as good as nothing. */
  static async read(
    file: string | undefined,
    now: number,
    onFault: (code: string) => void,
  ): Promise<LinkMemory> {
    const memory = new LinkMemory(file, now, onFault);
    for (const [url, entry] of await entriesOf(file)) {
      if (isEntry(url, entry) && entry.checked <= now && now - entry.checked < REMEMBER_MS) {
        memory.#entries.set(url, entry);
      }
    }
    return memory;
  }

  get(url: string): Pick<LinkResult, "outcome" | "detail"> | undefined {
    return this.#entries.get(url);
  }

  /** Keeps a result that is good, and from time to time writes them all. */
  keep(url: string, { outcome, detail }: Pick<LinkResult, "outcome" | "detail">): void {
    if (outcome !== "ok" && outcome !== "redirected") return;
    this.#entries.set(url, { checked: this.now, outcome, detail });
    this.#isChanged = true;
    if (Date.now() - this.#written >= WRITE_EVERY) void this.write();
  }

  /** Resolves when all that is known is on the disk. */
  write(): Promise<void> {
    this.#written = Date.now();
    this.#writing = this.#writing.then(() => this.#writeNow());
    return this.#writing;
  }

  /** Under another name first: a reader finds the old file or the new one, never half of one. */
  async #writeNow(): Promise<void> {
    if (!this.file || !this.#isChanged) return;
    this.#isChanged = false;
    const beside = `${this.file}.${process.pid}`;
    try {
      await fs.mkdir(path.dirname(this.file), { recursive: true });
      await fs.writeFile(beside, JSON.stringify(Object.fromEntries(this.#entries), null, 1));
      await fs.rename(beside, this.file);
    } catch (error) {
      await fs.rm(beside, { force: true }).catch(() => {});
      this.onFault((error as NodeJS.ErrnoException).code ?? "unknown");
    }
  }
}

async function entriesOf(file: string | undefined): Promise<[string, unknown][]> {
  if (!file) return [];
  try {
    const { size } = await fs.stat(file).then((stat) => (stat.isFile() ? stat : { size: Infinity }));
    if (size > FILE_LIMIT) return [];
    const read: unknown = JSON.parse(await fs.readFile(file, "utf8"));
    return typeof read === "object" && read && !Array.isArray(read) ? Object.entries(read) : [];
  } catch {
    return []; // none yet, not to be read, or not whole
  }
}

function isEntry(url: string, value: unknown): value is Entry {
  if (typeof value !== "object" || value === null || !isAddress(url)) return false;
  const { checked, outcome, detail } = value as Record<string, unknown>;
  if (typeof checked !== "number" || typeof detail !== "string") return false;
  return outcome === "redirected" ? isAddress(detail) : outcome === "ok" && /^status \d{3}$/.test(detail);
}

/** As this check writes addresses: a parsed one, which holds no control characters. */
const isAddress = (text: string) =>
  /^https?:/.test(text) && URL.canParse(text) && new URL(text).href === text;
