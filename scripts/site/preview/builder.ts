/** The builds of a preview: each a process of its own, into a folder of its own; the last good one is the site. */
import { type ChildProcess, spawn } from "node:child_process";
import { promises as fs } from "node:fs";
import path from "node:path";
import { MARKER, removeFolder } from "./folder.ts";

export interface PreviewSite {
  folder: string;
  /** Tells one build from any other, of an earlier preview too. */
  id: string;
}

export class Builder {
  /** The last good build. It is replaced as a whole, so no request ever meets half of one. */
  site: PreviewSite | undefined;
  /** What is wrong with the content as it is now; "" when nothing is. */
  problems = "";
  #builds = 0;
  #child: ChildProcess | undefined;
  #isStopped = false;

  /**
   * @param command What to run; `--out DIR` is put after it.
   * @param folder The sites are built in it; nothing else is kept there.
   */
  constructor(
    readonly command: string[],
    readonly folder: string,
  ) {}

  /** Builds once, and says how it went. It never throws: what went wrong is in `problems`. */
  async build(): Promise<void> {
    const began = performance.now();
    const out = path.join(this.folder, `site-${++this.#builds}`);
    const { end, text } = await this.#run(out);
    if (this.#isStopped) return;
    if (text) console.error(text);
    if (end === undefined) {
      this.site = { folder: out, id: `${path.basename(this.folder)}-${this.#builds}` };
      this.problems = "";
      console.log(`Built in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    } else {
      // In the page only what stops the build; warnings are for the terminal.
      const errors = text.split("\n").filter((line) => line && !line.startsWith("warning: "));
      if (!errors.length) console.error(end);
      this.problems = errors.join("\n") || end;
      if (this.site) console.log("The last good build is still being served");
    }
    await this.#tidy();
  }

  /** Ends a build that is going on; none begins after it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const child = this.#child;
    if (!child) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  /** Runs a build: what it wrote to its errors, and how it ended where it did not end well. */
  #run(out: string): Promise<{ end?: string; text: string }> {
    return new Promise((resolve) => {
      if (this.#isStopped) return resolve({ end: "stopped", text: "" });
      let text = "";
      const failed = (error: Error) => {
        this.#child = undefined;
        resolve({ end: `the build could not be started: ${error.message}; save again to try again`, text });
      };
      try {
        const child = spawn(this.command[0]!, [...this.command.slice(1), "--out", out], {
          stdio: ["ignore", "ignore", "pipe"],
        });
        this.#child = child;
        child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        child.on("error", failed);
        child.on("close", (status, signal) => {
          this.#child = undefined;
          text = text.trim();
          if (status === 0) return resolve({ text });
          const how = signal ? `was ended by ${signal}` : `ended with status ${status}`;
          resolve({ end: `the build ${how}; save again to try again`, text });
        });
      } catch (error) {
        failed(error as Error);
      }
    });
  }

  /** Removes all but the site: the one before it, and what a build left that was killed. */
  async #tidy(): Promise<void> {
    for (const name of await fs.readdir(this.folder).catch(() => [] as string[])) {
      if (name === MARKER) continue;
      const found = path.join(this.folder, name);
      if (found !== this.site?.folder) await removeFolder(found).catch(() => {});
    }
  }
}
