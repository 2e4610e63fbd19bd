/**
 * Pagefind's word index in smaller pieces. Pagefind lists some thousand words in a file, of which a query needs one:
 * 30 kB of a course's own text, for one word. Here each file is divided further, and what lists the files
 * (`….pf_meta`) is written anew; nothing else changes, and the words themselves are copied as they are.
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
/** What has this many letters finds every word that begins with it: such words stay in one file. */
const WHOLE_PREFIX = 3;

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

async function splitOne(
  files: Map<string, IndexFile>,
  metaPath: string,
  content: Uint8Array,
  pieceSize: number,
): Promise<void> {
  const meta = await unpack(content);
  const [, , listStart, listEnd] = itemsOf(meta, 0) as [number, number, number, number];
  const list = itemsOf(meta, listStart).slice(0, -1);
  const entries: Buffer[] = [];
  for (const at of list) {
    const [from, to, hash] = itemsOf(meta, at)
      .slice(0, 3)
      .map((place) => readText(meta, place));
    const path = pathOf(hash!);
    const pieces = piecesOf(await unpack(files.get(path)!.content), pieceSize);
    if (pieces.length === 1) {
      entries.push(array([from!, to!, hash!].map(text)));
      continue;
    }
    files.delete(path);
    for (const [index, piece] of pieces.entries()) {
      const packed = await pack(array([array(piece.words)]));
      const language = hash!.replace(/_.*/, "");
      const name = freeName(language, packed, files);
      files.set(pathOf(name), { path: pathOf(name), content: packed });
      const before = pieces[index - 1];
      const after = pieces[index + 1];
      entries.push(
        array(
          [
            before ? distinct(piece.first, before.last) : from!,
            after ? distinct(piece.last, after.first) : to!,
            name,
          ].map(text),
        ),
      );
    }
  }
  const written = Buffer.concat([meta.subarray(0, listStart), array(entries), meta.subarray(listEnd)]);
  files.set(metaPath, { path: metaPath, content: await pack(written) });
}

const pathOf = (hash: string) => `index/${hash}.pf_index`;

interface Piece {
  first: string;
  last: string;
  words: Uint8Array[];
}

function piecesOf(chunk: Buffer, pieceSize: number): Piece[] {
  const places = itemsOf(chunk, itemsOf(chunk, 0)[0]!);
  const pieces: Piece[] = [];
  let size = 0;
  for (let i = 0; i + 1 < places.length; i++) {
    const bytes = chunk.subarray(places[i]!, places[i + 1]!);
    const word = readText(chunk, itemsOf(chunk, places[i]!)[0]!);
    const piece = pieces.at(-1);
    if (!piece || (size >= pieceSize && prefixOf(word) !== prefixOf(piece.last))) {
      pieces.push({ first: word, last: word, words: [bytes] });
      size = bytes.length;
    } else {
      piece.words.push(bytes);
      piece.last = word;
      size += bytes.length;
    }
  }
  return pieces;
}

const prefixOf = (word: string) => [...word].slice(0, WHOLE_PREFIX).join("");

/** As much of a word as tells it from another one: `interest` from `internet` is `intere`. */
function distinct(word: string, other: string): string {
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

async function unpack(content: Uint8Array): Promise<Buffer> {
  const bytes = await gunzip(content);
  if (bytes.toString("latin1", 0, SIGNATURE.length) !== SIGNATURE)
    throw new Error("the index is not Pagefind's");
  return bytes.subarray(SIGNATURE.length);
}

const pack = (bytes: Uint8Array): Promise<Buffer> =>
  gzip(Buffer.concat([Buffer.from(SIGNATURE), bytes]), { level: 9 });
