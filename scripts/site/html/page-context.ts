import type { Page } from "../model/course.ts";
import type { Questions } from "../model/questions.ts";
import type { Problems } from "../problems/problems.ts";
import type { CheerioAPI } from "./dom.ts";
import type { DeadLink, ExternalLink, FieldLink, HeadingLink } from "./rendering.ts";

/** What the passes of one page work on, and where they leave what they find. */
export interface PageContext {
  /** The page's body as it is by now. */
  $: CheerioAPI;
  readonly page: Page;
  /** What the page may know of its course. */
  readonly ask: Questions;
  /** The page's own, as messages name it. */
  readonly file: string;
  readonly problems: Problems;
  /** Lines, from 0, of callouts that nothing ends. */
  readonly openCallouts: readonly number[];
  readonly headingLinks: HeadingLink[];
  readonly fieldLinks: FieldLink[];
  readonly externalLinks: ExternalLink[];
  readonly deadLinks: DeadLink[];
}
