/** What the rules of the dialect know of a page and tell each other, in the one object that markdown-it hands around. */
import type { Env, Token } from "markdown-it";
import type { Problems } from "../problems/problems.ts";
import type { Tag } from "./tags.ts";

export interface DialectEnv extends Env {
  /** The page's file, as messages name it, and where they go. */
  readonly file: string;
  readonly problems: Problems;
  /** The author's lines, as they are in the file. */
  readonly lines: string[];
  /** Lines of the page, from 0, on which a callout shortcode begins: no list may hold one. */
  readonly shortcodeLines: ReadonlySet<number>;
  /** Lines of the page, from 0, that stand in facilitator's notes written as HTML or by shortcode. */
  readonly noteLines: ReadonlySet<number>;
  /** Lines of the page, from 0, of callouts that nothing ends: what follows may be meant to be in them. */
  readonly openCallouts: number[];

  /** The text that block rules are reading. */
  text: TextInHand;
  /** Whether lists and quotes too deep in each other have been told of, which is done once a page. */
  isTooDeep: boolean;

  /** Attribute lists by the name that stands for them: `{:tip: .note}`. */
  readonly lists: Map<string, NamedList>;
  /** Attribute lists on lines of their own that belong to nothing; lines of the page, from 0. */
  readonly strayLists: { line: number; content: string }[];
  /** Abbreviations by what stands for them: `*[YA]: young adult`. */
  readonly abbreviations: Map<string, Abbreviation>;
  /** Addresses by their names, normalized: `[plan]: plan.md`. */
  readonly definitions: Map<string, Definition>;
  /** Those whose names others took. */
  readonly takenDefinitions: { name: string; line: number }[];
  /** Footnotes by their names: `[^study]: Ito et al.` */
  readonly notes: Map<string, Footnote>;
  /** Those whose names others took. */
  readonly takenNotes: { name: string; line: number }[];
  /** Those referred to, in the order of their numbers. */
  readonly numbered: Footnote[];

  /** Characters that have been added by what is written once and used again and again, and by what. */
  readonly expansion: { length: number; by: Map<Expandable, number>; isOver: boolean };
  /** Cells that short rows of tables have been filled up with. */
  filledCells: number;
}

/** The page's text, or one that stands inside another: in a list item, a quotation, an element with `markdown="1"`. */
export interface TextInHand {
  /** The line of the page, from 0, on which it begins. */
  readonly line: number;
  /** Of each of its lines: how many characters of the page's line stand before it. None for the page's own. */
  readonly columns: readonly number[];
  /** How many elements with `markdown="1"`, and how many lists, quotations and the like, are around it. */
  readonly elements: number;
  readonly blocks: number;
  /** Whether the innermost of them is an element. */
  readonly isInElement: boolean;
  /** Its HTML tags, found when first asked for. */
  html?: HtmlInText;
}

export interface HtmlInText {
  tags: Tag[];
  /** The index of each tag by the offset at which it begins. */
  byStart: Map<number, number>;
  /** The offset at which each line begins. */
  starts: number[];
  /** Of the last `-->`; asked for once, or each open comment would search the rest of the page. */
  lastCommentEnd: number;
}

/** What is written once and put into the page at each use. */
export interface Expandable {
  /** The line of the page, from 1, on which it is defined. */
  line: number;
  /** Characters that one use adds. */
  length: number;
}

interface NamedList extends Expandable {
  list: string;
}

export interface Abbreviation extends Expandable {
  title: string;
  /** The attribute lists under its definition. */
  lists: string[];
  /** Whether it is defined in a facilitator's note. */
  isFromNote: boolean;
}

export interface Definition {
  href: string;
  title: string;
  /** The attribute lists under it. */
  attributes: string[];
  written: Expandable;
  /** Whether that is in a facilitator's note. */
  isFromNote: boolean;
}

export interface Footnote {
  name: string;
  tokens: Token[];
  /** How many references to it there are, and the number that they show; 0 without any. */
  references: number;
  number: number;
  /** Line of the page, from 0. */
  line: number;
  /** Whether it is defined in a facilitator's note. */
  isFromNote: boolean;
}

/** The environment of a page of which nothing but its text is known yet. */
export function createEnvironment(
  page: Pick<DialectEnv, "file" | "problems" | "lines" | "shortcodeLines" | "noteLines" | "openCallouts">,
): DialectEnv {
  return {
    text: { line: 0, columns: [], elements: 0, blocks: 0, isInElement: false },
    isTooDeep: false,
    lists: new Map(),
    strayLists: [],
    abbreviations: new Map(),
    definitions: new Map(),
    takenDefinitions: [],
    notes: new Map(),
    takenNotes: [],
    numbered: [],
    expansion: { length: 0, by: new Map(), isOver: false },
    filledCells: 0,
    // Last: fields put behind a copy cost V8 a hundred times as much.
    ...page,
  };
}

/** The environment of a state; markdown-it itself knows of none of its fields. */
export const envOf = (state: { env: Env }): DialectEnv => state.env as DialectEnv;

/** The line of the page, from 0, of a line of the text that a block rule reads. */
export const pageLine = (state: { env: Env }, line: number): number => envOf(state).text.line + line;
