/**
 * The model: Course → Module → Section. Everything that lists or orders pages asks here. What becomes of a page's
 * Markdown is no part of it; see html/render-pages.ts.
 *
 * Sections are always pages. One tagged `sectionHead` heads a group; the untagged ones after it are its
 * sub-sections; untagged ones before the first head stand at the top level.
 */

import type { ContentFile } from "../content/files.ts";
import type { FrontMatter, Settings } from "../content/schema.ts";
import type { Content, Source } from "../content/source.ts";
import type { Places } from "../content/yaml.ts";
import type { Place } from "../problems/problems.ts";
import { composed, slugOf } from "../text/addresses.ts";
import { typeset } from "../text/typesetting.ts";
import { type AllWords, englishOf, ofLanguage, type Words } from "../words/words.ts";
import { Edition } from "./edition.ts";
import { GENERATED_PAGES } from "./generated-pages.ts";
import type { Logo } from "./logo.ts";
import type { LocalNote } from "./own-sections.ts";

export const HEAD_TAG = "sectionHead";

/** A page written by an author. */
export class Page {
  previous: Page | undefined;
  next: Page | undefined;
  /** The same page in other languages. */
  translations: Page[] = [];

  constructor(
    readonly kind: "front" | "module" | "section" | "worksheet",
    readonly source: Source,
    readonly data: FrontMatter,
    /** Where in the source's text the Markdown begins. */
    readonly bodyStart: number,
    readonly address: string,
    /** Of its text. */
    readonly language: string,
    readonly module?: Module,
    /** Of the keys of its front matter. */
    readonly places: Places = new Map(),
  ) {}

  /** The Markdown, with an empty line for each line of front matter, so that its lines keep their numbers. */
  get body(): string {
    const { text } = this.source;
    const frontLines = text.slice(0, this.bodyStart).split("\n").length - 1;
    return "\n".repeat(frontLines) + text.slice(this.bodyStart);
  }
  get title(): string {
    return typeset(this.data.title);
  }
  get description(): string | undefined {
    return this.data.description === undefined ? undefined : typeset(this.data.description);
  }
  get doMinutes(): number {
    return this.data.do ?? 0;
  }
  get isHead(): boolean {
    return this.data.tags?.includes(HEAD_TAG) ?? false;
  }
  get isDraft(): boolean {
    return this.data.draft ?? false;
  }
  /** Where the author's file begins, for messages about the whole page. */
  get top(): Place {
    return { file: this.source.file, line: 1, column: 1 };
  }
  placeOfKey(key: keyof FrontMatter): Place {
    return this.places.get(key) ?? this.top;
  }
}

/** A section with its sub-sections. */
export interface Group {
  section: Page;
  children: Page[];
}

export class Module {
  landing: Page | undefined;
  sections: Page[] = [];
  groups: Group[] = [];

  constructor(
    /** "" for pages at the top of the content folder. */
    readonly folder: string,
    readonly slug: string,
    readonly language: string,
    /**
     * What the unnamed module of an edition is called: of the pages that stand beside its front door. Undefined of any
     * other.
     */
    readonly unnamed?: string,
  ) {}

  get title(): string {
    return this.landing?.title ?? this.unnamed ?? humanName(this.folder);
  }
  get description(): string | undefined {
    return this.landing?.description;
  }
  get address(): string {
    return this.slug ? `${this.slug}/index.html` : GENERATED_PAGES.front;
  }
  get isNamed(): boolean {
    return this.unnamed === undefined;
  }
  /** Of one page only: it tells about the course, and is no part of the way through it. */
  get isAside(): boolean {
    return this.sections.length === 0;
  }
  get doMinutes(): number {
    return this.sections.reduce((sum, section) => sum + section.doMinutes, 0);
  }
}

export class Course {
  /** By language, the main one first. */
  editions: Edition[];
  modules: Module[] = [];
  /** Of two with one name, which is an error, the first. */
  readonly modulesBySlug = new Map<string, Module>();
  /** Of the modules' own pages, whether their authors wrote them or not. */
  moduleAddresses = new Set<string>();
  worksheetPages: Page[] = [];
  /** Paths of worksheets' pages that have something to fill in: other pages say so before those are rendered. */
  toFillIn = new Set<string>();
  /** Paths of sections that explain terms. */
  glossaries = new Set<string>();
  /** What site.yaml adds at the end of sections. */
  localNotes: ReadonlyMap<Page, LocalNote> = new Map();
  /** Pictures, documents and the like that a page may show or link to, by their names on the disk. */
  files = new Set<string>();
  logo: Logo | undefined;
  #fileNames: Map<string, string> | undefined;
  /** What was found in each file when the content was read. */
  readonly contentFiles: { look(file: string): ContentFile };
  readonly byPath = new Map<string, Page>();
  readonly byAddress = new Map<string, Page>();
  /**
   * Pages left out: their path, and whether as a draft, for what is wrong with their front matter, or by site.yaml, at
   * that place.
   */
  readonly leftOut = new Map<string, "draft" | "faulty" | Place>();
  /** What links may name a page by that site.yaml leaves out: its path, its address, old addresses; and its path. */
  readonly setAside = new Map<string, string>();
  /** Old addresses and the pages they lead to. */
  readonly aliases = new Map<string, Page>();

  constructor(
    readonly settings: Settings,
    readonly folder: Content,
    readonly allWords: AllWords,
  ) {
    this.editions = [new Edition(this, settings.language)];
    this.contentFiles = { look: (file) => folder.files.get(file)! };
  }

  /** The published file of a composed path, by its name on the disk. */
  fileAt(path: string): string | undefined {
    this.#fileNames ??= new Map([...this.files].map((file) => [composed(file), file]));
    return this.#fileNames.get(path);
  }

  get pages(): Page[] {
    return [...this.byPath.values()];
  }
  get sections(): Page[] {
    return this.modules.flatMap((module) => module.sections);
  }
  /** In the language of the site. */
  get main(): Edition {
    return this.editions[0]!;
  }
  /** Whose lists and search have a page: its module's, or its own where it is a worksheet. */
  editionOf({ module, language }: Page): Edition {
    const own = module?.language ?? language;
    return this.editions.find((edition) => edition.language === own) ?? this.main;
  }
  /** What the site says in a language, in English where nobody has translated it. */
  wordsIn(language: string): Words {
    return ofLanguage(this.allWords, language) ?? englishOf(this.allWords);
  }
}

/** A folder's name as a title: `02-connected-learning` → "Connected learning". */
function humanName(folder: string): string {
  const words = slugOf(folder).replace(/-/g, " ");
  return words && words[0]!.toUpperCase() + words.slice(1);
}
