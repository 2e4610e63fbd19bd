/**
 * Frames: nothing is fetched from elsewhere before the reader asks. A frame becomes a card with a link to the
 * video's own page; on a web server the card plays it in place, from `file://` and in print it stays the link.
 */

import { say } from "../../words/say.ts";
import {
  ADDED,
  type AnyNode,
  closest,
  elementsNamed,
  escapeHtml,
  isLink,
  placeOf,
  replaceAll,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";

/** The hosts that may be shown in a frame, and how each one's addresses are made. The policy is made from this list. */
const FRAME_HOSTS = [
  {
    name: "YouTube",
    matches: /^(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be)$/,
    embedHost: "www.youtube-nocookie.com",
    addresses(url: URL): Addresses | undefined {
      const list = url.searchParams.get("list");
      if (url.pathname.startsWith("/embed/videoseries") && list && SAFE.test(list)) {
        return {
          embed: `https://www.youtube-nocookie.com/embed/videoseries?list=${list}`,
          page: `https://www.youtube.com/playlist?list=${list}`,
        };
      }
      const [first = "", second] = url.pathname.split("/").filter(Boolean);
      const isFilm = /^(?:embed|v|e|shorts|live)$/.test(first);
      const inPath = url.hostname === "youtu.be" ? first : isFilm ? second : undefined;
      const id = url.searchParams.get("v") ?? inPath;
      if (!id || !SAFE.test(id)) return undefined;
      const start = /^\d+/.exec(url.searchParams.get("start") ?? url.searchParams.get("t") ?? "")?.[0];
      const end = /^\d+$/.exec(url.searchParams.get("end") ?? "")?.[0];
      const query = [start && `start=${start}`, end && `end=${end}`].filter(Boolean).join("&");
      return {
        embed: `https://www.youtube-nocookie.com/embed/${id}${query && `?${query}`}`,
        page: `https://www.youtube.com/watch?v=${id}${start ? `&t=${start}s` : ""}`,
      };
    },
  },
  {
    name: "Vimeo",
    matches: /^(?:www\.|player\.)?vimeo\.com$/,
    embedHost: "player.vimeo.com",
    addresses(url: URL): Addresses | undefined {
      const id = /\/(\d+)/.exec(url.pathname)?.[1];
      return id
        ? { embed: `https://player.vimeo.com/video/${id}?dnt=1`, page: `https://vimeo.com/${id}` }
        : undefined;
    },
  },
  {
    name: "TED",
    matches: /^(?:www\.|embed\.)?ted\.com$/,
    embedHost: "embed.ted.com",
    addresses(url: URL): Addresses | undefined {
      const talk = /^\/talks\/([\w/-]+?)(?:\.html)?$/.exec(url.pathname)?.[1];
      return talk
        ? { embed: `https://embed.ted.com/talks/${talk}`, page: `https://www.ted.com/talks/${talk}` }
        : undefined;
    },
  },
] as const;

interface Addresses {
  /** What a frame shows. */
  embed: string;
  /** What a new tab shows. */
  page: string;
}

const SAFE = /^[\w-]{1,100}$/;

/** Every host that the policy lets a frame show. */
export const EMBED_HOSTS: string[] = FRAME_HOSTS.map((host) => host.embedHost);

/** Finds the name of each card's host in a page that has been rendered; see `frameCard`. */
export const EMBED_HOST = / data-embed="[^"]*" data-title="[^"]*" data-host="([^"]*)"/g;

export function makeFrameCards(context: PageContext): void {
  const { $, file, problems, ask } = context;
  const { videoOn, pageOn } = ask.words.text;
  const replaced = new Map<AnyNode, AnyNode[]>();
  for (const frame of elementsNamed($, "iframe")) {
    const place = placeOf(frame, file);
    const url = parseUrl(frame.attribs.src ?? "");
    if (!url) {
      // Of Liquid in it the page's text has told already.
      if (!/\{[{%]/.test(frame.attribs.src ?? "")) {
        problems.error(
          "frame-address",
          place,
          "the frame has no address that can be shown",
          'write src="https://…", or a link instead of the frame',
        );
      }
      replaced.set(frame, []);
      continue;
    }
    const host = FRAME_HOSTS.find((one) => one.matches.test(url.hostname));
    const addresses = host?.addresses(url);
    const title = frame.attribs.title?.trim();
    if (!title) {
      problems.warning("frame-title", place, "the frame has no title", 'say what it shows: title="…"');
    }
    if (!addresses) {
      problems.warning(
        "frame-host",
        place,
        host
          ? `the frame shows no film of ${host.name} but another page of it`
          : `pages of ${url.hostname} cannot be shown inside this site`,
        "nothing to do if a link will serve: the page shows one in its place",
      );
    }
    const where = host?.name ?? url.hostname;
    const card = frameCard(context, {
      title: title || say(addresses ? videoOn : pageOn, { host: where }, ask.language),
      where,
      page: addresses?.page ?? url.href,
      ...(addresses && { embed: addresses.embed }),
    });
    // A link around the frame could not hold the card's own.
    const around = closest(frame, isLink);
    replaced.set(frame, $(card).toArray());
    if (around) replaced.set(around, around.children);
  }
  replaceAll(replaced);
}

function parseUrl(src: string): URL | undefined {
  const whole = src.trim().startsWith("//") ? `https:${src.trim()}` : src.trim();
  // `…/embed/ID&t=253s`: the first `&` stands for the `?` that was forgotten.
  const address = whole.includes("?") ? whole : whole.replace("&", "?");
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

/**
 * Spans only, so that it may stand wherever the frame stood, in a paragraph too. What the browser needs to play the
 * video stands in data-…; the player's markup is in layouts/partials/video-player.liquid.
 */
function frameCard(
  { ask }: PageContext,
  card: { title: string; where: string; page: string; embed?: string },
): string {
  const player = card.embed
    ? ` data-embed="${escapeHtml(card.embed)}" data-title="${escapeHtml(card.title)}" data-host="${escapeHtml(card.where)}"`
    : "";
  const { playOn, openOn } = ask.words.text;
  const note = say(card.embed ? playOn : openOn, { host: card.where }, ask.language);
  return (
    `<span class="frame-card"${player}>` +
    `<a class="frame-link" href="${escapeHtml(card.page)}" target="_blank" rel="noopener">` +
    `<span class="frame-title">${escapeHtml(card.title)}</span> ` +
    `<span class="frame-note" ${ADDED}>${escapeHtml(note)}<span class="visually-hidden"> ${escapeHtml(ask.words.site.newTab)}</span></span></a>` +
    `<span class="frame-address" ${ADDED}>${escapeHtml(card.page)}</span></span>`
  );
}
