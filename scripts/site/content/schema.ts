/**
 * What front matter and `site.yaml` may say: one schema each, and beside it what to write for each key. Types, checks,
 * cures and the editors' help all come from here.
 */
import { z } from "zod";
import { isContact, isPlainAddress } from "../text/web-addresses.ts";
import { WAYS } from "../worksheet/form.ts";
import type { Places } from "./yaml.ts";

/** Of a reader that has types, such as an editor's: `title: 2024` is a number to it; its author wrote text. */
const written = (value: unknown) =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : whole(value);
/** `"\uD800"` is half a character, of which a page makes U+FFFD and the search index nothing at all. */
const whole = (value: unknown) => (typeof value === "string" ? value.replace(/\p{Cs}/gu, "\ufffd") : value);
const text = z.preprocess(written, z.string().trim());
const someText = z.preprocess(written, z.string().trim().min(1));
const list = z.union([z.array(text), text.transform((one) => [one])]);
/** One line of tags is parted as Jekyll parts it, and by commas, which is what its author meant. */
const tags = z.union([z.array(text), text.transform((line) => line.split(/[\s,]+/).filter(Boolean))]);
const minutes = z.number().int().min(0).max(600);
/** Jekyll's keys: known, without effect here. */
const legacy = z.unknown().optional();

/** Jekyll's keys and what replaces each. */
export const LEGACY_KEYS = {
  layout: "the layout follows from the folder the file is in",
  date: "the order follows from the number or date before the file's name",
  permalink: "the address follows from the file's name; keep an old address with aliases",
  published: "write draft: true to keep a page back",
  categories: "the folder is the module",
} as const;

/** `en-USA` has a language's form and is none: whatever writes dates or indexes words would refuse it. */
function isLanguage(code: string): boolean {
  try {
    return Intl.getCanonicalLocales(code).length === 1;
  } catch {
    return false;
  }
}

const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, { abort: true })
  .refine(isLanguage);

/** `2026-02-30` has a day's form and is none. Without `Date`: a site is made without asking a clock. */
function isDay(text: string): boolean {
  const [year, month, day] = text.split("-").map(Number) as [number, number, number];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, { abort: true })
  .refine(isDay);

export const frontMatterSchema = z.strictObject({
  title: someText.describe("The page's title, shown as its heading and in every list."),
  description: text.optional().describe("One or two sentences for lists, search engines and shared links."),
  tags: tags.optional().describe("sectionHead makes the section the head of a group."),
  do: minutes.optional().describe("Minutes of activity, beside the computed minutes of reading."),
  draft: z.boolean().optional().describe("true keeps the page out of the built site."),
  front: z
    .strictObject({
      promise: someText
        .optional()
        .describe("What the course gives a reader, in one line: the front page's heading."),
      picture: someText.optional().describe("A picture beside it, by its path from this page."),
      pictureText: text.optional().describe("What the picture shows, for those who do not see it."),
      lead: someText.optional().describe("The page for those who lead a group, by its path from this page."),
    })
    .optional()
    .describe("Of the front page, index.md, alone."),
  lang: language
    .optional()
    .describe(
      "The language of the page, where it is not the site's; of a module's index.md, of all its pages.",
    ),
  translates: someText.optional().describe("The page that this one says in another language, by its path."),
  updated: day
    .optional()
    .describe("The day on which the page last changed in what it says, as in 2026-11-20."),
  aliases: list.optional().describe("Old addresses of the page, from the site's root, that lead here."),
  module: text.optional().describe("For a page in worksheets/: the folder name of the module it belongs to."),
  layout: legacy,
  date: legacy,
  permalink: legacy,
  published: legacy,
  categories: legacy,
});

export type FrontMatter = z.infer<typeof frontMatterSchema>;

/** The keys of a schema's data, those inside others among them: `colors.accent`. */
type KeysOf<Data> = {
  [Key in keyof Data & string]-?: NonNullable<Data[Key]> extends unknown[] | string | number | boolean
    ? Key
    : Key | `${Key}.${keyof NonNullable<Data[Key]> & string}`;
}[keyof Data & string];

const FRONT_MATTER_CURES: Record<KeysOf<Omit<FrontMatter, keyof typeof LEGACY_KEYS>>, string> = {
  title: "write title: and the page's title",
  description: "write description: and a short text",
  tags: "write words in brackets, as in tags: [sectionHead]",
  do: "write whole minutes from 0 to 600, as in do: 15",
  draft: "write draft: true or draft: false",
  front: "write promise:, picture: or lead: below it, indented by two spaces",
  "front.promise": "write promise: and one line below front:, indented by two spaces",
  "front.picture": "write the picture's path below front:, as in picture: basics/spheres.svg",
  "front.pictureText": "write pictureText: and what the picture shows below front:",
  "front.lead": "write the page's path below front:, as in lead: basics/02-groups.md",
  lang: "write a language code, as in lang: es",
  translates: "write the path of the page's .md file, as in translates: ../basics/02-mistakes.md",
  updated: "write the day as in updated: 2026-11-20",
  aliases: "write old addresses in brackets, as in aliases: [modules/basics/]",
  module: "write module: and a short text",
};

