/** What a reader takes along: files, made here and saved by the browser. */
import { HEAD, type WorksheetForm } from "../../../scripts/site/worksheet/form.ts";
import { loadScript } from "../load-script.ts";
import type { AnswerStore } from "./answers.ts";
import type { WordMaker } from "./word-script.ts";

declare global {
  interface Window {
    siteWord?: WordMaker;
  }
}

export function saveFile(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** `words` is an element of a layout that has the words for a reader's head, and the address of the script. */
export async function saveWord(
  forms: readonly WorksheetForm[],
  store: AnswerStore,
  {
    words,
    title,
    fileName,
    isHandedOver,
  }: {
    words: HTMLElement;
    title: string;
    fileName: string;
    isHandedOver: boolean;
  },
): Promise<void> {
  if (!window.siteWord) await loadScript(words.dataset.wordScript!);
  const keys = Object.keys(HEAD) as (keyof typeof HEAD)[];
  const blob = await window.siteWord!.make(forms, {
    title,
    language: document.documentElement.lang,
    words: Object.fromEntries(keys.map((key) => [key, words.dataset[key] ?? key])) as Record<
      keyof typeof HEAD,
      string
    >,
    recall: store.of,
    names: [...store.all.keys()],
    isHandedOver,
  });
  saveFile(blob, fileName);
}
