/**
 * In the place of `localStorage` where a browser keeps nothing for a page, as for one in a frame of another site: what
 * the pages of the course keep lasts as long as the launch page, which tells the course system of it.
 */
export class StandIn {
  readonly #onChange: (key: string) => void;
  [key: string]: unknown;

  private constructor(onChange: (key: string) => void) {
    this.#onChange = onChange;
  }

  static in(window: Window, onChange: (key: string) => void): StandIn {
    const standIn = new StandIn(onChange);
    standIn.lendTo(window);
    return standIn;
  }

  lendTo(window: Window): void {
    Object.defineProperty(window, "localStorage", { value: this, configurable: true });
  }
  getItem(key: string): unknown {
    return this[key] ?? null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
    this.#onChange(key);
  }
}