const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i)
  .describe("A color as #rrggbb.");
const contact = z.string().trim().refine(isContact);
const address = z.string().trim().refine(isPlainAddress);

/** Of a day, in 24 hours. `9:00` without quotes is a text in YAML 1.2, and a number of minutes in YAML 1.1. */
const clock = z.string().regex(/^(?:[01]?\d|2[0-3]):[0-5]\d$/);

const licence = z.strictObject({ name: someText, url: address.optional() }).optional();

export const settingsSchema = z.strictObject({
  name: someText.optional().describe("The site's name, in the header and in page titles."),
  shortName: someText.optional().describe("The name where there is little room, as on a phone."),
  description: text.optional().describe("One sentence about the site."),
  language: language.default("en").describe("The language of the content, as in HTML's lang: en, es, pt-BR."),
  version: text.optional().describe("The version of the content, shown in the footer."),
  licence: licence.describe("The licence of the content, shown in the footer."),
  license: licence.meta({ deprecated: true, description: "The same as licence; keep one of the two." }),
  library: someText
    .optional()
    .describe("Who offers the course, in the footer, on the record and on pages to print."),
  logo: someText
    .optional()
    .describe("The library's picture, in the header: an SVG or PNG, by its path from the content folder."),
  url: address
    .optional()
    .describe("Where the site will stand, for search engines, shared links, feeds and the 404 page's links."),
  contact: contact.optional().describe("An e-mail address or web page for questions, linked in the footer."),
  colors: z
    .strictObject({ accent: color.optional(), accentDark: color.optional() })
    .optional()
    .describe("The accent color in light and in dark."),
  notice: z
    .strictObject({
      text: someText.describe("One or two sentences."),
      until: day.describe("The last day on which it is shown, as in 2026-12-31."),
      link: contact.optional().describe("A web page or an e-mail address that the notice leads to."),
    })
    .optional()
    .describe("What stands on top of every page until a day."),
  sections: z
    .strictObject({
      leaveOut: list
        .optional()
        .describe(
          "Sections, and worksheets, that are left out, by the names of their files: [mistakes, worksheets/05-one-small-try].",
        ),
      first: list
        .optional()
        .describe(
          "Sections that come first in their module, in this order; the first one of a part brings the part along.",
        ),
    })
    .optional()
    .describe("Which sections a group gets, and which first."),
  local: z
    .record(
      someText,
      z.strictObject({
        example: someText.optional().describe("An example of your own; an empty line begins a paragraph."),
        contact: contact.optional().describe("Whom to ask about it: an e-mail address or a web page."),
      }),
    )
    .optional()
    .describe("What stands at the end of sections, each by the name of its file."),
  offline: z
    .boolean()
    .optional()
    .describe(
      "false keeps browsers from keeping the site for use without a network, and ends it where they do.",
    ),
  facilitate: z
    .boolean()
    .optional()
    .describe("false leaves out the pages for facilitators: their plans, and the sections with their notes."),
  lms: z
    .strictObject({
      complete: z
        .number()
        .int()
        .min(1)
        .max(100)
        .optional()
        .describe("Of the sections, how many per cent are to be read before the course counts as completed."),
    })
    .optional()
    .describe("Of packages for course systems (SCORM)."),
  plans: z
    .record(
      someText,
      z.strictObject({
        module: someText
          .optional()
          .describe("The folder name of the module that it is for, where there are several."),
        sessions: z
          .record(
            someText,
            z.strictObject({
              from: clock.describe('When it begins, as in "13:00".'),
              until: clock.describe('When it ends, as in "16:30".'),
              sections: list.describe(
                "Sections by the names of their files, and breaks: [about, break 15, mistakes]. With a number, a section's minutes: about 20.",
              ),
            }),
          )
          .describe("Sessions, each by a name of your own."),
      }),
    )
    .optional()
    .describe("Your own plans for leading a group, each by its name."),
  worksheets: z
    .strictObject({
      documents: z
        .record(z.string(), address)
        .optional()
        .describe("Your own documents, each by its worksheet: its number, or the name of its file."),
      off: z
        .union([z.array(z.enum(WAYS)), z.enum(WAYS).transform((one) => [one])])
        .optional()
        .describe("Ways of working that are switched off: write, word, documents."),
    })
    .optional()
    .describe("How worksheets can be done."),
  statements: z
    .strictObject({
      accessibility: someText.optional().describe("What is to be added to the page on accessibility."),
      privacy: someText.optional().describe("What is to be added to the page on privacy."),
    })
    .optional()
    .describe("What you add to the pages on accessibility and privacy: a text, or the address of a page."),
});

