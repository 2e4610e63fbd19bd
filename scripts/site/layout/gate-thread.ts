/** What the thread does that looks at pages; see page-gate.ts. */
import { parentPort } from "node:worker_threads";
import { faultOfShell } from "./page-faults.ts";

parentPort!.on("message", (shells: string[]) => parentPort!.postMessage(shells.map(faultOfShell)));
