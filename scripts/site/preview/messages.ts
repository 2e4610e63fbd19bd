/** What a preview's server and the process that makes its site say to each other. */

import type { Standing } from "./live-site.ts";

/** How an update went. */
export interface Made {
  /** Which site is shown: another word when anything but its style differs; "" before the first good one. */
  built: string;
  /** The address of its style sheet. */
  css: string;
  /** What keeps the content as it is now from being shown; "" when nothing does. */
  problems: string;
  /** All that is to be said of it in the terminal, warnings too. */
  report: string;
}

/** What the site has at a request's target; see `Found` in ../output/static-server.ts. */
export interface Answer {
  built: string;
  status: 200 | 301 | 400 | 404 | 503;
  /** The file's name in the site, and what stands there. */
  found?: { name: string; standing: Standing } | undefined;
  location?: string;
  /** Of a page that a layout's fault keeps from being shown. */
  fault?: string;
}

export type ToBuilder = { ask: number; target: string } | { rest: true };
export type FromBuilder = { answered: number; answer: Answer } | { made: Made; ms: number };
