/**
 * Pagefind's word index in smaller pieces. Pagefind lists some thousand words in a file, of which a query needs one:
 * 30 kB of a course's own text, for one word. Here its words are divided anew, and with them what lists the files
 * (`….pf_meta`); nothing else changes, and each word is copied as it is.
 *
 * A file, unpacked, is `pagefind_dcd` and then CBOR:
 *
 *   ….pf_index   [[ [word, pages, variants], … ]], sorted by word
 *   ….pf_meta    [version, pages, [ [from, to, name of the file], … ], filters, sorts, names of meta]
 */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { array, itemsOf, readText, text } from "./cbor.ts";

/** A file of Pagefind's: its path in the folder of the index. */
export interface IndexFile {
  path: string;
  content: Uint8Array;
}

/** Bytes before packing, which makes about half of them: less, and the list of the files would outweigh them. */
const PIECE_SIZE = 6_000;
/** What has this many letters finds every word that begins with it, for such words stay in one file … */
const WHOLE_PREFIX = 2;
/** … unless that were so many times as large; in a course of thousands of pages it would be. */
const LARGEST = 10;

const SIGNATURE = "pagefind_dcd";
const gunzip = promisify(zlib.gunzip);
const gzip = promisify(zlib.gzip);

export async function splitIndex(files: IndexFile[], pieceSize = PIECE_SIZE): Promise<IndexFile[]> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  for (const { path, content } of files) {
    if (path.endsWith(".pf_meta")) await splitOne(byPath, path, content, pieceSize);
  }
  return [...byPath.values()];
}

/** Divides the words of one language, whose files a meta file lists. */
async function splitOne(
  files: Map<string, IndexFile>,
  metaPath: string,
  content: Uint8Array,
  pieceSize: number,
): Promise<void> {
  const meta = await unpack(content);
  const [, , listStart, listEnd] = itemsOf(meta, 0) as [number, number, number, number];
  const names = itemsOf(meta, listStart)
    .slice(0, -1)
    .map((at) => readText(meta, itemsOf(meta, at)[2]!));
  const chunks = await Promise.all(names.map((name) => unpack(files.get(pathOf(name))!.content)));
  const pieces = piecesOf(chunks.flatMap(wordsOf), pieceSize);
  const packed = await Promise.all(pieces.map(({ words }) => pack(array([array(words)]))));
  for (const name of names) files.delete(pathOf(name));
  const entries = pieces.map(({ first, last }, index) => {
    const name = freeName(names[0]!.replace(/_.*/, ""), packed[index]!, files);
    files.set(pathOf(name), { path: pathOf(name), content: packed[index]! });
    const [before, after] = [pieces[index - 1]?.last, pieces[index + 1]?.first];
    return array([distinct(first, before), distinct(last, after), name].map(text));
  });
  const written = Buffer.concat([meta.subarray(0, listStart), array(entries), meta.subarray(listEnd)]);
  files.set(metaPath, { path: metaPath, content: await pack(written) });
}

const pathOf = (name: string) => `index/${name}.pf_index`;

interface Word {
  word: string;
  /** With the places where it stands, as in the file. */
  bytes: Uint8Array;
}

function wordsOf(chunk: Buffer): Word[] {
  const places = itemsOf(chunk, itemsOf(chunk, 0)[0]!);
  return places.slice(0, -1).map((at, index) => ({
    word: readText(chunk, itemsOf(chunk, at)[0]!),
    bytes: chunk.subarray(at, places[index + 1]),
  }));
}

interface Piece {
  first: string;
  last: string;
  words: Uint8Array[];
}

function piecesOf(words: Word[], pieceSize: number): Piece[] {
  const pieces: Piece[] = [];
  let size = 0;
  for (const { word, bytes } of words) {
    const piece = pieces.at(-1);
    const isFull =
      size >= pieceSize && (size >= pieceSize * LARGEST || prefixOf(word) !== prefixOf(piece!.last));
    if (!piece || isFull) {
      pieces.push({ first: word, last: word, words: [bytes] });
      size = 0;
    } else {
      piece.words.push(bytes);
      piece.last = word;
    }
    size += bytes.length;
  }
  return pieces;
}

const prefixOf = (word: string) => [...word].slice(0, WHOLE_PREFIX).join("");

/** As much of a word as tells it from another one: `interest` from `internet` is `intere`. */
function distinct(word: string, other = word): string {
  const [letters, others] = [[...word], [...other]];
  const differs = letters.findIndex((letter, index) => letter !== others[index]);
  return differs < 0 ? word : letters.slice(0, differs + 1).join("");
}

/** A name of what is in the file, as Pagefind gives it: a browser that has kept a file has the right one. */
function freeName(language: string, packed: Uint8Array, files: Map<string, IndexFile>): string {
  const hash = createHash("sha256").update(packed).digest("hex");
  for (let length = 7; ; length++) {
    const name = `${language}_${hash.slice(0, length)}`;
    if (!files.has(pathOf(name)) || length === hash.length) return name;
  }
}

export async function unpack(content: Uint8Array): Promise<Buffer> {
  const bytes = await gunzip(content);
  if (bytes.toString("latin1", 0, SIGNATURE.length) !== SIGNATURE)
    throw new Error("the index is not Pagefind's");
  return bytes.subarray(SIGNATURE.length);
}

export const pack = (bytes: Uint8Array): Promise<Buffer> =>
  gzip(Buffer.concat([Buffer.from(SIGNATURE), bytes]), { level: 9 });
