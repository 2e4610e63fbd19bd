/** Loads the script of search and settings when it is first needed; that then loads what it needs itself. */
import { loadScript } from "./load-script.ts";

interface DialogScript {
  /** Begins to load what every search needs. */
  prepareSearch(): void;
  /** Reject where what they show cannot be loaded. */
  openSearch(): Promise<void>;
  openSettings(): Promise<void>;
  searchHere(): void;
}

/** The global under which dialogs.ts registers. A symbol, since ids in the page become global names too. */
export const DIALOGS = Symbol.for("site-dialogs");

let loading: Promise<void> | undefined;

/** Rejects where the script cannot be loaded. */
export async function callDialogs(what: keyof DialogScript): Promise<void> {
  loading ??= loadScript(document.body.dataset.search!).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  await loading;
  await (globalThis as unknown as Record<symbol, DialogScript>)[DIALOGS]![what]();
}
