/** Warnings that only the whole course can give. */
import type { Course } from "./course.ts";
import type { Problems } from "./problems.ts";
import type { Worksheet } from "./worksheets.ts";

/** Minutes that a section may take to read between two desk shifts. */
const LONGEST_SECTION = 15;

export function adviseOnCourse(course: Course, worksheets: readonly Worksheet[], problems: Problems): void {
  for (const section of course.sections) {
    if (section.readMinutes > LONGEST_SECTION) {
      problems.warning(
        "long-section",
        section.top,
        `the section takes ${section.readMinutes} minutes to read`,
        `split it; ${LONGEST_SECTION} minutes fit between two shifts at the desk`,
      );
    }
  }
  const numbers = new Map<string, Worksheet>();
  for (const worksheet of worksheets) {
    const { local, number, module } = worksheet;
    const place = local?.top ?? worksheet.callouts[0]?.page.top;
    if (local && !worksheet.callouts.length) {
      problems.warning(
        "worksheet-unused",
        local.top,
        "no section mentions this worksheet",
        `link to it from an activity callout: ### [${local.title}](../${local.source.path})`,
      );
    }
    if (number === undefined || !place) continue;
    const key = `${module?.folder ?? ""}#${number}`;
    const first = numbers.get(key);
    if (first) {
      problems.warning(
        "worksheet-number",
        place,
        `the worksheet number ${number} is used for "${worksheet.title}" and for "${first.title}"`,
        "give one of them another number",
      );
    } else {
      numbers.set(key, worksheet);
    }
  }
}
