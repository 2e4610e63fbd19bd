/** Numbers that a seed determines (mulberry32): a test that fails fails again. */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
  }
  pick<Item>(list: readonly Item[]): Item {
    return list[this.below(list.length)]!;
  }
  times(most: number, make: () => string): string {
    return Array.from({ length: this.below(most + 1) }, make).join("");
  }
}
