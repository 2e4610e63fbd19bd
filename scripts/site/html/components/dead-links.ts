/** Links that lead nowhere and files that are not there, and what their authors may have meant. */

import { SETTINGS_FILE } from "../../content/source.ts";
import type { Course, Page } from "../../model/course.ts";
import { addressMeant, fileMeant, isFile } from "../../model/links.ts";
import { type Problems, shorten } from "../../problems/problems.ts";
import { decoded, folderOf, relativeUrl } from "../../text/addresses.ts";
import { type Field, fieldsOf, isInWords } from "../../worksheet/form.ts";
import type { DeadLink, FieldLink, RenderedPage, Rendering } from "../rendering.ts";
import { MANNERS } from "./shown-files.ts";

export function reportDeadLinks(rendering: Rendering, course: Course, problems: Problems): void {
  for (const [page, { deadLinks }] of rendering.entries) {
    for (const link of deadLinks) reportDeadLink(link, page, course, problems);
  }
}

export function reportDeadLink(
  { what, written, path, place }: DeadLink,
  page: Page,
  course: Course,
  problems: Problems,
): void {
  // Of Liquid in it the page's text has told already.
  if (/\{[{%]/.test(written)) return;
  if (path === undefined) {
    problems.error(
      "target-outside",
      place,
      `the ${what} "${written}" leads out of the content folder`,
      "copy the file into the content folder and write its path from this page",
      written,
    );
    return;
  }
  const leftOut = course.leftOut.get(path);
  // What is wrong with that page is said where it is wrong.
  if (leftOut === "faulty") return;
  if (typeof leftOut === "object") {
    problems.warning(
      "link-left-out",
      place,
      `the ${what} "${written}" leads to a page that ${SETTINGS_FILE} leaves out in line ${leftOut.line}; its words stay, without the link`,
      "reword the sentence if it speaks of that page",
      written,
    );
    return;
  }
  if (leftOut === "draft") {
    problems.error(
      "link-draft",
      place,
      `the link "${written}" leads to a draft, which is not part of the site`,
      "take the link out until that page is published",
      written,
    );
    return;
  }
  if (what === "link" && isFile(path, course)) {
    problems.error(
      "link-unpublished",
      place,
      `the link "${written}" leads to a file that is not published`,
      "write that file as Markdown, or take the link out",
      written,
    );
    return;
  }
  const manner = what === "link" ? undefined : MANNERS[what];
  if (manner && isFile(path, course)) {
    const { unfit, otherwise, rules } = manner;
    problems.error(rules.kind, place, `the ${what} "${written}" is of a kind ${unfit}`, otherwise, written);
    return;
  }
  const address = addressMeant(written);
  if (what === "link" && address) {
    problems.error(
      "link-target",
      place,
      `the link "${written}" leads to no page and no file`,
      `write ${address}`,
      written,
    );
    return;
  }
  const meant = fileMeant(manner?.kinds, path, course, problems);
  const from = folderOf(page.source.path);
  problems.error(
    manner?.rules.target ?? "link-target",
    place,
    manner ? `the ${what} "${written}" is not there` : `the link "${written}" leads to no page and no file`,
    meant
      ? `did you mean "${decoded(relativeUrl(`${from}/x`, from ? meant : `/${meant}`))}"?`
      : "write the path of the file from this page",
    written,
  );
}

/** Reports links to headings that no page has. */
export function checkHeadingLinks(rendering: Rendering, problems: Problems): void {
  /** For each page the cures of its dead links: many may name the same heading. */
  const cures = new Map<Page, (fragment: string) => string>();
  for (const { place, target, fragment, written, isInNote } of rendering.all.flatMap(
    (one) => one.headingLinks,
  )) {
    const { anchors, noteAnchors } = rendering.of(target);
    if (anchors.has(fragment)) continue;
    if (noteAnchors.has(fragment)) {
      if (isInNote) continue;
      problems.error(
        "link-into-note",
        place,
        `the link "${written}" leads to a heading in a facilitator's note, which learners' pages leave out`,
        "leave out the # and what follows, or link to another heading",
        written,
      );
      continue;
    }
    const cure = cures.get(target) ?? curesFor([...anchors], problems);
    cures.set(target, cure);
    problems.error(
      "link-heading",
      place,
      `the link "${written}" leads to a heading that ${target.source.file} does not have`,
      cure(fragment),
      written,
    );
  }
}

/** Answers that are to come from others: whether those are there, and can be taken. */
export function checkFieldLinks(rendering: Rendering, problems: Problems): void {
  for (const page of rendering.all) {
    for (const link of page.fieldLinks) checkFieldLink(page, link, rendering, problems);
  }
}

function checkFieldLink(
  { form: own }: RenderedPage,
  { place, field, target, source, written }: FieldLink,
  rendering: Rendering,
  problems: Problems,
): void {
  const { form } = rendering.of(target);
  const sources = form ? fieldsOf(form) : [];
  const found = sources.find(({ id }) => id === source);
  const into = own && fieldsOf(own).find(({ id }) => id === field);
  if (found && into) {
    if (!canTake(into, found)) {
      problems.error(
        "field-source",
        place,
        `the answer cannot take "${written}", which is ${NAMES[found.type]}`,
        "delete the from, or make the answer one in words",
        written,
      );
    }
    return;
  }
  const ids = sources.map(({ id }) => id);
  const meant = problems.nearest(source, ids);
  problems.error(
    "field-source",
    place,
    `the answer is to come from "${written}", but ${target.source.file} has no answer "${source}"`,
    meant
      ? `did you mean "#${meant}"?`
      : ids.length
        ? `write one of ${ids.slice(0, IDS_SHOWN).join(", ")}${ids.length > IDS_SHOWN ? ", …" : ""}`
        : "name a page that has answers, or delete the from",
    written,
  );
}

/** Words have room for every answer; a number and a date for their like; a table where it has cells for words. */
function canTake(into: Field, source: Field): boolean {
  if (into.type === "table") return into.rows.some((row) => row.some(isInWords));
  if (into.type === "number") return source.type === "number" || source.type === "scale";
  return into.type !== "date" || source.type === "date";
}

const NAMES: Record<Field["type"], string> = {
  long: "a text",
  short: "a text",
  number: "a number",
  date: "a date",
  one: "a choice",
  any: "a choice",
  scale: "a scale",
  table: "a table",
};

const IDS_SHOWN = 20;

/** What to write instead of a heading's name that a page does not have; what all answers share is made once. */
function curesFor(anchors: string[], problems: Problems): (fragment: string) => string {
  const otherwise = `${anchorList(anchors)}leave out the # and what follows`;
  const known = new Map<string, string>();
  for (const id of anchors)
    if (!known.has(id.toLowerCase())) known.set(id.toLowerCase(), `did you mean "#${id}"?`);
  return (fragment) => {
    const typed = fragment.toLowerCase();
    let cure = known.get(typed);
    if (cure === undefined) {
      const meant = problems.nearest(typed, anchors);
      cure = meant ? `did you mean "#${meant}"?` : otherwise;
      known.set(typed, cure);
    }
    return cure;
  };
}

/** The first of a page's headings, as links name them: "write one of #a, #b, or ". */
function anchorList(ids: string[]): string {
  const anchors = ids.filter((id) => !/^fn(?:ref)?:/.test(id)).map((id) => `#${id}`);
  const shown = anchors
    .slice(0, 6)
    .map((anchor) => shorten(anchor, 100))
    .join(", ");
  if (!anchors.length) return "";
  return anchors.length === 1
    ? `write ${shown}, or `
    : `write one of ${shown}${anchors.length > 6 ? ", …" : ""}, or `;
}
