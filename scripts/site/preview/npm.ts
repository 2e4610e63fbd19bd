/**
 * Noticing that the `npm start` around this process was ended. npm passes a signal on to the shell that it started,
 * and the shell to nobody; killed outright, npm does not even end the shell.
 */
import { readFileSync } from "node:fs";

const LOOK_EVERY_MS = 300;

/** Calls `gone` once npm has ended. Without npm never: who starts the script alone may want it to outlive the shell. */
export function whenNpmIsGone(gone: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const began = parents();
  const timer = setInterval(() => {
    // On its way here this process may have lost its parent already; the first process of a system adopts it then.
    if (parents() === began && !(began === "1" && isSystem())) return;
    clearInterval(timer);
    gone();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** The parent and, where that is npm's shell, the shell's: `4711 4700`. Only Linux has shells that stay in between. */
function parents(): string {
  const [name, parent] = processOnLinux(process.ppid);
  return name === "sh" ? `${process.ppid} ${parent}` : `${process.ppid}`;
}

/** Whether the first process is a system's own, and not npm or its shell, as in a container. */
function isSystem(): boolean {
  const [name] = processOnLinux(1);
  return name === undefined || !/^(?:npm|node|sh$)/.test(name);
}

/** Name and parent of a process, as in `4711 (sh) S 4700 …`; nothing where the system keeps no such file. */
function processOnLinux(pid: number): string[] {
  try {
    return /^\d+ \((.*)\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.slice(1) ?? [];
  } catch {
    return [];
  }
}
