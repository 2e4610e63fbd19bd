/** Where the program stands. Its TypeScript is compiled by scripts/run.mjs, which fills in both addresses. */
import { fileURLToPath } from "node:url";

declare const PROJECT_URL: string;
declare const COMPILED_URL: string;

/** Its folder, with a separator at the end. */
export const PROJECT = fileURLToPath(PROJECT_URL);

/** What a file that Node starts was compiled to: `scripts/site/layout/gate-thread.ts`. */
export const compiled = (file: string): URL => new URL(file.replace(/\.ts$/, ".js"), COMPILED_URL);

/** How a file of the project is run, by `node` with nothing more. */
export const runOf = (file: string): string[] => [
  fileURLToPath(new URL("scripts/run.mjs", PROJECT_URL)),
  file,
];
