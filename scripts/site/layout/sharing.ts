/** What others are told of a site: search engines, feed readers, whoever shows a link to it, and a device's home screen. */
import type { Page } from "../model/course.ts";
import type { Edition } from "../model/edition.ts";
import { GENERATED_FILES, GENERATED_PAGES } from "../model/generated-pages.ts";
import { relativeUrl, rootOf, wholeUrl } from "../text/addresses.ts";
import { lightColor } from "../text/colors.ts";
import type { PageToLayOut } from "./edition-pages.ts";
import { accentOf, ICONS, picturesOf, SHARED } from "./pictures.ts";
import type { Site } from "./site.ts";

/** What the head of every page says to those who show links to it: only where the site knows its own address. */
export interface Sharing {
  root: string;
  /** As Open Graph writes languages, which it never does without their country: `en_US`. */
  locale: string;
  hasFeed: boolean;
  picture: { url: string; width: number; height: number };
}

export function sharingOf(edition: Edition, site: Site): Sharing | undefined {
  const { language, settings } = edition;
  const { url } = settings;
  if (!url) return undefined;
  const root = rootOf(url);
  const { language: code, region } = new Intl.Locale(language).maximize();
  return {
    root,
    locale: region ? `${code}_${region}` : code,
    hasFeed: site.course.pages.some((page) => page.data.updated),
    picture: { url: wholeUrl(root, picturesOf(site).shared.get(edition.name)!), ...SHARED },
  };
}

/** Addresses that one file of a sitemap may have (https://www.sitemaps.org/protocol.html). */
const MOST_IN_SITEMAP = 50_000;
/** Entries of a feed. */
const MOST_IN_FEED = 50;

/** The files beside the pages; `pages` are all of the site. */
export function sharedFiles(site: Site, pages: readonly PageToLayOut[]): PageToLayOut[] {
  const { course } = site;
  const files: PageToLayOut[] = [manifest(course.main)];
  if (!course.settings.url) return files;
  const root = rootOf(course.settings.url);
  const entries = pages.filter(isForSearchEngines).map(({ address, data: { here } }) => ({
    url: wholeUrl(root, address),
    updated: (here as Page | undefined)?.data.updated,
  }));
  files.push(...sitemap(root, entries, MOST_IN_SITEMAP));
  const updates = updatesOf(pages);
  if (updates.length) {
    const [{ updated }] = updates as [Update];
    const { main } = course;
    const data = {
      layout: "feed.liquid",
      course: main,
      language: main.language,
      sharing: sharingOf(main, site),
      updated,
      entries: updates,
    };
    files.push({ address: GENERATED_FILES.feed, data });
  }
  return files;
}

export interface SitemapEntry {
  url: string;
  updated: string | undefined;
}

/** One file, or, of more entries than one may have, an index of several. */
export function sitemap(root: string, entries: readonly SitemapEntry[], most: number): PageToLayOut[] {
  const file = (address: string, some: readonly SitemapEntry[]): PageToLayOut => ({
    address,
    data: { layout: "sitemap.liquid", entries: some },
  });
  if (entries.length <= most) return [file(GENERATED_FILES.sitemap, entries)];
  const parts: PageToLayOut[] = [];
  for (let start = 0; start < entries.length; start += most) {
    parts.push(file(GENERATED_FILES.sitemapPart(parts.length + 1), entries.slice(start, start + most)));
  }
  const urls = parts.map(({ address }) => wholeUrl(root, address));
  return [{ address: GENERATED_FILES.sitemap, data: { layout: "sitemap-index.liquid", urls } }, ...parts];
}

/** Pages that somebody may look for: no forms of a reader's own, nothing said elsewhere, no old addresses, nothing that is no page. */
const isForSearchEngines = ({ address, data }: PageToLayOut): boolean =>
  address.endsWith(".html") &&
  address !== GENERATED_PAGES.notFound &&
  data.target === undefined &&
  data.isForReaderAlone !== true &&
  data.isUnlisted !== true;

interface Update {
  page: Page;
  updated: string;
  summary: unknown;
}

/**
 * What a feed tells of: pages whose authors say when they last changed, the latest first. Of others nobody knows; the
 * day of the build is not theirs.
 */
function updatesOf(pages: readonly PageToLayOut[]): Update[] {
  return pages
    .flatMap(({ data: { here, summary } }) => {
      const page = here as Page | undefined;
      const updated = page?.data.updated;
      return page && updated ? [{ page, updated, summary }] : [];
    })
    .sort((a, b) => (a.updated < b.updated ? 1 : a.updated > b.updated ? -1 : 0))
    .slice(0, MOST_IN_FEED);
}

/** For browsers that put the site among a device's programs, in the main language; its addresses count from its own. */
function manifest(edition: Edition): PageToLayOut {
  const { settings, name, front, language, direction } = edition;
  const fromHere = (address: string) => relativeUrl(GENERATED_FILES.manifest, address);
  const icon = (address: string, size: number, purpose = "any") => ({
    src: fromHere(address),
    sizes: `${size}x${size}`,
    type: "image/png",
    purpose,
  });
  const value = {
    name,
    short_name: settings.shortName ?? name,
    description: settings.description || front?.description || undefined,
    lang: language,
    dir: direction,
    start_url: fromHere(GENERATED_PAGES.front),
    scope: "./",
    // With a way back and the address in sight: a course is pages that lead to each other and elsewhere.
    display: "minimal-ui",
    theme_color: accentOf(settings),
    background_color: lightColor("paper"),
    icons: [icon(ICONS.small, 192), icon(ICONS.large, 512), icon(ICONS.maskable, 512, "maskable")],
  };
  return { address: GENERATED_FILES.manifest, data: { layout: "manifest.liquid", manifest: value } };
}
