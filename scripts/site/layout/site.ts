/** What is made of content and handed on to be laid out, indexed and told about: a value that nobody changes later. */

import type { Rendering } from "../html/rendering.ts";
import type { Course } from "../model/course.ts";
import type { LedModule } from "../model/facilitation.ts";
import type { Notice } from "../model/notice.ts";
import type { Worksheet } from "../model/worksheets.ts";
import type { Problems } from "../problems/problems.ts";

export interface Site {
  course: Course;
  /** What its pages became. */
  rendering: Rendering;
  worksheets: Worksheet[];
  /** The modules that have pages for those who lead a group. */
  led: LedModule[];
  /** What stands on top of every page. */
  notice: Notice | undefined;
  problems: Problems;
  /** When the site is built. */
  date: Date;
  progress?: Progress | undefined;
}

/** Who wants to know how far a build is: the stage that has begun, or how many of its pages are done. */
export interface Progress {
  report(stage: string, done?: number, total?: number): void;
}
