/**
 * Plans for leading a module with a group: which sections in which session, when each begins, when there is a break. A
 * plan holds its hours, or there is none: where the whole does not fit, sections take as few minutes as their notes say
 * will do, and those that may be read at home are.
 *
 * Times are minutes since midnight.
 */
import type { Group, Page } from "./course.ts";

/** A section as a group meets it. */
export interface Lesson {
  section: Page;
  /** 0 of what everyone reads at home. */
  minutes: number;
  /** When time is short. */
  least: number;
}

export type Slot =
  | { kind: "section"; lesson: Lesson; start: number; minutes: number; isShort: boolean }
  | { kind: "break" | "lunch"; start: number; minutes: number };

export interface Session {
  /** A trainer's own name for it. */
  name: string | undefined;
  start: number;
  end: number;
  slots: Slot[];
}

export interface Plan {
  kind: "halfDays" | "day" | "weekly" | "own";
  /** Of a trainer's own. */
  name: string | undefined;
  sessions: Session[];
  /** Sections that no session has. */
  atHome: Lesson[];
  /** Whether a section has fewer minutes than its notes give it. */
  isShort: boolean;
}

/** The hours that a plan has to hold. */
interface Frame {
  /** As many as needed, or so many at the most. */
  sessions: number;
  /** From the beginning of a session to its end. */
  length: number;
  /** Minutes in which people arrive. */
  arrival: number;
  /** Whether parts stay together where a session can hold them. */
  keepsParts: boolean;
}

export const FIRST_START = 9 * 60;
/** Without a break. */
const MOST_AT_A_STRETCH = 90;
const BREAK = 15;
const LUNCH = 45;
/** Lunch is the first break from here on, and no section goes on beyond the second. */
const LUNCH_FROM = 11 * 60 + 15;
const LUNCH_BY = 13 * 60;

export const FRAMES: Record<Exclude<Plan["kind"], "own">, Frame> = {
  weekly: { sessions: Number.POSITIVE_INFINITY, length: 90, arrival: 5, keepsParts: true },
  halfDays: { sessions: 2, length: 3.5 * 60, arrival: 0, keepsParts: false },
  day: { sessions: 1, length: 7.5 * 60, arrival: 0, keepsParts: false },
};

/** The plans that every module has, those that cannot be left out. */
export function presetsOf(groups: readonly Group[], lessonOf: (section: Page) => Lesson): Plan[] {
  const parts = groups.map(({ section, children }) => [section, ...children].map(lessonOf));
  return (Object.keys(FRAMES) as (keyof typeof FRAMES)[]).flatMap((kind) => planFor(kind, parts) ?? []);
}

function planFor(kind: keyof typeof FRAMES, parts: readonly Lesson[][]): Plan | undefined {
  const frame = FRAMES[kind];
  const lessons = parts.flat();
  const minutes = fit(parts, frame);
  if (!minutes) return undefined;
  const sessions = fill(parts, minutes, frame)!;
  if (!sessions.length) return undefined;
  return {
    kind,
    name: undefined,
    sessions,
    atHome: lessons.filter((lesson) => !minutes.get(lesson)),
    isShort: lessons.some((lesson) => minutes.get(lesson)! < lesson.minutes),
  };
}

type Minutes = Map<Lesson, number>;

/**
 * How many minutes each section gets: all of its own where they fit. Else all get the fewest that will do; then, as far
 * as the hours hold, those that are met get theirs back in reading order, and after them those left for home.
 */
function fit(parts: readonly Lesson[][], frame: Frame): Minutes | undefined {
  const lessons = parts.flat();
  const full: Minutes = new Map(lessons.map((lesson) => [lesson, lesson.minutes]));
  if (fill(parts, full, frame)) return full;
  const minutes: Minutes = new Map(lessons.map((lesson) => [lesson, lesson.least]));
  if (!fill(parts, minutes, frame)) return undefined;
  const shortened = lessons.filter(({ minutes, least }) => least < minutes);
  for (const lesson of [
    ...shortened.filter(({ least }) => least),
    ...shortened.filter(({ least }) => !least),
  ]) {
    minutes.set(lesson, lesson.minutes);
    if (!fill(parts, minutes, frame)) minutes.set(lesson, lesson.least);
  }
  return minutes;
}

/** Sessions with all that has minutes, in order; undefined where the frame does not hold it. */
function fill(parts: readonly Lesson[][], minutes: Minutes, frame: Frame): Session[] | undefined {
  const sessions: Session[] = [];
  let day = new Day(frame);
  const next = () => {
    if (day.slots.length) sessions.push(day.session);
    day = new Day(frame);
  };
  for (const part of parts) {
    const total = part.reduce((sum, lesson) => sum + minutes.get(lesson)!, 0);
    // What no session holds begins a new one as well, unless the one in hand has hardly begun.
    const isWhole = total <= frame.length - frame.arrival;
    if (frame.keepsParts && !day.hasRoom(total) && (isWhole || !day.hasRoom(frame.length / 2))) next();
    for (const lesson of part) {
      const own = minutes.get(lesson)!;
      if (!own) continue;
      if (!day.add(lesson, own)) {
        next();
        if (!day.add(lesson, own)) return undefined;
      }
      if (sessions.length >= frame.sessions) return undefined;
    }
  }
  next();
  return sessions;
}

/** A session that is being filled. */
class Day {
  readonly slots: Slot[] = [];
  #at: number;
  readonly #end: number;
  #sinceBreak = 0;
  #hasLunch: boolean;

  constructor({ length, arrival }: Frame) {
    this.#at = FIRST_START + arrival;
    this.#end = FIRST_START + length;
    // Who is home by then needs none.
    this.#hasLunch = this.#end <= LUNCH_BY;
  }

  hasRoom(minutes: number): boolean {
    return this.#at + minutes <= this.#end;
  }

  /** Whether it found room. */
  add(lesson: Lesson, minutes: number): boolean {
    const pause = this.#pauseBefore(minutes);
    if (this.#at + (pause?.minutes ?? 0) + minutes > this.#end) return false;
    if (pause) {
      this.slots.push({ ...pause, start: this.#at });
      this.#at += pause.minutes;
      this.#sinceBreak = 0;
      this.#hasLunch ||= pause.kind === "lunch";
    }
    const isShort = minutes < lesson.minutes;
    this.slots.push({ kind: "section", lesson, start: this.#at, minutes, isShort });
    this.#at += minutes;
    this.#sinceBreak += minutes;
    return true;
  }

  #pauseBefore(minutes: number): { kind: "break" | "lunch"; minutes: number } | undefined {
    if (!this.slots.length) return undefined;
    const isTooLong = this.#sinceBreak + minutes > MOST_AT_A_STRETCH;
    if (!this.#hasLunch && (this.#at + minutes > LUNCH_BY || (isTooLong && this.#at >= LUNCH_FROM))) {
      return { kind: "lunch", minutes: LUNCH };
    }
    return isTooLong ? { kind: "break", minutes: BREAK } : undefined;
  }

  get session(): Session {
    return { name: undefined, start: FIRST_START, end: this.#at, slots: this.slots };
  }
}
