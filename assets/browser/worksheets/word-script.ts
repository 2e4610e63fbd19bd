/** Makes Word documents; loaded when a reader asks for one. */
import { Packer } from "docx";
import type { WorksheetForm } from "../../../scripts/site/worksheet/form.ts";
import { type WordOptions, wordDocument } from "../../../scripts/site/worksheet/word.ts";

export interface WordMaker {
  make(forms: readonly WorksheetForm[], options: WordOptions): Promise<Blob>;
}

const maker: WordMaker = { make: (forms, options) => Packer.toBlob(wordDocument(forms, options)) };
window.siteWord = maker;
