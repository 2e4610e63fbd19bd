/**
 * Who makes the blank Word documents: this thread, when one is asked for; or, of many worksheets, a thread beside it,
 * while pages are laid out.
 */
import { Thread } from "../threads/thread.ts";
import type { WorksheetForm } from "../worksheet/form.ts";
import type { DocumentOptions } from "./blank-documents.ts";

export interface DocumentMaker {
  /** What answers the documents, one a form, in their order: it may be called any number of times. */
  begin(forms: readonly WorksheetForm[], options: DocumentOptions): () => Promise<Uint8Array[]>;
  end(): Promise<void>;
}

/** From so many worksheets on a thread saves more than its start costs. */
const WORKSHEETS_FOR_THREAD = 100;

export const openDocumentMaker = (worksheets: number): DocumentMaker =>
  worksheets < WORKSHEETS_FOR_THREAD ? new DocumentsHere() : new DocumentsInThread();

export class DocumentsHere implements DocumentMaker {
  begin(forms: readonly WorksheetForm[], options: DocumentOptions): () => Promise<Uint8Array[]> {
    let made: Promise<Uint8Array[]> | undefined;
    return () => {
      // Here, because who checks content, or builds a course without worksheets, need not wait for docx.
      made ??= import("./blank-documents.ts").then(({ blankDocuments }) => blankDocuments(forms, options));
      return made;
    };
  }
  async end(): Promise<void> {}
}

/** What the thread is asked; see documents-thread.ts. */
export interface DocumentOrder {
  forms: readonly WorksheetForm[];
  options: DocumentOptions;
}

export class DocumentsInThread implements DocumentMaker {
  #thread: Thread<DocumentOrder, Uint8Array[]> | undefined;

  begin(forms: readonly WorksheetForm[], options: DocumentOptions): () => Promise<Uint8Array[]> {
    this.#thread ??= new Thread("scripts/site/layout/documents-thread.ts");
    const made = this.#thread.ask({ forms, options });
    // Told to who asks for them; until then it must not count as a fault that nobody caught.
    made.catch(() => {});
    return () => made;
  }

  async end(): Promise<void> {
    await this.#thread?.end();
  }
}
