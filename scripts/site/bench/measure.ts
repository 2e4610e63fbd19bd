/**
 * What a command costs with all the processes that it starts: time, processor time, memory. The last two are read
 * from /proc, which Linux alone has; elsewhere they are missing.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

export interface Cost {
  wallMs: number;
  cpuMs?: number | undefined;
  /** The most memory at one moment, in bytes: each process's own, and its part of what processes share (PSS). */
  peakBytes?: number | undefined;
}

export interface Command {
  /** The program and its arguments. */
  command: string[];
  cwd?: string | undefined;
}

const LOOK_EVERY_MS = 50;
/** /proc counts processor time in hundredths of a second, whatever the machine's clock does (USER_HZ). */
const TICK_MS = 10;
/** PSS is dear to ask for, ten milliseconds a gigabyte: it is asked for when the memory in use has grown so much. */
const GROWTH = 1.02;
/** How long processes may outlive the command that started them. */
const MOST_AFTER_MS = 60_000;

/**
 * Runs a command to its end. Rejects where it does not end well; where the signal is aborted, ends it and all that
 * it started.
 */
export async function measure({ command, cwd }: Command, signal?: AbortSignal): Promise<Cost> {
  signal?.throwIfAborted();
  const reapedBefore = reapedTicks();
  const began = performance.now();
  // A process group of its own: whom it starts belongs to it, even when the parent is gone.
  const child = spawn(command[0]!, command.slice(1), {
    cwd,
    detached: true,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const group = new Group(child.pid);
  const stop = () => group.kill();
  signal?.addEventListener("abort", stop);
  const timer = setInterval(() => group.look(), LOOK_EVERY_MS);
  try {
    const status = await new Promise<number | string | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (status, by) => resolve(status ?? by));
    });
    const wallMs = performance.now() - began;
    await group.end();
    signal?.throwIfAborted();
    if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}`);
    const reaped = reapedTicks();
    if (reaped === undefined || reapedBefore === undefined) return { wallMs };
    // Each figure can only miss something: the one, processes that lost their parent; the other, what came after a look.
    const cpuMs = TICK_MS * Math.max(reaped - reapedBefore, group.ticks);
    return { wallMs, cpuMs, peakBytes: group.peakBytes || undefined };
  } finally {
    clearInterval(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** One command after the other, as one. */
export async function measureAll(commands: Command[], signal?: AbortSignal): Promise<Cost> {
  let sum: Cost = { wallMs: 0, cpuMs: 0, peakBytes: 0 };
  for (const command of commands) {
    const cost = await measure(command, signal);
    sum = {
      wallMs: sum.wallMs + cost.wallMs,
      cpuMs: both(sum.cpuMs, cost.cpuMs, (a, b) => a + b),
      peakBytes: both(sum.peakBytes, cost.peakBytes, Math.max),
    };
  }
  return sum;
}

const both = (a: number | undefined, b: number | undefined, join: (a: number, b: number) => number) =>
  a === undefined || b === undefined ? undefined : join(a, b);

/** A process group, looked at from time to time. */
class Group {
  peakBytes = 0;
  readonly #id: number | undefined;
  /** The processor time of each process when it was last seen. */
  readonly #ticksOf = new Map<string, number>();
  #highest = 0;

  constructor(id: number | undefined) {
    this.#id = id;
  }

  get ticks(): number {
    return [...this.#ticksOf.values()].reduce((sum, ticks) => sum + ticks, 0);
  }

  /** Looks at all of its processes, and says how many there are that still run. */
  look(): number {
    const processes = allProcesses().filter((one) => one.group === this.#id);
    for (const { pid, began, ticks } of processes) this.#ticksOf.set(`${pid} ${began}`, ticks);
    const pages = processes.reduce((sum, one) => sum + one.pages, 0);
    if (pages > this.#highest * GROWTH) {
      this.#highest = pages;
      const bytes = processes.reduce((sum, one) => sum + memoryOf(one.pid), 0);
      this.peakBytes = Math.max(this.peakBytes, bytes);
    }
    return processes.filter((one) => one.state !== "Z").length;
  }

  /** Waits until none of its processes runs, so that none disturbs what is measured next. */
  async end(): Promise<void> {
    for (const until = performance.now() + MOST_AFTER_MS; this.look() && performance.now() < until; ) {
      await wait(10);
    }
    this.kill();
  }

  kill(): void {
    try {
      if (this.#id) process.kill(process.platform === "win32" ? this.#id : -this.#id, "SIGKILL");
    } catch {
      // none is left
    }
  }
}

interface ProcessSeen {
  pid: number;
  state: string;
  group: number;
  ticks: number;
  /** When it was started: numbers of processes come again. */
  began: number;
  /** Memory in use, in the machine's pages. */
  pages: number;
}

function allProcesses(): ProcessSeen[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = statOf(name);
      if (!stat) return [];
      const number = (index: number) => Number(stat[index]);
      return [
        {
          pid: Number(name),
          state: stat[0]!,
          group: number(2),
          ticks: number(11) + number(12),
          began: number(19),
          pages: number(21),
        },
      ];
    });
}

/** The processor time of all children of this process that have ended, and of theirs. */
function reapedTicks(): number | undefined {
  const stat = statOf("self");
  return stat && Number(stat[13]) + Number(stat[14]);
}

/** What /proc says of a process after its name, which may hold anything: state, parent, group … See proc_pid_stat(5). */
function statOf(process: string): string[] | undefined {
  const stat = readProc(`${process}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function memoryOf(pid: number): number {
  return 1024 * Number(/^Pss:\s+(\d+) kB/m.exec(readProc(`${pid}/smaps_rollup`) ?? "")?.[1] ?? 0);
}

/** Undefined where the process has ended, or the system has no such file. */
function readProc(file: string): string | undefined {
  try {
    return readFileSync(`/proc/${file}`, "utf8");
  } catch {
    return undefined;
  }
}
