/** What layouts may ask for beyond plain Liquid. */

import { keyOf } from "../html/printed-body.ts";
import type { Rendering } from "../html/rendering.ts";
import { type Group, type Module, Page } from "../model/course.ts";
import type { Edition } from "../model/edition.ts";
import type { LedModule } from "../model/facilitation.ts";
import type { PlaceInModule } from "../model/parts.ts";
import type { PrintPage } from "../model/print.ts";
import { copyOf, leadsTo } from "../model/worksheets.ts";
import { relativeUrl, wholeUrl } from "../text/addresses.ts";
import { escapeHtml, xmlText } from "../text/escape.ts";
import { directionOf } from "../text/languages.ts";
import { clockIn, longDateIn } from "../words/formats.ts";
import { asHtml, say, sayHtml, type Values } from "../words/say.ts";
import type { Plural, Words } from "../words/words.ts";
import { wordAddress } from "../worksheet/form.ts";
import type { FilterContext, LiquidEngine } from "./eleventy.ts";
import type { InLanguage } from "./page-data.ts";
import { printedIn } from "./printed-bodies.ts";
import { read } from "./quick-liquid.ts";

/** Characters of a title that they show. */
const TAB_TITLE = 70;

export function layoutFilters(engine: LiquidEngine): void {
  /** `{{ section.address | href }}`: from the page in hand to another or to a place on it, relative, naming the file. */
  engine.registerFilter("href", function (to: string) {
    const here = addressHere(this);
    const [, address = to, anchor = ""] = /^([^#]*)(#.*)$/s.exec(to) ?? [];
    return here === address && anchor ? anchor : relativeUrl(here, address) + anchor;
  });
  /** `{{ address | wholeUrl: sharing.root }}`: the same for readers elsewhere. */
  engine.registerFilter("wholeUrl", (address: string, root: string) => wholeUrl(root, address));
  /** `{{ title | xmlText }}`: without the signs that XML does not have, escaped or not. */
  engine.registerFilter("xmlText", xmlText);
  /** `{{ list | markCurrent: address }}`: of links to pages, the one to the page in hand says so. */
  engine.registerFilter("markCurrent", (html: string, address: string) => {
    const [before, ...after] = html.split(`<a href="${relativeUrl(address, address)}"`);
    return after.reduce((all, rest) => {
      const mark = rest.startsWith(" aria-current") ? "" : ' aria-current="page"';
      return `${all}<a href="${relativeUrl(address, address)}"${mark}${rest}`;
    }, before!);
  });
  /** `{{ header | leadOn: inLanguages }}`: links to other languages, from this page to the same page in each. */
  engine.registerFilter("leadOn", function (html: string, inLanguages: readonly InLanguage[] = []) {
    const here = addressHere(this);
    const addresses = new Map(
      inLanguages.map(({ language, address }) => [language, relativeUrl(here, address)]),
    );
    return html.replace(/( hreflang="([^"]+)" href=")[^"]*/g, (link, start: string, language: string) =>
      addresses.has(language) ? start + escapeHtml(addresses.get(language)!) : link,
    );
  });
  /** `<a href="…"{{ section | inLanguage: language | raw }}>`: of a page in another language than the words around it. */
  engine.registerFilter("inLanguage", (page: Page | undefined, language: string) => {
    if (!page || page.language === language) return "";
    const direction = directionOf(page.language);
    return ` lang="${page.language}"${direction === directionOf(language) ? "" : ` dir="${direction}"`}`;
  });
  /** `{{ title | tabTitle: course.name }}`: for a tab, a bookmark and a search engine. */
  engine.registerFilter("tabTitle", (title: string, site: string) => {
    const full = `${title} – ${site}`;
    return title === site || full.length > TAB_TITLE ? title : full;
  });
  /** `{{ section | readMinutes: rendering }}`: of a page, a group, a module or the course. */
  engine.registerFilter("readMinutes", (of: Timed, rendering: Rendering) =>
    partsOf(of).reduce((sum, section) => sum + rendering.readMinutes(section), 0),
  );
  /** `{{ stop | doMinutes }}`: of the same. */
  engine.registerFilter("doMinutes", (of: Timed) =>
    partsOf(of).reduce((sum, section) => sum + section.doMinutes, 0),
  );
  /** `{{ 95 | minutes: words }}`: "1 h 35 min" */
  engine.registerFilter("minutes", function (total: number, words: Words) {
    return formatMinutes(total, words, languageOf(this));
  });
  /** `{{ words.sections.count | say: count: 1200 }}`: "1,200 sections" */
  engine.registerFilter("say", function (text: string | Plural, ...values: [string, string | number][]) {
    return say(text, Object.fromEntries(values), languageOf(this));
  });
  /** `{{ callout.page | placeIn: places }}`: where a section stands in its module. */
  engine.registerFilter("placeIn", (page: Page, places: ReadonlyMap<Page, PlaceInModule>) =>
    places.get(page),
  );
  /** `{{ words.front.time | sayHtml: count: 16, time: time | raw }}`: both. */
  engine.registerFilter("sayHtml", function (text: string | Plural, ...values: [string, string | number][]) {
    return sayHtml(text, Object.fromEntries(values), languageOf(this));
  });
  /** `{{ words.search.failed | asHtml: address, name: value | raw }}`: with bold text, links and places for scripts. */
  engine.registerFilter("asHtml", (text: string, ...args: (string | [string, string | number])[]) => {
    const href = args.find((arg) => typeof arg === "string");
    const values: Values = Object.fromEntries(args.filter((arg) => typeof arg !== "string"));
    return asHtml(text, href, values);
  });
  /** `{{ built | longDate: "es" }}`: in English where the machine does not know the language. */
  engine.registerFilter("longDate", (date: Date | string, language: string) =>
    longDateIn(language).format(new Date(date)),
  );
  /** `{{ 545 | clock: "en" }}`: "9:05 AM", of minutes since midnight. */
  engine.registerFilter("clock", (minutes: number, language: string) =>
    clockIn(language).format(new Date(minutes * 60_000)),
  );
  /** `{{ led | ledAddress: section | href }}`: a section's page for those who lead it. */
  engine.registerFilter("ledAddress", (led: LedModule, section: Page) => led.addressOf(section));
  engine.registerFilter("lessonOf", (led: LedModule, section: Page) => led.lessons.get(section));
  /** `{{ activities | entry: section }}`: what a map has for it. */
  engine.registerFilter("entry", (map: ReadonlyMap<unknown, unknown>, key: unknown) => map.get(key));
  /** `{% assign has = content | holds: "data-field", "data-cue" %}`, and then `has["data-cue"]`: whether it stands there. */
  engine.registerFilter("holds", (text: string, ...sought: string[]) =>
    Object.fromEntries(sought.map((one) => [one, text.includes(one)])),
  );
  engine.registerFilter("isoDate", (date: Date) => date.toISOString().slice(0, 10));
  /** `{{ section | printed: print, rendering | raw }}`: its text on a page to print; "" where it has none. */
  engine.registerFilter("printed", (page: Page, print: PrintPage, rendering: Rendering) =>
    printedIn(print, page, rendering).trim(),
  );
  /** `{{ section.address | printKey }}`: the id of its heading there. */
  engine.registerFilter("printKey", keyOf);
  /** `{{ title | cssString }}`: for a style, where no sign of it ends the string or the attribute. */
  engine.registerFilter("cssString", (text: string) => {
    const escaped = text.replace(/["'&<>;\\\n]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `);
    return `'${escaped}'`;
  });
  engine.registerFilter("leadsTo", leadsTo);
  engine.registerFilter("wordAddress", wordAddress);
  /** `{{ worksheet.external | copyOf }}`: where a copy of the document is made; nothing where there is no such place. */
  engine.registerFilter("copyOf", (url?: string) => url && copyOf(url));
  /** `{{ contact | contactUrl }}`: an e-mail address becomes a mailto: link. */
  engine.registerFilter("contactUrl", contactUrl);
  /** `{{ contact | contactName }}`: what a reader sees of it. */
  engine.registerFilter("contactName", (contact: string) =>
    contact.replace(/^(?:https?:\/\/(?:www\.)?|mailto:|tel:)/i, "").replace(/\?.*$|\/$/, ""),
  );
  /** `{{ contact | askAbout: title, url }}`: the same, with a subject where it is an e-mail address, and the page's. */
  engine.registerFilter("askAbout", (contact: string, title: string, page?: string) => {
    const url = contactUrl(contact);
    // One with a subject of its own was written so on purpose.
    if (!url.startsWith("mailto:") || url.includes("?")) return url;
    const body = page ? `&body=${encodeURIComponent(`\r\n\r\n${page}`)}` : "";
    return `${url}?subject=${encodeURIComponent(title)}${body}`;
  });
}

const contactUrl = (contact: string): string =>
  /^[^\s/:]+@[^\s/:]+$/.test(contact) ? `mailto:${contact}` : contact;

type Timed = Page | Group | Module | Edition;

function partsOf(of: Timed): Page[] {
  if (of instanceof Page) return [of];
  return "sections" in of ? of.sections : [of.section, ...of.children];
}

const addressHere = ({ context }: FilterContext): string => read(context, "address") as string;

const languageOf = ({ context }: FilterContext): string => String(read(context, "language"));

function formatMinutes(total: number, { times }: Words, language: string): string {
  const hours = Math.floor(total / 60);
  const minutes = total % 60;
  return [
    hours && say(times.hours, { count: hours }, language),
    (minutes || !hours) && say(times.minutes, { count: minutes }, language),
  ]
    .filter(Boolean)
    .join(" ");
}