/** As site.yaml has them; of the two spellings of a key, `Settings` knows the first. */
export type WrittenSettings = z.infer<typeof settingsSchema>;
export type Settings = Omit<WrittenSettings, "license"> & {
  /** Of its keys. */
  places: Places;
};

const SETTINGS_CURES: Record<KeysOf<WrittenSettings>, string> = {
  name: "write name: and the site's name",
  shortName: "write shortName: and one or two words",
  description: "write description: and a short text",
  language: "write a language code, as in language: en",
  version: "write version: and a short text",
  licence: "write name: and url: below it, indented by two spaces",
  "licence.name": "write name: and the licence's name below licence:, indented by two spaces",
  "licence.url": "write the whole address, as in url: https://creativecommons.org/licenses/by/4.0/",
  license: "write name: and url: below it, indented by two spaces",
  "license.name": "write name: and the license's name below license:, indented by two spaces",
  "license.url": "write the whole address, as in url: https://creativecommons.org/licenses/by/4.0/",
  library: "write library: and the library's name",
  logo: "write the path of a picture from the content folder, as in logo: logo.svg",
  notice: "write text: and until: below it, indented by two spaces",
  "notice.text": "write text: and one or two sentences below notice:, indented by two spaces",
  "notice.until": "write the last day below notice:, as in until: 2026-12-31",
  "notice.link":
    "write a whole web address or an e-mail address, as in link: https://library.example.org/training",
  url: "write the whole address, as in url: https://training.example.org/",
  contact: "write an e-mail address or a whole web address, as in contact: ask@library.example.org",
  colors: "write accent: and accentDark: below it, indented by two spaces",
  "colors.accent": 'write a color in quotes, as in accent: "#1f4fa3"',
  "colors.accentDark": 'write a color in quotes, as in accentDark: "#9db9ef"',
  sections: "write leaveOut: or first: below it, indented by two spaces",
  "sections.leaveOut": "write names of sections' files in brackets, as in leaveOut: [mistakes, co-learning]",
  "sections.first": "write names of sections' files in brackets, as in first: [keeping-safe, the-case]",
  local:
    "write the name of a section's file below it, indented by two spaces, and example: or contact: below that",
  statements: "write accessibility: or privacy: below it, indented by two spaces",
  "statements.accessibility": "write a text, or a whole address, below statements:, indented by two spaces",
  "statements.privacy": "write a text, or a whole address, below statements:, indented by two spaces",
  offline: "write offline: false, or leave it out",
  facilitate: "write facilitate: false, or leave it out",
  lms: "write complete: and a number below it, indented by two spaces",
  "lms.complete": "write whole per cents from 1 to 100 below lms:, as in complete: 80",
  plans: "write a plan's name below it, indented by two spaces, and sessions: below that",
  worksheets: "write documents: or off: below it, indented by two spaces",
  "worksheets.documents":
    "write a worksheet's number and an address below it, indented by four spaces, as in 7: https://docs.example.org/plan",
  "worksheets.off": `write ways of working in brackets, of ${WAYS.join(", ")}, as in off: [documents]`,
};

/** Of keys below names: those of plans and sessions, which a trainer chose, and of sections. */
const CURES_BELOW_NAMES: Record<string, string> = {
  "local.*": "write example: or contact: below the section's name, indented by four spaces",
  "local.*.example": "write a text behind example:, or below example: | and indented by six spaces",
  "local.*.contact":
    "write an e-mail address or a whole web address, as in contact: teens@library.example.org",
  "plans.*": "write sessions: below the plan's name, indented by four spaces",
  "plans.*.module": "write the folder name of a module, as in module: connected-learning",
  "plans.*.sessions": "write each session's name below it, and from:, until: and sections: below that",
  "plans.*.sessions.*":
    "write from:, until: and sections: below the session's name, indented by two more spaces",
  "plans.*.sessions.*.from": 'write a time of day in quotes, as in from: "13:00"',
  "plans.*.sessions.*.until": 'write a time of day in quotes, as in until: "16:30"',
  "plans.*.sessions.*.sections":
    "write names of sections' files in brackets, as in sections: [about, break 15, mistakes]",
};

const CURES: Readonly<Record<string, string>> = {
  ...FRONT_MATTER_CURES,
  ...SETTINGS_CURES,
  ...CURES_BELOW_NAMES,
};

const withoutNames = (path: string): string =>
  path.replace(/^(plans|local)\.[^.]+/, "$1.*").replace(/^(plans\.\*\.sessions)\.[^.]+/, "$1.*");

/** What to write for a key, by its path; of what is inside a list or a value, what to write for that. */
export const cureOf = (path: string): string =>
  CURES[withoutNames(path)] ?? cureOf(path.replace(/(?:\.|^)[^.]*$/s, ""));
