/** Where Jekyll put a course's pages: its settings and its rules for addresses. */
import { parseDocument } from "yaml";
import { nameOf } from "../text/addresses.ts";
import type { Keys } from "./front-matter.ts";
import { listOf, takeAsWritten, textOf } from "./values.ts";

/** Settings of `_config.yml` that addresses depend on. */
export interface JekyllConfig {
  permalink: string;
  /** The path that the site stood under, without `/` at its end. */
  baseurl: string;
  /** Hosts that the site is known to have stood on. */
  hosts: string[];
  defaults: { path: string; permalink: string }[];
  title?: string;
  language?: string;
}

/** `_data/course.yml` */
export interface CourseData {
  title?: string;
  description?: string;
  language?: string;
  modules: string[];
}

const DATED = /^(\d{4}-\d{1,2}-\d{1,2})-(.*)$/;

/** Jekyll's own names for permalinks. */
const STYLES: Record<string, string> = {
  date: "/:categories/:year/:month/:day/:title:output_ext",
  pretty: "/:categories/:year/:month/:day/:title/",
  none: "/:categories/:title:output_ext",
};

type Data = Record<string, unknown>;

/** YAML whose mistakes are not ours to report: what cannot be read says nothing. */
export function readData(text: string | undefined): Data {
  if (!text) return {};
  try {
    const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
    takeAsWritten(document);
    const data: unknown = document.toJS();
    return isData(data) ? data : {};
  } catch {
    return {};
  }
}

const isData = (value: unknown): value is Data =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function readConfig(text: string | undefined, cname: string | undefined): JekyllConfig {
  const data = readData(text);
  const host = textOf(data.url)?.replace(/^https?:\/\/|\/.*$/g, "");
  const title = textOf(data.title);
  const language = textOf(data.lang ?? data.language ?? data.locale);
  const defaults = Array.isArray(data.defaults) ? data.defaults.filter(isData) : [];
  return {
    permalink: textOf(data.permalink) ?? "date",
    baseurl: `/${textOf(data.baseurl) ?? ""}`.replace(/^\/+/, "/").replace(/\/+$/, ""),
    hosts: [host, cname?.trim()].filter((one): one is string => Boolean(one)),
    defaults: defaults.flatMap(({ scope, values }) => {
      const permalink = isData(values) && textOf(values.permalink);
      return permalink ? [{ path: (isData(scope) && textOf(scope.path)) || "", permalink }] : [];
    }),
    ...(title && { title }),
    ...(language && { language }),
  };
}

export function readCourseData(text: string | undefined): CourseData {
  const data = readData(text);
  const title = textOf(data.title);
  const description = textOf(data.description);
  const language = textOf(data.lang ?? data.language);
  const modules = Array.isArray(data.modules) ? data.modules : [];
  return {
    ...(title && { title }),
    ...(description && { description }),
    ...(language && { language }),
    modules: modules.flatMap((one) => textOf(one) ?? []),
  };
}

/** The folders above `_posts`: `modules/basics` of `modules/basics/_posts/2000-01-01-start.md`. */
export const foldersOfPost = (path: string): string[] =>
  path
    .replace(/(?:^|\/)_posts\/.*/, "")
    .split("/")
    .filter(Boolean);

/** The date that orders a post, comparable as text: its own in the front matter, or that before its name. */
export function dateOfPost(path: string, keys: Keys): string {
  const written = keys.get("date")?.value;
  const own = written instanceof Date ? written.toISOString() : textOf(written);
  const date = own ?? DATED.exec(nameOf(path))?.[1] ?? "";
  return date.replace(/\d+/g, (digits) => digits.padStart(2, "0"));
}

/** The addresses that a page had, the first one Jekyll's own: `/modules/basics/interests/`. */
export function oldAddresses(path: string, keys: Keys, config: JekyllConfig): string[] {
  const isPost = /(^|\/)_posts\//.test(path);
  const template =
    textOf(keys.get("permalink")?.value) ??
    config.defaults.findLast((one) => path.startsWith(one.path))?.permalink ??
    (isPost ? config.permalink : pagePermalink(path, config.permalink));
  const address = fill(STYLES[template] ?? template, path, keys, isPost);
  const moved = listOf(keys.get("redirect_from")?.value);
  // Jekyll writes /a/b as the file a/b.html, which servers answer for with and without the ending.
  const both = /(?:\/|\.\w+)$/.test(address) ? [address] : [address, `${address}.html`];
  return [...both, ...moved].map((one) => `/${one}`.replace(/\/{2,}/g, "/"));
}

/** Of a page that is no post: its path, with the ending that the site's permalinks have. */
function pagePermalink(path: string, style: string): string {
  const stem = path.replace(/\.[^./]*$/, "");
  if (nameOf(stem) === "index") return `/${stem.slice(0, -"index".length)}`;
  const isFolder = style === "pretty" || style.endsWith("/");
  const hasEnding = style in STYLES || style.endsWith(":output_ext");
  return `/${stem}${isFolder ? "/" : hasEnding ? ".html" : ""}`;
}

function fill(template: string, path: string, keys: Keys, isPost: boolean): string {
  const stem = nameOf(path).replace(/\.[^.]*$/, "");
  const [, fileDate = "", fileSlug = stem] = DATED.exec(stem) ?? [];
  const slug = textOf(keys.get("slug")?.value) ?? fileSlug;
  const [year = "", month = "", day = ""] = (dateOfPost(path, keys) || fileDate).slice(0, 10).split("-");
  const own = [...listOf(keys.get("category")?.value), ...listOf(keys.get("categories")?.value)];
  const categories = [...(isPost ? foldersOfPost(path) : []), ...own.flatMap((one) => one.split(/\s+/))];
  const parts: Record<string, string> = {
    categories: [...new Set(categories.map((one) => one.toLowerCase()))].join("/"),
    title: prettySlug(slug),
    slug: prettySlug(slug).toLowerCase(),
    year,
    short_year: year.slice(2),
    month,
    i_month: String(Number(month)),
    day,
    i_day: String(Number(day)),
    output_ext: ".html",
    path: path.split("/").slice(0, -1).join("/"),
    basename: stem,
  };
  return template.replace(/:([a-z_]+)/g, (whole, name: string) => parts[name] ?? whole);
}

/** Jekyll's slug of a file's name (Utils.slugify, mode "pretty", its case kept). */
const prettySlug = (name: string) =>
  name.replace(/[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu, "-").replace(/^-|-$/g, "");

/** The title that Jekyll gives a post without one: "making-a-plan" → "Making A Plan". */
export function jekyllTitle(path: string): string {
  const stem = nameOf(path).replace(/\.[^.]*$/, "");
  const words = (DATED.exec(stem)?.[2] ?? stem).split(/[-_\s]+/).filter(Boolean);
  return words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join(" ");
}
