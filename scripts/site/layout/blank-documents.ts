/**
 * Blank Word documents of several worksheets. docx takes longer for the styles, theme and settings of a document than
 * for a worksheet in it, and they are the same in all: so it is given all worksheets for one document, and that is
 * cut into theirs. A test holds each against the document that docx makes of its worksheet alone.
 */
import { crc32 } from "node:zlib";
import { Packer } from "docx";
import { deflateSync, strFromU8, strToU8, unzipSync, Zip, type ZipInputFile } from "fflate";
import { zipTime } from "../output/zip.ts";
import { escapeHtml } from "../text/escape.ts";
import type { WorksheetForm } from "../worksheet/form.ts";
import { type WordOptions, wordDocument } from "../worksheet/word.ts";

export interface DocumentOptions extends Pick<WordOptions, "language" | "words"> {
  /** Written into the documents and as the time of their parts, so that one site gives the same bytes each time. */
  date: Date;
}

/** One document a form, in their order: the bytes of a .docx. */
export async function blankDocuments(
  forms: readonly WorksheetForm[],
  { date, ...options }: DocumentOptions,
): Promise<Uint8Array[]> {
  const whole = unzipSync(await Packer.toBuffer(wordDocument(forms, { ...options, title: "" })));
  const { [TEXT]: text, [PROPERTIES]: _, ...shared } = whole;
  const mtime = zipTime(date);
  const parts = Object.entries(shared).map(([name, bytes]) => packed(name, bytes, mtime));
  return textsOf(strFromU8(text!)).map((own, index) =>
    zipOf([
      ...parts,
      packed(PROPERTIES, strToU8(propertiesOf(forms[index]!.title, date)), mtime),
      packed(TEXT, strToU8(own), mtime),
    ]),
  );
}

const TEXT = "word/document.xml";
const PROPERTIES = "docProps/core.xml";

/** One text a section. What its pages are like stands in its last paragraph; of a document's last one, after it. */
function textsOf(whole: string): string[] {
  const [, head, body, tail] = /^(.*<w:body>)(.*)(<\/w:body>.*)$/s.exec(whole)!;
  let start = 0;
  return [...body!.matchAll(/<w:sectPr>.*?<\/w:sectPr>/gs)].map(({ 0: pages, index }) => {
    const after = index + pages.length;
    const end = after === body!.length ? after : body!.indexOf(PARAGRAPH_END, after) + PARAGRAPH_END.length;
    const own = body!.slice(start, index) + body!.slice(after, end);
    start = end;
    return head + own.replace(NOTHING_ELSE, "") + pages + tail;
  });
}

const PARAGRAPH_END = "</w:p>";

/** What is left in a paragraph of which nothing but that was to be said. */
const NOTHING_ELSE = "<w:pPr></w:pPr>";

/** The Dublin Core elements that Word shows as a document's properties. */
const propertiesOf = (title: string, date: Date): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeHtml(title)}</dc:title>\
<dcterms:created xsi:type="dcterms:W3CDTF">${date.toISOString().slice(0, 19)}Z</dcterms:created></cp:coreProperties>`;

interface Packed {
  file: ZipInputFile;
  bytes: Uint8Array<ArrayBuffer>;
}

const packed = (filename: string, bytes: Uint8Array, mtime: Date): Packed => ({
  file: { filename, size: bytes.length, crc: crc32(bytes), compression: DEFLATE, mtime },
  bytes: deflateSync(bytes),
});

/** As ZIPs number it. */
const DEFLATE = 8;

function zipOf(parts: readonly Packed[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk);
  });
  for (const { file, bytes } of parts) {
    // A copy, for the ZIP keeps what it counts in it.
    const own = { ...file };
    zip.add(own);
    own.ondata!(null, bytes, true);
  }
  zip.end();
  return Buffer.concat(chunks);
}
