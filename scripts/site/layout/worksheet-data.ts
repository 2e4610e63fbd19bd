/** What the layouts of a page with something to fill in ask for. */
import type { Course } from "../model/course.ts";
import { isOn } from "../model/worksheets.ts";
import { fieldsOf, type WorksheetForm, wordAddress } from "../worksheet/form.ts";

/** How a page with something to fill in stands on paper. */
export const sheetClass = (form: WorksheetForm): string =>
  fieldsOf(form).some((field) => field.type === "table" && field.isWide) ? "page--wide" : "page--sheet";

export const formData = (form: WorksheetForm, course: Course) => ({
  pageClass: sheetClass(form),
  wordAddress: isOn(course, "word") ? wordAddress(form.id) : undefined,
});
