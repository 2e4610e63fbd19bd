/**
 * Files of the content folder that are published beside the pages. A server hands out whatever lies in the site's
 * folder, and a browser runs or shows it in the site's name: so only kinds of files on this list go there, and only
 * where a page shows them or links to them, or where their author put them into a folder called `downloads`.
 */
import { promises as fs } from "node:fs";
import { count } from "../problems/problems.ts";
import { folderOf, nameOf } from "../text/addresses.ts";
import { CAPTIONS_LIMIT, type Cue, readCaptions } from "./captions.ts";
import { isFault, readSvg, SVG_LIMITS, type SvgElement } from "./svg.ts";

const endings = (text: string) => text.split(" ");

/** What is published, by the ending of its name. */
export const FILE_KINDS = {
  picture: endings("svg png apng jpg jpeg jfif gif webp avif bmp ico"),
  sound: endings("mp3 m4a aac ogg oga opus wav flac"),
  film: endings("mp4 m4v webm ogv mov"),
  captions: endings("vtt srt"),
  /** A phone's pictures among them, which browsers do not show. */
  document: endings("pdf doc docx odt rtf txt ppt pptx odp epub heic heif tif tiff"),
  data: endings("xls xlsx ods csv tsv json ics zip"),
} as const;

export type FileKind = keyof typeof FILE_KINDS;

/** Files in a folder of this name, at any depth, are published without a link. */
export const DOWNLOADS = "downloads";

const KIND_OF = new Map(
  Object.entries(FILE_KINDS).flatMap(([kind, list]) => list.map((ending) => [ending, kind as FileKind])),
);

/** `plan.php.pdf`: some servers go by any ending in a name, and would run the file. */
const RUN_BY_SERVERS =
  /\.((?:php\d?|phtml|phar|aspx?|ashx|asmx|jspx?|cgi|fcgi|asis|var|cf[mc]|cer|asa|pht|hta|vbs|bat|cmd|ps1|xslt?|soap|rem|pl|py|rb|sh|exe|dll|s?html?|xhtml?|xht|xml|svgz?|m?js|htaccess|config))(?=[.;])/i;

/** The kind that a name tells; undefined where files of this name are not published. */
export function fileKind(file: string): FileKind | undefined {
  return reasonToLeaveOut(file) ? undefined : KIND_OF.get(endingOf(file));
}

export const isInDownloads = (file: string): boolean =>
  folderOf(file)
    .split("/")
    .some((folder) => folder.toLowerCase() === DOWNLOADS);

/** What in a file's name keeps it from being published, as message and cure. */
export function reasonToLeaveOut(file: string): [message: string, cure: string] | undefined {
  const name = nameOf(file);
  if (name.startsWith("~$")) {
    return [
      "the file is not published: it is what Word keeps while a document is open",
      "close the document, and delete this file if it stays",
    ];
  }
  if (!KIND_OF.has(endingOf(file))) {
    return [
      "the file is not published: only Markdown, pictures and documents are",
      "write it as Markdown, or take it out of the content folder",
    ];
  }
  const run = RUN_BY_SERVERS.exec(name)?.[1];
  return run === undefined
    ? undefined
    : [
        `the file is not published: some servers would run a file with .${run} in its name`,
        `take .${run} out of its name`,
      ];
}

const endingOf = (file: string) => /\.([^.]+)$/.exec(nameOf(file))?.[1]?.toLowerCase() ?? "";

/** What is known of a file: that its name keeps it out, or what was found in it. */
export interface ContentFile {
  /** Undefined where its name keeps it from being published; then nobody looks into it. */
  kind: FileKind | undefined;
  /** Bytes of the file. */
  size: number;
  /** Where its bytes lie on the disk, to be copied from there; absolute. */
  from?: string;
  /** Of a drawing: what is published in its place. */
  drawing?: SvgElement;
  /** Of captions: what they say. */
  captions?: Cue[];
  /** Why it is not published: `the picture "a.png" ${fault}`. */
  fault?: string;
  cure?: string;
  /** Of a picture or captions: no browser will show them. */
  isUnreadable?: boolean;
}

