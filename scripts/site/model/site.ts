/** What is made of content, as it is handed to whatever lays it out: a value that nobody changes later. */
import type { Problems } from "../problems/problems.ts";
import type { Course } from "./course.ts";
import type { Worksheet, WorksheetCallout } from "./worksheets.ts";

export interface Site {
  course: Course;
  worksheets: Worksheet[];
  callouts: WorksheetCallout[];
  problems: Problems;
  /** When the site is built. */
  date: Date;
  progress?: Progress | undefined;
}

/** Who wants to know how far a build is: the stage that has begun, or how many of its pages are done. */
export interface Progress {
  report(stage: string, done?: number, total?: number): void;
}
