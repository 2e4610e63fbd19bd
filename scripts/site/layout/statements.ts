/**
 * What the pages on accessibility and privacy say of a site: told by what its pages hold and by what `check` found in
 * them, so that it is true of this site. Asked by these two layouts alone, and found when they ask.
 */
import { EMBED_HOST } from "../html/components/frames.ts";
import type { RenderedPage } from "../html/rendering.ts";
import type { Page } from "../model/course.ts";
import type { Edition } from "../model/edition.ts";
import type { WarningRule } from "../problems/rules.ts";
import { isWebAddress } from "../text/web-addresses.ts";
import type { Words } from "../words/words.ts";
import type { Site } from "./site.ts";

/** Pages that a list names; who has more has read enough. */
const MOST_NAMED = 20;

/** Pages of which one thing is true. */
export interface PagesOf {
  count: number;
  /** The first of them, in the order of the course. */
  named: Page[];
  /** How many are not named. */
  more: number;
}

/** What a barrier is called (`accessibility.…` in the words), and the warnings that tell of it. */
const BARRIERS: readonly (readonly [name: keyof Words["barriers"], ...rules: WarningRule[]])[] = [
  ["films", "media-captions"],
  ["recordings", "media-transcript"],
  ["players", "media-title", "frame-title"],
  ["pictures", "picture-description"],
  ["tables", "table-headers"],
  ["headings", "heading-jump", "emphasis-heading"],
  ["links", "link-text"],
  ["colors", "color-only"],
];

/** Documents that a page offers: what they are like for a screen reader, their makers decide. */
const DOCUMENT = /\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|epub)$/i;

export class Statements {
  readonly #edition: Edition;
  readonly #site: Site;
  #found: Found | undefined;

  /** Of the pages in one language. */
  constructor(edition: Edition, site: Site) {
    this.#edition = edition;
    this.#site = site;
  }

  /** Whose films play inside pages, and where. */
  get videos(): { host: string; pages: PagesOf }[] {
    return [...this.#all.videos].map(([host, pages]) => ({ host, pages: pagesOf(pages) }));
  }
  /** Pages with films or recordings of the site's own. */
  get players(): PagesOf {
    return pagesOf(this.#all.players);
  }
  get documents(): PagesOf {
    return pagesOf(this.#all.documents);
  }
  /** What `check` found that stands in somebody's way. */
  get barriers(): { name: string; pages: PagesOf }[] {
    return this.#all.barriers.map(([name, pages]) => ({ name, pages: pagesOf(pages) }));
  }
  /** What those who run the site have to add: an address, or paragraphs. */
  get own(): Record<"accessibility" | "privacy", { url: string } | { paragraphs: string[] } | undefined> {
    const { statements } = this.#edition.settings;
    return { accessibility: ownOf(statements?.accessibility), privacy: ownOf(statements?.privacy) };
  }

  get #all(): Found {
    this.#found ??= find(this.#edition, this.#site);
    return this.#found;
  }
}

interface Found {
  videos: Map<string, Page[]>;
  players: Page[];
  documents: Page[];
  barriers: [name: string, Page[]][];
}

function find(edition: Edition, { course, rendering, problems }: Site): Found {
  const pages = course.pages.filter((page) => course.editionOf(page) === edition);
  const videos = new Map<string, Page[]>();
  const players: Page[] = [];
  const documents: Page[] = [];
  for (const page of pages) {
    const rendered = rendering.of(page);
    for (const host of videoHostsOf(rendered)) videos.set(host, [...(videos.get(host) ?? []), page]);
    if (rendered.html.includes('<span class="player"')) players.push(page);
    if ([...rendered.files].some((file) => DOCUMENT.test(file))) documents.push(page);
  }
  const filesOf = new Map<string, Set<string>>();
  for (const { rule, file } of problems.warnings) {
    const files = filesOf.get(rule) ?? new Set();
    filesOf.set(rule, files.add(file));
  }
  const barriers = BARRIERS.map(([name, ...rules]): [string, Page[]] => [
    name,
    pages.filter((page) => rules.some((rule) => filesOf.get(rule)?.has(page.source.file))),
  ]);
  return { videos, players, documents, barriers: barriers.filter(([, pages]) => pages.length) };
}

/** Each host once, by the name that its cards have. */
const videoHostsOf = ({ html }: RenderedPage): Set<string> =>
  html.includes("data-embed") ? new Set([...html.matchAll(EMBED_HOST)].map(([, host]) => host!)) : new Set();

const pagesOf = (pages: readonly Page[]): PagesOf => ({
  count: pages.length,
  named: pages.slice(0, MOST_NAMED),
  more: Math.max(0, pages.length - MOST_NAMED),
});

const ownOf = (text: string | undefined) =>
  text === undefined
    ? undefined
    : isWebAddress(text)
      ? { url: text }
      : { paragraphs: text.split(/\n\s*\n|\n/).filter((line) => line.trim()) };
