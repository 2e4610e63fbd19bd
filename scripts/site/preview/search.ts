/**
 * Search in a preview. Its index needs a whole build, so it follows a moment after the pages do: each build is a
 * process of its own, of the lowest priority, begun when nothing was saved for a while, and given up at the next save.
 * Until it is done search answers from the index before. It is also the proof that the site as it is can be published.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { promises as fs } from "node:fs";
import os from "node:os";
import path from "node:path";
import { SEARCH_FOLDER } from "../model/output-addresses.ts";
import { type Found, findFile } from "../output/static-server.ts";
import { removeFolder } from "./folder.ts";

const QUIET_MS = 1_500;

export class Search {
  /** Which site the newest index is of; "" before the first. */
  built = "";
  /** What keeps the site from being built as a whole; "" when nothing does. */
  problems = "";
  readonly #command: string[];
  readonly #folder: string;
  readonly #onNews: () => void;
  #builds = 0;
  /** Newest first. The one before is kept for pages that have begun to search it. */
  #indexes: string[] = [];
  #wanted = "";
  #timer: NodeJS.Timeout | undefined;
  #child: ChildProcess | undefined;
  #isStopped = false;

  /**
   * @param command What to run; `--out DIR` is put after it.
   * @param folder The builds are made in it.
   * @param onNews Called when there is another index, or none can be made.
   */
  constructor(command: string[], folder: string, onNews: () => void = () => {}) {
    this.#command = command;
    this.#folder = folder;
    this.#onNews = onNews;
  }

  /** Makes an index of the site that is shown now, where there is none and none is being made. */
  follow(built: string): void {
    if (this.#isStopped || !built || built === this.#wanted) return;
    this.#wanted = built;
    this.problems = "";
    void this.#giveUp();
    this.#timer = setTimeout(() => void this.#build(built), this.built ? QUIET_MS : 0);
  }

  /** A file of the index: of the newest, or else of the one before. */
  async find(target: string): Promise<Found> {
    let found: Found = { status: 404 };
    for (const folder of this.#indexes) {
      await found.file?.handle.close().catch(() => {});
      found = await findFile(folder, target);
      if (found.status === 200) return found;
    }
    return found;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#giveUp();
  }

  async #giveUp(): Promise<void> {
    clearTimeout(this.#timer);
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    const closed = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGKILL");
    await closed;
  }

  async #build(built: string): Promise<void> {
    const out = path.join(this.#folder, `search-${++this.#builds}`);
    const fault = await this.#run(out);
    if (this.#wanted !== built || this.#isStopped) return void this.#tidy();
    if (fault === undefined) {
      this.built = built;
      this.#indexes = [out, ...this.#indexes].slice(0, 2);
    } else {
      // The next news of the same site is reason enough to try again.
      this.#wanted = "";
      this.problems = fault;
      console.error(`The search index could not be made:\n${fault}`);
    }
    this.#onNews();
    await this.#tidy();
  }

  /** Why there is no build; undefined where there is one. */
  #run(out: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      let text = "";
      try {
        const child = spawn(this.#command[0]!, [...this.#command.slice(1), "--out", out], {
          stdio: ["ignore", "ignore", "pipe", "ipc"],
        });
        this.#child = child;
        setLowestPriority(child);
        child.stderr!.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        child.on("error", (error) => resolve(error.message));
        child.on("close", (status, signal) => {
          if (this.#child === child) this.#child = undefined;
          if (status === 0) return resolve(undefined);
          const errors = text.split("\n").filter((line) => line && !line.startsWith("warning: "));
          resolve(errors.join("\n") || `the whole build ended with ${signal ?? `status ${status}`}`);
        });
      } catch (error) {
        resolve((error as Error).message);
      }
    });
  }

  /** Of the builds nothing stays but the indexes in use. */
  async #tidy(): Promise<void> {
    const names = await fs.readdir(this.#folder).catch(() => [] as string[]);
    for (const name of names.filter((one) => one.startsWith("search-"))) {
      const build = path.join(this.#folder, name);
      // The one that is being made, and what stands beside it until it is whole.
      if (this.#child && Number.parseInt(name.slice("search-".length), 10) === this.#builds) continue;
      const isUsed = this.#indexes.includes(build);
      const parts = isUsed ? await fs.readdir(build).catch(() => [] as string[]) : [];
      for (const part of parts.filter((one) => one !== SEARCH_FOLDER)) {
        await removeFolder(path.join(build, part)).catch(() => {});
      }
      if (!isUsed) await removeFolder(build).catch(() => {});
    }
  }
}

function setLowestPriority({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) os.setPriority(pid, os.constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or the system has no priorities: then it takes its share like any other.
  }
}
