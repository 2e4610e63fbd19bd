/** All pages of a course, and what only all of them together tell. */

import { type Course, Page } from "../model/course.ts";
import type { Problems } from "../problems/problems.ts";
import {
  checkFieldLinks,
  checkHeadingLinks,
  reportDeadLink,
  reportDeadLinks,
} from "./components/dead-links.ts";
import { type OnPage, type RenderCourse, renderAll } from "./render-all.ts";
import { renderPage } from "./render-page.ts";
import { type RenderedPage, Rendering } from "./rendering.ts";

export async function renderPages(
  course: Course,
  problems: Problems,
  onPage: OnPage = () => {},
  render: RenderCourse = renderAll,
): Promise<Rendering> {
  const results = await render(course, onPage);
  const pages = new Map<Page, RenderedPage>();
  for (const [index, page] of course.pages.entries()) {
    const { rendered, problems: found } = results[index]!;
    problems.addAll(found);
    pages.set(page, rendered);
  }
  const rendering = new Rendering(pages);
  reportDeadLinks(rendering, course, problems);
  checkHeadingLinks(rendering, problems);
  checkFieldLinks(rendering, problems);
  return rendering;
}

/** The HTML of Markdown that is no page of the course, such as a template that a designer adds to Eleventy. */
export function renderText(text: string, name: string, course: Course, problems: Problems): string {
  const source = { path: name, file: name, text };
  const page = new Page("section", source, { title: name }, 0, `${name}.html`, course.main.language);
  const { rendered, problems: found } = renderPage(page, course);
  problems.addAll(found);
  for (const link of rendered.deadLinks) reportDeadLink(link, page, course, problems);
  return rendered.html;
}
