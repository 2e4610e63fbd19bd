import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Writes pages, and other files, into a folder: thousands of small ones, each at once. */
export function keepIn(folder: string): (address: string, content: string | Uint8Array) => void {
  const made = new Set<string>();
  return (address, content) => {
    const file = path.join(folder, address);
    const parent = path.dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(file, content);
  };
}
