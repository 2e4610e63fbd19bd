/** What a facilitator's note says of its activity, in the attributes of its callout. */
export interface Activity {
  /** With a group; undefined where the note does not say. */
  minutes: number | undefined;
  /** When time is short; 0 of what a group may read at home. As many as `minutes` where the note does not say. */
  least: number | undefined;
  /** Fewer cannot do it as it is written. */
  people: number | undefined;
  /** What to have at hand, thing by thing. */
  materials: string[];
}

/** Longest activity, in minutes. */
export const MOST_MINUTES = 600;
export const MOST_PEOPLE = 99;

/** From so many on a note says what two people do instead. */
export const PEOPLE_FOR_OTHERS = 3;

/** What a part of a note is for, by which facilitators choose. The words that begin one stand in the words of the interface. */
export const VARIANTS = ["online", "two", "seated", "late"] as const;
export type Variant = (typeof VARIANTS)[number];
