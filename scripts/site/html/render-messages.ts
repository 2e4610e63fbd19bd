/** What threads send each other: plain values, in which pages are named by their paths. */

import type { Course, Page } from "../model/course.ts";
import type { WorksheetCallout } from "../model/worksheets.ts";
import type { RenderedWithProblems } from "./render-page.ts";
import type { FieldLink, HeadingLink, RenderedPage } from "./rendering.ts";

/** A page to render. */
export interface Parcel {
  /** Its place in the order of the course. */
  index: number;
  text: string;
  bodyStart: number;
}

export interface Message {
  index: number;
  message: Packed;
}

export interface Packed extends Omit<RenderedWithProblems, "rendered"> {
  rendered: Omit<RenderedPage, "worksheets" | "headingLinks" | "fieldLinks"> & {
    worksheets: (Omit<WorksheetCallout, "page" | "local"> & { page: string; local: string | undefined })[];
    headingLinks: (Omit<HeadingLink, "target"> & { target: string })[];
    fieldLinks: (Omit<FieldLink, "target"> & { target: string })[];
  };
}

const pathOf = (page: Page): string => page.source.path;

export function packed({ rendered, ...rest }: RenderedWithProblems): Packed {
  return {
    ...rest,
    rendered: {
      ...rendered,
      worksheets: rendered.worksheets.map((worksheet) => ({
        ...worksheet,
        page: pathOf(worksheet.page),
        local: worksheet.local && pathOf(worksheet.local),
      })),
      headingLinks: rendered.headingLinks.map((link) => ({ ...link, target: pathOf(link.target) })),
      fieldLinks: rendered.fieldLinks.map((link) => ({ ...link, target: pathOf(link.target) })),
    },
  };
}

export function unpacked({ rendered, ...rest }: Packed, course: Course): RenderedWithProblems {
  const pageAt = (path: string): Page => course.byPath.get(path)!;
  return {
    ...rest,
    rendered: {
      ...rendered,
      worksheets: rendered.worksheets.map((worksheet) => ({
        ...worksheet,
        page: pageAt(worksheet.page),
        local: worksheet.local === undefined ? undefined : pageAt(worksheet.local),
      })),
      headingLinks: rendered.headingLinks.map((link) => ({ ...link, target: pageAt(link.target) })),
      fieldLinks: rendered.fieldLinks.map((link) => ({ ...link, target: pageAt(link.target) })),
    },
  };
}
