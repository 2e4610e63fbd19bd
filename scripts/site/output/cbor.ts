/** As much of CBOR (RFC 8949) as Pagefind's files use: arrays, texts and integers, of known length. */

interface Head {
  /** 0 and 1 are integers, 3 is a text, 4 an array. */
  major: number;
  /** The integer, the bytes of the text, the items of the array. */
  value: number;
  /** Where what it speaks of begins. */
  next: number;
}

const TEXT = 3;
const ARRAY = 4;

export function readHead(bytes: Uint8Array, at: number): Head {
  const first = bytes[at]!;
  const major = first >> 5;
  const short = first & 31;
  if (short < 24) return { major, value: short, next: at + 1 };
  const size = 2 ** (short - 24);
  if (size > 4 || ![0, 1, TEXT, ARRAY].includes(major))
    throw new Error("the index has a form that is not known");
  let value = 0;
  for (let i = 1; i <= size; i++) value = value * 256 + bytes[at + i]!;
  return { major, value, next: at + 1 + size };
}

/** Where each item of the array at a place begins, and at last where the array ends. */
export function itemsOf(bytes: Uint8Array, at: number): number[] {
  const { major, value, next } = readHead(bytes, at);
  if (major !== ARRAY) throw new Error("the index has no list where it should have one");
  const places = [next];
  for (let i = 0; i < value; i++) places.push(endOf(bytes, places[i]!));
  return places;
}

/** Where the item at a place ends. */
function endOf(bytes: Uint8Array, at: number): number {
  let rest = 1;
  let place = at;
  while (rest > 0) {
    const { major, value, next } = readHead(bytes, place);
    rest += major === ARRAY ? value - 1 : -1;
    place = major === TEXT ? next + value : next;
    if (place > bytes.length) throw new Error("the index ends too early");
  }
  return place;
}

export function readText(bytes: Uint8Array, at: number): string {
  const { major, value, next } = readHead(bytes, at);
  if (major !== TEXT) throw new Error("the index has no text where it should have one");
  return new TextDecoder().decode(bytes.subarray(next, next + value));
}

export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([head(TEXT, bytes.length), bytes]);
}

/** An array of items that are encoded already. */
export const array = (items: Uint8Array[]): Buffer => Buffer.concat([head(ARRAY, items.length), ...items]);

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  const bytes = Buffer.alloc(5);
  bytes[0] = (major << 5) | 26;
  bytes.writeUInt32BE(value, 1);
  return bytes;
}
