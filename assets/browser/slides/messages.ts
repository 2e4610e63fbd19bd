/** What the window with the slides and the one of the speaker tell each other. */

/** Where the page is the speaker's. */
export const SPEAKER = "#site--speaker";

/** Where it shows a slide, from 1. */
export const hash = (number: number): string => `#site--slide-${number}`;

export interface FromSlides {
  kind: "site--slides";
  /** The address of the page, without its hash. */
  page: string;
  /** From 1. */
  number: number;
  of: number;
  title: string;
  /** The next one's; "" behind the last. */
  next: string;
  /** What the slide says. */
  lines: string[];
  /** When the slides were opened, in milliseconds since 1970. */
  begun: number;
}

export interface FromSpeaker {
  kind: "site--speaker";
  /** Forth or back; without one it only says that it is there. */
  step?: 1 | -1;
}
