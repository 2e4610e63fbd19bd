/**
 * The words of films and recordings: captions that a browser shows, and the same as text below the player.
 *
 * Browsers take no captions from a disk (to `file:` pages every file is another origin's), and those of a recording
 * they never show. The text serves there, on paper and in search; each of its pieces carries its times (`data-cue`,
 * seconds), of which assets/browser/captions.ts makes captions again on `file:`.
 */

import type { Cue } from "../../content/captions.ts";
import { say } from "../../words/say.ts";
import {
  ADDED,
  type AnyNode,
  blockAround,
  type CheerioAPI,
  type Element,
  elementsIn,
  headingLevel,
  isElement,
  newElement,
  placeOf,
  setChildren,
  textOf,
  USES_FILE,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { shownFile } from "./shown-files.ts";

export interface Captions {
  kind: string;
  path: string;
  /** From the page. */
  url: string;
  label: string;
  language: string;
  /** Undefined of what is not said, such as the names of chapters. */
  cues: readonly Cue[] | undefined;
}

/** Kinds of tracks that say what is said; and those that browsers know besides. */
const SAID = ["captions", "subtitles"];
const OTHERS = ["descriptions", "chapters"];

const LANGUAGE = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i;

/** What `<track>` names; what is wrong with it is told. */
export function readTrack(context: PageContext, track: Element): Captions | undefined {
  const { file, problems, ask } = context;
  const { src = "", srclang = "", label = "" } = track.attribs;
  const place = placeOf(track, file);
  const shown = shownFile(context, "caption file", src, place);
  if (!shown || "elsewhere" in shown) return undefined;
  const warn = (message: string, cure: string) =>
    problems.warning("caption-track", place, `the caption file "${src}" ${message}`, cure);
  const { captions, isUnreadable } = shown.found;
  if (isUnreadable) {
    warn(
      "is no WebVTT, and browsers show nothing of it",
      "begin it with WEBVTT and an empty line, and save it as UTF-8",
    );
    return undefined;
  }
  if (!captions) {
    warn("is of a kind that browsers do not show", "save it as WebVTT (.vtt)");
    return undefined;
  }
  if (!captions.length) {
    warn(
      "has no words with times that browsers understand",
      "write times above each: 00:01.000 --> 00:04.000",
    );
    return undefined;
  }
  const written = track.attribs.kind?.trim().toLowerCase() ?? "captions";
  const isKnown = SAID.includes(written) || OTHERS.includes(written);
  if (!isKnown) warn(`is of the kind "${written}", of which browsers show nothing`, 'write kind="captions"');
  const isCode = LANGUAGE.test(srclang.trim());
  if (srclang.trim() && !isCode) {
    warn(`is in the language "${srclang}", which is no code of one`, 'write it as in srclang="en"');
  }
  const language = isCode ? srclang.trim() : ask.language;
  const kind = isKnown ? written : "captions";
  return {
    kind,
    path: shown.path,
    url: shown.url,
    label: label.trim() || nameOfLanguage(language),
    language,
    cues: SAID.includes(kind) ? captions : undefined,
  };
}

/** As its speakers call it, which is what they look for among several. */
function nameOfLanguage(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}

export function trackElement($: CheerioAPI, { kind, path, url, label, language }: Captions): Element {
  return newElement($, "track", {
    kind,
    src: url,
    srclang: language,
    label,
    [USES_FILE]: path,
  });
}

/** Makes the text of captions, folded; of a file that several players of the page have, for the first of them. */
export function transcriptsOf({
  $,
  ask,
}: PageContext): (all: readonly Captions[], title: string) => Element[] {
  const shown = new Set<string>();
  return (all, title) =>
    all.flatMap((captions) => {
      if (!captions.cues || shown.has(captions.path)) return [];
      shown.add(captions.path);
      const isOneOfSeveral = all.filter(({ cues }) => cues).length > 1;
      const { transcript, transcriptIn } = ask.words.text;
      const text = isOneOfSeveral ? transcriptIn : transcript;
      return [fold($, captions, say(text, { title, language: captions.label }, ask.language))];
    });
}

function fold($: CheerioAPI, { url, language, cues }: Captions, summary: string): Element {
  const made = newElement($, "details", { class: "player-words", [ADDED]: "", "data-captions": url });
  const words = newElement($, "div", { lang: language });
  setChildren(
    words,
    paragraphsOf(cues!).map((paragraph) => paragraphOf($, paragraph)),
  );
  setChildren(made, [newElement($, "summary", {}, summary), words]);
  return made;
}

/** Seconds without a word, after which another paragraph begins. */
const PAUSE = 2;

function paragraphsOf(cues: readonly Cue[]): Cue[][] {
  const paragraphs: Cue[][] = [];
  let before: Cue | undefined;
  for (const cue of cues) {
    const goesOn = before && cue.from - before.to < PAUSE && cue.speaker === before.speaker;
    if (goesOn) paragraphs.at(-1)!.push(cue);
    else paragraphs.push([cue]);
    before = cue;
  }
  return paragraphs;
}

function paragraphOf($: CheerioAPI, cues: readonly Cue[]): Element {
  const paragraph = newElement($, "p", {});
  const speaker = cues[0]?.speaker;
  const nodes: AnyNode[] = speaker ? [newElement($, "b", {}, `${speaker}:`)] : [];
  for (const { from, to, text } of cues)
    nodes.push(newElement($, "span", { "data-cue": `${from} ${to}` }, text));
  setChildren(paragraph, nodes);
  $(nodes.slice(1)).before(" ");
  return paragraph;
}

/** A word for it in the languages that have nearly the same one. */
const TRANSCRIPT = /trans[ck]ri/i;

/**
 * Whether what stands around a player or right after it offers its words: a link, something folded, a heading. `known`
 * are the answers so far: many players may stand in one block.
 */
export function offersTranscript(player: Element, known: Map<Element, boolean>): boolean {
  const block = blockAround(player);
  let answer = known.get(block);
  if (answer === undefined) {
    const next = nextElement(block);
    const near = next
      ? [block, ...elementsIn(block), next, ...elementsIn(next)]
      : [block, ...elementsIn(block)];
    answer = near.some((one) => isOffer(one) && TRANSCRIPT.test(textOf(one)));
    known.set(block, answer);
  }
  return answer;
}

const isOffer = (element: Element) =>
  element.name === "a" || element.name === "summary" || headingLevel(element) !== undefined;

function nextElement(element: Element): Element | undefined {
  let next: AnyNode | null = element.next;
  while (next && !isElement(next)) next = next.next;
  return next ?? undefined;
}
