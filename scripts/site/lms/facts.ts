/** What the launch page of a package knows of its course, written into its script; see assets/browser/course-system/. */
import { createHash } from "node:crypto";
import type { Course } from "../model/course.ts";
import { relativeUrl } from "../text/addresses.ts";
import type { Words } from "../words/words.ts";

/** SCORM 1.2, and SCORM 2004 4th edition. */
export const STANDARDS = ["1.2", "2004"] as const;
export type StandardName = (typeof STANDARDS)[number];

/** Addresses are as they stand in a URL, from the front page on. */
export interface CourseFacts {
  standard: StandardName;
  /** Sections of all languages, each with the sign under which a course system keeps that it was read. */
  sections: { address: string; sign: string }[];
  /** Of each section to read, its address, and those of its translations: who has read one has read it. */
  required: string[][];
  /** How many of these make the course complete. */
  needed: number;
  /** Where a reader may go on. */
  places: string[];
  words: Pick<Words["courseSystem"], "missing" | "lost">;
}

export function factsOf(course: Course, standard: StandardName): CourseFacts {
  const { missing, lost } = course.main.words.courseSystem;
  const addressOf = ({ address }: { address: string }) => relativeUrl("", address);
  const required = course.main.modulesToRead
    .flatMap(({ sections }) => sections)
    .map((section) => [section, ...section.translations].map(addressOf));
  return {
    standard,
    sections: withSigns(course.sections.map(addressOf)),
    required,
    needed: Math.ceil((required.length * (course.settings.lms?.complete ?? 100)) / 100),
    places: course.pages.map(addressOf),
    words: { missing, lost },
  };
}

/** Signs in one; a thousand sections have room in what a course system keeps, and seldom two the same four. */
const SIGNS = 4;

/**
 * The signs follow from the address alone: a release with other sections, or with the same in another order, knows
 * again what was read of those that it still has.
 */
function withSigns(addresses: readonly string[]): CourseFacts["sections"] {
  const whole = addresses.map((address) => createHash("sha256").update(address).digest("base64url"));
  let length = SIGNS;
  while (new Set(whole.map((hash) => hash.slice(0, length))).size < whole.length) length++;
  return addresses.map((address, index) => ({ address, sign: whole[index]!.slice(0, length) }));
}
