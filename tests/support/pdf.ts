/** What a test asks of a PDF that Chromium wrote: its pages, its titles. No reader of PDFs in general. */
import { inflateSync } from "node:zlib";

/** What is drawn on each page, in PDF's own words. */
export function pagesOf(pdf: Buffer): string[] {
  const text = pdf.toString("latin1");
  return [...text.matchAll(/\/Type \/Page\b.*?\/Contents (\d+) 0 R/gs)].map(([, object]) => {
    const [whole, length] = new RegExp(`\\n${object} 0 obj\\n<<.*?/Length (\\d+).*?stream\\r?\\n`, "s").exec(
      text,
    )!;
    const start = text.indexOf(whole) + whole.length;
    return inflateSync(pdf.subarray(start, start + Number(length))).toString("latin1");
  });
}

/** Whether a page of these shows a text. */
export const hasText = (page: string): boolean => /\bT[jJ]\b/.test(page);

/** The titles in the outline, for a PDF made with one; without blanks, which line breaks swallow. */
export function titlesOf(pdf: Buffer): Set<string> {
  const text = pdf.toString("latin1");
  const titles = [...text.matchAll(/\/Title (?:\(((?:\\.|[^)\\])*)\)|<([0-9A-Fa-f]*)>)/g)];
  return new Set(
    titles.map(([, plain, hex]) => (plain?.replace(/\\(.)/g, "$1") ?? decodeUtf16(hex!)).replace(/\s+/g, "")),
  );
}

/** Behind its two bytes of order, the high byte first. */
const decodeUtf16 = (hex: string): string => Buffer.from(hex, "hex").subarray(2).swap16().toString("utf16le");