/** Bytes that tell what a file is. */
const HEAD = 1024;

/** How pictures begin, from the byte given. */
const PICTURE_BYTES: [at: number, begins: string][] = [
  [0, "\x89PNG"],
  [0, "\xff\xd8\xff"],
  [0, "GIF8"],
  [8, "WEBP"],
  [8, "avi"],
  [8, "mif1"],
  [8, "miaf"],
  [0, "BM"],
  [0, "\x00\x00\x01\x00"],
];

/** How the HTML standard's neighbour, MIME Sniffing, tells a page; and what XML begins with. */
const PAGE_BYTES =
  /^[^!-;=-~]*<(?:!--|!doctype|\?[a-z=]|(?:[a-z]+:)?(?:html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|svg|object|embed|meta|link|img)(?![a-z\d]))/i;

/** Looks into a file on the disk, as far as it takes to tell what it is. What the machine does not allow is thrown. */
export async function lookInto(file: string, from: string): Promise<ContentFile> {
  if (!fileKind(file)) return { kind: undefined, size: 0, from };
  const { size } = await fs.stat(from);
  const limit = isDrawing(file) ? SVG_LIMITS.bytes : isCaptions(file) ? CAPTIONS_LIMIT : undefined;
  const isTooLong = limit !== undefined && size > limit;
  const bytes = isTooLong ? NOTHING : await (limit === undefined ? headOf(from) : fs.readFile(from));
  return { ...examine(file, bytes, size), from };
}

const NOTHING = new Uint8Array();

async function headOf(from: string): Promise<Uint8Array> {
  const handle = await fs.open(from);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

const isDrawing = (file: string): boolean => endingOf(file) === "svg";
const isCaptions = (file: string): boolean => endingOf(file) === "vtt";

/** What the bytes of a file say: of a drawing and of captions all of them, of any other as many as tell what it is. */
export function examine(file: string, bytes: Uint8Array, size = bytes.length): ContentFile {
  const kind = fileKind(file);
  if (!kind) return { kind, size };
  if (isDrawing(file)) return { kind, size, ...examineDrawing(bytes, size) };
  const head = Buffer.from(bytes.subarray(0, HEAD)).toString("latin1");
  if (PAGE_BYTES.test(head)) {
    return {
      kind,
      size,
      fault: "is a web page under another name",
      cure: "save it again as what its name says",
    };
  }
  if (isCaptions(file)) return { kind, size, ...examineCaptions(bytes, size) };
  // An empty file is a place kept free.
  const isUnreadable =
    size > 0 && kind === "picture" && !PICTURE_BYTES.some(([at, begins]) => head.startsWith(begins, at));
  return { kind, size, isUnreadable };
}

function examineCaptions(
  bytes: Uint8Array,
  size: number,
): Pick<ContentFile, "captions" | "isUnreadable" | "fault" | "cure"> {
  if (size > CAPTIONS_LIMIT) {
    return {
      fault: `has ${count(size, "byte")}, more than the ${CAPTIONS_LIMIT.toLocaleString("en-US")} captions may have`,
      cure: "take out what is not spoken, such as pictures and styles",
    };
  }
  const captions = readCaptions(bytes);
  return captions ? { captions } : { isUnreadable: true };
}

function examineDrawing(bytes: Uint8Array, size: number): Pick<ContentFile, "drawing" | "fault" | "cure"> {
  if (size > SVG_LIMITS.bytes) {
    return {
      fault: `has ${count(size, "byte")}, more than the ${SVG_LIMITS.bytes.toLocaleString("en-US")} a drawing may have`,
      cure: "save it as PNG or JPEG",
    };
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { fault: "is not UTF-8 text", cure: "save it again as plain SVG" };
  }
  const read = readSvg(text);
  return isFault(read) ? read : { drawing: read };
}
