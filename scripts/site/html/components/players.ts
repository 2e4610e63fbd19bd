/**
 * Films and recordings of the content folder: played by the browser's own player, from a disk too, and not a byte of
 * them before the reader asks. What their captions say stands below them; see transcripts.ts.
 *
 *   ![A tour](tour.mp4)              <span class="player"><video src="tour.mp4" controls preload="none" playsinline
 *   <video src="tour.mp4"         →      aria-label="A tour"><track …><a href="tour.mp4">A tour</a></video> …</span>
 *     title="A tour"><track …>       <details class="player-words" data-added><summary>Transcript: A tour</summary> …
 */

import { fileKind } from "../../content/files.ts";
import { nameOf } from "../../text/addresses.ts";
import {
  ADDED,
  type AnyNode,
  blockAround,
  type CheerioAPI,
  closest,
  type Element,
  elementsIn,
  elementsNamed,
  isLink,
  isPlayer,
  newElement,
  placeOf,
  replaceAll,
  setChildren,
  USES_FILE,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { keepPixels, linkElsewhere } from "./pictures.ts";
import { type Media, type ShownFile, shownFile } from "./shown-files.ts";
import { isTrainerNote } from "./trainer-notes.ts";
import { type Captions, offersTranscript, readTrack, trackElement, transcriptsOf } from "./transcripts.ts";

export function makePlayers(context: PageContext): void {
  const { $ } = context;
  const replaced = new Map<AnyNode, AnyNode[]>();
  const makeTranscripts = transcriptsOf(context);
  const offers = new Map<Element, boolean>();
  for (const element of elementsNamed($, "video", "audio", "img")) {
    const media = mediaOf(element);
    // What stands in a player is for browsers that have none.
    if (!media || closest(element.parent as Element, isPlayer)) continue;
    const title = titleOf(element);
    const tracks = elementsIn(element).filter(({ name }) => name === "track");
    const captions = tracks.flatMap((track) => readTrack(context, track) ?? []);
    const poster = posterOf(context, element);
    const { sources, elsewhere } = sourcesOf(context, element, media);
    const around = closest(element, isLink);
    if (!sources.length) {
      const link = elsewhere && linkElsewhere(context, media, elsewhere, title, around !== undefined);
      replaced.set(element, link ? $(link).toArray() : []);
      continue;
    }
    if (!title) adviseOnTitle(context, element, media);
    if (!tracks.length && !offersTranscript(element, offers)) adviseOnWords(context, element, media);
    const name = title || nameOf(sources[0]!.file.path);
    replaced.set(element, [playerOf(context, media, { element, name, sources, captions, poster })]);
    // A link around it could not hold its controls.
    if (around && !replaced.has(around)) replaced.set(around, around.children);
    const transcripts = makeTranscripts(captions, name);
    const block = blockOf(element);
    if (transcripts.length) replaced.set(block, [...(replaced.get(block) ?? [block]), ...transcripts]);
  }
  replaceAll(replaced);
}

/** Kinds of films that no browser plays. */
const OLD_FILM = /\.(?:avi|flv|mkv|mpe?g|wmv)$/i;

/** A picture whose name is a film's stands for the film. */
function mediaOf({ name, attribs }: Element): Media | undefined {
  if (name !== "img") return name === "audio" ? "sound" : "film";
  const file = (attribs.src ?? "").trim().replace(/[?#].*$/s, "");
  if (OLD_FILM.test(file)) return "film";
  const kind = fileKind(file);
  return kind === "film" || kind === "sound" ? kind : undefined;
}

/** What a player stands in, but for a facilitator's note: what is said in the film stays in that too. */
function blockOf(element: Element): Element {
  const block = blockAround(element);
  const note = closest(element, isTrainerNote);
  return note && note !== block && closest(note, (around) => around === block) ? element : block;
}

const titleOf = ({ attribs: { alt, title, "aria-label": label } }: Element): string =>
  [alt, title, label].map((text) => text?.trim()).find(Boolean) ?? "";

function adviseOnTitle({ file, problems }: PageContext, element: Element, media: Media): void {
  problems.warning(
    "media-title",
    placeOf(element, file),
    `the ${media} has no title`,
    element.name === "img" ? "say what it is: ![A tour of the room](file)" : 'say what it is: title="…"',
  );
}

function adviseOnWords({ file, problems }: PageContext, element: Element, media: Media): void {
  const place = placeOf(element, file);
  if (media === "film") {
    problems.warning(
      "media-captions",
      place,
      "the film has neither captions nor a transcript, and who does not hear it misses what is said",
      'write <track src="film.vtt" srclang="en"> inside a <video>, or link to a transcript right after it',
    );
  } else {
    problems.warning(
      "media-transcript",
      place,
      "the sound has no transcript, and who does not hear it misses what is said",
      'link to one right after it, as in [Transcript](file), or write <track src="words.vtt" srclang="en"> inside an <audio>',
    );
  }
}

const MEDIA_TYPE = /^(?:audio|video)\/[\w.+-]+(?:;\s*codecs=[\w.,"' -]+)?$/i;

/** What a player may play, best first, as its author wrote it: on this site, or else on another host. */
function sourcesOf(context: PageContext, element: Element, media: Media) {
  const parts = elementsIn(element).filter(({ name }) => name === "source");
  const sources: Source[] = [];
  let elsewhere: string | undefined;
  // As a browser does: with an address of its own, a player looks at no others.
  for (const part of "src" in element.attribs || !parts.length ? [element] : parts) {
    const { src = "", type = "" } = part.attribs;
    const shown = shownFile(context, media, src, placeOf(part, context.file));
    if (shown && "elsewhere" in shown) elsewhere ??= shown.elsewhere;
    else if (shown) sources.push({ file: shown, ...(MEDIA_TYPE.test(type) && { type }) });
  }
  return { sources, elsewhere };
}

interface Source {
  file: ShownFile;
  type?: string;
}

interface Player {
  /** What the author wrote for it. */
  element: Element;
  name: string;
  sources: readonly Source[];
  captions: readonly Captions[];
  poster: ShownFile | undefined;
}

function playerOf({ $ }: PageContext, media: Media, player: Player): Element {
  const { element, name, sources, captions, poster } = player;
  const first = sources[0]!.file;
  const isVideo = element.name === "video" || (element.name === "img" && media === "film");
  const attribs: Record<string, string> = {};
  for (const kept of ["id", "class", "lang", "dir"]) {
    if (element.attribs[kept] !== undefined) attribs[kept] = element.attribs[kept];
  }
  if (sources.length === 1) attribs.src = first.url;
  if (poster) Object.assign(attribs, { poster: poster.url, [USES_FILE]: poster.path });
  const { width = "", height = "" } = element.attribs;
  if (isVideo) Object.assign(attribs, { playsinline: "", width, height });
  Object.assign(attribs, { controls: "", preload: "none", "aria-label": name });
  const made = newElement($, isVideo ? "video" : "audio", attribs);
  for (const side of ["width", "height"]) keepPixels(made, side);
  // The room that it keeps, so that nothing moves when it plays. Browsers go by the poster, and then by the film.
  if (made.attribs.width && made.attribs.height)
    made.attribs.style = `--ratio:${made.attribs.width}/${made.attribs.height}`;
  setChildren(made, [
    ...(sources.length > 1 ? sources.map((source) => sourceElement($, source)) : []),
    // A player without a picture shows none.
    ...(isVideo ? captions.map((one) => trackElement($, one)) : []),
    // For browsers that cannot play it.
    newElement($, "a", { href: first.url, [USES_FILE]: first.path }, name),
  ]);
  const around = newElement($, "span", { class: "player" });
  const onPaper = { class: "frame-address", [ADDED]: "", "data-pagefind-ignore": "" };
  setChildren(around, [made, newElement($, "span", onPaper, `${name}: ${first.address}`)]);
  return around;
}

const sourceElement = ($: CheerioAPI, { file, type }: Source): Element =>
  newElement($, "source", { src: file.url, ...(type && { type }), [USES_FILE]: file.path });

/** What a player shows before it plays. */
function posterOf(context: PageContext, element: Element): ShownFile | undefined {
  const { poster } = element.attribs;
  if (poster === undefined || element.name !== "video") return undefined;
  const shown = shownFile(context, "picture", poster, placeOf(element, context.file));
  return shown && "elsewhere" in shown ? undefined : shown;
}
