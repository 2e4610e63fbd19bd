/** The course system, as far as a page reaches it. It may be missing, fail, or go away: no call throws. */
import type { Standard } from "./standards.ts";

type Api = Record<string, ((...values: string[]) => unknown) | undefined>;
type Around = Window & Record<string, Api | undefined>;

/** Windows to look through. The standards' own search ends after 7, or after 500. */
const LEVELS = 100;

/**
 * The API object in a window around this one: in its parents, then in the window that opened the topmost, and in the
 * parents of that. Undefined where there is none.
 */
export function findApi(start: Window, name: string): Api | undefined {
  let at: Window | null = start;
  for (let level = 0; at && level < LEVELS; level++) {
    try {
      const api: Api | undefined = (at as Around)[name];
      if (api) return api;
    } catch {
      // a window of another origin, around which there may be one of this
    }
    at = at.parent === at ? (at.opener as Window | null) : at.parent;
  }
  return undefined;
}

export class CourseSystem {
  readonly #standard: Standard;
  readonly #find: () => Api | undefined;

  /** It is looked for at each call: what has gone away may come back as another object. */
  constructor(standard: Standard, find: () => Api | undefined) {
    this.#standard = standard;
    this.#find = find;
  }

  /** Each answers whether the course system has taken it. */
  initialize = (): boolean => this.#does(this.#standard.initialize, "");
  terminate = (): boolean => this.#does(this.#standard.terminate, "");
  commit = (): boolean => this.#does(this.#standard.commit, "");
  set = (element: string, value: string): boolean => this.#does(this.#standard.set, element, value);
  /** "" of what it has not, or does not tell. */
  get = (element: string): string => String(this.#call(this.#standard.get, element) ?? "");

  /** "true" by the standards; of some systems it is a boolean. */
  #does = (name: string, ...values: string[]): boolean => String(this.#call(name, ...values)) === "true";

  #call(name: string, ...values: string[]): unknown {
    try {
      return this.#find()?.[name]?.(...values);
    } catch {
      return undefined;
    }
  }
}
