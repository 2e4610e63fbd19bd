/** What layouts may ask for beyond plain Liquid. */
import { relativeUrl } from "./addresses.ts";
import type { EleventyConfig } from "./eleventy.ts";
import type { Site } from "./site.ts";
import { leadsTo } from "./worksheets.ts";

export function layoutFilters(eleventy: EleventyConfig, { course }: Site): void {
  const language = course.settings.language;
  /** `{{ section.address | href }}`: from the page in hand to another or to a place on it, relative, naming the file. */
  eleventy.addFilter("href", function (to: string) {
    const here = decodeURI(this.page.url)
      .replace(/^\//, "")
      .replace(/(^|\/)$/, "$1index.html");
    const [, address = to, anchor = ""] = /^([^#]*)(#.*)$/s.exec(to) ?? [];
    return here === address && anchor ? anchor : relativeUrl(here, address) + anchor;
  });
  /** `{{ 95 | minutes }}`: "1 h 35 min" */
  eleventy.addFilter("minutes", (total: number) => formatMinutes(total));
  eleventy.addFilter("longDate", (date: Date) =>
    new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(date),
  );
  eleventy.addFilter("isoDate", (date: Date) => date.toISOString().slice(0, 10));
  eleventy.addFilter("leadsTo", leadsTo);
  /** `{{ contact | contactUrl }}`: an e-mail address becomes a mailto: link. */
  eleventy.addFilter("contactUrl", (contact: string) =>
    /^[^\s/:]+@[^\s/:]+$/.test(contact) ? `mailto:${contact}` : contact,
  );
}

export function formatMinutes(total: number): string {
  const hours = Math.floor(total / 60);
  const minutes = total % 60;
  return [hours && `${hours} h`, (minutes || !hours) && `${minutes} min`].filter(Boolean).join(" ");
}
