/** What many pages have in common, word for word: rendered once (see `{% once %}`), and looked at once by the gate. */
import { folderOf } from "../text/addresses.ts";
import { isSound } from "./page-faults.ts";

/** The parts that pages of one site share, by the folder of these pages: links are relative. */
export class SharedParts {
  readonly #ofFolders = new Map<string, Map<string, string>>();

  /** The parts of the folder that an address is in, by what tells them apart; who makes one adds it. */
  beside(address: string): Map<string, string> {
    const folder = folderOf(address);
    const parts = this.#ofFolders.get(folder) ?? new Map<string, string>();
    this.#ofFolders.set(folder, parts);
    return parts;
  }
}

/** Tells which parts need no other look, whatever page they stand in; and remembers. */
export class SoundParts {
  readonly #areSound = new Map<string, boolean>();

  /** The sound ones, a part before those that stand in it. */
  among(parts: readonly string[]): string[] {
    const sound = parts.filter((part) => {
      const known = this.#areSound.get(part) ?? isSound(part);
      this.#areSound.set(part, known);
      return known;
    });
    return sound.sort((a, b) => b.length - a.length);
  }
}
