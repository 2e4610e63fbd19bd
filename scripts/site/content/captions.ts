/**
 * Captions in WebVTT (https://www.w3.org/TR/webvtt1/): what is said in a film or a recording, and when. The file is
 * published as it is; read here is what makes a transcript of it.
 *
 *   00:01.500 --> 00:04.000                  { from: 1.5, to: 4, speaker: "Ana", text: "Come in!" }
 *   <v Ana><i>Come</i> in!               →
 */

/** Bytes of a file: an hour of talk has a tenth of it. */
export const CAPTIONS_LIMIT = 1_000_000;

export interface Cue {
  /** Seconds from the beginning. */
  from: number;
  to: number;
  speaker?: string;
  /** Plain text on one line. */
  text: string;
}

const HEADER = /^WEBVTT(?:[ \t\n]|$)/;
const TIME = String.raw`((?:\d{2,}:)?[0-5]\d:[0-5]\d\.\d{3})`;
const TIMES = new RegExp(String.raw`^\s*${TIME}[ \t]*-->[ \t]*${TIME}(?:\s|$)`);
const VOICE = /^<v(?:\.[^ \t>]*)?[ \t]+([^>]*)>/;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", nbsp: " ", lrm: "", rlm: "" };

/** The captions of a file in their order; undefined where it is no WebVTT, which browsers tell by its first line. */
export function readCaptions(bytes: Uint8Array): Cue[] | undefined {
  let text: string;
  try {
    // Without a byte order mark, as a browser reads it.
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
  } catch {
    return undefined;
  }
  if (!HEADER.test(text)) return undefined;
  return text
    .split(/\n{2,}/)
    .map((block) => readCue(block.split("\n")))
    .filter((cue) => cue !== undefined);
}

/** A name may stand before the times. Notes, styles and regions have no times. */
function readCue(lines: string[]): Cue | undefined {
  const at = lines.findIndex((line) => line.includes("-->"));
  const [, from, to] = (at >= 0 && TIMES.exec(lines[at]!)) || [];
  if (!from || !to) return undefined;
  const written = lines.slice(at + 1).join(" ");
  const text = plain(written);
  const speaker = plain(VOICE.exec(written.trim())?.[1] ?? "");
  return text ? { from: seconds(from), to: seconds(to), text, ...(speaker && { speaker }) } : undefined;
}

const seconds = (time: string): number =>
  time.split(":").reduce((sum, part) => Math.round((sum * 60 + Number(part)) * 1000) / 1000, 0);

/** What is left of a cue without its tags; `&lt;` becomes a sign only then. */
const plain = (written: string): string =>
  written
    .replace(/<[^<>]*>/g, "")
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => ENTITIES[name]!)
    .replace(/\s+/g, " ")
    .trim();
