/** What the thread does that looks at pages; see page-gate.ts. */
import { parentPort } from "node:worker_threads";
import { faultOfShell, type Shell } from "./page-faults.ts";

parentPort!.on("message", (shells: Shell[]) => parentPort!.postMessage(shells.map(faultOfShell)));
